"""Lists whose lines are wrapped from a text: where nothing is left to select, moving scrolls."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Protocol

from feeds.clock import Clock
from tui.cells import Run, cut_line
from tui.rowlist import RowList
from tui.views.evidence import Line


class Wrapped(Protocol):
    """A text as a view wraps it."""

    version: int
    """Moves when the text may be another."""

    def lines(self, cells: int, now: datetime) -> Sequence[Line]:
        """The text at a width; ages are relative to ``now``."""


class TextList(RowList):
    """A list whose lines are those of a text."""

    def __init__(self, text: Wrapped, clock: Clock, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._text, self._clock = text, clock

    def line_count(self) -> int:
        return len(self._text.lines(self.line_cells, self._clock()))

    def line_key(self, line: int) -> Hashable:
        return self._text.version, line

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        return cut_line(self._text.lines(cells, self._clock())[line].runs, cells)

    def item_at(self, line: int) -> int:
        """Position of what a line belongs to; -1 for a line that leads nowhere."""
        return self._text.lines(self.line_cells, self._clock())[line].item

    def scroll_lines(self, by: int) -> bool:
        """Scroll by so many lines; False, for no cursor moved."""
        top = max(0, min(self.scroll_offset.y + by, self.line_count() - self.size.height))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        return False
