"""The shift: what changed since the last one was closed, what is open, and who has what."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.clock import Clock
from tui.cells import Run
from tui.textlist import TextList
from tui.views.shift import ShiftView, closed_words


class ShiftPanel(TextList):
    """A handover to read, whose lines lead to capitals and stories."""

    def __init__(self, view: ShiftView, clock: Clock) -> None:
        super().__init__(view, clock, id="shift")
        self.view = view

    def cursor_span(self) -> tuple[int, int]:
        first, _ = self.view.span_of(self.view.selected_item)
        return (first, first + 1) if self.view.selected else (0, 0)

    def step(self, by: int) -> bool:
        return self.view.move(by) or self.scroll_lines(by)

    def click_line(self, line: int) -> None:
        if (item := self.item_at(line)) >= 0:
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
