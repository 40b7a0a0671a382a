"""What the cursor stands on is read and shown beside it; what is opened is read and shown in its place."""

from __future__ import annotations

from typing import Final

from textual import on
from textual.timer import Timer

from tui.messages import EvidenceRead, StoryRead, TimelineRead
from tui.panels.board import BoardPanel
from tui.panels.evidence import EvidencePanel
from tui.panels.map import MapPanel
from tui.panels.story import StoryPanel
from tui.panels.timeline import TimelinePanel
from tui.reading import StoryRow
from tui.rowlist import RowList
from tui.screens.arranging import ArrangingScreen
from tui.screens.reading import SETTLE_SECONDS
from tui.views.layout import OF_PLACES

SLOW_LINK_REST: Final = 1.0
"""Seconds that a cursor rests on a slow link before what it stands on is shown beside it."""


class FollowingScreen(ArrangingScreen):
    """A screen whose details follow its lists."""

    _settling: Timer | None = None
    _of_place = ""
    """The capital whose evidence was asked for last; empty when a story's claims were."""

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        if self._settling is not None:
            self._settling.stop()
        source = event.rows.id or ""
        if source in OF_PLACES:
            self.echo_choice(source)
        follow = self.follow_wire if source == "wire" else self.show_place if source in OF_PLACES else None
        rest = SLOW_LINK_REST if self.room.options.low_bandwidth else SETTLE_SECONDS
        self._settling = self.set_timer(rest, follow) if follow else None

    def follow(self) -> None:
        """Show what stands under both cursors."""
        self.show_place()
        self.follow_wire()

    def echo_choice(self, source: str = "") -> None:
        """Show the chosen capital on the other panels that show capitals too."""
        for panel in (self.query_one(BoardPanel), self.query_one(MapPanel), self.query_one(TimelinePanel)):
            if panel.id != source and panel.display:
                panel.cursor_followed()

    def show_place(self) -> None:
        """Read the evidence of the capital under the board's cursor."""
        row = self.room.board.selected
        self._of_place = row.place.id if row else ""
        if row is not None:
            self.read_place(row)

    def follow_wire(self) -> None:
        """Read the story under the wire's cursor, where it is in sight and nobody reads another one there."""
        row = self.room.wire.selected
        focus = self.room.layout.focus
        if row is not None and focus != "story" and (focus == "wire" or self.query_one(StoryPanel).display):
            self.read_story(row.id)

    def read_again(self) -> None:
        """Read what is shown in the details once more: a decision was made about it."""
        if self._of_place and (row := self.room.board.row_of(self._of_place)):
            self.read_place(row)
        if story := self.room.story.id:
            self.read_story(story)

    @on(EvidenceRead)
    def _evidence_read(self, event: EvidenceRead) -> None:
        view, panel = self.room.evidence, self.query_one(EvidencePanel)
        same = event.page.title == view.page.title
        view.show(event.page, followed=self.room.layout.focus != "evidence")
        if not same:
            panel.scroll_to(y=0, animate=False)
        panel.view_changed()

    @on(TimelineRead)
    def _timeline_read(self, event: TimelineRead) -> None:
        if self.room.timeline.show(event.page):
            self.query_one(TimelinePanel).repaint_if_changed()

    @on(StoryRead)
    def _story_read(self, event: StoryRead) -> None:
        before = self.room.story.page
        self.room.story.show(event.page)
        panel = self.query_one(StoryPanel)
        if before is None or event.page is None or before.story.id != event.page.story.id:
            panel.scroll_to(y=0, animate=False)
        panel.view_changed()

    def open_row(self, rows: RowList) -> None:
        """Open the row under a list's cursor."""
        room, source = self.room, rows.id
        if source in OF_PLACES:
            self.action_evidence()
            return
        if source == "wire" and (row := room.wire.selected):
            self.mark_opened(row)
            self.read_story(row.id)
        elif source == "shift" and (entry := room.shift.selected):
            if entry.place and room.board.listing.select(entry.place):
                self.show_place()
                self.open_panel("evidence")
                return
            self.read_story(entry.story)
        elif source == "evidence" and (sentence := room.evidence.selected):
            self.read_story(sentence.story)
        self.open_panel("story")

    def mark_opened(self, row: StoryRow) -> None:
        """A person opened a story: what has been opened is read."""

    def action_evidence(self) -> None:
        """Open the evidence behind the capital or the story in focus."""
        room = self.room
        story = room.story.id
        if room.layout.focus in OF_PLACES and (chosen := room.board.selected):
            room.board.see(chosen.place.id)
            for panel in (
                self.query_one(BoardPanel),
                self.query_one(MapPanel),
                self.query_one(TimelinePanel),
            ):
                panel.repaint_if_changed()
            self._evidence_from_its_top()
            self.show_place()
        elif room.layout.focus == "wire" and (row := room.wire.selected):
            self._of_place = ""
            self.read_claims(row.id)
        elif room.layout.focus == "story" and story:
            self._of_place = ""
            self.read_claims(story)
        self.open_panel("evidence")

    def _evidence_from_its_top(self) -> None:
        """Who opens the evidence of a capital begins with what is set by hand and the newest sentence."""
        panel = self.query_one(EvidencePanel)
        self.room.evidence.begin_again()
        panel.scroll_to(y=0, animate=False)
        panel.repaint_if_changed()
