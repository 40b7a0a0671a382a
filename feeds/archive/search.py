"""What an operator types into a search, turned into a full-text query that cannot be malformed, and what it finds."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, column, literal_column, select, table, text

from feeds.archive.schema import stories

_FTS: Final = table("stories_fts", column("rowid"))
_PART: Final = 256
_TERM: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def fts_query(text: str) -> str:
    """The FTS5 query for words (all of them), ``"phrases"``, ``-without`` and ``begin*``; empty for none.

    A search of nothing but ``-without`` is empty too: full-text search needs a word to begin with.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for found in _TERM.finditer(text):
        said = found["word"] if found["phrase"] is None else found["phrase"]
        term = _quoted(said, prefix=found["phrase"] is None and said.endswith("*"))
        if term:
            (unwanted if found["minus"] else wanted).append(term)
    if not wanted:
        return ""
    query = " ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def _quoted(said: str, *, prefix: bool) -> str:
    """A term as an FTS5 string: nothing in it is read as an operator."""
    if not any(letter.isalnum() for letter in said):
        return ""
    # A terminal hands over bytes it cannot read as lone surrogates; the index knows none.
    sound = said.encode("utf-8", "ignore").decode("utf-8")
    bare = sound.rstrip("*").replace('"', '""').replace("\0", "")
    return f'"{bare}"*' if prefix else f'"{bare}"'


def asks_something(words: str) -> bool:
    """Whether there is a word to look for in what was typed."""
    return bool(fts_query(words))


def matches(connection: Connection, words: str) -> Generator[tuple[int, int], None, None]:
    """Row and lead of each story that matches, newest first."""
    joined = _FTS.join(stories, stories.c.row == _FTS.c.rowid)
    statement = _fitting(select(stories.c.row, stories.c.lead).select_from(joined), words)
    with connection.execute(statement) as result:
        yield from ((row, lead) for row, lead in result.yield_per(_PART))


def matching_among(connection: Connection, words: str, rows: Sequence[int]) -> set[int]:
    """Those of the rows, given in ascending order, whose stories match."""
    if not rows:
        return set()
    # The plus keeps SQLite from looking each row up by itself.
    among = text("+stories_fts.rowid IN (SELECT value FROM json_each(:among))").bindparams(
        among=json.dumps(rows)
    )
    between = select(_FTS.c.rowid).where(_FTS.c.rowid >= rows[0], _FTS.c.rowid <= rows[-1], among)
    return set(connection.execute(_fitting(between, words)).scalars())


def _fitting(statement: Select[Any], words: str) -> Select[Any]:
    fits = literal_column("stories_fts").op("MATCH", is_comparison=True)(fts_query(words))
    return statement.where(fits).order_by(_FTS.c.rowid.desc())
