"""The timeline as a view: a band for each capital, by hour or day, and how many stories came in each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import Change
from feeds.story import EPOCH
from tui.states import glyph_of, look_of
from tui.views.board import BoardRow, BoardView

UNITS: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 4, 6, 8, 12, 24, 48, 168))
"""What one cell of a band may stand for."""
BARS: Final = " ▁▂▃▄▅▆▇█"
LABEL: Final = 6
"""Cells of a day on the axis: ``12 Aug``."""
_STEPS: Final = (1, 2, 3, 4, 5, 7, 14, 28, 56, 112)
"""Days that may lie between two labels."""
_NOON: Final = timedelta(hours=1)
"""The coarsest unit at which noon has room between two days."""
ASCII_BARS: Final = " .:-=+*#%@"


@dataclass(frozen=True, slots=True)
class TermLine:
    """How often a watch term hit, hour by hour."""

    words: str
    """The term as it was written down."""
    severity: str
    hits: Mapping[datetime, int]
    """Stories that it stood in, by the beginning of the hour in which they were told."""


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """What was read of the past."""

    until: datetime
    changes: tuple[Change, ...] = ()
    stories: Mapping[datetime, int] = field(default_factory=dict)
    """Stories received in each hour that had any, by its beginning."""
    terms: tuple[TermLine, ...] = ()
    """Watch terms, the gravest first."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The cells of a band: each stands for one unit of time, the last one holds the newest moment."""

    start: datetime
    unit: timedelta
    cells: int

    def index(self, moment: datetime) -> int:
        """The cell of a moment; below 0 before the first."""
        return (moment - self.start) // self.unit

    def begin(self, cell: int) -> datetime:
        """When a cell begins."""
        return self.start + cell * self.unit


class TimelineView:
    """The past on the board's rows, at a unit that fits it all or that the operator chose."""

    def __init__(self, board: BoardView) -> None:
        self.board = board
        self.page: TimelinePage | None = None
        self.version = 0
        """Moves when any band may have changed."""
        self.chosen: int | None = None
        """Number of the unit that was asked for; None for the finest that shows all of the past."""
        self._steps: dict[str, list[Change]] = {}
        self._first: datetime | None = None
        """When the first step was made."""

    def show(self, page: TimelinePage) -> bool:
        """Take what was read; False when it is what was shown before."""
        if page == self.page:
            return False
        self.page = page
        self._first = min((change.at for change in page.changes), default=None)
        self._steps = defaultdict(list)
        for change in sorted(page.changes, key=lambda change: (change.at, change.seq)):
            self._steps[change.place].append(change)
        self.version += 1
        return True

    def closer(self, steps: int, cells: int) -> bool:
        """Use a finer unit (positive) or a coarser one; True when that changed anything."""
        now = UNITS.index(self.scale(cells).unit)
        wanted = max(0, min(now - steps, len(UNITS) - 1))
        self.chosen = wanted
        self.version += wanted != now
        return wanted != now

    def scale(self, cells: int) -> Scale:
        """The cells for a width: all of the past where it fits, else the newest part of it."""
        cells = max(cells, 1)
        page = self.page or TimelinePage(EPOCH)
        first = self._first or page.until
        number = self.chosen
        if number is None:
            fitting = [at for at, unit in enumerate(UNITS) if _cells(first, page.until, unit) <= cells]
            number = fitting[0] if fitting else len(UNITS) - 1
        unit = UNITS[number]
        shown = min(cells, _cells(first, page.until, unit)) if self.chosen is None else cells
        return Scale(_floor(page.until, unit) - (shown - 1) * unit, unit, shown)

    def states(self, row: BoardRow, scale: Scale) -> list[str]:
        """The state that a capital ended each cell with."""
        steps = self._steps.get(row.place.id, [])
        if not steps:
            return [row.standing.state] * scale.cells
        ends = [change.at for change in steps]
        found = []
        for cell in range(scale.cells):
            at = bisect_right(ends, scale.begin(cell + 1) - timedelta(microseconds=1))
            found.append(steps[at - 1].after if at else steps[0].before)
        return found

    def band(self, row: BoardRow, scale: Scale, *, ascii_only: bool) -> list[tuple[str, str]]:
        """(text, state) for each stretch of one state: its sign first, then a line as long as it lasted.

        Letters stand in every cell where there is no colour to tell them.
        """
        found = []
        states = self.states(row, scale)
        start = 0
        for at in range(1, len(states) + 1):
            if at == len(states) or states[at] != states[start]:
                look, length = look_of(states[start]), at - start
                sign = (
                    look.letter
                    if ascii_only and look.telling
                    else glyph_of(look.state, ascii_only=ascii_only)
                )
                rest = sign if ascii_only else "─" if look.telling else " "
                found.append((sign + rest * (length - 1), states[start]))
                start = at
        return found

    def bars(
        self, scale: Scale, *, ascii_only: bool, of: Mapping[datetime, int] | None = None
    ) -> tuple[str, int]:
        """Stories in each cell, or what else was counted hour by hour, as a line of bars; the most that one cell had."""
        counts = [0] * scale.cells
        counted = of if of is not None else self.page.stories if self.page else {}
        for hour, number in counted.items():
            if 0 <= (cell := scale.index(hour)) < scale.cells:
                counts[cell] += number
        most = max(counts, default=0)
        signs = ASCII_BARS if ascii_only else BARS
        top = len(signs) - 1
        return "".join(signs[-(-count * top // most) if most else 0] for count in counts), most

    def axis(self, scale: Scale) -> str:
        """Days where they begin, evenly spaced and with room between them; noon where a day is wide enough."""
        text = [" "] * scale.cells
        every = _days_between(scale.unit)
        before = _mark(scale.begin(-1), every)
        for cell in range(scale.cells):
            begin = scale.begin(cell)
            mark = _mark(begin, every)
            word = f"{begin.day} {begin:%b}" if mark != before else ""
            if not word and scale.unit <= _NOON and begin.hour == 12:
                word = "12h"
            before = mark
            if word and cell + len(word) <= scale.cells:
                text[cell : cell + len(word)] = word
        return "".join(text)


def _days_between(unit: timedelta) -> int:
    """Days from one label to the next, so that at least two cells stay free between them."""
    return next((days for days in _STEPS if timedelta(days=days) / unit >= LABEL + 2), _STEPS[-1])


def _mark(moment: datetime, every: int) -> int:
    """Which of the labelled spans a moment lies in."""
    return (moment - EPOCH).days // every


def unit_word(unit: timedelta) -> str:
    """A unit in words: ``hour``, ``3 hours``, ``day``, ``week``."""
    hours = unit // timedelta(hours=1)
    if hours >= 24:
        return {1: "day", 7: "week"}.get(hours // 24, f"{hours // 24} days")
    return "hour" if hours == 1 else f"{hours} hours"


def _floor(moment: datetime, unit: timedelta) -> datetime:
    return moment - (moment - EPOCH) % unit


def _cells(first: datetime, last: datetime, unit: timedelta) -> int:
    """Cells from one before the first change, so that it is seen as a step, to the last moment."""
    return (_floor(last, unit) - _floor(first, unit)) // unit + 2
