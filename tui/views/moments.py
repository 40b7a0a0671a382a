"""Moments as people type them: ``6h``, ``2d``, ``18:00``, ``12 Aug``, ``2021-08-12 18:00``; all UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from feeds.moments import is_of_our_time

_SPAN: Final = re.compile(
    r"(\d{1,5}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)(?: ago)?", re.IGNORECASE | re.ASCII
)
_UNITS: Final = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_FORMS: Final = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d",
    "%d %b %Y %H:%M",
    "%d %b %Y",
    "%Y %d %b %H:%M",
    "%Y %d %b",
    "%Y-%m-%d at %H:%M",
)


def moment_of(words: str, now: datetime, *, ahead: bool = False) -> datetime | None:
    """The moment that words mean, the last one before ``now`` or, when ``ahead``, the next.

    None for other words, and for a moment of no time that news are of.
    """
    found = _moment_of(words, now, ahead=ahead)
    return found if found is not None and is_of_our_time(found) else None


def _moment_of(words: str, now: datetime, *, ahead: bool) -> datetime | None:
    words = " ".join(words.strip().lstrip("+-").removesuffix("Z").removesuffix("z").split())
    try:
        if (length := span_of(words)) is not None:
            return now + length if ahead else now - length
        for form in _FORMS:
            if found := _parsed(words, form) or _parsed(f"{now.year} {words}", form):
                return found
        clock = _parsed(f"{now:%Y-%m-%d} {words}", "%Y-%m-%d %H:%M")
    except OverflowError:
        return None
    if clock is None:
        return None
    if ahead:
        return clock if clock > now else clock + timedelta(days=1)
    return clock if clock <= now else clock - timedelta(days=1)


def span_of(words: str) -> timedelta | None:
    """The span that words such as ``6h``, ``30 minutes``, ``2d`` mean; None for other words."""
    found = _SPAN.fullmatch(words.strip())
    return int(found[1]) * _UNITS[found[2][0].lower()] if found else None


def _parsed(words: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(words, form).replace(tzinfo=UTC)
    except ValueError:
        return None
