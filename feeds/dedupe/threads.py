"""Finds the event that a story tells of, among those told lately.

Blocks come first: other places, sides, directions, denials or counts are other events, however alike the words.
Inside a block of claims a low threshold is right; stories without a claim are weighed word by word.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from feeds.dedupe.candidates import Candidates, Keys, keys_of
from feeds.dedupe.kin import UNIT, Kin
from feeds.dedupe.likeness import Likeness
from feeds.dedupe.subject import Subject
from feeds.dedupe.telling import Telling
from feeds.dedupe.thread import Thread
from feeds.dedupe.vectors import Vector, Weighed, WordWeights, along, cosine, packed

_BLOCK_THREADS: Final = 6
_BLOCK_MEMBERS: Final = 12
_BLOCK_NEAR: Final = timedelta(hours=36)
_BLOCK_SPAN: Final = timedelta(days=3)
_BLOCK_ALIKE: Final = 0.20
_REACH: Final = timedelta(days=6)
_FAINT: Final = UNIT // 20
"""Likeness below which a telling is no neighbour."""


class Neighbour(NamedTuple):
    """A telling that shares words with a new one."""

    alike: int
    """Parts of ``kin.UNIT``."""
    telling: Telling


class ThreadIndex:
    """Threads by block, and tellings by rare words and pairs of words."""

    def __init__(self) -> None:
        """Starts empty."""
        self.weights = WordWeights()
        self.likeness = Likeness()
        self._threads: dict[str, Thread] = {}
        self._blocks: dict[tuple[object, ...], deque[Thread]] = {}
        self._candidates = Candidates()

    def __getitem__(self, thread_id: str) -> Thread:
        """A thread of the window."""
        return self._threads[thread_id]

    def get(self, thread_id: str) -> Thread | None:
        """A thread of the window, or None."""
        return self._threads.get(thread_id)

    def weigh(self, telling: Telling) -> Weighed:
        """The weights of a telling's words; what of them is kept goes into the telling."""
        words = self.weights.weigh(telling.title.stems, telling.lead.stems)
        telling.codes, telling.weights = packed(words.vector)
        return words

    def in_block(self, telling: Telling, vector: Vector) -> Thread | None:
        """The thread of the same claim that this tells of, or None when it is a new one."""
        best, best_alike = None, _BLOCK_ALIKE
        for thread in self._blocks.get(_block(telling.subject), ()):
            if not _near(telling.told, thread):
                continue
            members = thread.members[-_BLOCK_MEMBERS:]
            agreeing = [member for member in members if telling.agrees(member)]
            if not agreeing or (len(agreeing) < len(members) and not thread.pinned):
                continue  # what an operator has put together need not agree with itself
            found = max(_alike_in_block(telling, vector, member) for member in agreeing)
            if found >= best_alike:
                best, best_alike = thread, found
        return best

    def keys(self, words: Weighed) -> Keys:
        """Under which a story's thread is looked for."""
        return keys_of(words, self.weights)

    def neighbours(self, telling: Telling, words: Weighed, keys: Keys) -> list[Neighbour]:
        """The tellings without a claim that are most like this one, the likest first; each of them is made its kin."""
        self.likeness.among(self.weights.stories)
        found = [
            Neighbour(how, other)
            for other in self._candidates.like(telling, words, keys, self.likeness.crowd)
            if (how := int(UNIT * self.likeness.alike(telling, words.vector, other))) > _FAINT
            and abs(telling.told - other.told) <= _REACH
        ]
        found.sort(key=_likest_first)
        if found:
            kin, id_ = telling.kin, telling.id
            if kin is None:
                kin = telling.kin = Kin()
            for how, other in found:
                kin.add(other.id, how)
                _make_kin(other, id_, how)
        return found

    def meet(self, telling: Telling) -> Keys:
        """Weighs a telling whose thread is known, and makes those that are like it its kin; the keys of its words."""
        words = self.weigh(telling)
        keys = self.keys(words)
        if not telling.subject.claims:
            self.neighbours(telling, words, keys)
        return keys

    def meet_again(self, telling: Telling, others: Mapping[str, Telling]) -> None:
        """Makes a telling that knows its kin known to them; ``others`` are those of the window, by id."""
        for id_, alike in (telling.kin.alike if telling.kin else {}).items():
            if id_ in others:
                _make_kin(others[id_], telling.id, alike)

    def open(self, telling: Telling, thread_id: str = "") -> Thread:
        """The thread of that id, or a new one; the telling is not in it yet."""
        id_ = thread_id or telling.id
        thread = self._threads.get(id_)
        if thread is None:
            first = telling.number if id_ == telling.id else -1
            thread = self._threads[id_] = Thread(id_, telling, first=first)
        return thread

    def note(self, telling: Telling, keys: Keys | None) -> None:
        """Makes a telling that is no copy, and that has its thread, known to those that come.

        ``keys`` are those of its words; None when they are known already.
        """
        if telling.subject.claims:
            block = self._blocks.setdefault(_block(telling.subject), deque(maxlen=_BLOCK_THREADS))
            if telling.thread not in block:
                block.append(telling.thread)
        elif keys is not None:
            self._candidates.add(telling, keys)
        if keys is not None:
            self.weights.learn(telling.vocabulary)
            telling.weighed = True

    def unnote(self, telling: Telling) -> None:
        """Takes a telling out of the indexes again."""
        if telling.weighed:
            self.weights.unlearn(telling.vocabulary)
            telling.weighed = False
        self._candidates.remove(telling)
        telling.pair_keys = ()

    def rename(self, thread: Thread, id_: str) -> None:
        """Gives a thread the id of another story."""
        del self._threads[thread.id]
        self._threads[id_] = thread
        thread.id = id_

    def close(self, thread: Thread, last: Telling) -> None:
        """Lets a thread go that has no tellings any more; ``last`` was the last of them."""
        if self._threads.get(thread.id) is thread:
            del self._threads[thread.id]
        block = self._blocks.get(_block(last.subject))
        if block is not None:
            if thread in block:
                block.remove(thread)
            if not block:
                del self._blocks[_block(last.subject)]

    def forget(self, telling: Telling) -> None:
        """Takes the oldest telling out of its thread and of the indexes."""
        self.unnote(telling)
        thread = telling.thread
        thread.forget(telling)
        if not thread.tellings:
            self.close(thread, telling)


def _make_kin(one: Telling, other: str, alike: int) -> None:
    kin = one.kin
    if kin is None:
        kin = one.kin = Kin()
    kin.add(other, alike)


def _near(told: datetime, thread: Thread) -> bool:
    """True when a claim made then may still be the one that the thread tells of."""
    if max(thread.opened - told, told - thread.last) > _BLOCK_NEAR:
        return False
    return max(told, thread.last) - min(told, thread.opened) <= _BLOCK_SPAN


def _alike_in_block(one: Telling, vector: Vector, other: Telling) -> float:
    fuzzy = fuzz.token_set_ratio(one.headline, other.headline) / 100
    return max(fuzzy, cosine(along(vector, other.codes, other.weights)))


def _block(subject: Subject) -> tuple[object, ...]:
    return subject.places, subject.claims


def _likest_first(one: Neighbour) -> tuple[int, int]:
    return -one.alike, one.telling.number
