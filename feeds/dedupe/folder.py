"""Folds stories as they come: finds the article each is a copy of, the event it tells, and whose telling it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from feeds.dedupe.copies import CopyIndex
from feeds.dedupe.seating import Seating
from feeds.dedupe.telling import Telling, telling_of
from feeds.dedupe.threads import ThreadIndex
from feeds.story import About, Fold, Story

WINDOW: Final = timedelta(days=14)
"""How long a story may still be joined by another one."""
CAPACITY: Final = 250_000
"""Stories kept at most; the oldest leave first."""


class Folder:
    """The stories of the window, ready to be compared with the next one.

    A story seen before gets the fold it has. Cost per story does not grow with the number of stories kept.
    """

    def __init__(self, window: timedelta = WINDOW, capacity: int = CAPACITY) -> None:
        """Starts empty; stories received longer than ``window`` before the newest are let go."""
        self.window: Final = window
        self._capacity = capacity
        self._known: dict[str, Telling] = {}
        self._order: deque[Telling] = deque()
        self._count = 0
        self._held: frozenset[str] = frozenset()
        self._copies = CopyIndex()
        self._threads = ThreadIndex()
        self._seating = Seating(self._threads)

    def __len__(self) -> int:
        """Stories in the window."""
        return len(self._known)

    def fold_of(self, story_id: str) -> Fold | None:
        """The fold of a story of the window as it is now, or None."""
        known = self._known.get(story_id)
        return known.fold if known else None

    def fold(self, story: Story, about: About) -> Fold:
        """Puts one story where it belongs; ``about`` is what the tracker read in it.

        That may show where earlier ones belong: :meth:`moved` gives the folds that changed.
        """
        known = self._known.get(story.id)
        if known is not None:
            return known.fold
        telling = self._telling(story, about)
        same = self._copies.find(telling)
        if same is not None:
            self._follow(telling, same)
        else:
            self._seat(telling)
        self._keep(telling)
        return telling.fold

    def moved(self) -> list[Fold]:
        """The folds that a later story has changed since this was last asked."""
        found = [telling.fold for telling in self._seating.moved.values()]
        self._seating.moved.clear()
        return found

    def remember(self, told: Iterable[tuple[Story, About, Fold]]) -> None:
        """Takes in stories folded before a restart, in the order in which they were."""
        for story, about, fold in told:
            if story.id in self._known:
                continue
            telling = self._telling(story, about)
            telling.fold = fold
            if fold.copy_of is None:
                self._threads.weigh(telling)
            thread = self._threads.open(telling, fold.thread)
            thread.origins.note(fold.origin, wire=story.wire, outlet=story.outlet, told=telling.told)
            thread.enter(telling)
            if fold.copy_of is None:
                self._threads.note(telling)
            else:
                self._hang(telling, fold.copy_of)
            thread.pinned = thread.pinned or story.id in self._held
            self._keep(telling)

    def regroup(self, folds: Iterable[Fold], held: frozenset[str]) -> None:
        """Puts stories of the window where an operator's decision has put them; ``held`` as for :meth:`hold`."""
        named_first = sorted(folds, key=lambda fold: fold.story != fold.thread)
        for fold in named_first:
            telling = self._known.get(fold.story)
            if telling is not None and telling.fold != fold:
                self._hang_again(telling, fold.copy_of)
                self._seating.put(telling, fold)
        self.hold(held)

    def hold(self, stories: frozenset[str]) -> None:
        """Names the stories whose threads an operator has had a hand in: nobody leaves those for likeness alone."""
        self._held = stories
        for telling in self._known.values():
            telling.thread.pinned = False
        for id_ in stories:
            if id_ in self._known:
                self._known[id_].thread.pinned = True

    def _hang_again(self, telling: Telling, article: str | None) -> None:
        """Makes a telling a copy of another article than before, or of none."""
        before = self._known.get(telling.fold.copy_of or "")
        if before is not None and before.copies is not None:
            before.copies = [one for one in before.copies if one is not telling] or None
        if article:
            self._hang(telling, article)

    def _telling(self, story: Story, about: About) -> Telling:
        telling = telling_of(story, about)
        telling.number = self._count
        self._count += 1
        return telling

    def _follow(self, telling: Telling, same: Telling) -> None:
        """Puts a copy where the article is."""
        fold = same.fold
        telling.fold = Fold(telling.id, fold.thread, fold.copy_of or fold.story, fold.origin)
        same.thread.enter(telling)
        self._hang(telling, fold.copy_of or fold.story)

    def _hang(self, telling: Telling, article: str) -> None:
        first = self._known.get(article)
        if first is not None:
            first.copies = [*(first.copies or ()), telling]

    def _seat(self, telling: Telling) -> None:
        """Puts a story that is no copy into the thread of its event, a new one maybe."""
        words, threads = self._threads.weigh(telling), self._threads
        if telling.subject.claims:
            near = []
            found = threads.in_block(telling, words.vector)
        else:
            near = threads.neighbours(telling, words)
            found = threads.nearest(telling, words.vector, near) if near else None
        thread = found or threads.open(telling)
        origin = thread.origins.key_for(
            telling.id, wire=telling.wire, outlet=telling.outlet, told=telling.told
        )
        telling.fold = Fold(telling.id, thread.id, None, origin)
        thread.enter(telling)
        threads.note(telling)
        if near:
            self._seating.look_again(telling, words.vector, near)

    def _keep(self, telling: Telling) -> None:
        self._copies.add(telling)
        self._known[telling.id] = telling
        self._order.append(telling)
        while self._order and (
            len(self._order) > self._capacity or telling.received - self._order[0].received > self.window
        ):
            oldest = self._order.popleft()
            del self._known[oldest.id]
            self._copies.forget(oldest)
            self._threads.forget(oldest)
