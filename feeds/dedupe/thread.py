"""One event: its tellings, what they have in common, and what no further telling may contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from feeds.dedupe.origins import Known
from feeds.dedupe.telling import Telling


class Thread:
    """The tellings of one event that are still in the window, in the order in which they came."""

    __slots__ = (
        "_odd", "_place", "copies", "denies", "first", "id", "last", "members", "opened", "pinned",
    )  # fmt: skip

    def __init__(self, id_: str, telling: Telling, *, first: int) -> None:
        """Starts empty; ``telling`` is the first that will enter."""
        self.id = id_
        """Id of the story that opened it."""
        self.first = first
        """Number of the telling that opened it; -1 when that has left the window."""
        self.opened: datetime = telling.told
        self.last: datetime = telling.told
        self.members: list[Telling] = []
        """Those that are no copies."""
        self.copies: list[Telling] | None = None
        """Those that are, if there are any."""
        self.pinned = False
        """Whether an operator had a hand in it: newcomers may join, nobody leaves by likeness."""
        self.denies = telling.facts.denies
        self._place = ""
        self._odd: list[Telling] | None = None

    @property
    def tellings(self) -> list[Telling]:
        """All of them, in the order in which they came."""
        return sorted([*self.members, *self.copies], key=_number) if self.copies else self.members

    @property
    def origins(self) -> Iterator[Known]:
        """Whose tellings it has, and when each was told."""
        return ((one.fold.origin, one.told) for one in self.tellings)

    def enter(self, telling: Telling) -> None:
        """Takes in a telling, a copy maybe, where it belongs in the order."""
        telling.thread = self
        self.opened, self.last = min(self.opened, telling.told), max(self.last, telling.told)
        if telling.fold.copy_of is None:
            self._join(telling)
        else:
            self.copies = [*(self.copies or ()), telling]

    def leave(self, gone: Iterable[Telling]) -> None:
        """Lets tellings go; what is left is as if they had never been there."""
        left = set(gone)
        stay = [one for one in self.tellings if one not in left]
        self.members, self.copies, self._place, self._odd = [], None, "", None
        for one in stay:
            self.enter(one)
        if stay:
            self.opened = min(one.told for one in stay)
            self.last = max(one.told for one in stay)

    def forget(self, telling: Telling) -> None:
        """Lets the window's oldest telling go."""
        self.leave([telling])
        if telling.number == self.first:
            self.first = -1

    def _join(self, telling: Telling) -> None:
        _insert(self.members, telling)
        if telling.subject.places:
            self._place = telling.subject.places[0]
        if telling.subject.numbers or telling.facts.ordinals:
            self._odd = [*(self._odd or ()), telling]

    def may_hold(self, telling: Telling) -> bool:
        """False when a telling contradicts a member, or tells of another place or number."""
        if telling.facts.denies != self.denies:
            return False
        places = telling.subject.places
        if places and self._place and places[0] != self._place:
            return False
        return all(telling.agrees(other) for other in self._odd or () if other is not telling)


def _insert(some: list[Telling], telling: Telling) -> None:
    some.append(telling)
    if len(some) > 1 and some[-2].number > telling.number:
        some.sort(key=_number)


def _number(telling: Telling) -> int:
    return telling.number
