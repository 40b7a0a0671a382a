"""The operators' journal: every action kept, and what they add up to for each story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from feeds.archive.force import in_force
from feeds.archive.schema import actions, marked, stories
from feeds.errors import ArchiveError
from feeds.evidence import Action

MARKS: Final = {"read": "read", "flag": "flagged", "dismiss": "dismissed", "escalate": "escalated"}
"""Kinds of action that mark a story, and the mark each sets; the value ``off`` takes it away."""

_NAMES: Final = tuple(field.name for field in fields(Action))
_ADD: Final = insert(actions).returning(actions.c.seq, sort_by_parameter_order=True)


def write_actions(connection: Connection, given: Sequence[Action]) -> list[Action]:
    """Add actions to the journal, with their positions; an undo carries what it undoes, a second undo of it is a redo."""
    if not given:
        return []
    targets = _targets(connection, [action for action in given if action.kind == "undo"])
    aimed = [_aimed(action, targets) if action.kind == "undo" else action for action in given]
    values = [{name: getattr(action, name) for name in _NAMES if name != "seq"} for action in aimed]
    seqs = connection.scalars(_ADD, values)
    done = [replace(action, seq=seq) for action, seq in zip(aimed, seqs, strict=True)]
    touched = list(dict.fromkeys(action.story for action in done if action.story))
    if touched:
        _mark(connection, touched)
    return done


def _targets(connection: Connection, undos: Sequence[Action]) -> dict[int, Row[Any]]:
    """The actions that undos name, by position."""
    numbers = [int(undo.value) for undo in undos if undo.value.isdecimal()]
    if not numbers:
        return {}
    rows = connection.execute(select(actions).where(actions.c.seq.in_(numbers)))
    return {row.seq: row for row in rows}


def _aimed(undo: Action, targets: Mapping[int, Row[Any]]) -> Action:
    """The undo with the story, theatre and place of the action it names."""
    target = targets.get(int(undo.value)) if undo.value.isdecimal() else None
    if target is None:
        raise ArchiveError(f"there is no action {undo.value!r} to undo")
    if target.who != undo.who:
        raise ArchiveError(
            f"that was {target.who}'s doing, which only {target.who} takes back; decide it anew instead"
        )
    return replace(undo, story=target.story, theatre=target.theatre, place=target.place)


def _mark(connection: Connection, touched: Sequence[str]) -> None:
    """Work out the marks of stories again, each from its part of the journal."""
    found = {story: dict.fromkeys(MARKS.values(), False) for story in touched}
    told = connection.execute(select(actions).where(actions.c.story.in_(touched)).order_by(actions.c.seq))
    for action in in_force(Action(**row) for row in told.mappings()):
        if action.kind in MARKS:
            found[action.story][MARKS[action.kind]] = action.value != "off"
    archived = connection.execute(select(stories.c.id, stories.c.row).where(stories.c.id.in_(touched)))
    rows = {one.id: one.row for one in archived}
    connection.execute(delete(marked).where(marked.c.story.in_(touched)))
    connection.execute(
        insert(marked), [{"story": story, "row": rows.get(story), **marks} for story, marks in found.items()]
    )
    for read in (True, False):
        alike = [rows[story] for story, marks in found.items() if marks["read"] == read and story in rows]
        if alike:
            unlike = stories.c.row.in_(alike) & (stories.c.read != read)
            connection.execute(update(stories).where(unlike).values(read=read))


def read_actions(connection: Connection, *, theatre: str, story: str, after_seq: int) -> list[Action]:
    """Actions in the order of the journal, from behind a position on."""
    statement = select(actions).where(actions.c.seq > after_seq)
    if theatre:
        statement = statement.where(actions.c.theatre == theatre)
    if story:
        statement = statement.where(actions.c.story == story)
    rows = connection.execute(statement.order_by(actions.c.seq)).mappings()
    return [Action(**row) for row in rows]
