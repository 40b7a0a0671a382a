"""The board: the log of evidence and actions folded into one standing a place, and the steps on the way.

Deterministic: the same log gives the same standings and changes, byte for byte. Time is the log's own, place by place: it
moves to when each story was heard, never back, and stops at each full hour on the way so that what decays is seen to decay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from itertools import groupby
from typing import Final

from feeds.evidence import Action, Change, Evidence, Standing
from feeds.standing.following import Counts, Join
from feeds.standing.row import Row
from feeds.standing.scores import newest
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
        self._retracted: dict[tuple[str, str], int | None] = {}
        joins = joins_of(theatre)
        self._rows = {place.id: Row(theatre.id, place, joins) for place in theatre.places}

    def standings(self) -> list[Standing]:
        """Every place's standing, in the theatre's order."""
        return [row.standing for row in self._rows.values()]

    def standing(self, place: str) -> Standing:
        """One place's standing; KeyError when the theatre does not know it."""
        return self._rows[place].standing

    def time_of(self, place: str, moment: datetime) -> datetime:
        """A place's time when it hears of something told at a moment."""
        row = self._rows.get(place)
        return moment if row is None else row.time_of(moment)

    def add(self, evidence: Iterable[Evidence]) -> list[Change]:
        """Takes evidence in the order of the log, whole stories, and gives the steps that it caused."""
        changes: list[Change] = []
        for pieces in _stories(evidence):
            moment = _moment(pieces) or self.clock
            row = self._rows.get(pieces[0].place)
            if moment is not None and row is not None:
                self._move_clock(moment)
                changes += row.add(pieces, moment, self._counts)
        return changes

    def apply(self, action: Action) -> list[Change]:
        """Takes an operator's override, lift, mute or unmute, or a retraction, in the order of the journal.

        ``mute`` and ``unmute`` name a rule or the position of a piece as ``value``; ``retract`` names a ``story``,
        a ``place`` where it takes back only what it said of that one, and the last position in the log that is taken
        back, where there is one; ``refold`` names a ``story`` and, as the third word of ``value``, whose telling it is
        from then on. Any other kind moves nothing.
        """
        if action.theatre not in {"", self.theatre.id}:
            return []
        if action.kind in {"override", "lift"} and action.place in self._rows:
            self._move_clock(action.at)
            row = self._rows[action.place]
            return row.override(action) if action.kind == "override" else row.lift(action.at)
        if action.kind in {"mute", "unmute"}:
            self._move_clock(action.at)
            (self._muted.add if action.kind == "mute" else self._muted.discard)(action.value)
            return self._again(
                lambda piece: action.value in {piece.rule, str(piece.seq)},
                action.at,
                _OTHER_PIECES[action.kind],
            )
        if action.kind == "refold" and action.story:
            self._move_clock(action.at)
            return self._refold(action)
        if action.kind == "retract" and action.story:
            self._move_clock(action.at)
            last = int(action.value) if action.value.isdecimal() else None
            return self._retract({(action.story, action.place)}, last, action.at)
        return []

    def retract(self, stories: Iterable[str], last: int | None = None) -> list[Change]:
        """Takes back what withdrawn stories said, up to a position in the log or for good.

        Their places stand as if it had never been said. What was taken back already changes nothing.
        """
        return self._retract({(story, "") for story in stories}, last, self.clock or _NEVER)

    def tick(self, now: datetime) -> list[Change]:
        """Lets time pass, weighing what decays at each full hour; a time before the clock changes nothing."""
        self._move_clock(now)
        changes: list[Change] = []
        for row in self._rows.values():
            changes += row.pass_hours(now)
        changes.sort(key=lambda change: change.at)  # stable: in the theatre's order within an hour
        return changes

    def restore(
        self, evidence: Iterable[Evidence], actions: Iterable[Action] = (), until: datetime | None = None
    ) -> list[Change]:
        """Replays a log and a journal into an empty board, up to a moment, or else to the end of the log."""
        pending = sorted(actions, key=lambda action: (action.at, action.seq))
        changes: list[Change] = []
        for pieces in _stories(evidence):
            moment = _moment(pieces)
            if until is not None and moment is not None and moment > until:
                break  # nor what was told before and came after it
            while pending and moment is not None and _precedes(pending[0], moment, pieces[0]):
                changes += self.apply(pending.pop(0))
            changes += self.add(pieces)
        for action in pending:
            if until is None or action.at <= until:
                changes += self.apply(action)
        end = until or self.clock
        return changes + self.tick(end) if end else changes

    def _move_clock(self, moment: datetime) -> None:
        self.clock = moment if self.clock is None else max(self.clock, moment)

    def _retract(self, words: Iterable[tuple[str, str]], last: int | None, moment: datetime) -> list[Change]:
        new = {word for word in words if not self._covers(word, last)}
        self._retracted.update(dict.fromkeys(new, last))
        return self._again(lambda piece: bool(new & _words(piece)), moment, _OTHER_PIECES["retract"])

    def _covers(self, word: tuple[str, str], last: int | None) -> bool:
        """Is all that is to be taken back taken back already?"""
        if word not in self._retracted:
            return False
        before = self._retracted[word]
        return before is None or (last is not None and last <= before)

    def _counts(self, piece: Evidence) -> bool:
        if piece.rule in self._muted or str(piece.seq) in self._muted:
            return False
        if not self._retracted:
            return True
        return not any(
            word in self._retracted and ((last := self._retracted[word]) is None or piece.seq <= last)
            for word in _words(piece)
        )

    def _refold(self, action: Action) -> list[Change]:
        """Weighs a story as another origin's, as if it had always been: an operator split it off, or merged it."""
        words = action.value.split()
        changes: list[Change] = []
        for row in self._rows.values() if len(words) > 2 else ():
            if row.tell_by(action.story, words[2]):
                changes += row.again(action.at, self._counts, "regrouped")
        return changes

    def _again(self, touched: Counts, moment: datetime, rule: str) -> list[Change]:
        """Follows the rows again that have such a piece."""
        changes: list[Change] = []
        for row in self._rows.values():
            if row.has(touched):
                changes += row.again(moment, self._counts, rule)
        return changes


def joins_of(theatre: Theatre) -> tuple[Join, ...]:
    """The sides that become part of another one, in the order of their days."""
    return tuple(
        Join(datetime.combine(era.day, time(), UTC), side, part_of)
        for era in theatre.eras
        for side, part_of in era.joins
    )


def _stories(evidence: Iterable[Evidence]) -> Iterator[tuple[Evidence, ...]]:
    """What each story says of each place, at once: one telling of one story moves a place once."""
    for _, group in groupby(evidence, key=lambda piece: piece.story):
        places: dict[tuple[str, datetime | None], list[Evidence]] = {}
        for piece in group:
            places.setdefault((piece.place, piece.heard), []).append(piece)
        yield from map(tuple, places.values())


def _words(piece: Evidence) -> set[tuple[str, str]]:
    """Under which (story, place) a piece may have been taken back."""
    return {(piece.story, ""), (piece.story, piece.place)}


def _moment(pieces: Sequence[Evidence]) -> datetime | None:
    return pieces[0].heard or newest(pieces)


def _precedes(action: Action, moment: datetime, piece: Evidence) -> bool:
    """Was an action heeded before this piece of the log? A retraction follows what it takes back."""
    if action.kind == "retract" and action.value.isdecimal() and piece.seq <= int(action.value):
        return False
    return action.at <= moment
