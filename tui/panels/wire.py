"""The wire: stories newest first, each with its outlet's letter and how many tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Final

from feeds.clock import Clock
from tui.cells import Run, cut_runs, fit, line, right
from tui.reading import StoryRow
from tui.rowlist import RowList, column_run, rest_cells
from tui.views.ages import moment
from tui.views.evidence import add_span
from tui.views.wire import MOST, WireView

LONG_OUTLET_FROM: Final = 90
OUTLET_FROM: Final = 56
"""Cells from which the outlet has a column: below, its letter stands for it, and the headline has the room."""
URGENT: Final = {"URGENT": "!", "CORRECTED": "c", "WITHDRAWN": "w"}


class WirePanel(RowList):
    """The virtual list of stories."""

    def __init__(
        self, view: WireView, clock: Clock, names: re.Pattern[str], nothing: Callable[[], Sequence[str]]
    ) -> None:
        super().__init__(id="wire")
        self.view, self._clock, self._names, self._nothing = view, clock, names, nothing
        self.searched = ""
        """Words that the search looks for, to mark them."""
        self.typed = ""
        """The filter as it was typed."""
        self.complaints: tuple[str, ...] = ()
        """What of the filter was not understood."""
        self._said: tuple[str, ...] = ()

    def line_count(self) -> int:
        return self.view.listing.count

    def cursor_span(self) -> tuple[int, int]:
        at = self.view.listing.index
        return at, at + 1

    def line_key(self, line: int) -> Hashable:
        key = self.view.listing.shown[line]
        return self.view.version, key, self.searched, key in self.view.marking

    def step(self, by: int) -> bool:
        return self.view.listing.move(by)

    def click_line(self, line: int) -> None:
        self._step(line - self.view.listing.index)

    def empty_lines(self) -> Sequence[str]:
        return self._nothing()

    def line_runs(self, at: int, cells: int) -> Sequence[Run]:
        row = self.view.row(at)
        if row is None:
            return [(fit("   (no longer in the archive)", cells), "muted")]
        outlet = 18 if cells >= LONG_OUTLET_FROM else 12
        chosen = "+" if row.row in self.view.marking else " "
        sign = sign_of(row)
        told = f"{row.outlets}/{row.origins}" if row.outlets > 1 else ""
        runs: list[Run] = [
            (f"{sign}{chosen}", "unread" if sign == "•" and chosen == " " else "mark"),
            column_run(moment(row.told, self._clock()), 6, "muted"),
            (f"{line(row.reliability)[:1] or 'F'} ", "muted"),
            column_run(line(row.outlet), outlet, "muted") if cells >= OUTLET_FROM else ("", ""),
            (f"{URGENT[row.flag]} ", "urgent") if row.flag in URGENT else ("  ", "muted"),
        ]
        title = column_run(line(row.title), rest_cells(runs, cells) - 7, gap=0)[0]
        runs += self._marked(title, "read" if row.read or row.dismissed else "unread")
        runs += self._told(row.row, told)
        return runs

    def _told(self, key: int, told: str) -> list[Run]:
        """How many tell it, behind the mark of a watch term: in the gap before figures that leave it no room."""
        mark, figures = self.view.watch_mark(key), right(told, 6)
        if mark is None:
            return [(f" {figures}", "muted")]
        if figures.startswith(" "):
            return [(" ", "muted"), (mark.letter, mark.ink), (figures[1:], "muted")]
        return [(mark.letter, mark.ink), (figures, "muted")]

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        listing = self.view.listing
        newest = "newest " if listing.count >= MOST else ""
        upper: list[Run] = [("Wire ", "bold"), (f" {newest}{listing.count:,} stories ", "")]
        if listing.waiting:
            upper.append((f" {listing.waiting:,} new, r shows them ", "bold $w-mark"))
        if unread := self.view.marked.unread:  # those that wait are among them
            more = "+" if self.view.total > self.view.marked.looked_at else ""
            upper.append((f" {unread:,}{more} unread ", ""))
        if chosen := len(self.view.marking):
            upper.append((f" {chosen:,} marked ", "bold $w-mark"))
        lower: list[Run] = []
        if not self.view.filter.empty:
            lower.append((f" only: {line(self.typed)[:60]}, Esc shows all ", "$w-mark"))
        lower += [(f" {line(each)} ", "bold $w-mark") for each in self.complaints]
        return upper, lower

    def refresh_if_nothing_new(self) -> None:
        """With nothing to list: say again what is happening, when it is something else than before."""
        said = tuple(self.empty_lines())
        if said != self._said:
            self._said = said
            self.refresh()

    def _marked(self, title: str, style: str) -> list[Run]:
        """The title, with the words searched for marked, and the theatre's places."""
        spans: list[tuple[int, int, str]] = []
        at = title.casefold().find(self.searched.casefold()) if self.searched else -1
        if at >= 0:
            add_span(spans, (at, at + len(self.searched), "match"))
        for found in self._names.finditer(title):
            add_span(spans, (found.start(), found.end(), "place"))
        return cut_runs(title, 0, len(title), spans, style)


def sign_of(row: StoryRow) -> str:
    """What was decided about a story, or that nobody has read it, in one sign."""
    if row.dismissed:
        return "x"
    if row.escalated:
        return "!"
    if row.flagged:
        return "f"
    return " " if row.read else "•"
