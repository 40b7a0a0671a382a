"""Writing stories: each once, with its place in its thread, and a version when its text changed.

A story's row number is the moment it was received, in microseconds, times a thousand, plus a number that
tells apart what came in the same microsecond. So the order of rows is the order of arrival everywhere:
in the table, in every index that ends in it and in the full-text index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from feeds.archive.batch import Batch
from feeds.archive.journal import write_actions
from feeds.archive.refolding import place_again
from feeds.archive.schema import placed, stories, versions
from feeds.archive.search import index_again, index_new
from feeds.archive.stored import ROWS_PER_MICROSECOND, row_bound
from feeds.archive.tellers import number, teller_of
from feeds.errors import ArchiveError
from feeds.story import Fold, Story

_KNOWN: Final[Select[*tuple[Any, ...]]] = select(
    stories.c.id,
    stories.c.row,
    stories.c.lead,
    stories.c.thread,
    stories.c.copy_of,
    stories.c.origin,
    stories.c.version,
    stories.c.changed,
    stories.c.flag,
    stories.c.title,
    stories.c.summary,
    stories.c.body,
).where(stories.c.id.in_(bindparam("ids", expanding=True)))
_LEADS: Final = select(stories.c.id, stories.c.lead).where(stories.c.id.in_(bindparam("ids", expanding=True)))
_NEWEST: Final = select(func.max(stories.c.row))
_LAST_BELOW: Final = select(func.max(stories.c.row)).where(stories.c.row < bindparam("bound"))
_REFOLD: Final = (
    update(stories)
    .where(stories.c.row == bindparam("at_row"))
    .values(
        lead=bindparam("new_lead"),
        thread=bindparam("new_thread"),
        copy_of=bindparam("new_copy_of"),
        origin=bindparam("new_origin"),
    )
)
_REVISE: Final = (
    update(stories)
    .where(stories.c.row == bindparam("at_row"))
    .values(
        version=stories.c.version + 1,
        changed=bindparam("new_changed"),
        flag=bindparam("new_flag"),
        title=bindparam("new_title"),
        summary=bindparam("new_summary"),
        body=bindparam("new_body"),
    )
)


def write_stories(connection: Connection, batch: Batch) -> set[str]:
    """Add what is new of a batch's stories and folds; the ids of the stories that were new."""
    given = {story.id: story for story in batch.stories}
    folds = {fold.story: fold for fold in batch.folds}
    known = _known(connection, {*given, *folds})
    new = [story for story in given.values() if story.id not in known]
    stray = folds.keys() - known.keys() - given.keys()
    if stray:
        raise ArchiveError(
            f"a fold names story {min(stray)}, which is not in the archive; nothing was written"
        )
    rows = _number(connection, new)
    leads = _leads(connection, rows, known, [folds[id_] for id_ in folds])
    if new:
        tellers = number(connection, new)
        connection.execute(
            insert(stories),
            [
                _new_row(story, rows[story.id], folds.get(story.id), leads)
                | {"places": batch.places.get(story.id, ()), "teller": tellers[teller_of(story)]}
                for story in new
            ],
        )
        index_new(connection, rows, new)
    _revise(connection, [(known[id_], story) for id_, story in given.items() if id_ in known])
    moved = _refold(connection, [(known[id_], fold) for id_, fold in folds.items() if id_ in known], leads)
    place_again(connection, moved)
    _place(connection, batch, leads, rows)
    write_actions(connection, batch.actions)
    return set(rows)


def _known(connection: Connection, ids: Iterable[str]) -> dict[str, Row[Any]]:
    wanted = list(ids)
    if not wanted:
        return {}
    return {row.id: row for row in connection.execute(_KNOWN, {"ids": wanted})}


def _number(connection: Connection, new: Sequence[Story]) -> dict[str, int]:
    """Row numbers for new stories; what came together is put in the order in which it was told."""
    rows: dict[str, int] = {}
    following = 0
    newest = connection.execute(_NEWEST).scalar() if new else None
    told = sorted(new, key=lambda story: (story.received, story.told))
    for received, together in groupby(told, key=lambda story: story.received):
        ids = [story.id for story in together]
        base = max(0, row_bound(received))
        if newest is not None and base <= newest:
            following = _first_free(connection, base, len(ids), following)
        else:  # all that is there came before
            following = max(base, following)
        for id_ in ids:
            rows[id_] = following
            following += 1
    return rows


def _first_free(connection: Connection, base: int, wanted: int, floor: int) -> int:
    """The first of ``wanted`` free numbers from ``base`` on, none below ``floor``."""
    room = ROWS_PER_MICROSECOND
    while True:
        last = connection.execute(_LAST_BELOW, {"bound": base + room}).scalar()
        first = max(base, floor, 0 if last is None else last + 1)
        if first + wanted <= base + room:
            return first
        room *= 1000  # thousands in one microsecond (an import that gives all the same time): go on behind it


def _leads(
    connection: Connection, rows: dict[str, int], known: dict[str, Row[Any]], folds: Sequence[Fold]
) -> dict[str, int]:
    """For each story touched, the row that stands for its thread."""
    leads = {id_: row.lead for id_, row in known.items()} | rows
    elsewhere = list({fold.thread for fold in folds} - rows.keys() - known.keys())
    opened = dict(rows) | {id_: row.row for id_, row in known.items()}
    if elsewhere:
        opened |= {row.id: row.lead for row in connection.execute(_LEADS, {"ids": elsewhere})}
    orphans: dict[str, int] = {}
    for fold in sorted(folds, key=lambda fold: rows.get(fold.story, 0)):
        lead = opened.get(fold.thread)
        if (
            lead is None
        ):  # the story that opened the thread is no longer there: the first one left stands for it
            lead = orphans.setdefault(fold.thread, leads[fold.story])
        leads[fold.story] = lead
    return leads


def _new_row(story: Story, row: int, fold: Fold | None, leads: dict[str, int]) -> dict[str, object]:
    return {
        "row": row,
        "id": story.id,
        "lead": leads[story.id],
        "thread": fold.thread if fold else story.id,
        "copy_of": fold.copy_of if fold else None,
        "origin": fold.origin if fold else story.id,
        "received": story.received,
        "published": story.published,
        "version": 1,
        "changed": story.received,
        "outlet": story.outlet,
        "reliability": story.reliability,
        "wire": story.wire,
        "flag": story.flag,
        "language": story.language,
        "marks": story.marks,
        "feed": story.feed,
        "url": story.url,
        "title": story.title,
        "summary": story.summary,
        "body": story.body,
        "links": story.links,
    }


def _revise(connection: Connection, pairs: Sequence[tuple[Row[Any], Story]]) -> None:
    for row, story in pairs:
        if (row.flag, row.title, row.summary, row.body) == (
            story.flag,
            story.title,
            story.summary,
            story.body,
        ):
            continue
        old = {"story": row.id, "version": row.version, "received": row.changed, "flag": row.flag}
        old |= {"title": row.title, "summary": row.summary, "body": row.body}
        connection.execute(insert(versions), [old])
        new = {"at_row": row.row, "new_changed": story.received, "new_flag": story.flag}
        new |= {"new_title": story.title, "new_summary": story.summary, "new_body": story.body}
        connection.execute(_REVISE, new)
        index_again(connection, row.row, story)


def _refold(
    connection: Connection, pairs: Sequence[tuple[Row[Any], Fold]], leads: dict[str, int]
) -> set[int]:
    """Change the folds that are others than before; the leads of all threads that lost or won a story by it."""
    moved = [
        {
            "at_row": row.row,
            "new_lead": leads[row.id],
            "new_thread": fold.thread,
            "new_copy_of": fold.copy_of,
            "new_origin": fold.origin,
        }
        for row, fold in pairs
        if (row.thread, row.copy_of, row.origin) != (fold.thread, fold.copy_of, fold.origin)
    ]
    if moved:
        connection.execute(_REFOLD, moved)
    changed = [row for row, _ in pairs if row.lead != leads[row.id]]
    return {lead for row in changed for lead in (row.lead, leads[row.id])}


def _place(connection: Connection, batch: Batch, leads: dict[str, int], rows: dict[str, int]) -> None:
    """Enter the places that a batch's stories are about under the leads of their threads."""
    said = [(piece.story, piece.place) for piece in batch.evidence]
    said += [(story, place) for story, places in batch.places.items() for place in places]
    unknown = list({story for story, _ in said} - leads.keys())
    if unknown:
        leads = leads | {row.id: row.lead for row in connection.execute(_LEADS, {"ids": unknown})}
    wanted = {(place, leads[story]) for story, place in said if story in leads}
    older = {lead for _, lead in wanted} - set(rows.values())
    if older:
        entered = select(placed.c.place, placed.c.lead).where(placed.c.lead.in_(older))
        wanted -= {(place, lead) for place, lead in connection.execute(entered)}
    if wanted:
        connection.execute(insert(placed), [{"place": p, "lead": lead} for p, lead in sorted(wanted)])
