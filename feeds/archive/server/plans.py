"""Which statements the server keeps a plan of, and which it plans anew each time.

The client has a statement that it sent a few times prepared, and the server then makes do with one plan for whatever is
asked by it. For single rows that is right. For the newest rows of a list or of a search it is a hundred times too slow
now and then: the right plan depends on the word and on the stretch of time. So in a reading nothing is prepared but
what is sent through :func:`prepared`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, cast

import psycopg
from sqlalchemy import Connection

_NEVER: Final = 1 << 30
"""Times that a statement is sent before it is prepared by itself."""


def _raw(connection: Connection) -> psycopg.Connection[tuple[Any, ...]]:
    return cast("psycopg.Connection[tuple[Any, ...]]", connection.connection.dbapi_connection)


@contextmanager
def plain_plans(connection: Connection) -> Iterator[None]:
    """Has each statement planned for the values it comes with."""
    raw = _raw(connection)
    before, raw.prepare_threshold = raw.prepare_threshold, _NEVER
    try:
        yield
    finally:
        raw.prepare_threshold = before


def prepared(connection: Connection, statement: str, given: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """The rows of a statement, ``%(name)s`` for each value, whose one plan fits all values."""
    return _raw(connection).execute(statement.encode(), given, prepare=True).fetchall()
