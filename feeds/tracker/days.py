"""On which day it happened, by the story's own words: "on Thursday", "late on Saturday", "yesterday"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from feeds.tracker.tokens import Sentence

_WEEKDAYS: Final = {
    name: number
    for number, name in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


_DATING: Final = frozenset({*_WEEKDAYS, *_MONTHS, "yesterday", "today", "overnight"})


def event_day(sentence: Sentence, at: int, told: date) -> date | None:
    """The day that the words nearest to token ``at`` name, counted back from when it was told; None when none does."""
    best: tuple[int, date] | None = None
    for position, low in enumerate(sentence.lows):
        day = _day(sentence, position, low, told) if low in _DATING else None
        if day is not None and (best is None or abs(position - at) < best[0]):
            best = (abs(position - at), day)
    return best[1] if best else None


def _day(sentence: Sentence, at: int, low: str, told: date) -> date | None:
    if low in _WEEKDAYS:
        back = (told.weekday() - _WEEKDAYS[low]) % 7
        before = sentence.lows[at - 1] if at else ""
        if before == "last" and back == 0:
            back = 7
        return None if before == "next" else told - timedelta(days=back)
    if low == "yesterday":
        return told - timedelta(days=1)
    if low in {"today", "overnight"}:
        return told
    if low in _MONTHS:
        return _dated(sentence, at, _MONTHS[low], told)
    return None


def _dated(sentence: Sentence, at: int, month: int, told: date) -> date | None:
    """ "August 12", "12 August": in the year that makes it the latest past day."""
    for neighbour in (at + 1, at - 1):
        if 0 <= neighbour < len(sentence.lows) and sentence.lows[neighbour].isdigit():
            number = int(sentence.lows[neighbour])
            for year in (told.year, told.year - 1):
                try:
                    day = date(year, month, number)
                except ValueError:
                    return None
                if day <= told + timedelta(days=1):
                    return day
    return None
