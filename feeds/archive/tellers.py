"""Who tells: feed, outlet, agency and reliability as one number, so that one index serves the filters on all four."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, bindparam, insert, select, tuple_

from feeds.archive.schema import tellers
from feeds.story import Story

_COLUMNS: Final = (tellers.c.feed, tellers.c.outlet, tellers.c.wire, tellers.c.reliability)
_KNOWN: Final[Select[*tuple[Any, ...]]] = select(tellers.c.id, *_COLUMNS).where(
    tuple_(*_COLUMNS).in_(bindparam("named", expanding=True))
)
_ADD: Final = insert(tellers).returning(tellers.c.id, *_COLUMNS)
_CHUNK: Final = 200


class Teller(NamedTuple):
    """Who tells a story."""

    feed: str
    outlet: str
    wire: str
    reliability: str


def teller_of(story: Story) -> Teller:
    """Who tells it."""
    return Teller(story.feed, story.outlet, story.wire, story.reliability)


def number(connection: Connection, told: Iterable[Story]) -> dict[Teller, int]:
    """The number of whoever tells these stories; whoever tells for the first time gets one."""
    wanted = sorted({teller_of(story) for story in told})
    numbers: dict[Teller, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        named = [tuple(one) for one in wanted[start : start + _CHUNK]]
        numbers |= {Teller(*rest): id_ for id_, *rest in connection.execute(_KNOWN, {"named": named})}
    if new := [one._asdict() for one in wanted if one not in numbers]:
        numbers |= {Teller(*rest): id_ for id_, *rest in connection.execute(_ADD, new)}
    return numbers
