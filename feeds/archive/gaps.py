"""Which stories were looked through for which watch term: marks, and the gaps that are left.

A term that is *live* is looked for in all that comes in; what came before is a gap until it is filled. When a term ceases
to be live, its mark keeps the last story it was looked for in, and when it becomes live again, only what came in
between is a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from itertools import starmap
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from feeds.archive.schema import gaps, stories, watched
from feeds.story import Story
from feeds.watched import Gap

NEVER: Final = -1
"""A row below all rows."""
_STORIES: Final[Select[*tuple[Any, ...]]] = select(
    stories.c.row, stories.c.version, *(stories.c[field.name] for field in fields(Story))
)
_MARK: Final = (
    update(watched)
    .where(watched.c.term == bindparam("of_term"))
    .values(live=bindparam("new_live"), until=bindparam("new_until"))
)
_SHORTEN: Final = (
    update(gaps)
    .where(
        gaps.c.term == bindparam("of_term"),
        gaps.c.after == bindparam("of_after"),
        gaps.c.until > bindparam("to"),
    )
    .values(until=bindparam("to"))
)
_CLOSE: Final = delete(gaps).where(gaps.c.term == bindparam("of_term"), gaps.c.after == bindparam("of_after"))


class Mark(NamedTuple):
    """How a term is watched for."""

    live: bool
    until: int
    """Row of the last story it was, or was to be, looked for in; only for a term that is not live."""


def marks(connection: Connection) -> dict[str, Mark]:
    """Every term the archive knows."""
    rows = connection.execute(select(watched.c.term, watched.c.live, watched.c.until))
    return {term: Mark(live, until) for term, live, until in rows}


def follow(connection: Connection, terms: set[str]) -> None:
    """Make these terms live and no others."""
    known, last = marks(connection), last_row(connection)
    risen = {term for term in terms if term not in known or not known[term].live}
    _open(connection, risen, known, last)
    _set(connection, risen, known, Mark(live=True, until=last))
    _set(connection, {term for term, mark in known.items() if mark.live} - terms, known, Mark(False, last))


def look_back(connection: Connection, terms: set[str]) -> None:
    """Open the gaps of terms up to the newest story; live ones have theirs."""
    known, last = marks(connection), last_row(connection)
    late = {term for term in terms if term not in known or not known[term].live}
    _open(connection, late, known, last)
    _set(connection, late, known, Mark(live=False, until=last))


def read(connection: Connection) -> list[Gap]:
    """All gaps, newest first."""
    rows = connection.execute(select(gaps.c.term, gaps.c.after, gaps.c.until).order_by(gaps.c.until.desc()))
    return list(starmap(Gap, rows))


def shorten(connection: Connection, filled: Sequence[Gap], down_to: int) -> None:
    """Take off gaps what lies above a row; another who fills them too may have come further."""
    keys = [{"of_term": gap.term, "of_after": gap.after, "to": down_to} for gap in filled]
    done = [{"of_term": gap.term, "of_after": gap.after} for gap in filled if down_to <= gap.after]
    if keys:
        connection.execute(_SHORTEN, keys)
    if done:
        connection.execute(_CLOSE, done)


def stories_in(
    connection: Connection, after: int, until: int, limit: int | None
) -> list[tuple[int, int, Story]]:
    """Row, version and story of those above a row and up to another, newest first."""
    some = _STORIES.where(stories.c.row > after, stories.c.row <= until).order_by(stories.c.row.desc())
    return [(row, version, Story(*rest)) for row, version, *rest in connection.execute(some.limit(limit))]


def last_row(connection: Connection) -> int:
    """Row of the newest story; :data:`NEVER` when there is none."""
    row = connection.execute(select(func.max(stories.c.row))).scalar()
    return NEVER if row is None else int(row)


def _open(connection: Connection, terms: Iterable[str], known: dict[str, Mark], last: int) -> None:
    begin = {term: known[term].until if term in known else NEVER for term in sorted(terms)}
    new = [{"term": term, "after": after, "until": last} for term, after in begin.items() if after < last]
    if new:
        connection.execute(insert(gaps), new)


def _set(connection: Connection, terms: set[str], known: dict[str, Mark], mark: Mark) -> None:
    old, new = sorted(terms & known.keys()), sorted(terms - known.keys())
    if old:
        values = [{"of_term": term, "new_live": mark.live, "new_until": mark.until} for term in old]
        connection.execute(_MARK, values)
    if new:
        connection.execute(
            insert(watched), [{"term": term, "live": mark.live, "until": mark.until} for term in new]
        )
