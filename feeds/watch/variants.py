"""Spellings near a long word: one edit apart, two when the word is very long.

Edits are letters put in, left out, exchanged, or swapped with the next. A share of alike letters, as fuzzy matching
usually counts, calls Ghazni and Ghani the same; a count of edits on long words alone does not come near that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from feeds.watch.terms import LEAST_VARIED

_VERY_LONG: Final = 9
_SHORTEST: Final = LEAST_VARIED - 1
_MEMORY: Final = 200_000
"""Words remembered: news repeats its words, so nearly every one was compared before."""


def allowed_edits(word: str) -> int:
    """How many edits away a spelling of a word may lie."""
    return 2 if len(word) >= _VERY_LONG else 1


class Variants:
    """Some words, and which of them a word in a text is a spelling of."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = list(words)
        self._allowed = [allowed_edits(word) for word in self._words]
        self._seen: dict[str, tuple[int, ...]] = {}

    def among(self, words: Iterable[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Those of some folded words that are spellings, each with the numbers of the words it may be meant for."""
        seen = self._seen
        for word in words:
            if len(word) < _SHORTEST:
                continue
            known = seen.get(word)
            if known is None:
                if len(seen) >= _MEMORY:
                    seen.clear()
                known = seen[word] = self._compare(word)
            if known:
                yield word, known

    def _compare(self, word: str) -> tuple[int, ...]:
        if not word.isalpha():
            return ()
        near = extract(word, self._words, scorer=OSA.distance, score_cutoff=2, limit=None)
        return tuple(sorted(number for _, edits, number in near if edits <= self._allowed[number]))
