"""The board: the log of evidence and actions folded into one standing a place, and the steps on the way.

Deterministic: the same log gives the same standings and changes, byte for byte. Time is the log's own: it moves to when
each story was told, never back, and stops at each full hour on the way so that what decays is seen to decay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from feeds.evidence import HOLDS, STATES, Action, Change, Evidence, Standing
from feeds.standing.grades import grade
from feeds.standing.scores import FIGURES, FORGET, NOTHING, Label, Score, scores
from feeds.standing.states import Verdict, Weighed, decide
from feeds.theatres.model import Place, Theatre

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
_HOUR: Final = timedelta(hours=1)
_STALE: Final = timedelta(days=FIGURES["states"]["stale-days"])
_QUIET: Final = timedelta(days=FIGURES["states"]["quiet-days"])


@dataclass(slots=True)
class _Row:
    """What the board keeps of one place between two weighings."""

    place: Place
    standing: Standing
    evidence: list[Evidence] = field(default_factory=list)
    override: Action | None = None
    label: Label = (HOLDS, "")


class Board:
    """Standings of one theatre, moved on by evidence, actions and the clock."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.clock: datetime | None = None
        self._muted: set[str] = set()
        self._rows = {place.id: _Row(place, _unknown(theatre, place)) for place in theatre.places}

    def standings(self) -> list[Standing]:
        """Every place's standing, in the theatre's order."""
        return [row.standing for row in self._rows.values()]

    def standing(self, place: str) -> Standing:
        """One place's standing; KeyError when the theatre does not know it."""
        return self._rows[place].standing

    def add(self, evidence: Iterable[Evidence]) -> list[Change]:
        """Takes evidence in the order of the log and gives the steps that it caused."""
        changes: list[Change] = []
        for _, group in groupby(evidence, key=lambda piece: piece.story):
            pieces = list(group)
            told = next((piece.told for piece in pieces if piece.told), None) or self.clock
            if told is None:
                continue
            changes.extend(self.tick(told))
            touched: dict[str, _Row] = {}
            for piece in pieces:
                row = self._rows.get(piece.place)
                if row is not None:
                    row.evidence.append(piece)
                    touched[piece.place] = row
            for row in touched.values():
                changes.extend(self._weigh(row))
        return changes

    def apply(self, action: Action) -> list[Change]:
        """Takes an operator's override, lift, mute or unmute, in the order of the journal."""
        changes = list(self.tick(action.at))
        if action.kind in {"mute", "unmute"}:
            (self._muted.add if action.kind == "mute" else self._muted.discard)(action.value)
            rows = list(self._rows.values())
        elif action.kind in {"override", "lift"} and action.place in self._rows:
            rows = [self._rows[action.place]]
            rows[0].override = action if action.kind == "override" else None
        else:
            return changes
        for row in rows:
            changes.extend(self._weigh(row))
        return changes

    def retract(self, stories: set[str]) -> list[Change]:
        """Forgets what withdrawn stories said, and weighs their places again."""
        changes: list[Change] = []
        for row in self._rows.values():
            kept = [piece for piece in row.evidence if piece.story not in stories]
            if len(kept) != len(row.evidence):
                row.evidence = kept
                if row.standing.state not in {"unknown", "held"} and not kept:
                    changes.extend(
                        self._step(
                            row,
                            Verdict("unknown", row.place.holder, "withdrawn", (HOLDS, row.place.holder)),
                            {},
                        )
                    )
                else:
                    changes.extend(self._weigh(row, retracted=True))
        return changes

    def tick(self, now: datetime) -> list[Change]:
        """Moves the clock on, weighing what decays at each full hour; a time before the clock changes nothing."""
        changes: list[Change] = []
        if self.clock is None:
            self.clock = now
            return changes
        for hour in _hours(self.clock, min(now, self._last_told() + FORGET)):
            self.clock = hour
            for row in self._rows.values():
                if row.evidence or row.override:
                    changes.extend(self._weigh(row))
        self.clock = max(self.clock, now)
        return changes

    def restore(
        self, evidence: Iterable[Evidence], actions: Iterable[Action] = (), until: datetime | None = None
    ) -> list[Change]:
        """Replays a log into an empty board, up to a moment when one is given."""
        pending = sorted(actions, key=lambda action: (action.at, action.seq))
        changes: list[Change] = []
        for _, group in groupby(evidence, key=lambda piece: piece.story):
            pieces = list(group)
            told = pieces[0].told
            if until is not None and told is not None and told > until:
                continue
            while pending and told is not None and pending[0].at <= max(told, self.clock or told):
                changes.extend(self.apply(pending.pop(0)))
            changes.extend(self.add(pieces))
        for action in pending:
            if until is None or action.at <= until:
                changes.extend(self.apply(action))
        if until is not None:
            changes.extend(self.tick(until))
        return changes

    def _last_told(self) -> datetime:
        told = [piece.told for row in self._rows.values() for piece in row.evidence[-1:] if piece.told]
        return max(told) if told else (self.clock or _NEVER)

    def _weigh(self, row: _Row, *, retracted: bool = False) -> Iterator[Change]:
        now = self.clock
        assert now is not None
        row.evidence = [piece for piece in row.evidence if piece.told is None or now - piece.told <= FORGET]
        heard = [
            piece
            for piece in row.evidence
            if not (piece.rule in self._muted or str(piece.seq) in self._muted)
        ]
        weighed = Weighed(scores(heard, now), row.place.holder)
        before = row.standing
        verdict = self._overridden(row, now) or decide(weighed, "unknown" if retracted else before.state)
        if verdict is None and before.state == "retaken" and before.since and now - before.since >= _QUIET:
            verdict = Verdict("held", before.holder, "quiet", (HOLDS, before.holder))
        if verdict is None and before.override and row.override is None:
            verdict = Verdict("unknown", row.place.holder, "lifted", (HOLDS, row.place.holder))
        if verdict is None and retracted:
            verdict = Verdict("unknown", row.place.holder, "withdrawn", (HOLDS, row.place.holder))
        return self._step(row, verdict, weighed.scores)

    def _overridden(self, row: _Row, now: datetime) -> Verdict | None:
        action = row.override
        if action is None:
            return None
        if action.until is not None and now >= action.until:
            row.override = None
            return None
        state, _, holder = action.value.partition(" ")
        if state not in STATES:
            return None
        return Verdict(state, holder or row.place.holder, "D1", (HOLDS, holder or row.place.holder))

    def _step(self, row: _Row, verdict: Verdict | None, heard: dict[Label, Score]) -> Iterator[Change]:
        now = self.clock
        assert now is not None
        before = row.standing
        state, holder = (verdict.state, verdict.holder) if verdict else (before.state, before.holder)
        if verdict is not None:
            row.label = verdict.label
        moved = (state, holder) != (before.state, before.holder)
        row.standing = _standing(row, state, holder, heard, now, since=now if moved else before.since)
        if moved:
            yield Change(
                theatre=self.theatre.id,
                place=row.place.id,
                before=before.state,
                after=state,
                holder_before=before.holder,
                holder_after=holder,
                at=now,
                rule=verdict.rule if verdict else "",
                scores=row.standing.scores,
                evidence=row.standing.evidence,
                standing=row.standing,
            )


def _standing(
    row: _Row, state: str, holder: str, heard: dict[Label, Score], now: datetime, *, since: datetime | None
) -> Standing:
    score = heard.get(row.label, NOTHING)
    last = max((piece.told for piece in row.evidence if piece.told), default=row.standing.last_evidence)
    flags = []
    if row.override is not None and any(
        label[0] == HOLDS and label[1] != holder and other.value >= FIGURES["states"]["review"]
        for label, other in heard.items()
    ):
        flags.append("review")
    if state == "captured" and heard.get(("fighting", ""), NOTHING).value >= FIGURES["states"]["contested"]:
        flags.append("fighting")
    stale = last is not None and now - last > _STALE
    if stale:
        flags.append("stale")
    return replace(
        row.standing,
        state=state,
        holder=holder,
        strength=score.value,
        grade=grade(score, state),
        since=since,
        last_evidence=last,
        outlets=len(
            {witness.evidence.outlet for witness in score.witnesses}
            | {
                piece.outlet
                for piece in row.evidence
                if (piece.label, piece.side if piece.label == HOLDS else "") == row.label
            }
        ),
        origins=len({_teller(witness.evidence) for witness in score.witnesses}),
        flags=tuple(flags),
        stale=stale,
        override=row.override.reason or "override" if row.override else "",
        evidence=tuple(witness.evidence.seq for witness in score.witnesses),
        scores=tuple(
            sorted((f"{label}:{side}" if side else label, one.value) for (label, side), one in heard.items())
        ),
        at=now,
    )


def _teller(piece: Evidence) -> str:
    """Whose telling it is, at whatever time: the agency or outlet of its origin."""
    return piece.origin.partition("@")[0] or piece.outlet


def _unknown(theatre: Theatre, place: Place) -> Standing:
    return Standing(
        theatre=theatre.id,
        place=place.id,
        state="unknown",
        holder=place.holder,
        strength=0.0,
        grade="F6",
        since=None,
        last_evidence=None,
        outlets=0,
        origins=0,
    )


def _hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """Each full hour after ``start``, up to and with ``end``."""
    hour = start.replace(minute=0, second=0, microsecond=0) + _HOUR
    while hour <= end:
        yield hour
        hour += _HOUR
