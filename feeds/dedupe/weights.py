"""How much each word counts: the rarer it is among the stories of the window, the more."""

from __future__ import annotations

import sys
from collections import Counter
from heapq import nlargest
from math import log, sqrt
from operator import itemgetter
from typing import Final

from feeds.dedupe.words import COMMON

_BEFORE: Final = 3000
"""Stories assumed to have been seen before the first, so that the first ones are weighed sensibly."""
_COMMON_BEFORE: Final = 200
_OTHER_BEFORE: Final = 2
_FIGURE: Final = 0.4
_BEGINNING: Final = 0.3
_LEAD: Final = 0.45
_LEAD_WORDS: Final = 14


class WordWeights:
    """Counts in how many stories each word stands, and makes weighted vectors of them."""

    def __init__(self) -> None:
        """Starts with what every newsroom knows: which words are common."""
        self._stories = 0
        self._with: Counter[str] = Counter()

    def learn(self, words: set[str]) -> None:
        """Counts one more story with these words."""
        self._stories += 1
        self._with.update(words)

    def unlearn(self, words: set[str]) -> None:
        """Takes a story out of the counts again."""
        self._stories -= 1
        for word in words:
            if self._with[word] <= 1:
                del self._with[word]
            else:
                self._with[word] -= 1

    def of(self, word: str) -> float:
        """The weight of one word, about 3 for a common one and 8 for one never seen."""
        before = _COMMON_BEFORE if word in COMMON else _OTHER_BEFORE
        weight = log((self._stories + _BEFORE) / (self._with.get(word, 0) + before))
        return weight * _FIGURE if word[0].isdigit() else weight

    def vectors(
        self, title: tuple[str, ...], lead: tuple[str, ...]
    ) -> tuple[dict[str, float], dict[str, float]]:
        """The vector of a title, and that of title and lead together, each of length 1.

        Of the lead only its rarest words count.
        """
        first: dict[str, float] = {}
        for word in title:
            weight = self.of(word)
            first[word] = weight
            if len(word) > 5:
                beginning = sys.intern("~" + word[:5])
                first[beginning] = max(first.get(beginning, 0.0), weight * _BEGINNING)
        rest = {word: self.of(word) for word in lead if word not in first and word != "#"}
        if not rest:
            unit = _unit(first)
            return unit, unit
        rarest = nlargest(_LEAD_WORDS, rest.items(), key=itemgetter(1, 0))
        return _unit(first), _unit(first | {word: weight * _LEAD for word, weight in rarest})


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """How alike two vectors of length 1 are, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in vector.values()))
    return {word: weight / length for word, weight in vector.items()} if length else {}
