"""Lists of threads for the screen: which ones, newest first, and a line for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy import distinct as unlike

from feeds.archive import search
from feeds.archive.records import StoryRow
from feeds.archive.schema import marked, placed, stories
from feeds.archive.sieve import Sieve
from feeds.archive.sifting import NEWEST, Sifting
from feeds.archive.stored import row_after, row_bound

_CHUNK: Final = 500
_PART: Final = 256
"""Matches read first; then as many as the first ones let expect."""
_LEAST: Final = 32
_MOST: Final = 20_000
_TELLING: Final = 100
"""Leads found from which on it can be told how many more matches are needed."""
_PAGE: Final = 500


_LEADS: Final = (
    select(stories.c.lead)
    .where(stories.c.lead < bindparam("bound"))
    .distinct()
    .order_by(stories.c.lead.desc())
)
_SOME_LEADS: Final = _LEADS.limit(bindparam("most"))
_ROWS: Final = select(
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
).where(stories.c.row.in_(bindparam("rows", expanding=True)))
# By themselves: joined, PostgreSQL goes through all that was ever marked.
_MARKS: Final = select(
    marked.c.story, marked.c.read, marked.c.flagged, marked.c.dismissed, marked.c.escalated
).where(marked.c.story.in_(bindparam("ids", expanding=True)))
_UNMARKED: Final = (False, False, False, False)
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
_TOLD_UNTIL: Final = (
    select(stories.c.lead, func.count(unlike(stories.c.outlet)), func.count(unlike(stories.c.origin)))
    .where(stories.c.lead.in_(bindparam("leads", expanding=True)), stories.c.row < bindparam("bound"))
    .group_by(stories.c.lead)
)
_TELLINGS: Final = select(stories.c.row, stories.c.lead).where(
    stories.c.lead.in_(bindparam("leads", expanding=True))
)
_PLACES: Final = (
    select(placed.c.lead, placed.c.place)
    .where(placed.c.lead.in_(bindparam("leads", expanding=True)))
    .order_by(placed.c.lead, placed.c.place)
)


def lead_ids(
    connection: Connection,
    limit: int | None,
    *,
    place: str,
    words: str,
    before: datetime | None,
    below: int,
    sieve: Sieve,
) -> list[int]:
    """Row numbers of the leads of threads, newest first."""
    bound = min(NEWEST if before is None else row_bound(before), below or NEWEST)
    if place:
        sieve = replace(
            sieve, places=(place,)
        )  # a second place is one too many for the screen's own question
    sifting = Sifting(connection, sieve)
    if search.asks_something(words):
        return _matching(connection, words, limit, sifting, bound)
    if words.strip():
        return []
    if not sieve.empty:
        return list(islice(sifting.leads(bound, _PAGE if limit is None else limit), limit))
    if limit is None:
        return list(connection.execute(_LEADS, {"bound": bound}).scalars())
    return list(connection.execute(_SOME_LEADS, {"bound": bound, "most": limit}).scalars())


def _matching(
    connection: Connection, words: str, limit: int | None, sifting: Sifting, bound: int
) -> list[int]:
    """Leads of the threads in which some telling matches, newest lead first."""
    if sifting.short:
        return _matching_short(connection, words, limit, sifting, bound)
    # Matches come newest first, but a thread may match in a late telling only. A lead is never newer than the
    # tellings behind it, so once ``limit`` leads are found that are newer than the match at hand, no later
    # match can come before them.
    seen: set[int] = set()
    found: list[int] = []
    read, wanted = 0, _PART
    with search.matches(connection, words) as matches:
        while part := matches.more(wanted):
            # Compared here: as a condition it would tempt the planner to begin with the stories' table.
            new = list(dict.fromkeys(lead for _, lead in part if lead < bound and lead not in seen))
            seen.update(new)
            found += sifting.passing(new)
            read += len(part)
            sure = sum(1 for lead in found if lead >= part[-1][0])
            if limit is not None and sure >= limit:
                break
            wanted = _still_wanted(limit, sure, read)
    return sorted(found, reverse=True)[:limit]


def _still_wanted(limit: int | None, sure: int, read: int) -> int:
    """How many matches to read next, by how many of those read so far were of use: each may be looked for long.

    Of few it is not told how many there are: a server that is asked for a handful goes through all that is there in
    its order, where it had better ask its index.
    """
    if limit is None or sure < _TELLING:
        return min(max(_PART, 2 * read), _MOST)
    return min(max(_LEAST, (limit - sure) * read * 5 // (sure * 4)), _MOST)


def _matching_short(
    connection: Connection, words: str, limit: int | None, sifting: Sifting, bound: int
) -> list[int]:
    """The same when few threads pass the sieve: holding them in hand spares a look at the table for each match."""
    found: list[int] = []
    leads = sifting.leads(bound, _PAGE)
    size = _PAGE
    while (limit is None or len(found) < limit) and (some := list(islice(leads, size))):
        of_lead = _tellings(connection, some)
        matched = {of_lead[row] for row in search.matching_among(connection, words, sorted(of_lead))}
        found += [lead for lead in some if lead in matched]
        size *= 4
    return found[:limit]


def _tellings(connection: Connection, leads: Sequence[int]) -> dict[int, int]:
    """The lead of each story told in these threads, by its row."""
    found: dict[int, int] = {}
    for start in range(0, len(leads), _CHUNK):
        some = {"leads": leads[start : start + _CHUNK]}
        found.update((row, lead) for row, lead in connection.execute(_TELLINGS, some))
    return found


def story_rows(connection: Connection, rows: Sequence[int]) -> list[StoryRow]:
    """A line for each row number, in the order given; numbers that are not there are left out."""
    lines: dict[int, StoryRow] = {}
    for start in range(0, len(rows), _CHUNK):
        for line in _lines(connection, list(rows[start : start + _CHUNK])):
            lines[line.row] = line
    return [lines[row] for row in rows if row in lines]


def told_until(connection: Connection, leads: Sequence[int], moment: datetime) -> dict[int, tuple[int, int]]:
    """By how many (outlets, origins) the threads of these leads had been told at a moment."""
    given = {"leads": list(leads), "bound": row_after(moment)}
    return {lead: (outlets, origins) for lead, outlets, origins in connection.execute(_TOLD_UNTIL, given)}


def _lines(connection: Connection, rows: list[int]) -> Iterator[StoryRow]:
    if connection.dialect.name == "postgresql":
        from feeds.archive.server.lines import lines

        yield from lines(connection, rows)
        return
    found = connection.execute(_ROWS, {"rows": rows}).all()
    leads = list({line.lead for line in found})
    said = {"ids": [line.id for line in found]}
    marks_of = {story: bears for story, *bears in connection.execute(_MARKS, said)} if found else {}
    sums = {lead: rest for lead, *rest in connection.execute(_THREADS, {"leads": leads})} if leads else {}
    places: defaultdict[int, list[str]] = defaultdict(list)
    for lead, place in connection.execute(_PLACES, {"leads": leads}) if leads else ():
        places[lead].append(place)
    for line in found:
        yield StoryRow.of(line, sums[line.lead], marks_of.get(line.id, _UNMARKED), places[line.lead])
