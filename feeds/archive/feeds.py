"""What the collector remembers of each feed between two fetches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from itertools import starmap
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, select, text

from feeds.archive.schema import feeds
from feeds.story import FeedState

_FIELDS: Final = tuple(field.name for field in fields(FeedState))
# In the order of the record's fields: a row is unpacked into its record, thousands at a time.
_STATES: Final[Select[*tuple[Any, ...]]] = select(*(feeds.c[name] for name in _FIELDS))
_PUT: Final = text(
    f"INSERT INTO feeds ({', '.join(_FIELDS)}) VALUES ({', '.join(f':{name}' for name in _FIELDS)}) "  # noqa: S608
    f"ON CONFLICT (url) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _FIELDS if name != 'url')}"
).bindparams(*(bindparam(name, type_=feeds.c[name].type) for name in _FIELDS))


def write_feeds(connection: Connection, states: Sequence[FeedState]) -> None:
    """Keep what is known of feeds, in place of what was known before."""
    lines = {state.url: {name: getattr(state, name) for name in _FIELDS} for state in states}
    if lines:
        connection.execute(_PUT, list(lines.values()))


def read_feeds(connection: Connection, urls: Collection[str] | None = None) -> dict[str, FeedState]:
    """Every feed ever fetched, or those of some addresses, by its address."""
    statement = _STATES if urls is None else _STATES.where(feeds.c.url.in_(list(urls)))
    return {state.url: state for state in starmap(FeedState, connection.execute(statement).all())}
