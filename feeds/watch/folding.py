"""Text as a reader takes it: no case, no accents, one kind of hyphen, with the way back to the letters it came from."""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_LONGER: Final = "\ue000"
"""Stands for a letter that becomes none or several: a text that has one is folded letter by letter."""
_LOWEST_ACCENT: Final = 10
"""Combining classes from here on are accents and vowel points; those below (kana voicing, viramas) are letters."""
_LIKE: Final = dict(zip("øłđħıŧيىكةєґ", "oldhitییکهег", strict=True))
"""Letters that no decomposition brings together, and that spellings mix."""
_HYPHENS: Final = frozenset("-\u2010\u2011\u2012\u2013")
_APOSTROPHES: Final = frozenset("'`\u2018\u2019\u02bc\u02bb\u2032")
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul, whose particles follow without a space
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded twice: ``exact`` keeps what stands between words, ``plain`` has a space for each of those characters.

    Both have one length; :meth:`span` leads back to the text.
    """

    exact: str
    plain: str
    starts: Sequence[int] | None
    """For each place in ``exact``, and its end, the place in the text; None when they are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the text that a part of the folded one came from."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]


def fold(text: str) -> Folded:
    """A text as a reader takes it."""
    exact = text.translate(_EXACT)
    if _LONGER not in exact and "  " not in text:
        return Folded(exact, exact.translate(_PLAIN), None)
    return _letter_by_letter(text)


def unspaced(letter: str) -> bool:
    """Whether a letter is of a script that puts no space around every word."""
    return any(first <= ord(letter) <= last for first, last in _UNSPACED)


def _letter_by_letter(text: str) -> Folded:
    parts: list[str] = []
    starts = array("L")
    blank = False
    for at, letter in enumerate(text):
        one = _folded(letter)
        was_blank, blank = blank, letter != "\n" and letter.isspace()
        if blank and was_blank:
            continue
        parts.append(one)
        starts.extend([at] * len(one))
    starts.append(len(text))
    exact = "".join(parts)
    return Folded(exact, exact.translate(_PLAIN), starts)


def _folded(letter: str) -> str:
    """What becomes of one character: none, one or several."""
    if letter in _HYPHENS or letter.isspace():
        return " "
    if letter in _APOSTROPHES:
        return "'"
    if (
        unicodedata.category(letter) == "Cf"
        or unicodedata.combining(letter) >= _LOWEST_ACCENT
        or letter == "\u0640"
    ):
        return ""
    if not letter.isalnum():
        return letter
    apart = unicodedata.normalize("NFKD", letter).casefold()
    bare = "".join(part for part in apart if unicodedata.combining(part) < _LOWEST_ACCENT)
    return "".join(_LIKE.get(part, part) for part in unicodedata.normalize("NFKC", bare))


class _Exact(dict[int, str]):
    """One character for one, found as they come up."""

    def __missing__(self, code: int) -> str:
        one = _folded(chr(code))
        self[code] = one if len(one) == 1 else _LONGER
        return self[code]


class _Plain(dict[int, str]):
    """Letters, digits and marks stay; everything else is a space."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        word = letter.isalnum() or unicodedata.category(letter).startswith("M")
        self[code] = letter if word else " "
        return self[code]


_EXACT: Final = _Exact()
_PLAIN: Final = _Plain()
