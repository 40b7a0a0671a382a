"""Lists of threads for the screen: which ones, newest first, and a line for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Connection,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy import distinct as unlike

from feeds.archive.records import StoryRow
from feeds.archive.schema import marked, placed, stories
from feeds.archive.search import fts_query
from feeds.archive.stored import row_bound

_FTS: Final = table("stories_fts", column("rowid"))
_CHUNK: Final = 500
_PART: Final = 256
_NEWEST: Final = 1 << 62


_ROWS: Final = (
    select(
        stories.c.row,
        stories.c.id,
        stories.c.title,
        stories.c.outlet,
        stories.c.reliability,
        stories.c.wire,
        stories.c.flag,
        stories.c.received,
        stories.c.published,
        stories.c.thread,
        stories.c.lead,
        stories.c.marks,
        marked.c.read,
        marked.c.flagged,
        marked.c.dismissed,
        marked.c.escalated,
    )
    .select_from(stories.outerjoin(marked, marked.c.story == stories.c.id))
    .where(stories.c.row.in_(bindparam("rows", expanding=True)))
)
_THREADS: Final = (
    select(
        stories.c.lead,
        func.count(unlike(stories.c.outlet)),
        func.count(unlike(stories.c.origin)),
        func.count(stories.c.copy_of),
    )
    .where(stories.c.lead.in_(bindparam("leads", expanding=True)))
    .group_by(stories.c.lead)
)
_PLACES: Final = (
    select(placed.c.lead, placed.c.place)
    .where(placed.c.lead.in_(bindparam("leads", expanding=True)))
    .order_by(placed.c.lead, placed.c.place)
)


def lead_ids(
    connection: Connection, limit: int | None, *, place: str, words: str, before: datetime | None, below: int
) -> list[int]:
    """Row numbers of the leads of threads, newest first."""
    bound = min(_NEWEST if before is None else row_bound(before), below or _NEWEST)
    query = fts_query(words)
    if query:
        return _matching(connection, query, limit, place=place, bound=bound)
    if words.strip():
        return []
    if place:
        chosen = select(placed.c.lead).where(placed.c.place == place, placed.c.lead < bound)
        statement = chosen.order_by(placed.c.lead.desc()).limit(limit)
    else:
        chosen = select(stories.c.lead).where(stories.c.lead < bound).distinct()
        statement = chosen.order_by(stories.c.lead.desc()).limit(limit)
    return list(connection.execute(statement).scalars())


def _matching(connection: Connection, query: str, limit: int | None, *, place: str, bound: int) -> list[int]:
    """Leads of the threads in which some telling matches, newest lead first.

    Matches come newest first, but a thread may match in a late telling only. A lead is never newer than the
    tellings behind it, so once ``limit`` leads are found that are newer than the match at hand, no later
    match can come before them.
    """
    found: set[int] = set()
    sure = 0
    late: list[int] = []
    with closing(_matches(connection, query, place)) as matches:
        for row, lead in matches:
            # Compared here: as a condition it would tempt the planner to begin with the stories' table.
            if lead < bound and lead not in found:
                found.add(lead)
                late.append(lead)
            if limit is not None and len(found) >= limit:
                sure += sum(1 for one in late if one >= row)
                late = [one for one in late if one < row]
                if sure >= limit:
                    break
    return sorted(found, reverse=True)[:limit]


def _matches(connection: Connection, query: str, place: str) -> Generator[tuple[int, int], None, None]:
    """Row and lead of each story that matches, newest first."""
    fits = literal_column("stories_fts").op("MATCH", is_comparison=True)(query)
    order = _FTS.c.rowid.desc()
    if not place:
        joined = _FTS.join(stories, stories.c.row == _FTS.c.rowid)
        statement = select(stories.c.row, stories.c.lead).select_from(joined).where(fits).order_by(order)
        with connection.execute(statement) as result:
            yield from ((row, lead) for row, lead in result.yield_per(_PART))
        return
    # A place has few stories and a word many: holding the few in hand spares a look at the table for each
    # of the many.
    there = select(stories.c.row, stories.c.lead).join(placed, placed.c.lead == stories.c.lead)
    found_there = connection.execute(there.where(placed.c.place == place))
    leads = {row: lead for row, lead in found_there}  # noqa: C416
    if leads:
        statement_of_rows = select(_FTS.c.rowid).where(fits).order_by(order)
        with connection.execute(statement_of_rows) as found:
            yield from ((row, leads[row]) for row in found.yield_per(_PART).scalars() if row in leads)


def story_rows(connection: Connection, rows: Sequence[int]) -> list[StoryRow]:
    """A line for each row number, in the order given; numbers that are not there are left out."""
    lines: dict[int, StoryRow] = {}
    for start in range(0, len(rows), _CHUNK):
        for line in _lines(connection, list(rows[start : start + _CHUNK])):
            lines[line.row] = line
    return [lines[row] for row in rows if row in lines]


def _lines(connection: Connection, rows: list[int]) -> Iterator[StoryRow]:
    found = connection.execute(_ROWS, {"rows": rows}).all()
    leads = list({line.lead for line in found})
    sums = {lead: rest for lead, *rest in connection.execute(_THREADS, {"leads": leads})} if leads else {}
    places: defaultdict[int, list[str]] = defaultdict(list)
    for lead, place in connection.execute(_PLACES, {"leads": leads}) if leads else ():
        places[lead].append(place)
    for row, id_, title, outlet, grade, wire, flag, came, published, thread, lead, marks, *marked_ in found:
        outlets, origins, copies = sums[lead]
        read, flagged, dismissed, escalated = map(bool, marked_)
        yield StoryRow(
            row=row,
            id=id_,
            title=title,
            outlet=outlet,
            reliability=grade,
            wire=wire,
            flag=flag,
            received=came,
            told=came if published is None else min(published, came),
            thread=thread,
            outlets=outlets,
            origins=origins,
            copies=copies,
            places=tuple(places[lead]),
            read=read,
            flagged=flagged,
            marks=marks,
            dismissed=dismissed,
            escalated=escalated,
        )
