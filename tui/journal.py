"""The journal as the viewer reads it: what is in force, and what undo and redo would take back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from feeds.archive import in_force
from feeds.evidence import Action
from tui.reading import ArchiveReader

MARKS: Final = {"read": "read", "flag": "flagged", "dismiss": "dismissed", "escalate": "escalated"}
"""Kinds of action that mark a story, and the word for each mark."""
RELOAD: Final = "reload"
"""Kind of the action that asks the collector for a feed now; there is nothing in it to undo."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What operators decided about places and sentences, as far as it is in force."""

    overrides: Mapping[str, Action] = field(default_factory=dict)
    """The newest override of each place, whether it has run out or not."""
    acknowledged: Mapping[str, datetime] = field(default_factory=dict)
    """When somebody last said of a place that its change was seen."""
    muted: frozenset[str] = frozenset()
    """Rules and log positions that do not count."""
    assigned: Mapping[str, str] = field(default_factory=dict)
    """Who has a place in hand."""
    shift: Action | None = None
    """The shift closed last."""

    def override_of(self, place: str, now: datetime) -> Action | None:
        """The override of a place at a moment; None when there is none, or it has run out."""
        found = self.overrides.get(place)
        return found if found and (found.until is None or now < found.until) else None


NOTHING_DECIDED: Final = Decisions()


class Journal:
    """One theatre's journal, read on from where it was read last."""

    def __init__(self, archive: ArchiveReader, theatre: str) -> None:
        self._archive, self._theatre = archive, theatre
        self._actions: list[Action] = []

    @property
    def last(self) -> int:
        """Position of the newest action read; 0 before any was."""
        return self._actions[-1].seq if self._actions else 0

    def read(self) -> list[Action]:
        """Read what was added; the new actions."""
        new = list(self._archive.actions(self._theatre, after_seq=self.last))
        self._actions += new
        return new

    def decisions(self) -> Decisions:
        """What is decided about places and sentences."""
        return decisions_of(in_force(self._actions))

    def marks(self) -> Mapping[str, frozenset[str]]:
        """The marks of every story that has any."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for action in in_force(self._actions):
            if mark := MARKS.get(action.kind):
                (found[action.story].discard if action.value == "off" else found[action.story].add)(mark)
        return {story: frozenset(marks) for story, marks in found.items() if marks}

    def undoable(self, who: str) -> tuple[Action, ...]:
        """What that operator did last and has not undone: one action, or all that one key did."""
        return _last_group(
            [each for each in in_force(self._actions) if each.who == who and each.kind != RELOAD]
        )

    def redoable(self, who: str) -> tuple[Action, ...]:
        """The undoing that that operator may take back: none when something else was done since."""
        kinds = {each.seq: each.kind for each in self._actions}
        undone: set[int] = set()
        undoings: list[Action] = []
        for action in reversed(self._actions):
            if action.kind == "undo" and action.seq not in undone:
                undone.add(int(action.value))
                if action.who == who and kinds.get(int(action.value)) != "undo":
                    undoings.append(action)
        plain = [each.seq for each in self._actions if each.who == who and each.kind not in ("undo", RELOAD)]
        return _last_group([each for each in reversed(undoings) if each.seq > max(plain, default=0)])

    def action(self, seq: int) -> Action | None:
        """The action at a position of the journal."""
        return next((each for each in self._actions if each.seq == seq), None)

    def next_moment(self, who: str, now: datetime) -> datetime:
        """The moment for something done now: later than all that operator did before, so that each thing has its own."""
        before = max((each.at for each in self._actions if each.who == who), default=None)
        return now if before is None or before < now else before + before.resolution


def decisions_of(actions: Iterable[Action]) -> Decisions:
    """What actions in force, oldest first, come to."""
    overrides: dict[str, Action] = {}
    acknowledged: dict[str, datetime] = {}
    muted: set[str] = set()
    assigned: dict[str, str] = {}
    shift: Action | None = None
    for action in actions:
        if action.kind == "override":
            overrides[action.place] = action
        elif action.kind == "lift":
            overrides.pop(action.place, None)
        elif action.kind == "acknowledge":
            acknowledged[action.place] = action.at
        elif action.kind == "assign" and action.place:
            assigned[action.place] = action.value
        elif action.kind == "shift":
            shift = action
        elif action.kind in ("mute", "unmute"):
            (muted.add if action.kind == "mute" else muted.discard)(action.value)
    in_hand = {place: who for place, who in assigned.items() if who}
    return Decisions(overrides, acknowledged, frozenset(muted), in_hand, shift)


def _last_group(actions: list[Action]) -> tuple[Action, ...]:
    """The newest action with those before it that one key did: they share their moment."""
    if not actions:
        return ()
    at = actions[-1].at
    return tuple(each for each in actions if each.at == at)
