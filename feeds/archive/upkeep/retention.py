"""What may go when an archive grows too large: old threads that nobody drew on. The logs are never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, table, text, union

from feeds.archive.archive import Archive
from feeds.archive.schema import actions, counts, drops, evidence, hits, marked, placed, stories, versions
from feeds.archive.stored import row_bound
from feeds.errors import ArchiveError

SHORTEST: Final = timedelta(days=15)
"""What is younger may still be told again: dedupe looks back two weeks."""
_CHUNK: Final = 200
_PASSING: Final = ("read", "dismiss", "undo")
"""Deeds that keep no story: it was seen, and that was all."""


def forget(
    archive: Archive,
    before: datetime,
    now: datetime,
    *,
    only_count: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> int:
    """Removes threads whose stories all came before a moment and that nothing draws on; how many stories went, or would.

    Kept with all of its thread is a story that gave evidence or a count, in which a watch term hit, that was changed, or
    that somebody flagged, escalated, noted or otherwise decided on. The ledger says how many went.
    """
    if before > now - SHORTEST:
        raise ArchiveError(f"stories of the last {SHORTEST.days} days stay; name an earlier moment")
    gone = 0
    for leads in _old_threads(archive, row_bound(before)):
        gone += _forget(archive, leads, only_count=only_count)
        told(gone)
    if gone and not only_count:
        line = {"at": now, "feed": "", "url": "", "stage": "vacuum"}
        reason = f"{gone} stories received before {before:%Y-%m-%d %H:%M} UTC removed: nothing drew on them"
        with archive.store.writing() as connection:
            connection.execute(insert(drops), line | {"reason": reason})
    return gone


def tidy(archive: Archive) -> None:
    """Gives back the room of what went, and lets the engine learn what is left."""
    with archive.store.reading() as connection:
        engine = connection.dialect.name
    if engine == "postgresql":
        for statement in (*_empty_months(archive), "VACUUM ANALYZE"):
            archive.store.run_alone(statement)
        return
    with archive.store.writing() as connection:
        connection.execute(text("INSERT INTO stories_fts(stories_fts) VALUES ('optimize')"))
    for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "ANALYZE"):
        archive.store.run_alone(statement)


def _old_threads(archive: Archive, bound: int) -> Iterator[list[int]]:
    """Leads of threads of which nothing came since, oldest first, some at a time."""
    last = -1
    while True:
        some = select(stories.c.lead).where(stories.c.lead > last, stories.c.lead < bound).distinct()
        with archive.store.reading() as connection:
            leads = list(connection.execute(some.order_by(stories.c.lead).limit(_CHUNK)).scalars())
            if not leads:
                return
            newest = select(stories.c.lead).where(stories.c.lead.in_(leads)).group_by(stories.c.lead)
            old = set(connection.execute(newest.having(func.max(stories.c.row) < bound)).scalars())
            kept = _drawn_on(connection, leads)
        yield [lead for lead in leads if lead in old and lead not in kept]
        last = leads[-1]


def _drawn_on(connection: Connection, leads: list[int]) -> set[int]:
    """Leads of the threads in which something is to be kept."""
    here = stories.c.lead.in_(leads)
    said = (
        select(stories.c.lead).join(log, log.c.story == stories.c.id).where(here)
        for log in (evidence, counts, hits, versions)
    )
    decided = select(stories.c.lead).join(actions, actions.c.story == stories.c.id)
    named = select(stories.c.lead).join(actions, actions.c.value == stories.c.id)
    passing = actions.c.kind.not_in(_PASSING)
    return set(
        connection.execute(union(*said, decided.where(here, passing), named.where(here, passing))).scalars()
    )


def _forget(archive: Archive, leads: list[int], *, only_count: bool) -> int:
    if not leads:
        return 0
    going = stories.c.lead.in_(leads)
    if only_count:
        with archive.store.reading() as connection:
            return int(connection.execute(select(func.count()).where(going)).scalar_one())
    with archive.store.writing() as connection:
        rows = list(connection.execute(select(stories.c.row).where(going)).scalars())
        if connection.dialect.name == "postgresql":
            connection.execute(
                text('DELETE FROM story_words WHERE "row" = ANY(CAST(:rows AS bigint[]))'), {"rows": rows}
            )
        connection.execute(delete(placed).where(placed.c.lead.in_(leads)))
        # By the story, which it has an index of: by the row all that was ever marked would be gone through.
        connection.execute(delete(marked).where(marked.c.story.in_(select(stories.c.id).where(going))))
        connection.execute(delete(stories).where(going))
    return len(rows)


def _empty_months(archive: Archive) -> list[str]:
    """Statements that drop the months of words in which nothing is left."""
    listed = text(
        "SELECT relname FROM pg_class JOIN pg_inherits ON inhrelid = pg_class.oid "
        "WHERE inhparent = 'story_words'::regclass AND relkind = 'r' ORDER BY relname"
    )
    with archive.store.reading() as connection:
        months = list(connection.execute(listed).scalars())
        full = {
            one for one in months if connection.execute(select(1).select_from(table(one)).limit(1)).first()
        }
    return [f"DROP TABLE {one}" for one in months if one not in full]
