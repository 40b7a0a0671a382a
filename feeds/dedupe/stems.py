"""The one form that stands for a word, and the number that stands for that form.

Stories are compared as numbers: the lowest four bits of one say what kind of word it is, the others are a checksum of
the form, so that a word has the same number in every process.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from zlib import crc32

from feeds.dedupe.figures import figure, is_telling
from feeds.dedupe.vocabulary import VOCABULARY

A_FIGURE: Final = 1
TELLING: Final = 2
"""A figure that few stories share by chance."""
IN_MANY: Final = 4
"""So usual in headlines that it proves nothing."""
SPELLED: Final = 8
"""A number written as a word."""
NUMBER: Final = A_FIGURE
"""Stands for any figure where which one it is does not count."""
END: Final = -1
"""Stands for the end of a sentence or clause."""

MARKS: Final = ".:?!"
"""What ends a sentence or clause."""
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDINGS: Final = (
    ("ies", "y", 5),
    ("sses", "ss", 6),
    ("ing", "", 6),
    ("ed", "", 5),
    ("es", "", 6),
    ("s", "", 4),
)
_CAPITAL_WORDS: Final = ("US", "WHO", "U.S.")
"""Words that are stop words when written small."""
_NUMBER_WORDS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty fifty".split()
)
_MOST: Final = 250_000
"""Words known at a time: names come and go, and a table of them all would grow for ever."""


def stem(word: str) -> str:
    """The one form that stands for a word; empty for a stop word. ``word`` as written, any case."""
    if word[0].isdigit():
        return figure(word)
    plain = unicodedata.normalize("NFKD", word).casefold().replace(".", "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).split("'")[0].split("’")[0]
    if not plain or (plain in VOCABULARY.stop and word not in _CAPITAL_WORDS):
        return ""
    if plain in VOCABULARY.same:
        return VOCABULARY.same[plain]
    for ending, instead, least in _ENDINGS:
        if plain.endswith(ending) and len(plain) >= least and plain.isalpha() and not plain.endswith("ss"):
            plain = plain[: -len(ending)] + instead
            break
    if len(plain) > 4 and plain.endswith("e"):
        plain = plain[:-1]
    return VOCABULARY.same.get(plain, plain)


_COMMON: Final = frozenset(map(stem, VOCABULARY.common))


def code(stem: str) -> int:
    """The number of a stem, below 2**32; zero for none."""
    if not stem:
        return 0
    kind = 0
    if stem[0].isdigit():
        kind = A_FIGURE | (TELLING if is_telling(stem) else 0)
    else:
        kind = (IN_MANY if stem in _COMMON else 0) | (SPELLED if stem in _NUMBER_WORDS else 0)
    return (crc32(stem.encode()) & 0x0FFF_FFFF | 1) << 4 | kind


class _Codes(dict[str, int]):
    """The number of each word as written; worked out when it is first asked for."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = END if word in MARKS else code(stem(word))
        return found


CODES: Final = _Codes()
"""The number of any word as written: zero for a stop word, :data:`END` for a mark."""


def codes_of_script(word: str) -> list[int]:
    """The numbers of a word written without spaces around it, as Chinese is: those of its pairs of characters."""
    return [code(word[i : i + 2]) for i in range(max(1, len(word) - 1))]


def is_script(word: str) -> bool:
    """True for a word of a script that does not part words."""
    return _CJK.search(word) is not None


NEGATIONS: Final = frozenset(
    filter(
        None,
        (code(stem(word)) for word in ("not", *VOCABULARY.denial, *VOCABULARY.rejection)),
    )
)
"""Numbers of the words that turn what is said into its opposite."""
