"""How alike a telling is to another and to a thread: 0 where it is as likely as not that they tell of one event."""

from __future__ import annotations

from datetime import datetime
from math import log
from typing import Final

from feeds.dedupe.telling import Telling
from feeds.dedupe.thread import Thread
from feeds.dedupe.vectors import Vector, along, cosine

_OF_TITLES: Final = 0.24
"""Cosine at which two headlines are as likely as not of one event."""
_OF_LEADS: Final = 0.145
"""The same with leads: of their many words a smaller part is shared."""
_SAME_FIGURE: Final = 1.25
_OTHER_FIGURES: Final = 0.85
_ABROAD: Final = 0.5
"""Two headlines that name countries, and none in common, seldom tell of one event; sometimes each tells its own side."""
_REJECTED: Final = 0.7
_PER_DAY: Final = 0.07
_CROWD: Final = 0.1
_A_CROWD: Final = 2000.0
"""Each e-fold of so many stories asks for a tenth more."""
_DAY: Final = 86_400.0
_FEW: Final = 8
"""Members of a thread whose figures and countries are looked at: the newest."""


class Likeness:
    """Compares tellings and threads; asks for more the more stories there are, for chance brings more together."""

    def __init__(self) -> None:
        """Starts as for a few stories."""
        self.crowd = 1.0
        """How much more is asked for than among a few stories, as a factor."""

    def among(self, stories: int) -> None:
        """Says in how many stories of the window the likest was looked for."""
        self.crowd = 1.0 + _CROWD * log(1.0 + stories / _A_CROWD)

    def alike(self, one: Telling, vector: Vector, other: Telling) -> float:
        """How alike two tellings are; ``vector`` is the first one's."""
        found = cosine(along(vector, other.codes, other.weights))
        if found > 0.0:
            found *= _facts(one, other)
        least = _OF_LEADS if one.led and other.led else _OF_TITLES
        apart = abs((one.told - other.told).total_seconds()) if one.told != other.told else 0.0
        return found / (least * self.crowd) - 1.0 - _PER_DAY * apart / _DAY

    def drawn(self, one: Telling, vector: Vector, thread: Thread, *, inside: bool = False) -> float:
        """How alike a telling is to a thread's members on average; 0 when there are none.

        ``inside`` says that it is one of them: it is then compared with the others.
        """
        count, product, others = len(thread.members), thread.along(vector), thread.members
        led = thread.led
        if inside:
            count, led = count - 1, led - one.led
            product -= sum([weight * weight for weight in vector.values()])
            others = [other for other in others if other is not one]
        if count <= 0:
            return 0.0
        found = cosine(product) / count
        if found > 0.0:
            newest = others[-_FEW:]
            found *= sum([_facts(one, other) for other in newest]) / len(newest)
        least = _OF_TITLES - (_OF_TITLES - _OF_LEADS) * one.led * led / count
        return found / (least * self.crowd) - 1.0 - _PER_DAY * _apart(one.told, thread) / _DAY

    def bound(self, one: Thread, other: Thread) -> float:
        """How alike the members of two threads are on average."""
        pairs = len(one.members) * len(other.members)
        if not pairs:
            return -1.0
        small, large = (one, other) if len(one.members) <= len(other.members) else (other, one)
        found = cosine(large.along(small.vector)) / pairs
        if found > 0.0:
            some, others = one.members[-_FEW // 2 :], other.members[-_FEW // 2 :]
            found *= sum([_facts(a, b) for a in some for b in others]) / (len(some) * len(others))
        least = _OF_TITLES - (_OF_TITLES - _OF_LEADS) * one.led * other.led / pairs
        apart = max(0.0, (max(one.opened, other.opened) - min(one.last, other.last)).total_seconds())
        return found / (least * self.crowd) - 1.0 - _PER_DAY * apart / _DAY


def _facts(one: Telling, other: Telling) -> float:
    """What figures, countries and refusals in two headlines make of their cosine: a factor."""
    factor = 1.0
    if one.figures and other.figures:
        factor = _OTHER_FIGURES if one.figures.isdisjoint(other.figures) else _SAME_FIGURE
    if one.abroad(other):
        factor *= _ABROAD
    return factor * _REJECTED if one.facts.rejects != other.facts.rejects else factor


def _apart(told: datetime, thread: Thread) -> float:
    """Seconds between a moment and the time that a thread was told in."""
    if told < thread.opened:
        return (thread.opened - told).total_seconds()
    return (told - thread.last).total_seconds() if told > thread.last else 0.0
