"""The log of watch terms: the stories in which each was found, and the stories not looked through for it yet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from itertools import starmap
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    distinct,
    func,
    insert,
    select,
    type_coerce,
)

from feeds.archive import gaps
from feeds.archive.connections import Connections
from feeds.archive.schema import evidence, hits, stories
from feeds.archive.stored import ROWS_PER_MICROSECOND, microseconds, moment, row_bound
from feeds.story import Story
from feeds.watched import Gap, Hit, Tally

_HOUR: Final = timedelta(hours=1)
_CHUNK: Final = 1000
_HIT: Final = tuple(field.name for field in fields(Hit))
_HITS: Final[Select[*tuple[Any, ...]]] = select(*(hits.c[name] for name in _HIT))
_TALLY: Final = (func.count(distinct(hits.c.story)), func.count(distinct(hits.c.outlet)))

_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_VERSIONS: Final = select(stories.c.id, stories.c.version).where(stories.c.id.in_(_IDS))
_KNOWN: Final = select(hits.c.term, hits.c.story, hits.c.version).where(hits.c.story.in_(_IDS))


class WatchLog:
    """Hits of watch terms, which are only ever added to, and how far the archive was looked through for each term.

    Terms are named by their ids (see :func:`feeds.watch.terms.term_id`). Every method raises ArchiveError in one line.
    """

    def __init__(self, store: Connections) -> None:
        self._store = store

    def hits(
        self, term: str = "", story: str = "", since: datetime | None = None, limit: int | None = None
    ) -> list[Hit]:
        """Hits of a term, of a story, or of all, newest told first; of a changed story one for each text that hit."""
        statement = _HITS.order_by(hits.c.told.desc(), hits.c.seq.desc()).limit(limit)
        if term:
            statement = statement.where(hits.c.term == term)
        if story:
            statement = statement.where(hits.c.story == story)
        if since:
            statement = statement.where(hits.c.told >= since)
        with self._store.reading() as connection:
            return list(starmap(Hit, connection.execute(statement)))

    def hits_in(self, ids: Collection[str]) -> dict[str, list[Hit]]:
        """For each of these stories the hits in its newest text, each term once; stories without any are left out."""
        found: dict[str, list[Hit]] = {}
        wanted = list(ids)
        with self._store.reading() as connection:
            for start in range(0, len(wanted), _CHUNK):
                newest = _HITS.join(stories, stories.c.id == hits.c.story).where(
                    hits.c.version == stories.c.version, hits.c.story.in_(wanted[start : start + _CHUNK])
                )
                for hit in starmap(Hit, connection.execute(newest.order_by(hits.c.seq))):
                    found.setdefault(hit.story, []).append(hit)
        return found

    def leads(self, terms: Collection[str]) -> set[int]:
        """Rows of the stories that lead a thread in which any of these terms was found."""
        found = select(stories.c.lead).distinct().join(hits, hits.c.story == stories.c.id)
        with self._store.reading() as connection:
            return set(connection.execute(found.where(hits.c.term.in_(list(terms)))).scalars())

    def places(self, terms: Collection[str], theatre: str) -> set[str]:
        """The places of a theatre of which a story that holds any of these terms tells something."""
        told = select(evidence.c.place).distinct().join(hits, hits.c.story == evidence.c.story)
        wanted = told.where(hits.c.term.in_(list(terms)), evidence.c.theatre == theatre)
        with self._store.reading() as connection:
            return set(connection.execute(wanted).scalars())

    def hours(self, term: str, since: datetime, until: datetime) -> dict[datetime, Tally]:
        """What was told in each hour of the clock (UTC) in which a term hit, oldest first; ``until`` is left out."""
        hour: ColumnElement[int] = type_coerce(hits.c.told, BigInteger) // microseconds(moment(0) + _HOUR)
        statement = select(hour, *_TALLY).where(hits.c.term == term, *_between(since, until))
        with self._store.reading() as connection:
            rows = connection.execute(statement.group_by(hour).order_by(hour)).all()
        return {moment(0) + number * _HOUR: Tally(found, outlets) for number, found, outlets in rows}

    def tallies(self, since: datetime, until: datetime) -> dict[str, Tally]:
        """What was told in a span of time, by the ids of the terms that hit; ``until`` is left out."""
        statement = select(hits.c.term, *_TALLY).where(*_between(since, until)).group_by(hits.c.term)
        with self._store.reading() as connection:
            return {term: Tally(found, outlets) for term, found, outlets in connection.execute(statement)}

    def begin(self) -> datetime | None:
        """When the oldest story was received; None in an empty archive."""
        with self._store.reading() as connection:
            row = connection.execute(select(func.min(stories.c.row))).scalar()
        return None if row is None else moment(row // ROWS_PER_MICROSECOND)

    def follow(self, terms: Collection[str]) -> None:
        """From now on whoever writes stories looks for these terms in them, and for no others.

        What came before and was not looked through becomes a gap of each term. Nothing is written where nothing changed.
        """
        if set(terms) != self.followed():
            with self._store.writing() as connection:
                gaps.follow(connection, set(terms))

    def followed(self) -> set[str]:
        """The terms that are looked for in all that comes in."""
        with self._store.reading() as connection:
            return {term for term, mark in gaps.marks(connection).items() if mark.live}

    def look_back(self, terms: Collection[str]) -> None:
        """Make what was never looked through for these terms a gap of theirs, so that it can be filled."""
        with self._store.writing() as connection:
            gaps.look_back(connection, set(terms))

    def known(self) -> set[str]:
        """The terms that the archive was ever looked through for, or is to be."""
        with self._store.reading() as connection:
            return set(gaps.marks(connection))

    def gaps(self) -> list[Gap]:
        """What has still to be looked through, newest first."""
        with self._store.reading() as connection:
            return gaps.read(connection)

    def stories_in(self, after: int, until: int, limit: int | None = None) -> list[tuple[int, int, Story]]:
        """Row, version and story of those above a row and up to another, newest first."""
        with self._store.reading() as connection:
            return gaps.stories_in(connection, after, until, limit)

    def row_at(self, then: datetime) -> int:
        """The row below which lie exactly the stories received before a moment."""
        return row_bound(then)

    def last_row(self) -> int:
        """Row of the newest story; -1 when there is none."""
        with self._store.reading() as connection:
            return gaps.last_row(connection)

    def count_in(self, after: int, until: int) -> int:
        """How many stories lie above a row and up to another."""
        between = select(func.count()).where(stories.c.row > after, stories.c.row <= until)
        with self._store.reading() as connection:
            return int(connection.execute(between).scalar_one())

    def fill(self, found: Sequence[Hit], filled: Sequence[Gap], down_to: int) -> None:
        """Add the hits found in gaps that were looked through from above down to a row, which is still to be done.

        One transaction: after a crash the gap begins where the hits end. A gap done down to its lower end goes.
        """
        with self._store.writing() as connection:
            write_hits(connection, found)
            gaps.shorten(connection, filled, down_to)


def write_hits(connection: Connection, found: Sequence[Hit], new: Collection[str] = ()) -> None:
    """Add hits to the log, but for those it has; a hit without a version is one of the story's newest text.

    Of ``new`` stories, written a moment ago in this transaction, nothing has to be looked up.
    """
    ids = sorted({hit.story for hit in found}.difference(new))
    versions: dict[str, int] = {}
    known: set[tuple[str, str, int]] = set()
    for start in range(0, len(ids), _CHUNK):
        some = {"ids": ids[start : start + _CHUNK]}
        versions.update((id_, version) for id_, version in connection.execute(_VERSIONS, some))
        known.update((term, story, version) for term, story, version in connection.execute(_KNOWN, some))
    lines = {}
    for hit in found:
        key = (hit.term, hit.story, hit.version or versions.get(hit.story, 1))
        if key not in known:
            lines[key] = {"term": hit.term, "story": hit.story, "version": key[2], "spans": hit.spans} | {
                "told": hit.told,
                "outlet": hit.outlet,
            }
    if lines:
        connection.execute(insert(hits), list(lines.values()))


def _between(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return hits.c.told >= since, hits.c.told < until
