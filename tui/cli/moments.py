"""Times as people write them on a command line, and as JSON tells them; UTC throughout."""

from __future__ import annotations

import argparse
import re
from datetime import UTC, datetime
from typing import Final

from feeds.moments import FIRST_YEAR, LAST_YEAR, ago, day_and_time, is_of_our_time, iso, span

__all__ = ["ago", "day_and_time", "end_moment", "iso", "moment", "span"]

_DAY_ONLY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z|\d{8}\Z")


def moment(word: str) -> datetime:
    """A moment such as ``2021-08-15``, ``2021-08-12 18:00`` or ``2021-08-12T18:00:00+04:30``; without zone it is UTC.

    Raises ArgumentTypeError, which argparse prints as wrong usage.
    """
    try:
        found = datetime.fromisoformat(word.strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"{word!r} is no time; write it as 2021-08-15 or '2021-08-12 18:00' (UTC)"
        ) from None
    if not is_of_our_time(found):
        raise argparse.ArgumentTypeError(
            f"{word!r} is out of reach; a year from {FIRST_YEAR} to {LAST_YEAR} is not"
        )
    return found


def end_moment(word: str) -> datetime:
    """As :func:`moment`; a day without an hour means its end, so that the whole day is in."""
    found = moment(word)
    return found.replace(hour=23, minute=59, second=59) if _DAY_ONLY.match(word.strip()) else found
