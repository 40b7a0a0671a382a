"""One event: its tellings, what they have in common, and what no further telling may contradict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from feeds.dedupe.origins import Origins
from feeds.dedupe.telling import Telling
from feeds.dedupe.vectors import Vector, along, proof


class Thread:
    """The tellings of one event that are still in the window, in the order in which they came."""

    __slots__ = (
        "_odd", "_place", "_sum", "denies", "first", "id", "last", "led", "members", "opened", "origins", "pinned", "tellings",
    )  # fmt: skip

    def __init__(self, id_: str, telling: Telling, *, first: int) -> None:
        """Starts empty; ``telling`` is the first that will enter."""
        self.id = id_
        """Id of the story that opened it."""
        self.first = first
        """Number of the telling that opened it; -1 when that has left the window."""
        self.opened: datetime = telling.told
        self.last: datetime = telling.told
        self.tellings: list[Telling] = []
        """All of them, copies included."""
        self.members: list[Telling] = []
        """Those that are no copies."""
        self.origins = Origins()
        self.pinned = False
        """Whether an operator had a hand in it: newcomers may join, nobody leaves by likeness."""
        self.denies = telling.facts.denies
        self.led = 0
        """Members that have a lead."""
        self._sum: Vector | None = None
        self._place = ""
        self._odd: list[Telling] = []

    def enter(self, telling: Telling) -> None:
        """Takes in a telling, a copy maybe, where it belongs in the order."""
        _insert(self.tellings, telling)
        telling.thread = self
        self.opened, self.last = min(self.opened, telling.told), max(self.last, telling.told)
        if telling.fold.copy_of is None:
            self._join(telling)

    def leave(self, gone: Iterable[Telling]) -> None:
        """Lets tellings go; what is left is as if they had never been there."""
        left = set(gone)
        self.tellings = [one for one in self.tellings if one not in left]
        self._recount()

    def forget(self, telling: Telling) -> None:
        """Lets the window's oldest telling go."""
        self.tellings.remove(telling)
        if telling.number == self.first:
            self.first = -1
        if telling in self.members:
            self._recount()

    def name_origins(self) -> None:
        """Works out again whose tellings it has, after some came or went."""
        self.origins = Origins()
        for one in self.tellings:
            self.origins.note(one.fold.origin, wire=one.wire, outlet=one.outlet, told=one.told)

    def _recount(self) -> None:
        members = [one for one in self.tellings if one.fold.copy_of is None]
        self.members, self.led, self._sum, self._place, self._odd = [], 0, None, "", []
        for one in members:
            self._join(one)
        if self.tellings:
            self.opened = min(one.told for one in self.tellings)
            self.last = max(one.told for one in self.tellings)

    def _join(self, telling: Telling) -> None:
        _insert(self.members, telling)
        self.led += telling.led
        if len(self.members) == 2:
            self._sum = {}
            for member in self.members:
                self._add(self._sum, member)
        elif self._sum is not None:
            self._add(self._sum, telling)
        if telling.subject.places:
            self._place = telling.subject.places[0]
        if telling.subject.numbers or telling.facts.ordinals:
            self._odd.append(telling)

    def _add(self, to: Vector, telling: Telling) -> None:
        for word, weight in zip(telling.codes, telling.weights, strict=True):
            to[word] = to.get(word, 0) + weight

    def along(self, vector: Vector) -> float:
        """The sum of the products of a vector with each member's."""
        if self._sum is None:
            return sum([along(vector, one.codes, one.weights) for one in self.members])
        total = self._sum
        return proof([vector[word] * total[word] for word in vector.keys() & total.keys()], len(self.members))

    @property
    def vector(self) -> Vector:
        """The sum of the members' vectors."""
        if self._sum is None:
            return {
                word: weight
                for one in self.members
                for word, weight in zip(one.codes, one.weights, strict=True)
            }
        return self._sum

    def may_hold(self, telling: Telling) -> bool:
        """False when a telling contradicts a member, or tells of another place or number."""
        if telling.facts.denies != self.denies:
            return False
        places = telling.subject.places
        if places and self._place and places[0] != self._place:
            return False
        return all(telling.agrees(other) for other in self._odd if other is not telling)


def _insert(some: list[Telling], telling: Telling) -> None:
    some.append(telling)
    if len(some) > 1 and some[-2].number > telling.number:
        some.sort(key=_number)


def _number(telling: Telling) -> int:
    return telling.number
