"""The board's order, groups and places, on every panel that shows capitals; and the glow of a row that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.timer import Timer

from feeds.evidence import Change
from tui.panels.board import BoardPanel
from tui.panels.map import MapPanel
from tui.panels.timeline import TimelinePanel
from tui.screens.jumping import JumpingScreen

GLOW_SECONDS: Final = 4.0
"""How long a row that changed stands out, once; its mark stays until it is seen."""


class CapitalsScreen(JumpingScreen):
    """A screen whose capitals can be put in order."""

    _glowing: Timer | None = None

    def action_order(self) -> None:
        """Turn to the board's next order."""
        self.room.board.next_order()
        self._reordered("order", self.room.board.order)

    def action_group(self) -> None:
        """Put the rows under the next headings."""
        group = self.room.board.next_group()
        self._reordered("group", group)
        self.say(f"Grouped by {group}." if group else "No groups.")

    def action_places(self) -> None:
        """List capitals, towns or both."""
        places = self.room.board.next_places()
        if not places:
            self.say("This theatre has no towns, only capitals.")
            return
        self._reordered("places", places)

    def _reordered(self, choice: str, value: str) -> None:
        for panel in (self.query_one(BoardPanel), self.query_one(TimelinePanel), self.query_one(MapPanel)):
            panel.view_changed()
        self.room.settings.keep(f"board.{choice}", value)

    def glow(self, changes: Sequence[Change]) -> None:
        """Let the rows that changed just now stand out for a moment."""
        if self.room.options.low_bandwidth or not self.room.board.glow(changes):
            return
        if self._glowing is not None:
            self._glowing.stop()
        self._glowing = self.set_timer(GLOW_SECONDS, self._fade)

    def _fade(self) -> None:
        self.room.board.glowing = frozenset()
        self.query_one(BoardPanel).repaint_rows()
