"""What the collector remembers of each feed between two fetches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from feeds.archive.schema import feeds
from feeds.story import FeedState

_UPDATE: Final = (
    update(feeds)
    .where(feeds.c.url == bindparam("of_url"))
    .values({column.name: bindparam(column.name) for column in feeds.c if column.name != "url"})
)


def write_feeds(connection: Connection, states: Sequence[FeedState]) -> None:
    """Keep what is known of feeds, in place of what was known before."""
    for state in states:
        values: dict[str, Any] = asdict(state)
        url = values.pop("url")
        if connection.execute(_UPDATE, values | {"of_url": url}).rowcount == 0:
            connection.execute(insert(feeds), values | {"url": url})


def read_feeds(connection: Connection, urls: Collection[str] | None = None) -> dict[str, FeedState]:
    """Every feed ever fetched, or those of some addresses, by its address."""
    statement = select(feeds) if urls is None else select(feeds).where(feeds.c.url.in_(list(urls)))
    return {row["url"]: FeedState(**row) for row in connection.execute(statement).mappings()}
