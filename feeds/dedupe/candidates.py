"""Which tellings may be of one event with a new one: those that share rare words, or pairs of less rare ones."""

from __future__ import annotations

from itertools import combinations, islice
from operator import itemgetter
from typing import Final

from feeds.dedupe.postings import Postings
from feeds.dedupe.telling import Telling
from feeds.dedupe.weights import Weighed, WordWeights
from feeds.dedupe.words import COMMON, code

_TITLE_PICKS: Final = 8
_LEAD_PICKS: Final = 4
_UNDER_WORD: Final = 24
_UNDER_PAIR: Final = 16
_FREQUENT: Final = 16
"""From so many stories on, a word is paired with others: its own list only holds the newest."""
_PAIRED: Final = 5
_FEW: Final = 3
"""With fewer rare words, a title is found by pairs of its common ones."""
_MOST: Final = 24
_PAIR: Final = 2.0
"""What a shared pair counts on the way to the twenty-four."""
_FEWEST: Final = 4.0
"""Weight that must be shared at least: somewhat less than that of one word never seen before."""
_LEAST: Final = 0.6
"""Share of the best one's weight that others must have."""
_BY_WEIGHT: Final = itemgetter(1, 0)


class Candidates:
    """Tellings by their rare words and pairs of words; the newest of each key."""

    def __init__(self) -> None:
        """Starts empty."""
        self._by_word = Postings(_UNDER_WORD)
        self._by_pair = Postings(_UNDER_PAIR)

    def __len__(self) -> int:
        """Keys that have a telling."""
        return len(self._by_word) + len(self._by_pair)

    def like(self, telling: Telling, words: Weighed) -> list[Telling]:
        """The tellings that share the most weight of keys, at most twenty-four, the likest first."""
        shared: dict[Telling, float] = {}
        for key in telling.word_keys:
            weight = words.title.get(key) or words.lead.get(key, 0.0)
            for other in self._by_word.under(key):
                shared[other] = shared.get(other, 0.0) + weight
        for pair in telling.pair_keys:
            for other in self._by_pair.under(pair):
                shared[other] = shared.get(other, 0.0) + _PAIR
        least = max(_FEWEST * words.rare, _LEAST * max(shared.values(), default=0.0))
        found = [other for other, weight in shared.items() if weight >= least]
        return sorted(found, key=shared.__getitem__, reverse=True)[:_MOST]

    def add(self, telling: Telling) -> None:
        """Makes a telling known under its keys."""
        self._by_word.add(telling.word_keys, telling)
        self._by_pair.add(telling.pair_keys, telling)

    def remove(self, telling: Telling) -> None:
        """Takes a telling out again."""
        self._by_word.remove(telling.word_keys, telling)
        self._by_pair.remove(telling.pair_keys, telling)


def give_keys(telling: Telling, words: Weighed, weights: WordWeights) -> None:
    """Puts into a telling the rarest words of title and lead, and pairs of those of the title that many stories have."""
    ordered = sorted(words.title.items(), key=_BY_WEIGHT, reverse=True)
    rarest = [word for word, _ in ordered if word not in COMMON][:_TITLE_PICKS]
    lead = islice(words.lead, _LEAD_PICKS)  # the rarest are first
    often = [word for word in rarest if weights.stories_with(word) >= _FREQUENT]
    if len(rarest) < _FEW:
        often += [word for word, _ in ordered if word in COMMON]
    telling.word_keys = (*rarest, *lead)
    telling.pair_keys = tuple({code(a) * code(b) for a, b in combinations(often[:_PAIRED], 2)})
