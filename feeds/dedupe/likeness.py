"""How alike two tellings are: the cosine of their words, more or less for what their headlines say beside them."""

from __future__ import annotations

from math import log
from typing import Final

from feeds.dedupe.telling import Telling
from feeds.dedupe.vectors import Vector, along, cosine

_SAME_FIGURE: Final = 1.25
_OTHER_FIGURES: Final = 0.7
_ABROAD: Final = 0.25
"""Two headlines that name countries, and none in common, seldom tell of one event; sometimes each tells its own side."""
_REJECTED: Final = 0.5
_PER_DAY: Final = 0.0125
"""What a day between them takes off."""
_CROWD: Final = 0.1
_A_CROWD: Final = 2000.0
"""Each e-fold of so many stories makes a cosine count a tenth less."""
_DAY: Final = 86_400.0


class Likeness:
    """Compares tellings; a cosine counts for less the more stories there are, for chance brings more together."""

    def __init__(self) -> None:
        """Starts as for a few stories."""
        self.crowd = 1.0
        """How much less it counts than among a few stories, as a divisor."""

    def among(self, stories: int) -> None:
        """Says in how many stories of the window the likest was looked for."""
        self.crowd = 1.0 + _CROWD * log(1.0 + stories / _A_CROWD)

    def alike(self, one: Telling, vector: Vector, other: Telling) -> float:
        """How alike two tellings are, 1 at most but for shared figures; ``vector`` is the first one's."""
        found = cosine(along(vector, other.codes, other.weights))
        if found <= 0.0:
            return 0.0
        found *= _facts(one, other) / self.crowd
        if one.told == other.told:
            return found
        return found - _PER_DAY * abs((one.told - other.told).total_seconds()) / _DAY


def _facts(one: Telling, other: Telling) -> float:
    """What figures, countries and refusals in two headlines make of their cosine: a factor."""
    factor = 1.0
    if one.figures and other.figures:
        factor = _OTHER_FIGURES if one.figures.isdisjoint(other.figures) else _SAME_FIGURE
    if one.abroad(other):
        factor *= _ABROAD
    return factor * _REJECTED if one.facts.rejects != other.facts.rejects else factor
