"""Text as PostgreSQL's index holds it: the same words that SQLite's tokenizer finds, with where they stand.

The words are found here and not by the server, whose parsers and locales differ: letters and digits in a row, without
their accents, in lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_LONGEST: Final = 200
"""Letters of a word that are kept; the engine takes two thousand bytes."""
_LAST: Final = 16_000
"""Words of a text that are kept: the engine knows no later position."""
_OFTEN: Final = 250
"""Positions of one word that are kept; the engine takes 255."""


def words_of(text: str) -> list[str]:
    """The words of a text in their order."""
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold()))
        text = unicodedata.normalize("NFC", text)
    return [word[:_LONGEST] for word in _WORD.findall(text.lower())]


def vector(texts: Iterable[str]) -> str:
    """The texts of a story as ``tsvector`` is written: no phrase runs from one into the next."""
    positions: defaultdict[str, list[int]] = defaultdict(list)
    at = 0
    for text in texts:
        for word in words_of(text):
            at += 1
            if at > _LAST:
                break
            if len(positions[word]) < _OFTEN:
                positions[word].append(at)
        at += 1
    return " ".join(f"'{word}':{','.join(map(str, where))}" for word, where in positions.items())


def ts_query(terms: Iterable[tuple[str, bool, bool]]) -> str:
    """A ``tsquery`` of terms, each with whether it is a beginning and whether it is unwanted; empty for none."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for said, begins, minus in terms:
        words = [f"'{word}'" for word in words_of(said)]
        if words:
            words[-1] += ":*" if begins else ""
            (unwanted if minus else wanted).append(f"({' <-> '.join(words)})")
    if not wanted:
        return ""
    return " & ".join((*wanted, *(f"!{term}" for term in unwanted)))
