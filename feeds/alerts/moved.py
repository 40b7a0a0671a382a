"""Changes of standings made into events, each with the sentence that proves it best."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.alerts.records import CHANGE, Event, Proof
from feeds.alerts.rules import Rule
from feeds.archive import Archive
from feeds.evidence import FIGHTING, HOLDS, THREAT, Change, Evidence, Standing
from feeds.theatres.model import Theatre
from feeds.watched import SEVERITIES

_AT_ONCE: Final = 2000
_HELD_BY: Final = frozenset({"held", "captured", "claimed", "retaken"})
_LABELS: Final = {"contested": FIGHTING, "threatened": THREAT}
_MOST_PIECES: Final = 40
"""Pieces of evidence looked at for a proof."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the changes."""

    rules: Sequence[Rule]
    theatres: Mapping[str, Theatre]
    now: datetime
    """In the time of the news."""
    old: timedelta
    """Age from which on a change is history."""


def changes_after(archive: Archive, seq: int) -> Iterator[Change]:
    """All changes behind a position of the log."""
    while True:
        some = archive.alerts.changes_after(seq, _AT_ONCE)
        yield from some
        if len(some) < _AT_ONCE:
            return
        seq = some[-1].seq


def events_of(
    archive: Archive,
    wanted: Wanted,
    changes: Iterable[Change],
    unripe: Mapping[str, int],
    taken_back: Collection[tuple[str, str]] = (),
) -> tuple[list[Event], dict[str, int]]:
    """The events in changes, and the changes that still wait to be reported well enough, by capital.

    Of a capital in ``taken_back`` the change that a withdrawal made is told with the withdrawal.
    """
    found: list[Event] = []
    waiting = dict(unripe)
    for change in changes:
        capital = f"{change.theatre}/{change.place}"
        waiting.pop(capital, None)
        if change.rule == "withdrawn" and (change.theatre, change.place) in taken_back:
            continue
        rules = [rule for rule in wanted.rules if rule.wants(change)]
        ripe = [rule for rule in rules if rule.ripe(change.standing)]
        if ripe:
            found.append(_event(archive, wanted, change, change.standing, _gravest(ripe)))
        elif rules:
            waiting[capital] = change.seq
    return [*found, *_ripened(archive, wanted, waiting)], waiting


def _ripened(archive: Archive, wanted: Wanted, waiting: dict[str, int]) -> Iterator[Event]:
    """Events of changes that by now are reported well enough; they are taken out of those that wait."""
    boards = {
        theatre: {one.place: one for one in archive.standings(theatre)}
        for theatre in {capital.partition("/")[0] for capital in waiting}
    }
    for capital, seq in list(waiting.items()):
        theatre, _, place = capital.partition("/")
        standing = boards[theatre].get(place)
        change = next(iter(archive.alerts.changes_after(seq - 1, 1)), None)
        if standing is None or change is None or standing.state != change.after:
            del waiting[capital]
            continue
        ripe = [rule for rule in wanted.rules if rule.wants(change) and rule.ripe(standing)]
        if ripe:
            del waiting[capital]
            yield _event(archive, wanted, change, standing, _gravest(ripe))


def _gravest(rules: Sequence[Rule]) -> str:
    return max((rule.severity for rule in rules), key=SEVERITIES.index)


def _event(archive: Archive, wanted: Wanted, change: Change, standing: Standing, severity: str) -> Event:
    seqs = list(dict.fromkeys((*change.evidence, *standing.evidence)))[:_MOST_PIECES]
    pieces = archive.alerts.pieces(seqs)
    behind = [piece for seq in seqs if (piece := pieces.get(seq)) and _fits(piece, change)]
    own = [piece for piece in behind if piece.seq in change.evidence] or behind
    best = max(own, key=lambda piece: (piece.weight, -piece.seq), default=None)
    at = max((piece.told for piece in own if piece.told), default=change.at)
    old = wanted.now - at > wanted.old
    names = Names(wanted.theatres.get(change.theatre))
    before, after = (
        names.state(change.before, change.holder_before),
        names.state(change.after, change.holder_after),
    )
    return Event(
        key=f"change:{change.seq}",
        subject=f"capital:{change.theatre}/{change.place}",
        kind=CHANGE,
        at=at,
        severity=severity,
        headline=f"{names.place(change.place)}: {before} → {after}",
        before=before,
        after=after,
        theatre=change.theatre,
        place=change.place,
        grade=standing.grade,
        outlets=standing.outlets,
        origins=standing.origins,
        proof=None if best is None or old else proof_of(archive, best),
        stories=tuple(dict.fromkeys(piece.story for piece in behind)),
        old=old,
    )


def _fits(piece: Evidence, change: Change) -> bool:
    """Whether a piece says what the change says."""
    if piece.label != _LABELS.get(change.after, HOLDS):
        return False
    return change.after not in _HELD_BY or piece.side == change.holder_after


def proof_of(archive: Archive, piece: Evidence) -> Proof:
    """A piece of evidence as a proof."""
    story = archive.story(piece.story)
    return Proof(
        piece.sentence,
        piece.outlet,
        piece.reliability,
        piece.speaker,
        piece.voice,
        piece.told,
        story.url if story else "",
        piece.story,
    )


class Names:
    """What places and sides of a theatre are called; their ids where the theatre is not known."""

    def __init__(self, theatre: Theatre | None) -> None:
        self._places = {place.id: place.name for place in theatre.places} if theatre else {}
        self._sides = {side.id: side.name for side in theatre.sides} if theatre else {}

    def place(self, id_: str) -> str:
        """A place's name."""
        return self._places.get(id_, id_)

    def state(self, state: str, holder: str) -> str:
        """A state with its holder: ``captured by Taliban``, ``contested``."""
        held = holder and state in _HELD_BY
        return f"{state} by {self._sides.get(holder, holder)}" if held else state
