"""The operators' journal: every action kept, and what they add up to for each story."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from feeds.archive.force import in_force
from feeds.archive.schema import actions, marked, stories
from feeds.errors import ArchiveError
from feeds.evidence import Action

MARKS: Final = {"read": "read", "flag": "flagged", "dismiss": "dismissed", "escalate": "escalated"}
"""Kinds of action that mark a story, and the mark each sets; the value ``off`` takes it away."""

_NAMES: Final = tuple(field.name for field in fields(Action))


def write_action(connection: Connection, action: Action) -> Action:
    """Add an action to the journal; an undo carries what it undoes, a second undo of it is a redo."""
    if action.kind == "undo":
        action = _aimed(connection, action)
    values = {name: getattr(action, name) for name in _NAMES if name != "seq"}
    done = connection.execute(insert(actions), values)
    assert done.inserted_primary_key is not None
    action = replace(action, seq=done.inserted_primary_key[0])
    if action.story:
        _mark(connection, action.story)
    return action


def _aimed(connection: Connection, undo: Action) -> Action:
    """The undo with the story, theatre and place of the action it names."""
    number = int(undo.value) if undo.value.isdecimal() else 0
    target = connection.execute(select(actions).where(actions.c.seq == number)).first()
    if target is None:
        raise ArchiveError(f"there is no action {undo.value!r} to undo")
    if target.who != undo.who:
        raise ArchiveError(
            f"that was {target.who}'s doing, which only {target.who} takes back; decide it anew instead"
        )
    return replace(undo, story=target.story, theatre=target.theatre, place=target.place)


def _mark(connection: Connection, story: str) -> None:
    """Work out a story's marks again from its part of the journal."""
    marks = dict.fromkeys(MARKS.values(), False)
    for action in in_force(read_actions(connection, theatre="", story=story, after_seq=0)):
        if action.kind in MARKS:
            marks[MARKS[action.kind]] = action.value != "off"
    row = connection.execute(select(stories.c.row).where(stories.c.id == story)).scalar()
    connection.execute(delete(marked).where(marked.c.story == story))
    connection.execute(insert(marked), {"story": story, "row": row, **marks})
    unlike = stories.c.read != marks["read"]
    connection.execute(update(stories).where(stories.c.row == row, unlike).values(read=marks["read"]))


def read_actions(connection: Connection, *, theatre: str, story: str, after_seq: int) -> list[Action]:
    """Actions in the order of the journal, from behind a position on."""
    statement = select(actions).where(actions.c.seq > after_seq)
    if theatre:
        statement = statement.where(actions.c.theatre == theatre)
    if story:
        statement = statement.where(actions.c.story == story)
    rows = connection.execute(statement.order_by(actions.c.seq)).mappings()
    return [Action(**row) for row in rows]
