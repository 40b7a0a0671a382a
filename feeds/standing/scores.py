"""Fusion: how strongly each label of one place is witnessed (docs/standings.md: witnesses, origins, decay, noisy or).

What the testimony comes to is worked out once, when a piece is added or muted; an hour that passes only lets it fade.
All witnesses of one label fade at one rate, so that who is strongest never changes by time alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp2, inf, log2
from pathlib import Path
from typing import Final

from feeds.evidence import HOLDS, Evidence

FIGURES: Final[dict[str, dict[str, float]]] = tomllib.loads(
    (Path(__file__).parent / "figures.toml").read_text("utf-8")
)
_FUSION: Final = FIGURES["fusion"]
_HALF_LIFE: Final = FIGURES["half-life-hours"]
_RELIABILITY: Final = FIGURES["reliability"]
_SELF_SERVING: Final = "self-serving"
FORGET: Final = timedelta(hours=_FUSION["forget-hours"])

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

    def score(self, hour: float, after: float | None = None) -> float:
        """The chance that at least one independent report is right; of those told after an hour when one is given."""
        missing = 1.0
        half_life = self.half_life
        for weight, told in self.weights:
            if after is None or told > after:
                missing *= 1 - weight * exp2((told - hour) / half_life) if told < hour else 1 - weight
        value = 1 - missing
        if not self.disinterested:
            value = min(value, _FUSION["self-serving-at-most"])
        return round(value, 4)

    @property
    def tellers(self) -> int:
        """Agencies and outlets that tell it, each once at whatever times."""
        return len({teller(witness.evidence) for witness in self.witnesses})


def testimonies(pieces: Iterable[Evidence]) -> dict[Label, Testimony]:
    """What one place's evidence comes to, label by label."""
    stories: dict[tuple[Label, str], list[Evidence]] = {}
    changes: list[Evidence] = []
    for piece in pieces:
        stories.setdefault((label_of(piece), piece.story), []).append(piece)
        if piece.change and piece.label == HOLDS and piece.told is not None:
            changes.append(piece)
    heard: dict[Label, list[Witness]] = {}
    outlets: dict[Label, set[str]] = {}
    for (label, _), group in stories.items():
        heard.setdefault(label, []).append(_witness(group, changes))
        outlets.setdefault(label, set()).update(piece.outlet for piece in group)
    return {label: _testimony(label, found, frozenset(outlets[label])) for label, found in heard.items()}


def label_of(piece: Evidence) -> Label:
    """What a piece of evidence is testimony for."""
    return piece.label, piece.side if piece.label == HOLDS else ""


def teller(piece: Evidence) -> str:
    """Whose telling it is, at whatever time: the agency or outlet of its origin."""
    return piece.origin.partition("@")[0] or piece.outlet


def hours(moment: datetime) -> float:
    """A moment in hours since 1970."""
    return moment.timestamp() / 3600


def _witness(group: list[Evidence], changes: list[Evidence]) -> Witness:
    best = max(group, key=lambda piece: (piece.weight, -piece.start))
    weight = best.weight * _RELIABILITY.get(best.reliability, _RELIABILITY["F"])
    # A headline only announces its own text: it is no further sentence.
    further = max(0, len({piece.start for piece in group if piece.start > 0}) - 1)
    weight += min(_FUSION["further-at-most"], _FUSION["further-sentence"] * further)
    weight = min(weight, _FUSION["one-story-at-most"])
    overtaken = best.label == HOLDS and any(_overtakes(later, best) for later in changes)
    if overtaken:
        weight *= _FUSION["older-contrary"]
    return Witness(best, weight, hours(best.told) if best.told else inf, overtaken)


def _overtakes(later: Evidence, piece: Evidence) -> bool:
    return (
        later.side != piece.side
        and later.told is not None
        and piece.told is not None
        and later.told > piece.told
        and later.story != piece.story
        and (not later.origin or later.origin != piece.origin)
    )


def _testimony(label: Label, heard: list[Witness], outlets: frozenset[str]) -> Testimony:
    half_life = _HALF_LIFE[label[0]]

    def lasting(witness: Witness) -> float:
        return log2(witness.weight) + witness.hour / half_life if witness.weight > 0 else float("-inf")

    kept: list[Witness] = []
    for witness in sorted(heard, key=lambda one: (-lasting(one), one.evidence.story)):
        if not any(_same_origin(witness, other) for other in kept):
            kept.append(witness)
    return Testimony(
        tuple(kept),
        outlets,
        half_life,
        disinterested=any(not one.gains and not one.overtaken for one in kept),
        change=any(one.evidence.change and not one.overtaken for one in kept),
        weights=tuple((one.weight, one.hour) for one in kept),
    )


def _same_origin(one: Witness, other: Witness) -> bool:
    """Copies and takes of one telling; one agency within a day; one outlet within half a day."""
    first, second = one.evidence, other.evidence
    if first.origin and first.origin == second.origin:
        return True
    if not teller(first) and not teller(second):
        return True  # nobody knows who told either: no two witnesses
    apart = abs(one.hour - other.hour)
    if first.outlet == second.outlet:
        return bool(first.outlet) and apart <= _FUSION["same-outlet-hours"]
    return teller(first) == teller(second) and apart <= _FUSION["same-wire-hours"]


def newest(pieces: Sequence[Evidence]) -> datetime | None:
    """When the newest of them was told; None for none."""
    return max((piece.told for piece in pieces if piece.told is not None), default=None)
