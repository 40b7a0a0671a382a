"""One row of the board: the course that the evidence gives a place, or what an operator set instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import HOLDS, STATES, Action, Change, Evidence, Standing, unheard_of
from feeds.standing.following import Counts, Following, Join, full_hours
from feeds.standing.grades import grade
from feeds.standing.scores import FIGURES, Label
from feeds.standing.states import strongest
from feeds.theatres.model import Place

_FIGURES: Final = FIGURES["states"]
_STALE: Final = timedelta(days=_FIGURES["stale-days"])


class Row:
    """What the board keeps of one place."""

    def __init__(self, theatre: str, place: Place, joins: Sequence[Join] = ()) -> None:
        self.place: Final = place
        self._theatre: Final = theatre
        self._following: Final = Following(place, joins)
        self._override: Action | None = None
        self._shown = (self._following.course.state, self._following.course.holder)
        self._since: datetime | None = None
        self._touched: datetime | None = None
        self._passed: datetime | None = None
        self._standing = unheard_of(theatre, place.id, place.holder)

    def time_of(self, moment: datetime) -> datetime:
        """The place's time when it hears of something: never before it was last heard of, acted on, or moved."""
        return moment if self._touched is None else max(self._touched, moment)

    def add(self, pieces: Sequence[Evidence], now: datetime, counts: Counts) -> list[Change]:
        """Takes in what one story says of the place."""
        changes = self.pass_hours(now)
        now = self.time_of(now)
        self._following.add(pieces, now, counts)
        return [*changes, *self._step(now), *self._pass_again(now)]

    def pass_hours(self, now: datetime) -> list[Change]:
        """Lets time pass, stopping at each full hour, until nothing more can come of it.

        Hours count before anything was heard too: what is then told late is followed through them.
        """
        changes: list[Change] = []
        if self._passed is not None and now <= self._passed:
            return changes
        for join in self._following.due(now):
            if self._passed is not None:
                changes += self._pass_until(join.at)
            self._following.join(join)
            changes += self._step(self.time_of(join.at), "joined")
        return changes + self._pass_until(now)

    def _pass_until(self, now: datetime) -> list[Change]:
        changes: list[Change] = []
        for hour in full_hours(self._passed or now, now):
            if not self._following.awake and self._override is None:
                break
            changes += self._pass_hour(hour)
        self._passed = now
        return changes

    def override(self, action: Action) -> list[Change]:
        """Puts an operator's word in force (D1); one that names no state changes nothing."""
        changes, now = self.pass_hours(action.at), self.time_of(action.at)
        if action.value.partition(" ")[0] in STATES and (action.until is None or action.until > now):
            self._override = action
            self._passed = self._passed or now
            changes += self._step(now)
        return changes

    def lift(self, moment: datetime) -> list[Change]:
        """Gives the row back to its evidence."""
        changes, now = self.pass_hours(moment), self.time_of(moment)
        if self._override is not None:
            self._override = None
            changes += self._step(now, "lifted")
        return changes

    def again(self, moment: datetime, counts: Counts, rule: str) -> list[Change]:
        """Follows the evidence once more, because other pieces count than before."""
        changes, now = self.pass_hours(moment), self.time_of(moment)
        self._following.again(now, counts)
        return [*changes, *self._step(now, rule), *self._pass_again(now)]

    def tell_by(self, story: str, origin: str) -> bool:
        """Has what a story said be the telling of another origin; False when it is that already, or said nothing."""
        return self._following.tell_by(story, origin)

    def has(self, wanted: Counts) -> bool:
        """Was anything like that said of the place?"""
        return self._following.has(wanted)

    @property
    def standing(self) -> Standing:
        """The row as it stands: weighed at the last full hour passed, unless it was touched since."""
        if self._touched is not None and self._passed is not None:
            now = max(self._passed.replace(minute=0, second=0, microsecond=0), self._touched)
            if self._standing.at != now:
                self._standing = self._weigh(now)
        return self._standing

    def _pass_hour(self, hour: datetime) -> Sequence[Change]:
        self._following.pass_hour(hour)
        override = self._override
        if override is not None and override.until is not None and hour >= override.until:
            self._override = None
            return self._step(hour, "lifted")
        # Nobody looks at what an hour fades: the row is written out when it moves or is asked for.
        return self._step(hour) if self._set != self._shown else ()

    def _pass_again(self, now: datetime) -> list[Change]:
        """What was told late is followed through the hours that had passed already."""
        passed, self._passed = self._passed, now
        return [] if passed is None else self.pass_hours(passed)

    @property
    def _set(self) -> tuple[str, str]:
        """State and holder as they are to be shown."""
        if self._override is not None:
            state, _, holder = self._override.value.partition(" ")
            return state, holder or self.place.holder
        return self._following.course.state, self._following.course.holder

    def _step(self, now: datetime, rule: str = "") -> Sequence[Change]:
        """Writes the row out, and says what moved."""
        before, self._shown = self._shown, self._set
        moved = before != self._shown
        if self._override is None:
            self._since = self._following.course.since
        elif moved:
            self._since = now
        self._touched = now
        self._standing = row = self._weigh(now)
        if not moved:
            return ()
        rule = "D1" if self._override else rule or self._following.course.rule
        change = Change(
            self._theatre, self.place.id, before[0], row.state, before[1], row.holder, now,
            rule, row.scores, row.evidence, row,
        )  # fmt: skip
        return (change,)

    def _weigh(self, now: datetime) -> Standing:
        state, holder = self._shown
        scores = self._following.scores(now)
        label = strongest(state, holder, scores)
        testimony = self._following.testimony.get(label)
        last = self._following.last_told
        stale = last is not None and now - last > _STALE
        return Standing(
            self._theatre,
            self.place.id,
            state,
            holder,
            strength=scores.get(label, 0.0),
            grade=grade(testimony, state),
            since=self._since,
            last_evidence=last,
            outlets=len(testimony.outlets) if testimony else 0,
            origins=testimony.tellers if testimony else 0,
            flags=self._flags(state, holder, scores, now, stale=stale),
            stale=stale,
            override=(self._override.reason or "override") if self._override else "",
            evidence=tuple(one.evidence.seq for one in testimony.witnesses) if testimony else (),
            scores=tuple(
                sorted((f"{label}:{side}" if side else label, one) for (label, side), one in scores.items())
            ),
            at=now,
        )

    def _flags(
        self, state: str, holder: str, scores: dict[Label, float], now: datetime, *, stale: bool
    ) -> tuple[str, ...]:
        contrary = (one for label, one in scores.items() if label[0] == HOLDS and label[1] != holder)
        review = self._override is not None and max(contrary, default=0.0) >= _FIGURES["review"]
        fighting = (
            state == "captured" and self._following.fighting_since(self._since, now) >= _FIGURES["contested"]
        )
        flags = (("review", review), ("fighting", fighting), ("stale", stale))
        return tuple(flag for flag, flies in flags if flies)
