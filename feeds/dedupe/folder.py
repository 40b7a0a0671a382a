"""Folds stories as they come: finds the article each is a copy of, the event it tells, and whose telling it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from feeds.dedupe.copies import CopyIndex
from feeds.dedupe.telling import Telling, telling_of
from feeds.dedupe.threads import ThreadIndex
from feeds.story import About, Fold, Story

WINDOW: Final = timedelta(days=14)
"""How long a story may still be joined by another one."""
CAPACITY: Final = 250_000
"""Stories kept at most; the oldest leave first."""


class Folder:
    """The stories of the window, ready to be compared with the next one.

    A story seen before gets the fold it had. Cost per story does not grow with the number of stories kept.
    """

    def __init__(self, window: timedelta = WINDOW, capacity: int = CAPACITY) -> None:
        """Starts empty; stories received longer than ``window`` before the newest are let go."""
        self.window: Final = window
        self._capacity = capacity
        self._known: dict[str, Telling] = {}
        self._order: deque[Telling] = deque()
        self._copies = CopyIndex()
        self._threads = ThreadIndex()

    def __len__(self) -> int:
        """Stories in the window."""
        return len(self._known)

    def fold_of(self, story_id: str) -> Fold | None:
        """The fold given to a story of the window, or None."""
        known = self._known.get(story_id)
        return known.fold if known else None

    def fold(self, story: Story, about: About) -> Fold:
        """Puts one story where it belongs; ``about`` is what the tracker read in it."""
        known = self._known.get(story.id)
        if known is not None and known.fold is not None:
            return known.fold
        telling = telling_of(story, about)
        same = self._copies.find(telling)
        fold = (
            self._fold_copy(telling, same.fold)
            if same is not None and same.fold
            else self._fold_first(telling)
        )
        self._keep(telling)
        return fold

    def remember(self, told: Iterable[tuple[Story, About, Fold]]) -> None:
        """Takes in stories folded before a restart, in the order in which they were."""
        for story, about, fold in told:
            if story.id in self._known:
                continue
            telling = telling_of(story, about)
            telling.fold = fold
            if fold.copy_of is None:
                self._threads.weigh(telling)
                thread = self._threads.join(telling, fold.thread)
            else:
                thread = self._threads.enter(telling, fold.thread)
            thread.origins.note(fold.origin, wire=story.wire, outlet=story.outlet, told=telling.told)
            self._keep(telling)

    def _fold_copy(self, telling: Telling, same: Fold) -> Fold:
        telling.fold = Fold(telling.id, same.thread, same.copy_of or same.story, same.origin)
        self._threads.enter(telling, same.thread)
        return telling.fold

    def _fold_first(self, telling: Telling) -> Fold:
        found = self._threads.find(telling, self._threads.weigh(telling))
        thread = self._threads.join(telling, found.id if found else telling.id)
        origin = thread.origins.key_for(
            telling.id, wire=telling.wire, outlet=telling.outlet, told=telling.told
        )
        telling.fold = Fold(telling.id, thread.id, None, origin)
        return telling.fold

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
