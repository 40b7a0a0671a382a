"""The tables of an archive in the order in which they may be filled, read row by row on either engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Select, Table, Text, func, literal, select, tuple_

from feeds.archive.schema import metadata

_OF_THE_MOMENT: Final = frozenset({"leases", "beats"})
"""What says who is at work now: it is not part of what an archive knows."""
CHUNK: Final = 1000
_WHOLE: Final = 1 << 64


class Content(NamedTuple):
    """What a table holds, told by two numbers."""

    rows: int
    digest: int
    """Sum of the hashes of its rows, 64 bits: the same whatever their order."""


def tables() -> list[Table]:
    """Every table that is copied, those that others refer to first."""
    return [table for table in metadata.sorted_tables if table.name not in _OF_THE_MOMENT]


def key_of(table: Table) -> list[Column[Any]]:
    """The columns that tell a row from all others."""
    return list(table.primary_key.columns) or [table.c.story, table.c.version]


def pages(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """The rows of a table in the order of their key, some at a time; each piece begins behind the last."""
    key = key_of(table)
    order = [_plainly(connection, column) for column in key]
    last: tuple[Any, ...] | None = None
    while True:
        statement: Select[Any] = select(*table.columns).order_by(*order).limit(CHUNK)
        if last is not None:
            statement = statement.where(
                tuple_(*order) > tuple_(*_typed(key, last)) if len(key) > 1 else order[0] > last[0]
            )
        rows = connection.execute(statement).all()
        if rows:
            yield rows
            last = tuple(getattr(rows[-1], column.name) for column in key)
        if len(rows) < CHUNK:
            return


def content(connection: Connection, table: Table) -> Iterator[Content]:
    """What a table holds, so far and at last: given after each piece."""
    number, digest = 0, 0
    for rows in pages(connection, table):
        number += len(rows)
        digest = (digest + sum(_hash(row) for row in rows)) % _WHOLE
        yield Content(number, digest)
    yield Content(number, digest)


def size(connection: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _hash(row: Sequence[Any]) -> int:
    said = repr(tuple(row)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest())


def _plainly(connection: Connection, column: Column[Any]) -> Any:
    """A column in the order of its bytes, which is the same on both engines."""
    if isinstance(column.type, Text) and connection.dialect.name == "postgresql":
        return column.collate("C")
    return column


def _typed(key: Sequence[Column[Any]], last: Sequence[Any]) -> list[Any]:
    return [literal(value, column.type) for column, value in zip(key, last, strict=True)]


def is_numbered(table: Table) -> bool:
    """Whether a server gives the rows of a table their numbers."""
    key = list(table.primary_key.columns)
    return len(key) == 1 and isinstance(key[0].type, BigInteger) and key[0].name in ("seq", "id")
