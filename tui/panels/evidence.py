"""The evidence: every sentence for and against, by side, with who says it and what fired."""

from __future__ import annotations

from collections.abc import Sequence

from feeds.clock import Clock
from tui.cells import Run, line
from tui.states import look_of
from tui.textlist import TextList
from tui.views.evidence import EvidenceView, sentences


class EvidencePanel(TextList):
    """Sentences behind one capital, or those read in one story."""

    def __init__(self, view: EvidenceView, clock: Clock) -> None:
        super().__init__(view, clock, id="evidence")
        self.view = view

    def cursor_span(self) -> tuple[int, int]:
        first, _ = self.view.span_of(self.view.selected_item)
        return first, first + 1

    def step(self, by: int) -> bool:
        # Past the last sentence lies the history.
        return self.view.move(by) or self.scroll_lines(by)

    def click_line(self, line: int) -> None:
        if (item := self.item_at(line)) >= 0:
            self._step(item - self.view.selected_item)

    def empty_lines(self) -> Sequence[str]:
        return ("Choose a capital on the board, or a story.",)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        page = self.view.page
        upper: list[Run] = [("Evidence ", "bold"), (f" {line(page.title)[:60]} ", "")]
        if page.standing is not None:
            standing = page.standing
            style = f"$w-{look_of(standing.state).style}"
            upper.append((f" {standing.state} ", style))
            if standing.outlets:
                upper.append((f"{standing.grade} strength {standing.strength:.2f} ", ""))
        count = len(self.view.items)
        lower = self.view.others.at(self.view.at)
        if count and page.standing is not None:
            lower.append((f" {sentences(count)}, ▸ counts now ", "$w-muted"))
        return upper, lower
