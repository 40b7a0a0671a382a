"""Which thread a story without a claim is in, and what a newcomer shows of those that were there before.

A newcomer stands alone at first. Then it, the stories that are most like it and all the others of their threads are
grouped anew, by how alike they are: so it joins a thread, threads become one, or a story leaves the thread that it was
put in for want of a better one. Stories with a claim are never moved: their block says where they belong.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from feeds.dedupe.linkage import LEAST, Group, grouped
from feeds.dedupe.origins import origin_for
from feeds.dedupe.telling import Telling
from feeds.dedupe.thread import Thread
from feeds.dedupe.threads import Neighbour, ThreadIndex
from feeds.story import Fold

_LOOKED_AT: Final = 6
"""Neighbours of a newcomer whose threads are looked at."""
_TAKEN_APART: Final = 12
"""Members of threads that are grouped one by one; a larger thread stays whole."""
_TAKEN_APART_ALONE: Final = 4
"""The same when all neighbours are in one thread."""


class Seating:
    """Moves tellings between threads; remembers which folds that changed."""

    def __init__(self, threads: ThreadIndex) -> None:
        """``threads`` are those of the window."""
        self._threads = threads
        self.moved: dict[str, Telling] = {}
        """Tellings whose fold changed, by story."""

    def look_again(self, telling: Telling, near: Sequence[Neighbour]) -> None:
        """Groups a newcomer, which stands alone in its thread, and its neighbours anew."""
        if near[0].alike < LEAST:
            return
        threads = dict.fromkeys(one.telling.thread for one in near[:_LOOKED_AT])
        groups = [Group([telling]), *_groups(list(threads))]
        for group in grouped(groups, telling):
            self._put_together(group)
        self.moved.pop(telling.id, None)

    def _put_together(self, group: Group) -> None:
        """Puts a group into one thread: the first of those whose beginning it has, or a new one."""
        tellings = sorted(group.tellings, key=attrgetter("number"))
        threads = dict.fromkeys(one.thread for one in tellings)
        if len(threads) == 1 and len(next(iter(threads)).members) == len(tellings):
            return
        thread = group.pinned or next((each for each in threads if each.members[0] in tellings), None)
        if thread is None:
            if self._threads.get(tellings[0].id) is not None:
                return  # a thread that an operator has named after it
            thread = self._threads.open(tellings[0])
        self.move([one for one in tellings if one.thread is not thread], thread)

    def move(self, tellings: Sequence[Telling], thread: Thread) -> None:
        """Moves tellings and their copies into another thread; all bear the id of the story that came first."""
        left: dict[Thread, list[Telling]] = {}
        for telling in tellings:
            left.setdefault(telling.thread, []).extend((telling, *(telling.copies or ())))
        for before, going in left.items():
            before.leave(going)
            if before.tellings:
                self._settle(before)
            else:
                self._threads.close(before, going[0])
        for telling in tellings:
            origin = origin_for(
                telling.id, wire=telling.wire, outlet=telling.outlet, told=telling.told, among=thread.origins
            )
            for one in (telling, *(telling.copies or ())):
                one.fold = Fold(one.id, thread.id, one.fold.copy_of, origin)
                thread.enter(one)
                self.moved[one.id] = one
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


def _groups(threads: Sequence[Thread]) -> list[Group]:
    """The members of threads one by one; a thread that is large, or has a claim, or that an operator has made, stays whole."""
    found: list[Group] = []
    room = _TAKEN_APART if len(threads) > 1 else _TAKEN_APART_ALONE
    for thread in threads:
        members = thread.members
        if thread.pinned:
            found.append(Group(members, thread))
        elif len(members) > room or members[0].subject.claims:
            found.append(Group(members))
        else:
            found += [Group([one]) for one in members]
            room -= len(members)
    return found
