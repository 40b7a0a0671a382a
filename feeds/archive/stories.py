"""Reading stories back: one, a thread, by address, by time, with the versions they went through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from feeds.archive.schema import stories, versions
from feeds.archive.stored import row_bound
from feeds.story import Fold, Story

Condition: TypeAlias = ColumnElement[bool]

_CHUNK: Final = 1000
# In the order of the records' fields, so that a row is unpacked and not looked up name by name: a restart
# reads a hundred thousand.
_STORY: Final = tuple(stories.c[field.name] for field in fields(Story))
_FOLD: Final = (stories.c.id, stories.c.thread, stories.c.copy_of, stories.c.origin)
_PAIRS: Final[Select[*tuple[Any, ...]]] = select(*_STORY, *_FOLD)
_NUMBERED: Final[Select[*tuple[Any, ...]]] = select(stories.c.row, *_STORY, *_FOLD)
_PLACED_PAIRS: Final[Select[*tuple[Any, ...]]] = select(stories.c.places, *_STORY, *_FOLD).where(
    stories.c.id.in_(bindparam("ids", expanding=True))
)
_IDS: Final = select(stories.c.id).where(stories.c.id.in_(bindparam("ids", expanding=True)))


def known_stories(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the ids that the archive has."""
    wanted = list(ids)
    known: set[str] = set()
    for start in range(0, len(wanted), _CHUNK):
        known.update(connection.execute(_IDS, {"ids": wanted[start : start + _CHUNK]}).scalars())
    return known


def find_stories(connection: Connection, condition: Condition) -> list[tuple[Story, Fold]]:
    """The stories that fit, oldest first."""
    return [_pair(row) for row in connection.execute(_PAIRS.where(condition).order_by(stories.c.row))]


def stories_by_url(connection: Connection, url: str) -> list[Story]:
    """Stories at an address, whether with http or https, with or without a slash at the end."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    forms = {url} | {
        urlunsplit((scheme, parts.netloc, path + slash, parts.query, ""))
        for scheme in ("http", "https")
        for slash in ("", "/")
    }
    return [story for story, _ in find_stories(connection, stories.c.url.in_(sorted(forms)))]


def thread_of(connection: Connection, thread: str) -> list[tuple[Story, Fold]]:
    """The stories of a thread, oldest first."""
    opener = select(stories.c.lead).where(stories.c.id == thread).scalar_subquery()
    return find_stories(connection, (stories.c.lead == opener) & (stories.c.thread == thread))


def stories_after(connection: Connection, since: datetime, row: int) -> list[tuple[int, Story, Fold]]:
    """Some stories received at or after a moment and above a row, oldest first; empty when there are no more."""
    bound = max(row_bound(since) - 1, row)
    some = _NUMBERED.where(stories.c.row > bound).order_by(stories.c.row).limit(_CHUNK)
    return [(row[0], *_pair(row[1:])) for row in connection.execute(some)]


def received_of_newest(connection: Connection, number: int) -> datetime | None:
    """When the story was received that so many are at least as new as; None when there are fewer."""
    newest = select(stories.c.received).order_by(stories.c.row.desc()).offset(number - 1).limit(1)
    return connection.execute(newest).scalar()


def told_by(connection: Connection, outlet: str, since: datetime, before: datetime) -> list[str]:
    """Ids of an outlet's stories received at or after a moment and before another."""
    some = select(stories.c.id).where(
        stories.c.row >= row_bound(since), stories.c.row < row_bound(before), stories.c.outlet == outlet
    )
    return list(connection.execute(some).scalars())


def told(connection: Connection, ids: Sequence[str]) -> list[tuple[Story, Fold, tuple[str, ...] | None]]:
    """The stories of some ids in their order, each with its fold and the places it names."""
    found: dict[str, tuple[Story, Fold, tuple[str, ...] | None]] = {}
    for start in range(0, len(ids), _CHUNK):
        for places, *row in connection.execute(_PLACED_PAIRS, {"ids": ids[start : start + _CHUNK]}):
            story, fold = _pair(row)
            found[story.id] = story, fold, places
    return [found[id_] for id_ in ids if id_ in found]


def places_after(connection: Connection, since: datetime) -> dict[str, tuple[str, ...]]:
    """The places that each story received at or after a moment names."""
    some = select(stories.c.id, stories.c.places).where(
        stories.c.row >= row_bound(since), stories.c.places.is_not(None)
    )
    return {row[0]: row[1] for row in connection.execute(some)}


def edited_stories(connection: Connection) -> set[str]:
    """Ids of the stories that have had more than one text."""
    return set(connection.execute(select(versions.c.story).distinct()).scalars())


def versions_of(connection: Connection, id_: str) -> Iterator[Story]:
    """Every text a story has had, oldest first; ``received`` is when each came."""
    found = find_stories(connection, stories.c.id == id_)
    if not found:
        return
    story, _ = found[0]
    old = select(versions).where(versions.c.story == id_).order_by(versions.c.version)
    for text in connection.execute(old):
        yield replace(
            story,
            title=text.title,
            summary=text.summary,
            body=text.body,
            flag=text.flag,
            received=text.received,
        )
    changed = connection.execute(select(stories.c.changed).where(stories.c.id == id_)).scalar_one()
    yield replace(story, received=changed)


def _pair(row: Sequence[Any]) -> tuple[Story, Fold]:
    *story, id_, thread, copy_of, origin = row
    return Story(*story), Fold(id_, thread, copy_of, origin)
