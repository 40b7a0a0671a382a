"""Finds the event that a story tells of, among those told lately.

Blocks come first: other places, sides, directions, denials or counts are other events, however alike the words.
Inside a block of claims a low threshold is right; stories without a claim must share pairs of rare words.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz

from feeds.dedupe.origins import Origins
from feeds.dedupe.postings import Postings
from feeds.dedupe.subject import Subject
from feeds.dedupe.telling import Telling
from feeds.dedupe.weights import WordWeights, cosine
from feeds.dedupe.words import COMMON, code

_POSTINGS: Final = 10
_TITLE_PICKS: Final = 8
_LEAD_PICKS: Final = 3
_WITH_LEAD: Final = 3
"""Rarest words of a title that are paired with those of the lead."""
_MEMBERS: Final = 12
_BLOCK_THREADS: Final = 6
_BLOCK_NEAR: Final = timedelta(hours=36)
_BLOCK_SPAN: Final = timedelta(days=3)
_BLOCK_ALIKE: Final = 0.20
_REACH: Final = timedelta(days=6)
_ALIKE: Final = 0.28
_PER_DAY: Final = 0.03
"""How much more alike two tellings must be for each day between them."""
_RANKED: Final = 12


@dataclass(slots=True, eq=False)
class Thread:
    """One event: its tellings (the newest twelve that are no copies) and its origins."""

    id: str
    opened: datetime
    last: datetime
    members: deque[Telling] = field(default_factory=lambda: deque(maxlen=_MEMBERS))
    origins: Origins = field(default_factory=Origins)
    alive: int = 0
    """Tellings still in the window, copies included."""


class ThreadIndex:
    """Threads by block, and tellings by pairs of rare words."""

    def __init__(self) -> None:
        """Starts empty."""
        self.weights = WordWeights()
        self._threads: dict[str, Thread] = {}
        self._blocks: dict[tuple[object, ...], deque[Thread]] = {}
        self._pairs = Postings(_POSTINGS)

    def get(self, thread: str) -> Thread | None:
        """The thread of that id while any of its tellings is in the window."""
        return self._threads.get(thread)

    def weigh(self, telling: Telling) -> None:
        """Gives a telling its vectors and its pairs of rare words."""
        telling.headline_vector, telling.vector = self.weights.vectors(
            telling.title.stems, telling.lead.stems
        )
        words = self._rarest(telling.headline_vector, telling.title.stems, _TITLE_PICKS)
        pairs = list(combinations(words, 2))
        lead = self._rarest(telling.vector, telling.lead.stems, _LEAD_PICKS)
        pairs += [(a, b) for a in words[:_WITH_LEAD] for b in lead if a != b]
        telling.pair_keys = tuple({code(a) * code(b) for a, b in pairs if a not in COMMON or b not in COMMON})

    def find(self, telling: Telling) -> Thread | None:
        """The thread whose event this tells of, or None when it is a new one."""
        return self._in_block(telling) if telling.subject.claims else self._by_words(telling)

    def join(self, telling: Telling, thread_id: str) -> Thread:
        """Puts a telling that is no copy into a thread, opening it where needed."""
        thread = self.enter(telling, thread_id)
        thread.members.append(telling)
        self.weights.learn(_vocabulary(telling))
        if telling.subject.claims:
            block = self._blocks.setdefault(_block(telling.subject), deque(maxlen=_BLOCK_THREADS))
            if thread not in block:
                block.append(thread)
        else:
            self._pairs.add(telling.pair_keys, telling)
        return thread

    def enter(self, telling: Telling, thread_id: str) -> Thread:
        """Counts a telling, a copy maybe, among those of a thread."""
        thread = self._threads.get(thread_id)
        if thread is None:
            thread = self._threads[thread_id] = Thread(thread_id, telling.told, telling.told)
        thread.alive += 1
        thread.opened, thread.last = min(thread.opened, telling.told), max(thread.last, telling.told)
        return thread

    def forget(self, telling: Telling) -> None:
        """Takes a telling out of its thread and of the indexes."""
        if telling.vector:
            self.weights.unlearn(_vocabulary(telling))
        self._pairs.remove(telling.pair_keys, telling)
        thread = self._threads.get(telling.fold.thread) if telling.fold else None
        if thread is None:
            return
        thread.alive -= 1
        if telling in thread.members:
            thread.members.remove(telling)
        if thread.alive <= 0:
            del self._threads[thread.id]
            self._close(thread, telling)

    def _close(self, thread: Thread, telling: Telling) -> None:
        block = self._blocks.get(_block(telling.subject))
        if block is not None:
            if thread in block:
                block.remove(thread)
            if not block:
                del self._blocks[_block(telling.subject)]

    def _rarest(self, vector: dict[str, float], stems: tuple[str, ...], count: int) -> list[str]:
        words = {word for word in stems if word in vector and not word[0].isdigit()}
        return nlargest(count, words, key=lambda word: (vector[word], word))

    def _in_block(self, telling: Telling) -> Thread | None:
        best, best_alike = None, _BLOCK_ALIKE
        for thread in self._blocks.get(_block(telling.subject), ()):
            if not _agrees(telling, thread) or not _near(telling.told, thread):
                continue
            alike = max((_alike_in_block(telling, member) for member in thread.members), default=0.0)
            if alike >= best_alike:
                best, best_alike = thread, alike
        return best

    def _by_words(self, telling: Telling) -> Thread | None:
        shared: Counter[Telling] = Counter()
        for pair in telling.pair_keys:
            for other in self._pairs.under(pair):
                shared[other] += 1
        threads: dict[str, Thread] = {}
        for other, _ in shared.most_common(_RANKED):
            thread = self._threads.get(other.fold.thread) if other.fold else None
            if thread is not None and abs(telling.told - other.told) <= _REACH:
                threads[thread.id] = thread
        best, best_alike = None, 0.0
        for thread in threads.values():
            if _agrees(telling, thread):
                alike = _alike_to(telling, thread)
                if alike > best_alike:
                    best, best_alike = thread, alike
        return best if best_alike >= _ALIKE else None


def _agrees(telling: Telling, thread: Thread) -> bool:
    return all(telling.agrees(member) for member in thread.members)


def _near(told: datetime, thread: Thread) -> bool:
    """True when a claim made then may still be the one that the thread tells of."""
    if not thread.opened - _BLOCK_NEAR <= told <= thread.last + _BLOCK_NEAR:
        return False
    return max(told, thread.last) - min(told, thread.opened) <= _BLOCK_SPAN


def _alike_in_block(one: Telling, other: Telling) -> float:
    words = fuzz.token_set_ratio(" ".join(one.title.stems), " ".join(other.title.stems)) / 100
    return max(words, cosine(one.vector, other.vector))


def _alike_to(telling: Telling, thread: Thread) -> float:
    """How alike a telling is to a thread: mostly to its nearest member, and to the rest of it."""
    each = sorted((_alike(telling, member) for member in thread.members), reverse=True)[:4]
    return 0.6 * each[0] + 0.4 * sum(each) / len(each) if each else 0.0


def _alike(one: Telling, other: Telling) -> float:
    days = abs((one.told - other.told).total_seconds()) / 86_400
    alike = max(cosine(one.headline_vector, other.headline_vector), cosine(one.vector, other.vector))
    return alike - _PER_DAY * days


def _block(subject: Subject) -> tuple[object, ...]:
    return subject.places, subject.claims


def _vocabulary(telling: Telling) -> set[str]:
    return {*telling.title.stems, *telling.lead.stems}
