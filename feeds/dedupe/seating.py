"""A second look: what a newcomer shows of those that were there before.

A story is put where it fits best among what was told before it. What comes after may show that it fits better
elsewhere: two threads are bridged and become one, or an earlier telling leaves the thread it was put in for want of a
better one. So the neighbours of each newcomer are looked at again, and threads come near to what one would make of
them knowing all stories at once. Stories with a claim are never moved: their block says where they belong.
"""

from __future__ import annotations

from typing import Final

from feeds.dedupe.origins import origin_for
from feeds.dedupe.telling import Telling
from feeds.dedupe.thread import Thread
from feeds.dedupe.threads import Neighbour, ThreadIndex
from feeds.dedupe.vectors import Vector
from feeds.story import Fold

_LOOKED_AT: Final = 6
_CLOSE: Final = -0.1
_ROUNDS: Final = 2
_BETTER: Final = 1.1
"""So many times as much must draw a telling elsewhere before it moves."""
_SLACK: Final = 0.1
_ONE_EVENT: Final = 0.1
"""Likeness of two threads from which on they are one."""


class Seating:
    """Moves tellings between threads; remembers which folds that changed."""

    def __init__(self, threads: ThreadIndex) -> None:
        """``threads`` are those of the window."""
        self._threads = threads
        self.moved: dict[str, Telling] = {}
        """Tellings whose fold changed, by story."""

    def look_again(self, telling: Telling, vector: Vector, near: list[Neighbour]) -> None:
        """Looks at the neighbours of a newcomer that has just been seated."""
        near = [one for one in near[:_LOOKED_AT] if one.alike > _CLOSE]
        if all(one.telling.thread is telling.thread for one in near):
            return
        for _ in range(_ROUNDS):
            drawn_here = [self._follows(one.telling, telling.thread) for one in near]
            if not any((*drawn_here, self._changes(telling, vector, near), self._bridges(telling, near))):
                return

    def _follows(self, other: Telling, thread: Thread) -> bool:
        """Moves an earlier telling into the newcomer's thread when that is where it belongs."""
        if other.thread is thread or other.thread.pinned or thread.pinned:
            return False
        vector = dict(zip(other.codes, other.weights, strict=True))
        there = self._threads.likeness.drawn(other, vector, thread)
        if there <= 0.0 or not thread.may_hold(other):
            return False
        if there <= self._threads.likeness.drawn(other, vector, other.thread, inside=True) * _BETTER + _SLACK:
            return False
        self.move(other, thread)
        return True

    def _changes(self, telling: Telling, vector: Vector, near: list[Neighbour]) -> bool:
        """Moves the newcomer itself when its neighbours have moved away from it."""
        here = self._threads.likeness.drawn(telling, vector, telling.thread, inside=True)
        for thread in dict.fromkeys(one.telling.thread for one in near):
            if thread is telling.thread or telling.thread.pinned:
                continue
            there = self._threads.likeness.drawn(telling, vector, thread)
            if there > max(0.0, here * _BETTER) and thread.may_hold(telling):
                self.move(telling, thread)
                return True
        return False

    def _bridges(self, telling: Telling, near: list[Neighbour]) -> bool:
        """Makes one thread of two when their members are alike on average."""
        done = False
        for other in dict.fromkeys(one.telling.thread for one in near):
            thread = telling.thread
            if (
                other is thread
                or other.pinned
                or thread.pinned
                or self._threads.likeness.bound(thread, other) <= _ONE_EVENT
            ):
                continue
            if all(thread.may_hold(member) for member in other.members):
                for member in list(other.members):
                    self.move(member, thread)
                done = True
        return done

    def move(self, telling: Telling, thread: Thread) -> None:
        """Moves a telling and its copies into another thread; both bear the id of the story that came first."""
        before = telling.thread
        going = [telling, *(telling.copies or ())]
        before.leave(going)
        origin = origin_for(
            telling.id, wire=telling.wire, outlet=telling.outlet, told=telling.told, among=thread.origins
        )
        for one in going:
            one.fold = Fold(one.id, thread.id, one.fold.copy_of, origin)
            thread.enter(one)
            self.moved[one.id] = one
        if before.tellings:
            self._settle(before)
        else:
            self._threads.close(before, telling)
        self._settle(thread)

    def unite(self, article: Telling, first: Telling) -> None:
        """Makes an article, and the copies of it, copies of another one."""
        before, fold = article.thread, first.fold
        going = [article, *(article.copies or ())]
        before.leave(going)
        self._threads.unnote(article)
        for one in going:
            one.fold = Fold(one.id, fold.thread, first.id, fold.origin)
            first.thread.enter(one)
            self.moved[one.id] = one
        if before.tellings:
            self._settle(before)
        else:
            self._threads.close(before, article)
        self._settle(first.thread)

    def put(self, telling: Telling, fold: Fold) -> None:
        """Puts a telling where a decision has put it, whatever it is like."""
        before = telling.thread
        before.leave([telling])
        if not before.tellings:
            self._threads.close(before, telling)
        telling.fold = fold
        words = self._threads.weigh(telling) if fold.copy_of is None and not telling.weighed else None
        thread = self._threads.open(telling, fold.thread)
        thread.enter(telling)
        if fold.copy_of is None:
            self._threads.note(telling, self._threads.keys(words) if words else None)

    def _settle(self, thread: Thread) -> None:
        """Names a thread after the story that opened it, when that is another than before."""
        oldest = thread.tellings[0]
        if oldest.number == thread.first or thread.first < 0:
            return
        self._threads.rename(thread, oldest.id)
        thread.first = oldest.number
        for one in thread.tellings:
            one.fold = Fold(one.id, thread.id, one.fold.copy_of, one.fold.origin)
            self.moved[one.id] = one
