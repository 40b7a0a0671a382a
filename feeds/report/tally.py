"""Counts with their range: what is said now of how many capitals fell, beside what the board names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

from feeds.evidence import Count
from feeds.report.records import Counted, Counts, Word
from feeds.report.sheet import Sheet
from feeds.standing.counts import counted

NOW: Final = timedelta(hours=24)
"""How old a count may be, beside the newest, and still be what is said now."""
_WHOLE: Final = ("exact", "at-least")
"""Qualifiers of counts that mean the state of things; the nth to fall is one city's number, "N more" a day's."""
_LEAST: Final = 0.5
"""Share of the highest count below which another is no count of all that fell: of those of a day, or of a region."""


def counts_of(sheet: Sheet, counts: Iterable[Count], word_of: Callable[[Count], Word]) -> Counts:
    """The range of what is said: from the lowest of the outlets' newest counts of a day to the highest of three days.

    ``word_of`` makes a count's sentence an attributed word. The highest is the one that the board's title shows.
    """
    theatre, tally = sheet.theatre, sheet.tally
    side = theatre.side_name(theatre.board_side)
    said = sorted(
        counted(theatre, counts, sheet.as_of), key=lambda each: (each[1].told or sheet.as_of, each[0])
    )
    if not said:
        return Counts(side, None, None, tally.of, tally.named, ())
    most = max(number for number, _ in said)
    highest = next(each for each in said if each[0] == most)  # who said it first
    newest = max(count.told for _, count in said if count.told)
    of_outlets = {
        count.outlet: (number, count)
        for number, count in said
        if count.qualifier in _WHOLE and number >= most * _LEAST and count.told and count.told >= newest - NOW
    }
    lowest = min(of_outlets.values(), key=lambda each: each[0], default=highest)
    if lowest[0] > highest[0]:
        lowest = highest
    shown = [highest] if lowest[0] == highest[0] else [lowest, highest]
    return Counts(
        side,
        lowest[0],
        highest[0],
        tally.of,
        tally.named,
        tuple(Counted(number, word_of(count)) for number, count in shown),
    )
