"""Fusion: how strongly each label of one place is witnessed (docs/standings.md: witnesses, origins, decay, noisy or).

What the testimony comes to is worked out when a piece comes or goes (``tally``); an hour that passes only lets it fade.
All witnesses of one label fade at one rate, so that who is strongest never changes by time alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp2, inf, log2, prod
from pathlib import Path
from typing import Final

from feeds.evidence import HOLDS, Evidence

FIGURES: Final[dict[str, dict[str, float]]] = tomllib.loads(
    (Path(__file__).parent / "figures.toml").read_text("utf-8")
)
_FUSION: Final = FIGURES["fusion"]
HALF_LIFE: Final = FIGURES["half-life-hours"]
_RELIABILITY: Final = FIGURES["reliability"]
_SELF_SERVING: Final = "self-serving"
_SAME_OUTLET: Final = _FUSION["same-outlet-hours"]
_SAME_WIRE: Final = _FUSION["same-wire-hours"]
FORGET: Final = timedelta(hours=_FUSION["forget-hours"])

_REMEMBERED: Final = 1_000
"""Scores kept of one testimony: more hours than it counts for."""

Label = tuple[str, str]
"""(label, side); the side only for ``holds``."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One story's word for one label, by its strongest sentence."""

    evidence: Evidence
    weight: float
    """0 to 1 when it was told: with its outlet, its further sentences and what came after it."""
    hour: float
    """When it was told, in hours since 1970; infinite when nobody knows: it does not fade."""
    overtaken: bool
    """Has somebody else told since that the place changed hands to another side?"""

    @property
    def gains(self) -> bool:
        """Does the one who says it gain if believed?"""
        return self.evidence.voice == _SELF_SERVING


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that speaks for one label of one place."""

    witnesses: tuple[Witness, ...]
    """One an origin, strongest first."""
    outlets: frozenset[str]
    """All that ran it, copies too."""
    half_life: float
    """Hours in which it comes to half."""
    disinterested: bool
    """Does a voice that does not gain speak for it, and nobody has told the contrary since?"""
    change: bool
    """Is it said that the place changed hands, and nobody has told the contrary since?"""
    weights: tuple[tuple[float, float], ...]
    """Weight and hour of each witness."""
    newest: float
    """The hour of the newest witness."""
    then: tuple[float, ...]
    """What each witness weighs at that hour."""
    repeated: tuple[tuple[int, ...], ...] = ()
    """The witnesses of each teller, by their place; empty where nobody tells it twice."""
    once: tuple[float, ...] = ()
    """Of ``then``, those of tellers who tell it once, where somebody tells it twice."""
    again: tuple[tuple[tuple[float, ...], float], ...] = ()
    """Of ``then``, those of each other teller, and the chance that he was wrong when he was surest."""
    _known: dict[tuple[float, float | None], float] = field(default_factory=dict, compare=False, repr=False)
    """Scores worked out before: the same hours are passed again for each story that is told late."""

    def score(self, hour: float, after: float | None = None) -> float:
        """The chance that at least one independent report is right; of those told after an hour when one is given."""
        known = self._known.get((hour, after))
        if known is not None:
            return known
        half_life = self.half_life
        if after is None and self.newest <= hour:
            value = self._score_of_all(exp2((self.newest - hour) / half_life))
        elif self.repeated:
            value = self._score_of_repeats(hour, after)
        else:
            weights = [(weight, told) for weight, told in self.weights if after is None or told > after]
            value = 1 - prod([1 - fade(weight, told, hour, half_life) for weight, told in weights])
        if not self.disinterested:
            value = min(value, _FUSION["self-serving-at-most"])
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[hour, after] = value = round(value, 4)
        return value

    def _score_of_all(self, faded: float) -> float:
        """The score when every witness has told, and what the newest weighed has come to such a part."""
        if not self.repeated:
            return 1 - prod([1 - weight * faded for weight in self.then])
        left = prod([1 - weight * faded for weight in self.once])
        for weights, surest in self.again:
            left *= max(prod([1 - weight * faded for weight in weights]), surest)
        return 1 - left

    def _score_of_repeats(self, hour: float, after: float | None) -> float:
        """The same where somebody tells it again and again: that makes him no surer than he was when he was surest."""
        left = 1.0
        for places in self.repeated:
            told = [self.weights[at] for at in places if after is None or self.weights[at][1] > after]
            missed = prod([1 - fade(weight, when, hour, self.half_life) for weight, when in told])
            left *= max(missed, 1 - max([weight for weight, _ in told], default=0.0))
        return 1 - left

    @property
    def tellers(self) -> int:
        """Agencies and outlets that tell it, each once at whatever times."""
        return len({teller(witness.evidence) for witness in self.witnesses})


def fade(weight: float, told: float, hour: float, half_life: float) -> float:
    """What is left of a weight at an hour; all of it before it was told."""
    return weight * exp2((told - hour) / half_life) if told < hour else weight


def label_of(piece: Evidence) -> Label:
    """What a piece of evidence is testimony for."""
    return piece.label, piece.side if piece.label == HOLDS else ""


def teller(piece: Evidence) -> str:
    """Whose telling it is, at whatever time: the agency or outlet of its origin."""
    return piece.origin.partition("@")[0] or piece.outlet


def hours(moment: datetime) -> float:
    """A moment in hours since 1970."""
    return moment.timestamp() / 3600


def witness_of(group: Sequence[Evidence], changes: Iterable[Evidence]) -> Witness:
    """One story's word for one label; ``changes`` are all that tell of the place changing hands."""
    best = max(group, key=lambda piece: (piece.weight, -piece.start))
    weight = best.weight * _RELIABILITY.get(best.reliability, _RELIABILITY["F"])
    # A headline only announces its own text: it is no further sentence.
    further = max(0, len({piece.start for piece in group if piece.start > 0}) - 1)
    weight += min(_FUSION["further-at-most"], _FUSION["further-sentence"] * further)
    weight = min(weight, _FUSION["one-story-at-most"])
    overtaken = best.label == HOLDS and any(overtakes(later, best) for later in changes)
    if overtaken:
        weight *= _FUSION["older-contrary"]
    return Witness(best, weight, hours(best.told) if best.told else inf, overtaken)


def overtakes(later: Evidence, piece: Evidence) -> bool:
    """Whether a change of hands contradicts what was told before it: another side's, by another origin."""
    return (
        later.side != piece.side
        and later.told is not None
        and piece.told is not None
        and later.told > piece.told
        and later.story != piece.story
        and (not later.origin or later.origin != piece.origin)
    )


def lasting(witness: Witness, half_life: float) -> float:
    """How long a witness outlasts others of its label: what it weighs at any hour is two to the power of this, and of age."""
    return log2(witness.weight) + witness.hour / half_life if witness.weight > 0 else -inf


def testimony_of(label: Label, heard: Iterable[Witness], outlets: frozenset[str]) -> Testimony:
    """What witnesses come to, those that last longest first; the others of their origins do not count."""
    kept, half_life = _independent(heard), HALF_LIFE[label[0]]
    newest = max(one.hour for one in kept)
    then = tuple([fade(one.weight, one.hour, newest, half_life) for one in kept])
    tellers: dict[str, list[int]] = {}
    for at, one in enumerate(kept):
        tellers.setdefault(teller(one.evidence), []).append(at)
    repeated = tuple(map(tuple, tellers.values())) if len(tellers) < len(kept) else ()
    return Testimony(
        kept,
        outlets,
        half_life,
        disinterested=any(not one.gains and not one.overtaken for one in kept),
        change=any(one.evidence.change and not one.overtaken for one in kept),
        weights=tuple([(one.weight, one.hour) for one in kept]),
        newest=newest,
        then=then,
        repeated=repeated,
        once=tuple([then[places[0]] for places in repeated if len(places) == 1]),
        again=tuple(
            [
                (tuple([then[at] for at in places]), 1 - max([kept[at].weight for at in places]))
                for places in repeated
                if len(places) > 1
            ]
        ),
    )


def _independent(heard: Iterable[Witness]) -> tuple[Witness, ...]:
    """One witness an origin: copies and takes of one telling, one agency within a day, one outlet within half a day.

    Where nobody knows who told, there are no two witnesses.
    """
    kept: list[Witness] = []
    origins: set[str] = set()
    of_outlet: dict[str, list[float]] = {}
    of_teller: dict[str, list[tuple[float, str]]] = {}
    for one in heard:
        origin, outlet, hour = one.evidence.origin, one.evidence.outlet, one.hour
        who = teller(one.evidence)
        told = of_teller.setdefault(who, [])
        if origin and origin in origins:
            continue
        if not who and told:
            continue
        if outlet and any(abs(hour - other) <= _SAME_OUTLET for other in of_outlet.get(outlet, ())):
            continue
        if any(ran != outlet and abs(hour - other) <= _SAME_WIRE for other, ran in told):
            continue
        kept.append(one)
        origins.add(origin)
        told.append((hour, outlet))
        of_outlet.setdefault(outlet, []).append(hour)
    return tuple(kept)


def newest(pieces: Sequence[Evidence]) -> datetime | None:
    """When the newest of them was told; None for none."""
    return max((piece.told for piece in pieces if piece.told is not None), default=None)
