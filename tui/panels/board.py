"""The board: a line for each capital, its state told by glyph, word and colour."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from feeds.clock import Clock
from tui.cells import Run, line, right, runs_width
from tui.rowlist import RowList, column_run, rest_cells
from tui.states import glyph_of, look_of
from tui.views.ages import age, moment
from tui.views.board import BoardRow, BoardView

REGION_FROM: Final = 100
"""Cells from which a column for the region fits."""
NAME: Final = 14
"""Cells for the name of a capital."""
ORDER_WORDS: Final = {"change": "newest change", "state": "state", "region": "region", "strength": "strength"}


class BoardPanel(RowList):
    """The live table of capitals."""

    HEAD = 1

    def __init__(self, view: BoardView, clock: Clock, *, ascii_only: bool) -> None:
        super().__init__(id="board")
        self.view, self._clock, self._ascii = view, clock, ascii_only

    def line_count(self) -> int:
        return len(self.view.lines()) if self.view.group else self.view.listing.count

    def cursor_span(self) -> tuple[int, int]:
        at = self.view.line_of(self.view.listing.index)
        return at, at + 1

    def line_key(self, line: int) -> Hashable:
        what = self.view.lines()[line]
        if isinstance(what, str):
            return self.view.version, self.view.group, what
        place = self.view.listing.shown[what]
        return self.view.version, place, place in self.view.glowing

    def step(self, by: int) -> bool:
        return self.view.listing.move(by)

    def click_line(self, line: int) -> None:
        what = self.view.lines()[line]
        if isinstance(what, int):
            self._step(what - self.view.listing.index)

    def empty_lines(self) -> Sequence[str]:
        return ("No capital matches the filter. Esc shows all of them again.",)

    def heading_runs(self, cells: int) -> Sequence[Run]:
        runs = [("   ", ""), column_run("capital", NAME)]
        if cells >= REGION_FROM:
            runs.append(column_run("region", 15))
        runs += [
            column_run("state", 10),
            column_run("holder", 10),
            column_run("grade", 6, gap=0),
            (right("for", 4), ""),
            ("  told  strongest words", ""),
        ]
        return runs

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        what = self.view.lines()[line]
        if isinstance(what, str):
            return self._heading(what, cells)
        row = self.view.row(what)
        standing, look = row.standing, look_of(row.standing.state)
        mark = "*" if self.view.is_marked(row.place.id) else " "
        glow = row.place.id in self.view.glowing
        runs: list[Run] = [
            (f"{mark}{glyph_of(standing.state, ascii_only=self._ascii)} ", look.style),
            column_run(row.place.name, NAME, "strong" if look.telling else ""),
        ]
        if cells >= REGION_FROM:
            runs.append(column_run(row.place.region, 15, "muted"))
        strength = f"{standing.strength:.2f}".removeprefix("0") if standing.strength else "   "
        told = f"{standing.outlets}/{standing.origins}" if standing.outlets else ""
        runs += [
            column_run(standing.state, 10, look.style),
            column_run(self._holder(row), 10, look.style if look.telling else ""),
            (f"{standing.grade} {strength:3.3}" if standing.outlets else "      ", ""),
            (right(age(standing.since, self._clock()), 4), ""),
            (right(told, 6), ""),
            ("  ", ""),
        ]
        runs.append(
            column_run(
                self._remarks(row) + row.words,
                rest_cells(runs, cells),
                "" if look.telling else "muted",
                gap=0,
            )
        )
        return [(text, "glow") for text, _ in runs] if glow else runs

    def _heading(self, words: str, cells: int) -> Sequence[Run]:
        """The line over a group: its name, and how many stand under it."""
        under = sum(self.view.group_of(index) == words for index in range(self.view.listing.count))
        style = look_of(words).style if self.view.group == "state" else "strong"
        text = f" {words} "
        return [(text, style), (f"{under}", "muted"), (" " * max(cells - len(text) - len(str(under)), 0), "")]

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        counts, tally = self._counts(), self._tally()
        room = self.size.width - 6
        above = runs_width([*counts, *tally]) <= room
        upper = [*counts, *tally] if above else counts
        lower = [] if above else tally
        hints, latest = self._hints(), self._latest()
        # What changed last is worth more than the long form of a hint.
        hint = next((each for each in hints if runs_width([*lower, *each, *latest]) <= room), hints[0])
        for more in (hint, latest, [(f" by {self._order_words()} ", "$w-muted")]):
            if runs_width([*lower, *more]) <= room:
                lower = [*lower, *more]
        return upper, lower

    def _holder(self, row: BoardRow) -> str:
        """The holder in words; a question mark when only a claim says so, ``split`` while both do."""
        name = self.view.theatre.named_at(row.standing.holder, row.standing.at)
        if row.standing.state == "claimed" and name:
            return f"{name}?"
        return "split" if row.standing.state == "disputed" else name

    def _remarks(self, row: BoardRow) -> str:
        """What an operator must know before the words: an override, fighting in a captured city, old news."""
        standing = row.standing
        said = []
        if who := self.view.decisions.assigned.get(row.place.id):
            said.append(f"{who} has it")
        if pending := self.view.pending(row, self._clock()):
            said.append(pending)
        if standing.override:
            said.append(f"set by hand: {standing.override}")
        if standing.stale and "stale" not in standing.flags:
            said.append("stale")
        said += standing.flags
        return f"[{line(', '.join(said))}] " if said else ""

    def _counts(self) -> list[Run]:
        title = {"towns": "Towns ", "both": "Capitals and towns "}.get(self.view.places, "Capitals ")
        runs: list[Run] = [(title, "bold")]
        quiet = 0
        for state, count in self.view.counts().items():
            look = look_of(state)
            if look.telling:
                runs += [(f" {count} {state} ", f"$w-{look.style}")]
            else:
                quiet += count
        return [*runs, (f" {quiet} quiet ", "$w-muted")]

    def _tally(self) -> list[Run]:
        """The number that somebody reports against the captures named here: the alarm for a missed fall."""
        tally = self.view.tally
        if tally is None or tally.reported is None:
            return []
        said = f" reported {tally.reported} of {tally.of}, named {tally.named}"
        if not tally.unnamed:
            return [(f"{said} ", "")]
        return [(said, ""), (f", {tally.unnamed} not named yet ", "bold $w-mark")]

    def _order_words(self) -> str:
        order = ORDER_WORDS[self.view.order]
        return f"{self.view.group}, {order}" if self.view.group not in ("", self.view.order) else order

    def _hints(self) -> list[list[Run]]:
        """What to know of the rows, the longest form first; one of no words where there is nothing."""
        if not self.view.filter.empty:
            return [[(" filtered, Esc shows all ", "$w-mark")]]
        if not self.view.listing.stale:
            return [[]]
        return [
            [(f" {words} ", "$w-mark")] for words in ("rows have moved, r sorts", "moved, r sorts", "r sorts")
        ]

    def _latest(self) -> list[Run]:
        latest = self.view.latest
        if latest is None or latest.place not in self.view.theatre.by_id:
            return []
        name = self.view.theatre.by_id[latest.place].name
        return [
            (f" {moment(latest.at, self._clock()).strip()} {name} → ", ""),
            (f"{latest.after} ", f"$w-{look_of(latest.after).style}"),
        ]
