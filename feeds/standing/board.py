"""The board: the log of evidence and actions folded into one standing a place, and the steps on the way.

Deterministic: the same log gives the same standings and changes, byte for byte. Time is the log's own: it moves to when
each story was heard, never back, and stops at each full hour on the way so that what decays is seen to decay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Final

from feeds.evidence import Action, Change, Evidence, Standing
from feeds.standing.following import Counts, full_hours
from feeds.standing.row import Row
from feeds.theatres.model import Theatre

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_OTHER_PIECES: Final = {"mute": "muted", "unmute": "unmuted", "retract": "withdrawn"}
"""Actions that change which pieces count, and what their steps are called."""


class Board:
    """Standings of one theatre, moved on by evidence, actions and the clock."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.clock: datetime | None = None
        self._muted: set[str] = set()
        self._retracted: dict[str, int | None] = {}
        self._rows = {place.id: Row(theatre.id, place) for place in theatre.places}

    def standings(self) -> list[Standing]:
        """Every place's standing, in the theatre's order."""
        return [self.standing(place) for place in self._rows]

    def standing(self, place: str) -> Standing:
        """One place's standing; KeyError when the theatre does not know it."""
        return self._rows[place].standing(
            self.clock.replace(minute=0, second=0, microsecond=0) if self.clock else _NEVER
        )

    def add(self, evidence: Iterable[Evidence]) -> list[Change]:
        """Takes evidence in the order of the log, whole stories, and gives the steps that it caused."""
        changes: list[Change] = []
        for moment, pieces in _stories(evidence):
            if moment is not None:
                changes += self.tick(moment)
            if self.clock is None:
                continue  # nobody said when, and nothing was heard before
            said: dict[str, list[Evidence]] = {}
            for piece in pieces:
                said.setdefault(piece.place, []).append(piece)
            for place, about in said.items():
                row = self._rows.get(place)
                if row is not None:
                    changes += _some(row.add(about, self.clock, self._counts))
        return changes

    def apply(self, action: Action) -> list[Change]:
        """Takes an operator's override, lift, mute or unmute, or a retraction, in the order of the journal.

        ``mute`` and ``unmute`` name a rule or the position of a piece as ``value``; ``retract`` names a ``story``
        and the last position in the log that is taken back, all of the story when there is none. Any other kind
        moves nothing.
        """
        if action.theatre not in {"", self.theatre.id}:
            return []
        if action.kind in {"override", "lift"} and action.place in self._rows:
            changes, now = self.tick(action.at), self._now(action.at)
            row = self._rows[action.place]
            changes += _some(row.override(action, now) if action.kind == "override" else row.lift(now))
            return changes
        if action.kind in {"mute", "unmute"}:
            changes = self.tick(action.at)
            (self._muted.add if action.kind == "mute" else self._muted.discard)(action.value)
            return changes + self._again(
                lambda piece: action.value in {piece.rule, str(piece.seq)}, _OTHER_PIECES[action.kind]
            )
        if action.kind == "retract" and action.story:
            changes = self.tick(action.at)
            return changes + self.retract(
                {action.story}, int(action.value) if action.value.isdecimal() else None
            )
        return []

    def retract(self, stories: Iterable[str], last: int | None = None) -> list[Change]:
        """Takes back what withdrawn stories said, up to a position in the log or for good.

        Their places stand as if it had never been said. What was taken back already changes nothing.
        """
        new = {story for story in stories if not self._covers(story, last)}
        for story in new:
            self._retracted[story] = last
        return self._again(lambda piece: piece.story in new, _OTHER_PIECES["retract"]) if new else []

    def tick(self, now: datetime) -> list[Change]:
        """Moves the clock on, weighing what decays at each full hour; a time before the clock changes nothing."""
        changes: list[Change] = []
        start, self.clock = self.clock, self._now(now)
        if start is None:
            return changes
        awake = [row for row in self._rows.values() if row.awake]
        for hour in full_hours(start, now):
            for row in awake:
                changes += _some(row.pass_hour(hour))
            awake = [row for row in awake if row.awake]
            if not awake:
                break
        return changes

    def restore(
        self, evidence: Iterable[Evidence], actions: Iterable[Action] = (), until: datetime | None = None
    ) -> list[Change]:
        """Replays a log and a journal into an empty board, up to a moment when one is given."""
        pending = sorted(actions, key=lambda action: (action.at, action.seq))
        changes: list[Change] = []
        for moment, pieces in _stories(evidence):
            if until is not None and moment is not None and moment > until:
                break  # nor what was told before and heard after it
            while pending and moment is not None and _precedes(pending[0], moment, pieces[0]):
                changes += self.apply(pending.pop(0))
            changes += self.add(pieces)
        for action in pending:
            if until is None or action.at <= until:
                changes += self.apply(action)
        if until is not None:
            changes += self.tick(until)
        return changes

    def _now(self, moment: datetime) -> datetime:
        return moment if self.clock is None else max(self.clock, moment)

    def _covers(self, story: str, last: int | None) -> bool:
        """Is all that is to be taken back taken back already?"""
        if story not in self._retracted:
            return False
        before = self._retracted[story]
        return before is None or (last is not None and last <= before)

    def _counts(self, piece: Evidence) -> bool:
        if piece.rule in self._muted or str(piece.seq) in self._muted:
            return False
        if piece.story not in self._retracted:
            return True
        last = self._retracted[piece.story]
        return last is not None and piece.seq > last

    def _again(self, touched: Counts, rule: str) -> list[Change]:
        """Follows the rows again that have such a piece."""
        changes: list[Change] = []
        if self.clock is not None:
            for row in self._rows.values():
                if row.has(touched):
                    changes += _some(row.again(self.clock, self._counts, rule))
        return changes


def _stories(evidence: Iterable[Evidence]) -> Iterable[tuple[datetime | None, Sequence[Evidence]]]:
    """What each story says, with the moment at which it is heard: one telling of one story moves the board once."""
    for (_, heard), group in groupby(evidence, key=lambda piece: (piece.story, piece.heard)):
        pieces = tuple(group)
        told = [piece.told for piece in pieces if piece.told is not None]
        yield heard or max(told, default=None), pieces


def _precedes(action: Action, moment: datetime, piece: Evidence) -> bool:
    """Was an action heeded before this piece of the log? A retraction follows what it takes back."""
    if action.kind == "retract" and action.value.isdecimal() and piece.seq <= int(action.value):
        return False
    return action.at <= moment


def _some(change: Change | None) -> tuple[Change, ...]:
    return () if change is None else (change,)
