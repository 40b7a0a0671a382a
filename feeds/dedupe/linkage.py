"""Which groups of a few tellings are of one event: the two that are most alike on average become one, again and again.

What counts is how far two stand out of their surroundings: ten stories of one election share its names, and two of
them tell of one evening of it only when they share more than all ten do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from feeds.dedupe.kin import KEPT, SPARSE, UNIT
from feeds.dedupe.telling import Telling
from feeds.dedupe.thread import Thread

_CROWDING: Final = 0.45
"""Share of the crowding around each of two that is taken off their likeness."""
_ENOUGH: Final = 0.02 * UNIT
"""What has to be left on average for two groups to be one."""
_ENOUGH_OF_A_PLACE: Final = 0.06 * UNIT
"""The same where both tell of places: two stories from one city share its name, whatever has happened there."""
LEAST: Final = 0.105 * UNIT
"""Likeness that a newcomer has to have with another to be put beside it, however little there is around them: with less,
stories that have nothing to do with each other would meet while the window is nearly empty."""
_UNKNOWN: Final = UNIT // 40
"""Likeness of two tellings of which neither is among the likest of the other."""


class Group:
    """Tellings that are taken to be of one event."""

    __slots__ = ("_crowding", "_denies", "_odd", "_placed", "first", "links", "pinned", "tellings")

    def __init__(self, tellings: Sequence[Telling], pinned: Thread | None = None) -> None:
        """``pinned`` is the thread that an operator has made of them: nobody but a newcomer may join it."""
        self.tellings = list(tellings)
        self.pinned = pinned
        self.first: Final = tellings[0].number
        """Tells groups apart, in the same way in every process."""
        self.links: dict[Group, int] = {}
        """What pairs of members with another group are more alike than strangers are, summed, by group."""
        self._crowding = sum([one.kin.crowding if one.kin else SPARSE for one in tellings])
        self._denies = tellings[0].facts.denies
        self._odd = [one for one in tellings if one.odd]
        self._placed = any(one.subject.places for one in tellings)

    def nearness(self, other: Group) -> float:
        """How alike the members of two groups are on average, less for crowded surroundings; parts of ``kin.UNIT``."""
        mine, theirs = len(self.tellings), len(other.tellings)
        small, large = (mine, theirs) if mine < theirs else (theirs, mine)
        alike = self.links[other] / (small * min(large, KEPT)) + _UNKNOWN
        return alike - _CROWDING * (self._crowding / mine + other._crowding / theirs)

    def is_near(self, other: Group, nearness: float) -> bool:
        """Are two groups as near to each other as those of one event are?"""
        return nearness > (_ENOUGH_OF_A_PLACE if self._placed and other._placed else _ENOUGH)

    def may_join(self, other: Group, newcomer: Telling) -> bool:
        """False when members contradict each other, or an operator has a hand in it."""
        if self.pinned or other.pinned:
            return _may_join_pinned(self, other, newcomer) or _may_join_pinned(other, self, newcomer)
        if self._denies != other._denies:
            return False
        return all(one.agrees(another) for one in self._odd for another in other._odd)

    def link(self, other: Group, alike: int) -> None:
        """Counts a pair of members that are alike."""
        self.links[other] = other.links[self] = self.links.get(other, 0) + alike - _UNKNOWN

    def unlink(self, other: Group) -> None:
        """Forgets what is alike: the two can never be one."""
        del self.links[other], other.links[self]

    def absorb(self, other: Group) -> None:
        """Takes over the members and links of another group."""
        self.unlink(other)
        for third, alike in other.links.items():
            self.links[third] = third.links[self] = self.links.get(third, 0) + alike
            del third.links[other]
        self.tellings += other.tellings
        self.pinned = self.pinned or other.pinned
        self._crowding += other._crowding
        self._odd = self._odd + other._odd
        self._placed = self._placed or other._placed


def _may_join_pinned(pinned: Group, other: Group, newcomer: Telling) -> bool:
    return pinned.pinned is not None and other.tellings == [newcomer] and pinned.pinned.may_hold(newcomer)


def grouped(groups: Sequence[Group], newcomer: Telling) -> list[Group]:
    """What becomes of groups when those that are alike enough are made one; ``newcomer`` is the story just told."""
    _link(groups)
    left = dict.fromkeys(groups)
    near: dict[tuple[Group, Group], float] = {}
    for one in groups:
        _compare(one, near, later=True)
    while near:
        one, other = max(near, key=lambda pair: (near[pair], -pair[0].first, -pair[1].first))
        del near[one, other]
        if not one.may_join(other, newcomer):
            one.unlink(other)
            continue
        one.absorb(other)
        del left[other]
        for pair in [pair for pair in near if one in pair or other in pair]:
            del near[pair]
        _compare(one, near)
    return list(left)


def _link(groups: Sequence[Group]) -> None:
    """Notes which groups have members that are alike; those of a group that stays whole are not asked."""
    of = {one.id: group for group in groups for one in group.tellings}
    pairs: dict[tuple[str, str], int] = {}
    for group in groups:
        one = group.tellings[0]
        if len(group.tellings) == 1 and one.kin is not None:
            for id_, alike in one.kin.alike.items():
                if id_ in of:
                    pairs[(one.id, id_) if one.id < id_ else (id_, one.id)] = alike
    for (id_, other), alike in pairs.items():
        if of[id_] is not of[other]:
            of[id_].link(of[other], alike)


def _compare(one: Group, near: dict[tuple[Group, Group], float], *, later: bool = False) -> None:
    """Adds those that are near enough to a group, or only those of them that come after it."""
    for other in one.links:
        if later and other.first < one.first:
            continue
        found = one.nearness(other)
        if one.is_near(other, found):
            near[(one, other) if one.first < other.first else (other, one)] = found
