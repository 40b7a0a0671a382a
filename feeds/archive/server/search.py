"""Full-text search on a server: newest first, a month at a time, never ranked.

A month's index gives all stories with a word at once, and a common word is in most of them; so the newest month is asked
first, and older ones, more and more together, only while too few were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, text

from feeds.archive.stored import ROWS_PER_MICROSECOND, microseconds, moment
from feeds.archive.words import vector
from feeds.story import Story

_DAYS: Final = 3 * 86_400_000_000 * ROWS_PER_MICROSECOND
"""Rows of the newest days, which are asked before all others."""
_ENDS: Final = text('SELECT min("row"), max("row") FROM stories')
_MAKE_MONTH: Final = text("SELECT make_month(:at)")
_ADD: Final = text('INSERT INTO story_words ("row", words) VALUES (:at, CAST(:words AS tsvector))')
_REPLACE: Final = text('UPDATE story_words SET words = CAST(:words AS tsvector) WHERE "row" = :at')
_FOUND: Final = text("""
SELECT stories."row", stories.lead FROM (
  SELECT "row" FROM story_words
  WHERE words @@ CAST(:query AS tsquery) AND "row" >= :begin AND "row" < :below ORDER BY "row" DESC LIMIT :size
) AS found JOIN stories ON stories."row" = found."row" ORDER BY stories."row" DESC""")
_AMONG: Final = text(
    'SELECT "row" FROM story_words WHERE words @@ CAST(:query AS tsquery) AND "row" = ANY(CAST(:rows AS bigint[]))'
)


def add(connection: Connection, rows: Mapping[str, int], told: Sequence[Story]) -> None:
    """Enter new stories into the index of their month."""
    for month in sorted({_begin_of_month(rows[story.id]) for story in told}):
        connection.execute(_MAKE_MONTH, {"at": month})
    connection.execute(_ADD, [{"at": rows[story.id], "words": _vector(story)} for story in told])


def replace(connection: Connection, row: int, story: Story) -> None:
    """Enter the new text of a story in place of the old."""
    connection.execute(_REPLACE, {"at": row, "words": _vector(story)})


class Matches:
    """Stories that match, newest first; every piece is a question of its own, below the last one."""

    def __init__(self, connection: Connection, query: str) -> None:
        self._connection, self._query = connection, query
        first, last = connection.execute(_ENDS).one()
        self._spans = iter(()) if last is None else _spans(first, last)
        self._span = next(self._spans, None)

    def more(self, wanted: int) -> Sequence[tuple[int, int]]:
        """Row and lead of the next ones, at most so many; none when there are no more."""
        while self._span is not None:
            begin, below = self._span
            given = {"query": self._query, "begin": begin, "below": below, "size": wanted}
            found = self._connection.execute(_FOUND, given).all()
            self._span = (begin, found[-1][0]) if len(found) == wanted else next(self._spans, None)
            if found:
                return [(row, lead) for row, lead in found]
        return ()


def matching_among(connection: Connection, query: str, rows: Sequence[int]) -> set[int]:
    """Those of the rows whose stories match."""
    return set(connection.execute(_AMONG, {"query": query, "rows": list(rows)}).scalars())


def _vector(story: Story) -> str:
    return vector((story.title, story.summary, story.body))


def _begin_of_month(row: int) -> int:
    at = moment(row // ROWS_PER_MICROSECOND)
    return _row_of(datetime(at.year, at.month, 1, tzinfo=UTC))


def _row_of(at: datetime) -> int:
    return microseconds(at) * ROWS_PER_MICROSECOND


def _spans(first: int, last: int) -> Iterator[tuple[int, int]]:
    """(begin, end) of stretches of time, newest first: some days, what is left of the month, then more and more months."""
    end, months = last + 1, 1
    begin = max(_begin_of_month(last), end - _DAYS)
    yield begin, end
    while begin > first:
        end = begin
        at = moment((end - 1) // ROWS_PER_MICROSECOND)
        number = max(1970 * 12, at.year * 12 + at.month - months)
        begin = _row_of(datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC))
        yield begin, end
        months *= 2
