"""How values are stored, without SQLAlchemy: moments as microseconds, tuples as JSON, a row's number by its time.

Everything here is exact both ways. The column types and the plain reader (:mod:`feeds.archive.plain`) share it.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from feeds.errors import ArchiveError
from feeds.evidence import Standing
from feeds.story import EPOCH

ROWS_PER_MICROSECOND: Final = 1000
"""Numbers for stories that were received in the same microsecond."""
_MOST: Final = (1 << 63) - 1
_MICROSECOND: Final = timedelta(microseconds=1)
_STANDING: Final = tuple(field.name for field in fields(Standing))
_MOMENTS: Final = ("since", "last_evidence", "at")
_DAMAGED: Final = (
    "the archive is damaged: {what} in it cannot be read; put a copy back, and see `warwatch archive check`"
)


def microseconds(moment: datetime) -> int:
    """Whole microseconds from 1970 (UTC) to a timezone-aware moment."""
    return (moment - EPOCH) // _MICROSECOND


def moment(us: int) -> datetime:
    """The moment that is so many microseconds after 1970, UTC; ArchiveError when no calendar has it."""
    try:
        return EPOCH + timedelta(microseconds=us)
    except (OverflowError, TypeError) as error:
        raise ArchiveError(_DAMAGED.format(what="a time")) from error


def row_bound(before: datetime) -> int:
    """The row number below which lie exactly the stories received before a moment."""
    return _in_reach(microseconds(before) * ROWS_PER_MICROSECOND)


def row_after(moment: datetime) -> int:
    """The row number below which lie the stories received up to a moment."""
    return _in_reach((microseconds(moment) + 1) * ROWS_PER_MICROSECOND)


def _in_reach(row: int) -> int:
    """The row number, or the nearest that a database counts to."""
    return max(-_MOST, min(row, _MOST))


def frozen(value: object) -> object:
    """Lists, as JSON gives them, turned into tuples all the way down."""
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value


def tuples(text: str) -> Any:
    """The tuple that a JSON array stands for; ArchiveError when it is none."""
    if text == "[]":  # most are empty, and the screen reads hundreds at once
        return ()
    try:
        return frozen(json.loads(text))
    except (ValueError, TypeError, RecursionError) as error:
        raise ArchiveError(_DAMAGED.format(what="a list")) from error


def record(standing: Standing) -> str:
    """A standing as one line of JSON, its moments as microseconds."""
    values = {name: getattr(standing, name) for name in _STANDING}
    for name in _MOMENTS:
        values[name] = None if values[name] is None else microseconds(values[name])
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=1024)
def standing_of(line: str) -> Standing:
    """The standing that :func:`record` wrote; of a board that is read again and again most lines are as before.

    ArchiveError when it is none.
    """
    try:
        values: dict[str, Any] = {
            name: frozen(value) for name, value in json.loads(line).items() if name in _STANDING
        }
        for name in _MOMENTS:
            values[name] = None if values[name] is None else moment(values[name])
        return Standing(**values)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ArchiveError(_DAMAGED.format(what="a standing")) from error
