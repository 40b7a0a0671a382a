"""How much each word counts: the rarer it is among the stories of the window, the more."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from math import log, sqrt
from operator import itemgetter
from typing import Final

from feeds.dedupe.figures import is_telling
from feeds.dedupe.words import COMMON, stem

_BEFORE: Final = 2000
"""Stories assumed to have been seen before the first, so that the first ones are weighed sensibly."""
_COMMON_BEFORE: Final = 200.0
_OTHER_BEFORE: Final = 2.0
_DIGITS: Final = frozenset("0123456789")
_FIGURE: Final = 0.35
_TELLING_FIGURE: Final = 0.8
_RARE_BEFORE: Final = log(_BEFORE / _OTHER_BEFORE)
_BY_WEIGHT: Final = itemgetter(1, 0)
LEAD: Final = 0.45
"""What a word of the lead counts, against one of the title."""
_LEAD_WORDS: Final = 14


def _usual() -> dict[str, float]:
    raw = tomllib.loads(files("feeds.dedupe").joinpath("usual.toml").read_text("utf-8"))
    found = {
        stem(word): float(tier["stories"])
        for tier in reversed(raw["usual"])
        for word in tier["words"].split()
    }
    return found | dict.fromkeys(COMMON, _COMMON_BEFORE)


_USUAL: Final = _usual()


@dataclass(frozen=True, slots=True)
class Weighed:
    """The words of one story with what they count today."""

    title: dict[str, float]
    """Words of the title."""
    lead: dict[str, float]
    """The rarest words of the lead that the title does not have, the rarest first, already scaled."""
    title_length: float
    """Length of the title's vector."""
    length: float
    """Length of the vector of both."""
    rare: float
    """The weight of a word never seen, as a multiple of what it is before the first story."""


class WordWeights:
    """Counts in how many stories each word stands, and weighs words by it."""

    def __init__(self) -> None:
        """Starts with what every newsroom knows: which words are common."""
        self._stories = 0
        self._with: Counter[str] = Counter()

    def learn(self, words: Iterable[str]) -> None:
        """Counts one more story with these words, each given once."""
        self._stories += 1
        self._with.update(words)

    def unlearn(self, words: Iterable[str]) -> None:
        """Takes a story out of the counts again."""
        self._stories -= 1
        for word in words:
            if self._with[word] <= 1:
                del self._with[word]
            else:
                self._with[word] -= 1

    def stories_with(self, word: str) -> int:
        """Stories of the window with that word."""
        return self._with.get(word, 0)

    def of(self, words: Iterable[str]) -> dict[str, float]:
        """The weight of each word, about 3 for a common one and 7 and more for one never seen."""
        stories, known, usual = self._stories + _BEFORE, self._with.get, _USUAL.get
        found = {word: log(stories / (known(word, 0) + usual(word, _OTHER_BEFORE))) for word in words}
        for word in found:
            if word[0] in _DIGITS:
                found[word] *= _TELLING_FIGURE if is_telling(word) else _FIGURE
        return found

    def weigh(self, title: tuple[str, ...], lead: tuple[str, ...]) -> Weighed:
        """The weights of a title's words, and of the rarest of its lead."""
        first = self.of(title)
        of_title = sqrt(sum(weight * weight for weight in first.values())) or 1.0
        rest = self.of([word for word in lead if word not in first and word != "#"])
        rarest = sorted(rest.items(), key=_BY_WEIGHT, reverse=True)[:_LEAD_WORDS]
        scaled = {word: weight * LEAD for word, weight in rarest}
        both = sqrt(of_title * of_title + sum(weight * weight for weight in scaled.values()))
        rare = log((self._stories + _BEFORE) / _OTHER_BEFORE) / _RARE_BEFORE
        return Weighed(first, scaled, of_title, both, rare)
