"""One archive copied into another, on whichever engines: broken off it is taken up again, and at the end both are compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table, bindparam, func, insert, select, text, tuple_

from feeds.archive.archive import Archive
from feeds.archive.schema import stories
from feeds.archive.search import index_new
from feeds.archive.stories import find_stories
from feeds.archive.upkeep.tables import Content, content, is_numbered, key_of, pages, size, tables
from feeds.errors import ArchiveError

_OLDEST = select(stories.c.id).order_by(stories.c.row).limit(1)

_NUMBER_ON = text("SELECT setval(pg_get_serial_sequence(:table, :column), :next, false)")


@dataclass(frozen=True, slots=True)
class Step:
    """How far a copy is."""

    doing: str
    """``copied`` or ``compared``."""
    table: str
    done: int
    of: int
    """Rows of the table."""


Told: TypeAlias = Callable[[Step], None]


def copy(source: Archive, target: Archive, told: Told = lambda _: None) -> dict[str, Content]:
    """Copies all that the target has not; what each table holds then. ArchiveError when the two are not the same at last.

    Nobody may collect on either meanwhile. A piece of a thousand rows is one transaction: what was copied stays.
    """
    _refuse_strangers(source, target)
    held: dict[str, Content] = {}
    with source.snapshot(), source.store.reading() as here:
        for table in tables():
            _copy(here, target, table, told)
        for table in tables():
            held[table.name] = _compare(here, target, table, told)
    return held


def _refuse_strangers(source: Archive, target: Archive) -> None:
    """ArchiveError when the target has stories of its own."""
    with target.store.reading() as there:
        oldest = there.execute(_OLDEST).scalar()
    if oldest is not None and not source.known_stories([oldest]):
        raise ArchiveError(
            f"{target.name} has stories that {source.name} has not; copy into an empty archive"
        )


def _copy(here: Connection, target: Archive, table: Table, told: Told) -> None:
    done, of = 0, size(here, table)
    for rows in pages(here, table):
        with target.store.writing(quietly=True) as there:
            _add(there, table, rows)
        done += len(rows)
        told(Step("copied", table.name, done, of))
    with target.store.writing() as there:
        if is_numbered(table) and there.dialect.name == "postgresql":
            (column,) = table.primary_key.columns
            names = {"table": table.name, "column": column.name}
            last = there.execute(select(func.coalesce(func.max(column), 0))).scalar_one()
            there.execute(_NUMBER_ON, names | {"next": last + 1})


def _add(there: Connection, table: Table, rows: Sequence[Any]) -> None:
    """Adds those of the rows that are not there yet."""
    key = key_of(table)
    keys = [tuple(getattr(row, column.name) for column in key) for row in rows]
    if len(key) == 1:
        known_of = select(key[0]).where(key[0].in_(bindparam("keys", expanding=True)))
        known = {(value,) for value in there.execute(known_of, {"keys": [one for (one,) in keys]}).scalars()}
    else:
        known = {tuple(row) for row in there.execute(select(*key).where(tuple_(*key).in_(keys)))}
    new = [row._asdict() for row, one in zip(rows, keys, strict=True) if one not in known]
    if new:
        there.execute(insert(table), new)
        if table is stories:
            told_now = find_stories(there, stories.c.row.in_([line["row"] for line in new]))
            index_new(there, {line["id"]: line["row"] for line in new}, [story for story, _ in told_now])


def _compare(here: Connection, target: Archive, table: Table, told: Told) -> Content:
    of = 2 * size(here, table)
    found = [Content(0, 0), Content(0, 0)]
    with target.store.reading() as there:
        for place, connection in enumerate((here, there)):
            for held in content(connection, table):
                found[place] = held
                told(Step("compared", table.name, sum(one.rows for one in found), of))
    if found[0] != found[1]:
        raise ArchiveError(
            f"the copy is not what was copied: {table.name} has {found[0].rows} rows here and {found[1].rows} there, "
            f"or other words in them; was something written meanwhile? Copy again into an empty archive"
        )
    return found[0]
