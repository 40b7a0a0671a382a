"""One row of the board: the course that the evidence gives a place, or what an operator set instead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, STATES, THREAT, Action, Change, Evidence, Standing
from feeds.standing.following import Counts, Following
from feeds.standing.grades import grade
from feeds.standing.scores import FIGURES, Label
from feeds.theatres.model import Place

_FIGURES: Final = FIGURES["states"]
_STALE: Final = timedelta(days=_FIGURES["stale-days"])
_LABEL: Final[dict[str, Label]] = {"contested": (FIGHTING, ""), "threatened": (THREAT, "")}


class Row:
    """What the board keeps of one place."""

    def __init__(self, theatre: str, place: Place) -> None:
        self.place: Final = place
        self._theatre: Final = theatre
        self._following: Final = Following(place)
        self._override: Action | None = None
        self._shown = (self._following.course.state, self._following.course.holder)
        self._since: datetime | None = None
        self._touched: datetime | None = None
        self._standing = Standing(theatre, place.id, "unknown", place.holder, 0.0, "F6", None, None, 0, 0)

    @property
    def awake(self) -> bool:
        """Can an hour that passes move it?"""
        return self._following.awake or self._override is not None

    def add(self, pieces: Sequence[Evidence], now: datetime, counts: Counts) -> Change | None:
        """Takes in what one story says of the place."""
        self._following.add(pieces, now, counts)
        return self._step(now, self._following.course.rule)

    def pass_hour(self, hour: datetime) -> Change | None:
        """Lets a full hour pass, an override too."""
        self._following.pass_hour(hour)
        override = self._override
        if override is not None and override.until is not None and hour >= override.until:
            return self.lift(hour)
        # Nobody looks at what an hour fades: the row is written out when it moves or is asked for.
        return self._step(hour, self._following.course.rule) if self._moved else None

    def override(self, action: Action, now: datetime) -> Change | None:
        """Puts an operator's word in force (D1); one that names no state changes nothing."""
        if action.value.partition(" ")[0] not in STATES or (action.until and action.until <= now):
            return None
        self._override = action
        return self._step(now, "D1")

    def lift(self, now: datetime) -> Change | None:
        """Gives the row back to its evidence."""
        if self._override is None:
            return None
        self._override = None
        return self._step(now, "lifted")

    def again(self, now: datetime, counts: Counts, rule: str) -> Change | None:
        """Follows the evidence once more, because other pieces count than before."""
        self._following.again(now, counts)
        return self._step(now, rule)

    def has(self, wanted: Counts) -> bool:
        """Was anything like that said of the place?"""
        return self._following.has(wanted)

    def standing(self, hour: datetime) -> Standing:
        """The row as it stands, weighed at a full hour unless it was touched since."""
        if self._touched is not None:
            now = max(hour, self._touched)
            if self._standing.at != now:
                self._standing = self._weigh(now)
        return self._standing

    @property
    def _set(self) -> tuple[str, str]:
        """State and holder as they are to be shown."""
        if self._override is not None:
            state, _, holder = self._override.value.partition(" ")
            return state, holder or self.place.holder
        return self._following.course.state, self._following.course.holder

    @property
    def _moved(self) -> bool:
        return self._set != self._shown

    def _step(self, now: datetime, rule: str) -> Change | None:
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
            return None
        return Change(
            self._theatre, self.place.id, before[0], row.state, before[1], row.holder, now,
            rule if self._override is None else "D1", row.scores, row.evidence, row,
        )  # fmt: skip

    def _weigh(self, now: datetime) -> Standing:
        state, holder = self._shown
        scores = self._following.scores(now)
        label = _LABEL.get(state, (HOLDS, holder)) if self._override else self._following.course.label
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
