"""The shift: what changed since the last one was closed, what is open, and who has what."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from feeds.clock import Clock
from tui.cells import Run, cut_line
from tui.rowlist import RowList
from tui.views.shift import ShiftView, closed_words


class ShiftPanel(RowList):
    """A handover to read, whose lines lead to capitals and stories."""

    def __init__(self, view: ShiftView, clock: Clock) -> None:
        super().__init__(id="shift")
        self.view, self._clock = view, clock

    def line_count(self) -> int:
        return len(self.view.lines(self.line_cells, self._clock()))

    def cursor_span(self) -> tuple[int, int]:
        first, _ = self.view.span_of(self.view.selected_item)
        return (first, first + 1) if self.view.selected else (0, 0)

    def line_key(self, line: int) -> Hashable:
        return self.view.version, line

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        return cut_line(self.view.lines(cells, self._clock())[line].runs, cells)

    def step(self, by: int) -> bool:
        return self.view.move(by) or self._scroll(by)

    def click_line(self, line: int) -> None:
        item = self.view.lines(self.line_cells, self._clock())[line].item
        if item >= 0:
            self._step(item - self.view.selected_item)

    def empty_lines(self) -> Sequence[str]:
        return ("Reading what changed since the last shift.",)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        upper: list[Run] = [("Shift ", "bold")]
        lower: list[Run] = []
        if page := self.view.page:
            changed = len(page.difference.steps)
            upper += [
                (f" {closed_words(page, self._clock())} ", ""),
                (
                    f" {changed} capital{'s' * (changed != 1)} changed ",
                    "bold $w-mark" if changed else "$w-muted",
                ),
            ]
            lower = [(" c since another moment, C closes the shift ", "$w-muted")]
        return upper, lower

    def _scroll(self, by: int) -> bool:
        top = max(0, min(self.scroll_offset.y + by, self.line_count() - self.size.height))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        return False
