"""The evidence: every sentence for and against, by side, with who says it and what fired."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from feeds.clock import Clock
from tui.cells import Run, cut_line, line
from tui.rowlist import RowList
from tui.states import look_of
from tui.views.evidence import EvidenceView, sentences


class EvidencePanel(RowList):
    """Sentences behind one capital, or those read in one story."""

    def __init__(self, view: EvidenceView, clock: Clock) -> None:
        super().__init__(id="evidence")
        self.view, self._clock = view, clock

    def line_count(self) -> int:
        return len(self.view.lines(self.line_cells, self._clock()))

    def cursor_span(self) -> tuple[int, int]:
        first, _ = self.view.span_of(self.view.selected_item)
        return first, first + 1

    def line_key(self, line: int) -> Hashable:
        return self.view.version, line

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        return cut_line(self.view.lines(cells, self._clock())[line].runs, cells)

    def step(self, by: int) -> bool:
        if len(self.view.items) < 2:
            return self._scroll(by)
        return self.view.move(by) or self._scroll(by)

    def click_line(self, line: int) -> None:
        item = self.view.lines(self.line_cells, self._clock())[line].item
        if item >= 0:
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

    def _scroll(self, by: int) -> bool:
        """Past the last sentence lies the history: scroll to it."""
        top = max(0, min(self.scroll_offset.y + by, self.line_count() - self.size.height))
        if top != self.scroll_offset.y:
            self.scroll_to(y=top, animate=False)
        return False
