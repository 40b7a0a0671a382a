"""Which tellings may be of one event with a new one: those that share rare words, or pairs of less rare ones."""

from __future__ import annotations

from itertools import combinations
from typing import Final, NamedTuple

from feeds.dedupe.postings import Postings
from feeds.dedupe.stems import IN_MANY
from feeds.dedupe.telling import Telling
from feeds.dedupe.vectors import LEAD, UNIT, Weighed, WordWeights

_TITLE_PICKS: Final = 8
_LEAD_PICKS: Final = 10
_UNDER_WORD: Final = 24
_UNDER_PAIR: Final = 12
_FREQUENT: Final = 16
"""From so many stories on, a word is paired with others, for its own list only holds the newest."""
_TOO_FREQUENT: Final = 48
"""From so many on it is not looked for alone any more."""
_PAIRED: Final = 4
_FEW: Final = 3
"""With fewer rare words, a title is found by pairs of its common ones."""
_MOST: Final = 8
_PAIR: Final = 0x9E37_79B1
_PAIR_WEIGHT: Final = int(0.021 * UNIT * UNIT)
"""What a shared pair counts on the way to the next figures."""
_KEY: Final = 1e12
_SINGLE: Final = 2.0
_LEAST_OF_TITLES: Final = int(0.04 * UNIT * UNIT)
"""What the keys shared must come to, as a product of two vectors, between headlines."""
_LEAST_OF_LEADS: Final = int(0.0225 * UNIT * UNIT)
"""The same with leads."""


class Keys(NamedTuple):
    """Under which a story's thread is looked for."""

    title: list[int]
    """Words of the title."""
    lead: list[int]
    """Words of the lead."""
    pairs: tuple[int, ...]
    """One for each pair of words of the title."""


class Candidates:
    """Tellings by their rare words and pairs of words; the newest of each key."""

    def __init__(self) -> None:
        """Starts empty."""
        self._by_title = Postings(_UNDER_WORD)
        self._by_lead = Postings(_UNDER_WORD)
        self._by_pair = Postings(_UNDER_PAIR)

    def __len__(self) -> int:
        """Keys that have a telling."""
        return len(self._by_title) + len(self._by_lead) + len(self._by_pair)

    def like(self, telling: Telling, words: Weighed, keys: Keys, crowd: float) -> list[Telling]:
        """The tellings that share the most weight of keys, at most eight, the likest first."""
        shared: dict[Telling, float] = {}
        get = shared.get
        least = (_LEAST_OF_LEADS if telling.led else _LEAST_OF_TITLES) * crowd
        in_titles, in_leads = self._by_title.under, self._by_lead.under
        for some, in_title in ((keys.title, 1.0), (keys.lead, 1 / LEAD)):
            for key in some:
                product = words.vector[key] ** 2 * in_title
                rest = product * LEAD + _KEY
                product += _KEY
                for other in in_titles(key):
                    shared[other] = get(other, 0) + product
                for other in in_leads(key):
                    shared[other] = get(other, 0) + rest
        for key in keys.pairs:
            for other in self._by_pair.under(key):
                shared[other] = get(other, 0) + _PAIR_WEIGHT + _KEY
        several, single = least + 2 * _KEY, least * _SINGLE + _KEY
        found = [
            other for other, weight in shared.items() if weight >= several or single <= weight < 2 * _KEY
        ]
        if len(found) <= _MOST:
            return found
        return sorted(found, key=shared.__getitem__, reverse=True)[:_MOST]

    def add(self, telling: Telling, keys: Keys) -> None:
        """Makes a telling known under its keys."""
        self._by_title.add(keys.title, telling)
        self._by_lead.add(keys.lead, telling)
        self._by_pair.add(keys.pairs, telling)
        telling.pair_keys = keys.pairs

    def remove(self, telling: Telling) -> None:
        """Takes a telling out again."""
        self._by_title.remove(telling.codes, telling)
        self._by_lead.remove(telling.codes, telling)
        self._by_pair.remove(telling.pair_keys, telling)


def keys_of(words: Weighed, weights: WordWeights) -> Keys:
    """The rarest words of title and lead, and pairs of those of the title that many stories have."""
    stories_with = weights.count
    rarest = [word for word, _ in words.title if not word & IN_MANY][:_TITLE_PICKS]
    often = [word for word in rarest if stories_with(word, 0) >= _FREQUENT]
    if len(rarest) < _FEW:
        often += [word for word, _ in words.title if word & IN_MANY]
    paired = _PAIRED if len(rarest) - len(often) < _FEW else _PAIRED - 1
    pairs = {_pair(a, b) for a, b in combinations(often[:paired], 2)} if len(often) > 1 else ()
    title = [word for word in rarest if stories_with(word, 0) < _TOO_FREQUENT]
    lead = [word for word, _ in words.lead[:_LEAD_PICKS] if stories_with(word, 0) < _TOO_FREQUENT]
    return Keys(title if title or lead or pairs else rarest, lead, tuple(pairs))


def _pair(one: int, other: int) -> int:
    """A key for two words in any order."""
    return (one ^ other) * _PAIR & 0xFFFF_FFFF
