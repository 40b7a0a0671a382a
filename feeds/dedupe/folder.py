"""Folds stories as they come: finds the article each is a copy of, the event it tells, and whose telling it is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from feeds.dedupe.candidates import Keys
from feeds.dedupe.copies import CopyIndex
from feeds.dedupe.notes import Notes
from feeds.dedupe.older import Addresses, Older
from feeds.dedupe.origins import origin_for
from feeds.dedupe.seating import Seating
from feeds.dedupe.telling import Telling, telling_of
from feeds.dedupe.threads import ThreadIndex
from feeds.dedupe.traits import Traits
from feeds.moments import earlier
from feeds.story import About, Fold, Story

WINDOW: Final = timedelta(days=14)
"""How long a story is known, and what is the same article is a copy of it."""
_COMPARED: Final = 3 / 7
"""Part of the window in which it is in memory, and may be of one event with what comes: six days."""
CAPACITY: Final = 40_000
"""Stories in memory at most; the oldest leave first."""


class Folder:
    """The stories of the window, ready to be compared with the next one.

    The newest are in memory. Those that leave it are still found as articles of which a newcomer is a copy; the events
    they told are not gone on with. A story seen before gets the fold it has. Cost per story does not grow with the
    number of stories kept.
    """

    def __init__(
        self,
        window: timedelta = WINDOW,
        capacity: int = CAPACITY,
        older: Older | None = None,
        notes: Notes | None = None,
    ) -> None:
        """Starts empty; stories received longer than ``window`` before the newest are let go.

        ``older`` knows those that leave memory; without it they are known by their addresses. ``notes`` spare the next
        start working out what is in memory.
        """
        self.window: Final = window
        self.compared: Final = window * _COMPARED
        """How long a story stays in memory."""
        self.capacity: Final = capacity
        """How many do at most."""
        self.older: Final[Older] = older if older is not None else Addresses(window)
        """Those that left memory."""
        self._notes = notes
        self._known: dict[str, Telling] = {}
        self._order: deque[Telling] = deque()
        self._count = 0
        self._held: frozenset[str] = frozenset()
        self._copies = CopyIndex()
        self._threads = ThreadIndex()
        self._seating = Seating(self._threads)

    def __len__(self) -> int:
        """Stories in memory."""
        return len(self._known)

    def __contains__(self, story_id: object) -> bool:
        """Whether a story is in memory."""
        return story_id in self._known

    @property
    def since(self) -> datetime | None:
        """When the oldest story in memory was received."""
        return self._order[0].received if self._order else None

    def begin(self) -> None:
        """Says that all that was folded so far is archived: to be called before each batch of stories."""
        if self._order:
            self.older.forget(earlier(self._order[-1].received, self.window))
        self.older.begin(self._order[0] if self._order else None)
        if self._notes is not None:
            self._notes.begin()

    def close(self) -> None:
        """Lets go of what is known of older stories."""
        self.older.close()
        if self._notes is not None:
            self._notes.close()

    def fold_of(self, story_id: str) -> Fold | None:
        """The fold of a story in memory as it is now, or None."""
        known = self._known.get(story_id)
        return known.fold if known else None

    def fold(self, story: Story, about: About, traits: Traits | None = None) -> Fold:
        """Puts one story where it belongs; ``about`` is what the tracker read in it, ``traits`` are its own where known.

        That may show where earlier ones belong: :meth:`moved` gives the folds that changed.
        """
        known = self._known.get(story.id)
        if known is not None:
            return known.fold
        telling = self._numbered(telling_of(story, about, traits))
        keys = None
        same = self._copies.at_address(telling)
        older = None if same else self.older.at_address(telling, self)
        if not same and older is None:
            same = self._copies.alike(telling)
            older = None if same else self.older.alike(telling, self)
        if same:
            self._follow(telling, same[0].fold)
            self._unite(same)
        elif older is not None:
            self._follow(telling, older)
        else:
            keys = self._seat(telling)
        if self._notes is not None:
            self._notes.add(telling, keys)
        self._keep(telling)
        return telling.fold

    def moved(self) -> list[Fold]:
        """The folds that a later story has changed since this was last asked; to be called after each batch of stories."""
        if self._notes is not None:
            self._notes.flush()
        found = [telling.fold for telling in self._seating.moved.values()]
        self._seating.moved.clear()
        return found

    def remember(self, told: Iterable[tuple[Story, About, Fold]]) -> None:
        """Takes in stories folded before a restart, in the order in which they were."""
        for story, about, fold in told:
            if story.id in self._known:
                continue
            note = self._notes.of(story, about) if self._notes is not None else None
            telling = self._numbered(note.telling if note else telling_of(story, about))
            telling.fold = fold
            keys = note.keys if note else None
            if keys is None and fold.copy_of is None:
                keys = self._threads.meet(telling)
            else:
                self._threads.meet_again(telling, self._known)
            thread = self._threads.open(telling, fold.thread)
            thread.enter(telling)
            if fold.copy_of is None:
                self._threads.note(telling, keys)
            else:
                self._hang(telling, fold.copy_of)
            thread.pinned = thread.pinned or story.id in self._held
            if note is None and self._notes is not None:
                self._notes.add(telling, keys)
            self._keep(telling)

    def regroup(self, folds: Iterable[Fold], held: frozenset[str]) -> None:
        """Puts stories of the window where an operator's decision has put them; ``held`` as for :meth:`hold`."""
        named_first = sorted(folds, key=lambda fold: fold.story != fold.thread)
        for fold in named_first:
            telling = self._known.get(fold.story)
            if telling is None or telling.fold == fold:
                continue
            self._hang_again(telling, fold.copy_of)
            self._seating.put(telling, fold)
        self.older.move(named_first)
        self.hold(held)

    def hold(self, stories: frozenset[str]) -> None:
        """Names the stories whose threads an operator has had a hand in: nobody leaves those for likeness alone."""
        self._held = stories
        for telling in self._order:
            telling.thread.pinned = False
        for telling in self._order:
            if telling.id in stories:
                telling.thread.pinned = True

    def _hang_again(self, telling: Telling, article: str | None) -> None:
        """Makes a telling a copy of another article than before, or of none."""
        before = self._known.get(telling.fold.copy_of or "")
        if before is not None and before.copies is not None:
            before.copies = [one for one in before.copies if one is not telling] or None
        if article:
            self._hang(telling, article)

    def _numbered(self, telling: Telling) -> Telling:
        telling.number = self._count
        self._count += 1
        return telling

    def _follow(self, telling: Telling, fold: Fold) -> None:
        """Puts a copy where the article is, or another copy of it."""
        telling.fold = Fold(telling.id, fold.thread, fold.copy_of or fold.story, fold.origin)
        self._threads.open(telling, fold.thread).enter(telling)
        self._hang(telling, fold.copy_of or fold.story)

    def _unite(self, same: list[Telling]) -> None:
        """Makes one article of several that a copy shows to be one, so that another order makes the same articles.

        What is claimed in a story was weighed as it came: articles with a claim stay apart.
        """
        found = {self._known.get(one.fold.copy_of or one.id) for one in same}
        articles = sorted([one for one in found if one], key=attrgetter("number"))
        for other in articles[1:]:
            first = articles[0]
            if other.subject.claims or first.thread.pinned or other.thread.pinned:
                continue
            self._seating.unite(other, first)
            first.copies = [*(first.copies or ()), other, *(other.copies or ())]
            other.copies = None

    def _hang(self, telling: Telling, article: str) -> None:
        first = self._known.get(article)
        if first is not None:
            first.copies = [*(first.copies or ()), telling]

    def _seat(self, telling: Telling) -> Keys:
        """Puts a story that is no copy into the thread of its event, a new one maybe; the keys of its words."""
        words, threads = self._threads.weigh(telling), self._threads
        keys = threads.keys(words)
        if telling.subject.claims:
            near, found = [], threads.in_block(telling, words.vector)
        else:
            near, found = threads.neighbours(telling, words, keys), None
        thread = found or threads.open(telling)
        origin = origin_for(
            telling.id, wire=telling.wire, outlet=telling.outlet, told=telling.told, among=thread.origins
        )
        telling.fold = Fold(telling.id, thread.id, None, origin)
        thread.enter(telling)
        threads.note(telling, keys)
        if near:
            self._seating.look_again(telling, near)
        return keys

    def _keep(self, telling: Telling) -> None:
        self._copies.add(telling)
        self._known[telling.id] = telling
        self._order.append(telling)
        while len(self._order) > self.capacity or telling.received - self._order[0].received > self.compared:
            oldest = self._order.popleft()
            del self._known[oldest.id]
            self._copies.forget(oldest)
            self._threads.forget(oldest)
            self.older.put(oldest)
