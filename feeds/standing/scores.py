"""Fusion: how strongly each label of one place is witnessed at one moment (DESIGN: witnesses, origins, decay, noisy or)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from feeds.evidence import HOLDS, Evidence

FIGURES: Final[dict[str, dict[str, float]]] = tomllib.loads(
    (Path(__file__).parent / "figures.toml").read_text("utf-8")
)
_FUSION: Final = FIGURES["fusion"]
FORGET: Final = timedelta(hours=_FUSION["forget-hours"])

Label = tuple[str, str]
"""(label, side); the side only for ``holds``."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One story's word for one label: its strongest sentence, what the rest adds, and what is left of it now."""

    evidence: Evidence
    weight: float
    """0 to 1, with outlet, further sentences and age."""


@dataclass(frozen=True, slots=True)
class Score:
    """The chance that at least one independent report for a label is right, by its testimony."""

    value: float
    witnesses: tuple[Witness, ...]
    """One an origin, strongest first."""
    disinterested: bool
    """Does a voice that does not gain speak for it?"""
    change: bool
    """Does a voice that does not gain say that it changed hands?"""


NOTHING: Final = Score(0.0, (), disinterested=False, change=False)


def label_of(evidence: Evidence) -> Label:
    """What a piece of evidence is testimony for."""
    return evidence.label, evidence.side if evidence.label == HOLDS else ""


def scores(evidence: Iterable[Evidence], now: datetime) -> dict[Label, Score]:
    """The score of every label that one place has testimony for, at ``now``."""
    stories: dict[tuple[Label, str], list[Evidence]] = {}
    for piece in evidence:
        stories.setdefault((label_of(piece), piece.story), []).append(piece)
    changes = [
        pieces
        for (label, _), group in stories.items()
        if label[0] == HOLDS
        for pieces in group
        if pieces.change
    ]
    witnesses: dict[Label, list[Witness]] = {}
    for (label, _), group in stories.items():
        witness = _witness(group, now)
        if label[0] == HOLDS and _overtaken(witness.evidence, changes):
            witness = Witness(witness.evidence, witness.weight * _FUSION["older-contrary"])
        witnesses.setdefault(label, []).append(witness)
    return {label: _fuse(_independent(heard)) for label, heard in witnesses.items()}


def _witness(group: list[Evidence], now: datetime) -> Witness:
    best = max(group, key=lambda piece: (piece.weight, -piece.start))
    weight = best.weight * FIGURES["reliability"].get(best.reliability, 0.5)
    further = (
        len({piece.start for piece in group if piece.start > 0}) - 1
    )  # a headline only announces its own text
    weight += min(_FUSION["further-at-most"], _FUSION["further-sentence"] * max(0, further))
    weight = min(weight, _FUSION["one-story-at-most"])
    half_life = FIGURES["half-life-hours"][best.label]
    return Witness(best, weight * 2 ** (-_age(best, now) / half_life))


def _age(piece: Evidence, now: datetime) -> float:
    """Hours since it was told."""
    return max(0.0, (now - piece.told).total_seconds() / 3600) if piece.told else 0.0


def _overtaken(piece: Evidence, changes: list[Evidence]) -> bool:
    """Has somebody else told since that the place changed hands to another side?"""
    return any(
        later.side != piece.side
        and later.origin != piece.origin
        and later.told
        and piece.told
        and later.told > piece.told
        for later in changes
    )


def _independent(heard: list[Witness]) -> list[Witness]:
    """One witness an origin: of one wire or outlet only the strongest counts."""
    kept: list[Witness] = []
    for witness in sorted(heard, key=lambda one: (-one.weight, one.evidence.story)):
        if not any(_same_origin(witness.evidence, other.evidence) for other in kept):
            kept.append(witness)
    return kept


def _same_origin(one: Evidence, other: Evidence) -> bool:
    if one.told is None or other.told is None:
        return one.origin == other.origin
    apart = abs((one.told - other.told).total_seconds()) / 3600
    if one.origin and one.origin == other.origin:
        return apart <= _FUSION["same-wire-hours"]
    return bool(one.outlet) and one.outlet == other.outlet and apart <= _FUSION["same-outlet-hours"]


def _fuse(heard: list[Witness]) -> Score:
    missing = 1.0
    for witness in heard:
        missing *= 1 - witness.weight
    value = 1 - missing
    disinterested = any(witness.evidence.voice != "self-serving" for witness in heard)
    if not disinterested:
        value = min(value, _FUSION["self-serving-at-most"])
    change = any(witness.evidence.change and witness.evidence.voice != "self-serving" for witness in heard)
    return Score(round(value, 4), tuple(heard), disinterested, change)
