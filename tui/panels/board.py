"""The board: a line for each capital, its state told by glyph, word and colour."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final

from feeds.clock import Clock
from tui.cells import Run, right
from tui.rowlist import RowList, column_run, rest_cells
from tui.states import glyph_of, look_of
from tui.views.ages import age, full
from tui.views.board import BoardRow, BoardView

REGION_FROM: Final = 100
"""Cells from which a column for the region fits."""
ORDER_WORDS: Final = {"change": "newest change", "state": "state", "region": "region", "strength": "strength"}


class BoardPanel(RowList):
    """The live table of capitals."""

    HEAD: ClassVar[int] = 1

    def __init__(self, view: BoardView, clock: Clock, *, ascii_only: bool) -> None:
        super().__init__(id="board")
        self.view, self._clock, self._ascii = view, clock, ascii_only

    def line_count(self) -> int:
        return self.view.listing.count

    def cursor_span(self) -> tuple[int, int]:
        at = self.view.listing.index
        return at, at + 1

    def line_key(self, line: int) -> Hashable:
        return self.view.version, self.view.listing.shown[line]

    def step(self, by: int) -> bool:
        return self.view.listing.move(by)

    def click_line(self, line: int) -> None:
        self._step(line - self.view.listing.index)

    def empty_lines(self) -> Sequence[str]:
        return ("No capital matches the filter. Esc shows all of them again.",)

    def heading_runs(self, cells: int) -> Sequence[Run]:
        runs = [("   ", ""), column_run("capital", 16)]
        if cells >= REGION_FROM:
            runs.append(column_run("region", 15))
        runs += [
            column_run("state", 10),
            column_run("holder", 11),
            column_run("grade", 6, gap=0),
            (right("for", 5), ""),
            ("  outlets/origins" if cells >= REGION_FROM else "  told  ", ""),
            ("  strongest words", ""),
        ]
        return runs

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        row = self.view.row(line)
        standing, look = row.standing, look_of(row.standing.state)
        wide = cells >= REGION_FROM
        runs: list[Run] = [
            ("*" if self.view.is_marked(row.place.id) else " ", "mark"),
            (f"{glyph_of(standing.state, ascii_only=self._ascii)} ", look.style),
            column_run(row.place.name, 16, "strong" if look.telling else ""),
        ]
        if wide:
            runs.append(column_run(row.place.region, 15, "muted"))
        strength = f"{standing.strength:.2f}".removeprefix("0") if standing.strength else "   "
        told = f"{standing.outlets}/{standing.origins}" if standing.outlets else ""
        runs += [
            column_run(standing.state, 10, look.style),
            column_run(self._holder(row), 11, look.style if look.telling else ""),
            (f"{standing.grade} {strength:3.3}" if standing.outlets else "      ", ""),
            (right(age(standing.since, self._clock()), 5), ""),
            (right(told, 17) if wide else right(told, 8), "muted"),
            ("  ", ""),
        ]
        runs.append(column_run(self._remarks(row) + row.words, rest_cells(runs, cells), "muted", gap=0))
        return runs

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        return self._counts(), self._news()

    def _holder(self, row: BoardRow) -> str:
        """The holder in words; a question mark when only a claim says so, ``split`` while both do."""
        name = self.view.theatre.side_name(row.standing.holder)
        if row.standing.state == "claimed" and name:
            return f"{name}?"
        return "split" if row.standing.state == "disputed" else name

    def _remarks(self, row: BoardRow) -> str:
        """What an operator must know before the words: an override, fighting in a captured city, old news."""
        standing = row.standing
        said = []
        if standing.override:
            said.append(f"set by hand: {standing.override}")
        if standing.stale and "stale" not in standing.flags:
            said.append("stale")
        said += standing.flags
        return f"[{', '.join(said)}] " if said else ""

    def _counts(self) -> list[Run]:
        runs: list[Run] = [("Capitals ", "bold")]
        for state, count in self.view.counts().items():
            look = look_of(state)
            runs += [(f" {count} {state} ", f"$w-{look.style}")]
        tally = self.view.tally
        if tally:
            runs.append((f"─ reported {tally.reported} of {tally.of}, named {tally.named}", "bold"))
            missing = f", {tally.unnamed} not named yet " if tally.unnamed else " "
            runs.append((missing, "bold $w-mark"))
        return runs

    def _news(self) -> list[Run]:
        runs: list[Run] = []
        if not self.view.filter.empty:
            runs.append((" filtered, Esc shows all ", "$w-mark"))
        elif self.view.listing.stale:
            runs.append((" rows have moved: r puts them in order ", "$w-mark"))
        latest = self.view.latest
        if latest is not None and latest.place in self.view.theatre.by_id:
            name = self.view.theatre.by_id[latest.place].name
            style = f"$w-{look_of(latest.after).style}"
            runs.append((f" {full(latest.at, self._clock())}  {name}: {latest.before} → ", ""))
            runs.append((f"{latest.after} ", style))
        runs.append((f" by {ORDER_WORDS[self.view.order]} ", "$w-muted"))
        return runs
