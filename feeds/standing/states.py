"""Which state a place is in: rules D2 to D8, the first that fires, given what it was before (D1 is the board's)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.standing.scores import FIGURES, Label, Testimony, hours

_STATES: Final = FIGURES["states"]
_QUIET: Final = timedelta(days=_STATES["quiet-days"])
LOST: Final = frozenset({"captured", "disputed", "claimed"})
ASLEEP: Final = min(_STATES["threatened-until"], _STATES["contested-until"], _STATES["retaken-margin"])
"""A score below this makes no rule fire, and scores only fade."""


@dataclass(frozen=True, slots=True)
class Course:
    """Where the evidence alone has brought one place."""

    state: str
    holder: str
    since: datetime | None
    rule: str = ""
    fallen: bool = False
    """Was it captured, and not retaken since?"""


@dataclass(slots=True)
class Weighed:
    """The testimony on one place at one moment, as the rules ask for it."""

    testimony: Mapping[Label, Testimony]
    scores: Mapping[Label, float]
    owner: str
    """Side that held the place at the theatre's start."""
    disturbed: datetime | None
    """When somebody last told of fighting, a threat or another holder."""

    def of(self, label: Label) -> float:
        """The score of a label; 0 when nobody spoke of it."""
        return self.scores.get(label, 0.0)

    def since(self, label: Label, since: datetime | None, now: datetime) -> float:
        """The score of what was told of a label after a moment."""
        if since is None or label not in self.testimony:
            return self.of(label)
        return self.testimony[label].score(hours(now), hours(since))


class _Sides(NamedTuple):  # made each hour for each place; a tuple is the cheapest record
    """What speaks for whom."""

    gainer: Label
    """The best witnessed holder other than the owner; a label without side when there is none."""
    a: float
    """Its score."""
    g: float
    """The owner's score."""
    contrary: float
    """The best score of any side but the gainer: with two sides, the owner's."""


def _sides(weighed: Weighed) -> _Sides:
    owner = (HOLDS, weighed.owner)
    best, second = (0.0, (HOLDS, "")), 0.0
    for label, score in weighed.scores.items():
        if label[0] == HOLDS and label != owner:
            if (score, label) > best:
                best, second = (score, label), best[0]
            else:
                second = max(second, score)
    g = weighed.of(owner)
    return _Sides(best[1], best[0], g, max(g, second))


def advance(course: Course, weighed: Weighed, now: datetime) -> Course:
    """The course after one look at the testimony; the same object when nothing moves."""
    found = _decide(course, weighed, now)
    if found is None:
        return course
    state, holder, rule = found
    if (state, holder) == (course.state, course.holder):
        return course
    fallen = state == "captured" or (course.fallen and state not in {"retaken", "held"})
    return Course(state, holder, now, rule, fallen)


def may_move(course: Course, scores: Mapping[Label, float]) -> bool:
    """Whether the course can move before somebody says something new.

    What speaks for it does not move it: a place held or captured is moved by what speaks against that alone, and in a
    captured one neither fighting nor threats do.
    """
    if course.state == "retaken":
        return True
    own = (HOLDS, course.holder) if course.state in {"held", "captured"} else None
    captured = course.state == "captured"
    return any(
        score >= ASLEEP and label != own and not (captured and label[0] != HOLDS)
        for label, score in scores.items()
    )


def strongest(state: str, holder: str, scores: Mapping[Label, float]) -> Label:
    """The label whose score is the strength of a state."""
    if state == "contested":
        return FIGHTING, ""
    if state == "threatened":
        return THREAT, ""
    if state == "disputed":
        return max(
            ((score, label) for label, score in scores.items() if label[0] == HOLDS),
            default=(0.0, (HOLDS, holder)),
        )[1]
    return HOLDS, holder


def _decide(course: Course, weighed: Weighed, now: datetime) -> tuple[str, str, str] | None:
    """State, holder and rule that the first rule gives that fires; None when it stays as it was."""
    sides = _sides(weighed)
    owner, owned = weighed.owner, (HOLDS, weighed.owner)
    captured = course.state == "captured"
    if (
        sides.a >= _STATES["captured"]
        and sides.contrary < sides.a / 2
        and weighed.testimony[sides.gainer].disinterested
    ):
        return "captured", sides.gainer[1], "D2"
    if _is_disputed(sides, captured=captured):
        return "disputed", "", "D3"
    # A capture that fades by age alone is no claim: old news of it stays a capture, and goes stale.
    if sides.a >= _STATES["claimed"] and not captured:
        return "claimed", sides.gainer[1], "D4"
    lost = course.state in LOST or course.fallen
    if lost and sides.g > sides.a + _STATES["retaken-margin"]:
        if not course.fallen:
            return "held", owner, "D5"  # a claim refuted: nothing was taken, so nothing is retaken
        if weighed.testimony[owned].disinterested and weighed.testimony[owned].change:
            return "retaken", owner, "D5"
    if captured:
        return None  # fighting there is a flag
    return _lesser(course, weighed, now, sides)


def _is_disputed(sides: _Sides, *, captured: bool) -> bool:
    if sides.a < _STATES["disputed-against"]:
        return False
    if captured:
        return (
            sides.contrary >= _STATES["disputed-once-captured"]
            and sides.contrary >= _STATES["disputed-share"] * sides.a
        )
    return sides.contrary >= _STATES["disputed-for"]


def _lesser(course: Course, weighed: Weighed, now: datetime, sides: _Sides) -> tuple[str, str, str] | None:
    """D6 to D8, and the end of a retaken place's five days."""
    retaken = course.state == "retaken"
    owner = weighed.owner
    told_since = course.since if retaken else None  # what led to the retaking does not put it in doubt
    f = weighed.since((FIGHTING, ""), told_since, now)
    if f >= _STATES["contested"] or (course.state == "contested" and f >= _STATES["contested-until"]):
        return "contested", owner, "D6"
    t = weighed.since((THREAT, ""), told_since, now)
    if t >= _STATES["threatened"] or (course.state == "threatened" and t >= _STATES["threatened-until"]):
        return "threatened", owner, "D7"
    if retaken:
        quiet_since = max(filter(None, (course.since, weighed.disturbed)), default=now)
        return ("held", owner, "quiet") if now - quiet_since >= _QUIET else None
    if course.state == "disputed" and sides.a >= sides.g:
        return None  # a dispute that only fades is not decided for the side that fewer speak for
    if sides.g >= _STATES["held"] and not (course.fallen and course.state in LOST):
        return "held", owner, "D8"
    return None
