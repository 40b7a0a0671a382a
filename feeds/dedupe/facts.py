"""What a headline says that no other headline of the event can contradict."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from feeds.dedupe.stems import CODES
from feeds.dedupe.vocabulary import VOCABULARY

_NTH: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.IGNORECASE)
_COUNTED: Final = 4
"""Words after an ordinal that may be what it counts."""
_ORDINALS: Final = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth".split(),
        1,
    )
}
_MOST: Final = 250_000


class Facts(NamedTuple):
    """The facts of one headline."""

    denies: bool = False
    """Whether it contradicts something."""
    rejects: bool = False
    """Whether it turns something down, which may be a denial or a move of its own."""
    ordinals: frozenset[int] = frozenset()
    """Ordinals from the second on."""
    counted: frozenset[int] = frozenset()
    """What the ordinals count: the words after them, a few each."""
    countries: frozenset[str] = frozenset()
    """Countries, by name, people or a city of theirs."""


PLAIN: Final = Facts()
"""The facts of most headlines; one record for all, for there may be a million of them."""


class _Telling(dict[str, bool]):
    """Whether a word, as written, is one that facts are made of."""

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MOST:
            self.clear()
        plain = _possessor(word)
        found = self[word] = (
            plain in VOCABULARY.denial
            or plain in VOCABULARY.rejection
            or plain in VOCABULARY.country
            or _ordinal(plain) > 1
        )
        return found


_TELLING: Final = _Telling()


def facts(written: list[str]) -> Facts:
    """The facts of a headline, from its words as written."""
    if not any(map(_TELLING.__getitem__, written)):
        return PLAIN
    words = [_possessor(word) for word in written]
    numbers: set[int] = set()
    counted: set[int] = set()
    for position, word in enumerate(words):
        number = _ordinal(word)
        if number > 1:
            numbers.add(number)
            after = [CODES[word] for word in words[position + 1 : position + 1 + _COUNTED] if word]
            counted.update(code for code in after if code > 0)
    return Facts(
        not VOCABULARY.denial.isdisjoint(words),
        not VOCABULARY.rejection.isdisjoint(words),
        frozenset(numbers) if numbers else PLAIN.ordinals,
        frozenset(counted) if counted else PLAIN.counted,
        frozenset(VOCABULARY.country[word] for word in words if word in VOCABULARY.country)
        or PLAIN.countries,
    )


def _ordinal(word: str) -> int:
    found = _NTH.fullmatch(word) if word[:1].isdigit() else None
    return int(found[1]) if found else _ORDINALS.get(word, 0)


def _possessor(word: str) -> str:
    """A word without possessive, in lower case; ``us`` only where it is written as the country is."""
    if word.casefold() == "us" and word != "US":
        return ""
    return word.casefold().replace(".", "").split("'")[0].split("’")[0]
