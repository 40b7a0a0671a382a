"""What the collector remembers of each feed between two fetches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, bindparam, insert, select, update

from feeds.archive.schema import feeds
from feeds.story import FeedState

_KNOWN: Final = select(feeds.c.url).where(feeds.c.url.in_(bindparam("urls", expanding=True)))
_UPDATE: Final = (
    update(feeds)
    .where(feeds.c.url == bindparam("of_url"))
    .values({column.name: bindparam(column.name) for column in feeds.c if column.name != "url"})
)


def write_feeds(connection: Connection, states: Sequence[FeedState]) -> None:
    """Keep what is known of feeds, in place of what was known before."""
    if not states:
        return
    lines = {state.url: asdict(state) for state in states}
    known = set(connection.execute(_KNOWN, {"urls": list(lines)}).scalars())
    if known:
        connection.execute(_UPDATE, [line | {"of_url": url} for url, line in lines.items() if url in known])
    if new := [line for url, line in lines.items() if url not in known]:
        connection.execute(insert(feeds), new)


def read_feeds(connection: Connection, urls: Collection[str] | None = None) -> dict[str, FeedState]:
    """Every feed ever fetched, or those of some addresses, by its address."""
    statement = select(feeds) if urls is None else select(feeds).where(feeds.c.url.in_(list(urls)))
    return {row["url"]: FeedState(**row) for row in connection.execute(statement).mappings()}
