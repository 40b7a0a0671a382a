"""Times as they are written for people and for programs; UTC throughout."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_FIRST: Final = datetime.min.replace(tzinfo=UTC)


def is_of_our_time(moment: datetime) -> bool:
    """Whether news may be dated so, with room on both sides to reckon in weeks and hours."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def earlier(moment: datetime, length: timedelta) -> datetime:
    """The moment that long before another one, or the first there is: a feed's or an archive's time may be any."""
    return moment - length if moment - _FIRST > length else _FIRST


def iso(then: datetime | None) -> str | None:
    """A time for JSON and CSV: ``2021-08-12T18:42:00Z``; None when there is none."""
    if then is None:
        return None
    return f"{then.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def day_and_time(then: datetime) -> str:
    """A time for people: ``12 Aug 2021 18:42Z``."""
    return f"{then.day} {then:%b %Y %H:%M}Z"


def hour_of(then: datetime) -> str:
    """A time for people who know the year: ``12 Aug 18:42Z``."""
    return f"{then.day} {then:%b %H:%M}Z"


def ago(then: datetime | None, now: datetime) -> str:
    """How long ago, in one unit: ``12 s``, ``40 m``, ``5 h``, ``3 d``, with `` ago`` behind it."""
    return "never" if then is None else f"{span(now - then)} ago"


def span(length: timedelta) -> str:
    """A length of time in one unit: ``12 s``, ``40 m``, ``5 h``, ``3 d``."""
    seconds = max(0, int(length.total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= 2 * size or (seconds >= size and unit == "m"):
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
