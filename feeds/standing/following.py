"""The course of one place as the evidence alone has brought it there, story by story and hour by hour.

Time is the place's own: it stands where the place was last heard of or last moved, never goes back behind that, and
hours that moved nothing may be passed again when somebody tells late. So places do not depend on each other.
A piece that is muted or withdrawn counts as if it had never been said: the log is followed again without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from feeds.evidence import FIGHTING, Evidence
from feeds.standing.scores import FORGET, Label, Testimony, hours, newest
from feeds.standing.states import Course, Weighed, advance, may_move
from feeds.standing.tally import Tally
from feeds.theatres.model import Place

Counts = Callable[[Evidence], bool]
"""Does a piece count: is it neither muted nor withdrawn?"""

_HOUR: Final = timedelta(hours=1)


class Join(NamedTuple):
    """One side becoming part of another: what it held is the other's, and so is what is said of it."""

    at: datetime
    side: str
    part_of: str


@dataclass(frozen=True, slots=True)
class _Heard:
    """A piece of evidence, with the place's time when it was added."""

    at: datetime
    piece: Evidence


class Following:
    """The log of one place, and its course."""

    def __init__(self, place: Place, joins: Sequence[Join] = ()) -> None:
        self.course = Course("unknown", place.holder, None)
        self.last_told: datetime | None = None
        """When the newest piece that counts was told."""
        self.awake = False
        """Can an hour that passes move the course?"""
        self._first_owner: Final = place.holder
        self._joins: Final = tuple(joins)
        self._joined = 0
        """How many of the joins are in force."""
        self._heard: list[_Heard] = []
        self._tally = Tally()
        """All that counts at the place's own time."""
        self._later: tuple[datetime, Tally] | None = None
        """What of it counts at a later hour that has passed, where some is too old by then."""
        self._base: tuple[datetime, Course] | None = None
        self._next_base: tuple[datetime, Course] | None = None
        self._older: datetime | None = None

    def add(self, pieces: Sequence[Evidence], now: datetime, counts: Counts) -> None:
        """Takes in what one story says of the place, at a moment not before the one of the story before it."""
        if not self._heard or self._heard[-1].at < now:
            self._keep_base(now)
        self._heard += [_Heard(now, piece) for piece in pieces]
        self._take([piece for piece in pieces if counts(piece)], now)

    def pass_hour(self, hour: datetime) -> None:
        """Lets a full hour pass."""
        if self.awake:
            self._advance(hour)

    def due(self, now: datetime) -> list[Join]:
        """The joins that come into force up to a moment and are not yet."""
        return [join for join in self._joins[self._joined :] if join.at <= now]

    def join(self, join: Join) -> None:
        """Puts the next join in force."""
        self._joined += 1
        course = self.course
        if course.holder == join.side:
            self.course = replace(course, holder=join.part_of, since=join.at, rule="joined")
        self.awake = True
        self._later = None
        self._tally = Tally(
            [replace(one, side=join.part_of) if one.side == join.side else one for one in self._tally.pieces]
        )

    @property
    def testimony(self) -> Mapping[Label, Testimony]:
        """What the evidence that counts comes to."""
        return self._seen.testimony

    @property
    def _seen(self) -> Tally:
        """What counts at the moment looked at last."""
        return self._later[1] if self._later else self._tally

    @property
    def _owner(self) -> str:
        """Side that held the place at the theatre's start, or the one that it has joined since."""
        return self._called(self._first_owner)

    def _called(self, side: str) -> str:
        for join in self._joins[: self._joined]:
            side = join.part_of if side == join.side else side
        return side

    def again(self, now: datetime, counts: Counts) -> None:
        """Follows the log once more, because other pieces count than before."""
        if self._base is None:
            return
        begin, self.course = self._base
        self._joined = sum(join.at <= begin for join in self._joins)
        self.last_told = self._older
        self._later = None
        self._tally = Tally()
        self._believe([heard.piece for heard in self._heard if heard.at < begin and counts(heard.piece)])
        self.awake = bool(self.testimony)
        clock = begin
        later = [heard for heard in self._heard if heard.at >= begin]
        for (moment, _), group in groupby(later, key=lambda heard: (heard.at, heard.piece.story)):
            self._pass_hours(clock, moment)
            self._join_until(moment)
            clock = moment
            self._take([heard.piece for heard in group if counts(heard.piece)], clock)
        self._pass_hours(clock, now)
        self._join_until(now)

    def tell_by(self, story: str, origin: str) -> bool:
        """Puts another origin on what a story said; False when nothing of it bears another one."""
        others = [one for one in self._heard if one.piece.story == story and one.piece.origin != origin]
        for one in others:
            self._heard[self._heard.index(one)] = _Heard(one.at, replace(one.piece, origin=origin))
        return bool(others)

    def has(self, wanted: Counts) -> bool:
        """Is there a piece like that in the log?"""
        return any(wanted(heard.piece) for heard in self._heard)

    def scores(self, now: datetime) -> dict[Label, float]:
        """The score of each label at a moment."""
        self._look_at(now)
        hour = hours(now)
        return {label: one.score(hour) for label, one in self.testimony.items()}

    def fighting_since(self, since: datetime | None, now: datetime) -> float:
        """The score of the fighting told of after a moment."""
        told = self.testimony.get((FIGHTING, ""))
        return told.score(hours(now), hours(since) if since else None) if told else 0.0

    def _look_at(self, now: datetime) -> None:
        """Turns to what counts at a moment; the place's own time does not move, and may be looked at again."""
        if self._later is not None and now < self._later[0]:
            self._later = None
        if self._later is not None:
            self._later[1].forget(now)
            self._later = now, self._later[1]
        elif self._tally.is_too_old(now):
            self._later = now, self._tally.at(now)

    def _take(self, pieces: list[Evidence], now: datetime) -> None:
        if pieces:
            self._later = None
            self._tally.forget(now)
            self._believe(pieces)
            self._advance(now)

    def _pass_hours(self, start: datetime, end: datetime) -> None:
        for hour in full_hours(start, end):
            if not self.awake:
                return
            self._join_until(hour)
            self._advance(hour)

    def _join_until(self, moment: datetime) -> None:
        for join in self.due(moment):
            self.join(join)

    def _advance(self, now: datetime) -> None:
        scores = self.scores(now)
        weighed = Weighed(self.testimony, scores, self._owner, self._seen.disturbed(self._owner))
        self.course = advance(self.course, weighed, now)
        self.awake = may_move(self.course, scores)

    def _believe(self, pieces: Sequence[Evidence]) -> None:
        """Has pieces count that did not."""
        if self._joined:
            pieces = [replace(piece, side=self._called(piece.side)) for piece in pieces]
        self._tally.add(pieces)
        told = [piece.told for piece in pieces if piece.told is not None]
        self.last_told = max([*told, *([self.last_told] if self.last_told else [])], default=None)

    def _keep_base(self, now: datetime) -> None:
        """Keeps where the course stood, so that what is older than twice the memory can leave the log."""
        if self._base is None:
            self._base = (now, self.course)
        elif self._next_base is None:
            if now - self._base[0] >= FORGET:
                self._next_base = (now, self.course)
        elif now - self._next_base[0] >= FORGET:
            self._base, self._next_base = self._next_base, (now, self.course)
            begin = self._base[0]
            gone = [one for one in self._heard if one.at < begin and not _lasts(one.piece, begin)]
            self._heard = [one for one in self._heard if one.at >= begin or _lasts(one.piece, begin)]
            self._older = newest([one.piece for one in gone]) or self._older


def full_hours(start: datetime, end: datetime) -> Iterator[datetime]:
    """Each full hour after ``start``, up to and with ``end``."""
    hour = start.replace(minute=0, second=0, microsecond=0) + _HOUR
    while hour <= end:
        yield hour
        hour += _HOUR


def _lasts(piece: Evidence, begin: datetime) -> bool:
    return piece.told is None or begin - piece.told <= FORGET
