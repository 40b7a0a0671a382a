"""Finds the event that a story tells of, among those told lately.

Blocks come first: other places, sides, directions, denials or counts are other events, however alike the words.
Inside a block of claims a low threshold is right; stories without a claim are weighed word by word.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from rapidfuzz import fuzz

from feeds.dedupe.candidates import Candidates, give_keys
from feeds.dedupe.likeness import alike, traits
from feeds.dedupe.origins import Origins
from feeds.dedupe.subject import Subject
from feeds.dedupe.telling import Telling
from feeds.dedupe.weights import Weighed, WordWeights

_MEMBERS: Final = 12
_BLOCK_THREADS: Final = 6
_BLOCK_NEAR: Final = timedelta(hours=36)
_BLOCK_SPAN: Final = timedelta(days=3)
_BLOCK_ALIKE: Final = 0.20
_REACH: Final = timedelta(days=6)
_ALIKE: Final = 3.4
_BEST: Final = 0.3
"""Share of the nearest member in how alike a thread is; the rest is the mean of the nearest few."""
_LIKEST: Final = 3
_COMPARED: Final = 6
_THREADS: Final = 5


@dataclass(slots=True, eq=False)
class Thread:
    """One event: its tellings (the newest twelve that are no copies) and its origins."""

    id: str
    opened: datetime
    last: datetime
    members: list[Telling] = field(default_factory=list)
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
        self._candidates = Candidates()

    def weigh(self, telling: Telling) -> Weighed:
        """The weights of a telling's words; what of them is kept goes into the telling."""
        words = self.weights.weigh(telling.title.stems, telling.lead.stems)
        stems = telling.title.stems
        telling.terms = stems if len(stems) == len(words.title) else tuple(words.title)
        telling.picks = tuple(words.lead)
        telling.title_length, telling.length = words.title_length, words.length
        if not telling.subject.claims:
            give_keys(telling, words, self.weights)
        return words

    def find(self, telling: Telling, words: Weighed) -> Thread | None:
        """The thread whose event this tells of, or None when it is a new one."""
        return self._in_block(telling, words) if telling.subject.claims else self._by_words(telling, words)

    def join(self, telling: Telling, thread_id: str) -> Thread:
        """Puts a telling that is no copy into a thread, opening it where needed."""
        thread = self.enter(telling, thread_id)
        self.weights.learn(_vocabulary(telling))
        thread.members.append(telling)
        del thread.members[:-_MEMBERS]
        if telling.subject.claims:
            block = self._blocks.setdefault(_block(telling.subject), deque(maxlen=_BLOCK_THREADS))
            if thread not in block:
                block.append(thread)
        else:
            self._candidates.add(telling)
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
        if telling.terms:
            self.weights.unlearn(_vocabulary(telling))
        self._candidates.remove(telling)
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

    def _in_block(self, telling: Telling, words: Weighed) -> Thread | None:
        best, best_alike = None, _BLOCK_ALIKE
        for thread in self._blocks.get(_block(telling.subject), ()):
            if not _agrees(telling, thread) or not _near(telling.told, thread):
                continue
            found = max((_alike_in_block(telling, words, member) for member in thread.members), default=0.0)
            if found >= best_alike:
                best, best_alike = thread, found
        return best

    def _by_words(self, telling: Telling, words: Weighed) -> Thread | None:
        nearest: dict[str, list[Telling]] = {}
        for other in self._candidates.like(telling, words):
            if other.fold is not None and abs(telling.told - other.told) <= _REACH:
                nearest.setdefault(other.fold.thread, []).append(other)
        best, best_alike = None, _ALIKE
        for thread_id in list(nearest)[:_THREADS]:
            thread = self._threads.get(thread_id)
            if thread is None or not _agrees(telling, thread):
                continue
            found = _alike_to(telling, words, thread, nearest[thread_id])
            if found >= best_alike:
                best, best_alike = thread, found
        return best


def _agrees(telling: Telling, thread: Thread) -> bool:
    return all(telling.agrees(member) for member in thread.members)


def _near(told: datetime, thread: Thread) -> bool:
    """True when a claim made then may still be the one that the thread tells of."""
    if not thread.opened - _BLOCK_NEAR <= told <= thread.last + _BLOCK_NEAR:
        return False
    return max(told, thread.last) - min(told, thread.opened) <= _BLOCK_SPAN


def _alike_in_block(one: Telling, words: Weighed, other: Telling) -> float:
    fuzzy = fuzz.token_set_ratio(" ".join(one.title.stems), " ".join(other.title.stems)) / 100
    return max(fuzzy, traits(words, one, other).cosine)


def _alike_to(telling: Telling, words: Weighed, thread: Thread, nearest: list[Telling]) -> float:
    """How alike a telling is to a thread: to the nearest of its members, and to the mean of the nearest three."""
    compared = {*nearest[:_COMPARED], *thread.members[-_COMPARED:]}
    each = sorted([alike(words, telling, member) for member in compared], reverse=True)[:_LIKEST]
    return _BEST * each[0] + (1 - _BEST) * sum(each) / len(each)


def _block(subject: Subject) -> tuple[object, ...]:
    return subject.places, subject.claims


def _vocabulary(telling: Telling) -> set[str]:
    return {*telling.title.stems, *telling.lead.stems}
