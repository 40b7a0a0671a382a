"""The ledger of drops: what did not become a story, or not a new one, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, func, insert, select

from feeds.archive.schema import drops
from feeds.story import Drop

_DROPS: Final = select(drops.c.at, drops.c.feed, drops.c.url, drops.c.stage, drops.c.reason)


def write_drops(connection: Connection, given: Sequence[Drop]) -> None:
    """Add lines to the ledger."""
    if given:
        connection.execute(insert(drops), [asdict(drop) for drop in given])


def read_drops(connection: Connection, *, url: str, feed: str, limit: int | None) -> list[Drop]:
    """Lines of the ledger, newest first."""
    statement = _DROPS.order_by(drops.c.seq.desc()).limit(limit)
    if url:
        statement = statement.where(drops.c.url == url)
    if feed:
        statement = statement.where(drops.c.feed == feed)
    return [Drop(*row) for row in connection.execute(statement)]


def count_drops(connection: Connection, after: int) -> tuple[int, dict[str, int]]:
    """How many lines each stage wrote behind a position of the ledger, and the position of its end."""
    statement = select(drops.c.stage, func.count(), func.max(drops.c.seq)).where(drops.c.seq > after)
    rows = connection.execute(statement.group_by(drops.c.stage)).all()
    return max((last for _, _, last in rows), default=after), {stage: number for stage, number, _ in rows}
