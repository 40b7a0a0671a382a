"""What a story is about, as a direction: its words, each weighed by how rare it is in the news and in the window.

Weights are whole numbers, so that what they add up to does not depend on the order in which they are added.
"""

from __future__ import annotations

import tomllib
from array import array
from collections.abc import Iterable
from importlib.resources import files
from math import log, sqrt
from operator import itemgetter
from typing import Final

from feeds.dedupe.stems import A_FIGURE, IN_MANY, NUMBER, TELLING, code, stem

UNIT: Final = 4096
"""Length of every vector."""
_SQUARE: Final = UNIT * UNIT
_BEFORE: Final = 2000
"""Stories assumed to have been seen before the first, so that the first ones are weighed sensibly."""
_OTHER_BEFORE: Final = 0.5
"""Stories among them that are expected to have a word which is not known as common."""
_FIGURE: Final = 0.5
_TELLING_FIGURE: Final = 1.0
LEAD: Final = 0.7
"""What a word of the lead counts, against one of the title."""
_LEAD_WORDS: Final = 24
_LEAST: Final = 2.0
"""Weight below which a word is in so many stories of the window that it says nothing."""
_TRIFLE: Final = int(0.01 * _SQUARE)
"""Product of one word's weights below which sharing it says nothing."""
_ONE_WORD: Final = 0.5
_BY_WEIGHT: Final = itemgetter(1, 0)


def _usual() -> dict[int, float]:
    raw = tomllib.loads(files("feeds.dedupe").joinpath("usual.toml").read_text("utf-8"))
    return {
        code(stem(word)): float(tier["stories"])
        for tier in reversed(raw["usual"])
        for word in tier["words"].split()
    }


_USUAL: Final = _usual()

Vector = dict[int, int]
"""The weight of each word; as long as :data:`UNIT`."""


class WordWeights:
    """Counts in how many stories each word stands, and weighs words by it."""

    def __init__(self) -> None:
        """Starts with what every newsroom knows: which words are common."""
        self._stories = 0
        self._with: dict[int, int] = {}
        self.count: Final = self._with.get
        """Stories of the window with a word; asked as a dictionary is, with what to say for none."""

    def learn(self, words: Iterable[int]) -> None:
        """Counts one more story with these words, each given once."""
        self._stories += 1
        known, get = self._with, self._with.get
        for word in words:
            known[word] = get(word, 0) + 1

    def unlearn(self, words: Iterable[int]) -> None:
        """Takes a story out of the counts again."""
        self._stories -= 1
        known = self._with
        for word in words:
            if known[word] <= 1:
                del known[word]
            else:
                known[word] -= 1

    @property
    def stories(self) -> int:
        """Stories of the window, copies left out."""
        return self._stories

    def of(self, words: Iterable[int]) -> list[tuple[int, float]]:
        """The words that say something, the rarest first, each with its weight: 3 for a common one, 8 for one never seen."""
        stories, known, usual = self._stories + _BEFORE, self._with.get, _USUAL.get
        found: list[tuple[int, float]] = []
        for word in words:
            weight = log(stories / (known(word, 0) + usual(word, _OTHER_BEFORE)))
            if word & A_FIGURE:
                weight *= _TELLING_FIGURE if word & TELLING else _FIGURE
            if weight >= _LEAST:
                found.append((word, weight))
        found.sort(key=_BY_WEIGHT, reverse=True)
        return found

    def weigh(self, title: tuple[int, ...], lead: tuple[int, ...]) -> Weighed:
        """The weights of a title's words, and of the rarest of its lead that the title does not have."""
        first = set(title)
        rest = set(lead)
        rest -= first
        rest.discard(NUMBER)
        return Weighed(self.of(first), self.of(rest)[:_LEAD_WORDS])


class Weighed:
    """The words of one story with what they weigh today."""

    __slots__ = ("lead", "title", "vector")

    def __init__(self, title: list[tuple[int, float]], lead: list[tuple[int, float]]) -> None:
        """Both the rarest first."""
        self.title, self.lead = title, lead
        length = sqrt(
            sum([weight * weight for _, weight in title])
            + LEAD * LEAD * sum([weight * weight for _, weight in lead])
        )
        scale = UNIT / length if length else 0.0
        in_lead = scale * LEAD
        self.vector: Vector = {word: int(weight * scale) for word, weight in title}
        for word, weight in lead:
            self.vector[word] = int(weight * in_lead)


def packed(vector: Vector) -> tuple[array[int], array[int]]:
    """Words and weights of a vector in a tenth of the memory."""
    return array("I", vector), array("H", vector.values())


def along(vector: Vector, codes: array[int], weights: array[int]) -> float:
    """The product of a vector and a packed one, as parts of the square of :data:`UNIT`; less where one word makes it."""
    shared = vector.keys() & codes  # few words, mostly none: a third of the time that looking at each takes
    if not shared:
        return 0
    return _proof([vector[word] * weights[codes.index(word)] for word in shared])


def _proof(products: list[int]) -> float:
    """The sum of the products of shared words; less when all but one are trifles, for one word is shared by chance."""
    several = False
    for product in products:
        if product >= _TRIFLE:
            if several:
                return sum(products)
            several = True
    return sum(products) * _ONE_WORD


def cosine(product: float) -> float:
    """The cosine that a product of two vectors stands for, 0 to 1."""
    return product / _SQUARE


def is_usual(word: int) -> bool:
    """True for a word that proves nothing in a headline."""
    return bool(word & IN_MANY)
