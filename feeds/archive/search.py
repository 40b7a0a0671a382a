"""What an operator types into a search, turned into a full-text query that cannot be malformed, and what it finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol

from sqlalchemy import Connection, CursorResult, Select, column, literal_column, select, table, text

from feeds.archive.schema import stories
from feeds.archive.words import ts_query
from feeds.story import Story

_FTS: Final = table("stories_fts", column("rowid"))
_TERM: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def fts_query(text: str) -> str:
    """The FTS5 query for words (all of them), ``"phrases"``, ``-without`` and ``begin*``; empty for none.

    A search of nothing but ``-without`` is empty too: full-text search needs a word to begin with.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for said, begins, minus in _terms(text):
        (unwanted if minus else wanted).append(_quoted(said, prefix=begins))
    if not wanted:
        return ""
    query = " ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _terms(text: str) -> Iterator[tuple[str, bool, bool]]:
    """The words and phrases of a search, each with whether it is a beginning, and whether it is unwanted."""
    # A terminal hands over bytes it cannot read as lone surrogates; the index knows none.
    sound = text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")
    for found in _TERM.finditer(sound):
        said = found["word"] if found["phrase"] is None else found["phrase"]
        if any(letter.isalnum() for letter in said):
            begins = found["phrase"] is None and said.endswith("*")
            yield said.rstrip("*"), begins, bool(found["minus"])


def _quoted(said: str, *, prefix: bool) -> str:
    """A term as an FTS5 string: nothing in it is read as an operator."""
    bare = said.replace('"', '""')
    return f'"{bare}"*' if prefix else f'"{bare}"'


def _on_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def asks_something(words: str) -> bool:
    """Whether there is a word to look for in what was typed."""
    return any(not minus for _, _, minus in _terms(words))


class Matches(Protocol):
    """Stories that match a search, newest first."""

    def more(self, wanted: int) -> Sequence[tuple[int, int]]:
        """Row and lead of the next ones, at most so many; none when there are no more."""


class _InFile:
    """What an index in the archive's own file gives, read no further than it is wanted."""

    def __init__(self, result: CursorResult[Any]) -> None:
        self._result = result

    def more(self, wanted: int) -> Sequence[tuple[int, int]]:
        return [(found.row, found.lead) for found in self._result.fetchmany(wanted)]


@contextmanager
def matches(connection: Connection, words: str) -> Iterator[Matches]:
    """The stories that match, to be read in pieces."""
    if _on_server(connection):
        from feeds.archive.server import search as server

        yield server.Matches(connection, ts_query(_terms(words)))
        return
    joined = _FTS.join(stories, stories.c.row == _FTS.c.rowid)
    statement = _fitting(select(stories.c.row, stories.c.lead).select_from(joined), words)
    with connection.execute(statement, execution_options={"stream_results": True}) as result:
        yield _InFile(result)


def matching_among(connection: Connection, words: str, rows: Sequence[int]) -> set[int]:
    """Those of the rows, given in ascending order, whose stories match."""
    if not rows:
        return set()
    if _on_server(connection):
        from feeds.archive.server import search as server

        return server.matching_among(connection, ts_query(_terms(words)), rows)
    # The plus keeps SQLite from looking each row up by itself.
    among = text("+stories_fts.rowid IN (SELECT value FROM json_each(:among))").bindparams(
        among=json.dumps(rows)
    )
    between = select(_FTS.c.rowid).where(_FTS.c.rowid >= rows[0], _FTS.c.rowid <= rows[-1], among)
    return set(connection.execute(_fitting(between, words)).scalars())


def _fitting(statement: Select[Any], words: str) -> Select[Any]:
    fits = literal_column("stories_fts").op("MATCH", is_comparison=True)(fts_query(words))
    return statement.where(fits).order_by(_FTS.c.rowid.desc())


def index_new(connection: Connection, rows: Mapping[str, int], told: Sequence[Story]) -> None:
    """Enter new stories into the index, where the engine does not do it by itself."""
    if told and _on_server(connection):
        from feeds.archive.server import search as server

        server.add(connection, rows, told)


def index_again(connection: Connection, row: int, story: Story) -> None:
    """Enter the new text of a story, where the engine does not do it by itself."""
    if _on_server(connection):
        from feeds.archive.server import search as server

        server.replace(connection, row, story)
