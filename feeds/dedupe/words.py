"""From a story's title and lead to the words that decide whether two stories tell the same."""

from __future__ import annotations

import re
import sys
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple
from zlib import crc32

from feeds.dedupe.figures import FIGURE, figure
from feeds.story import Story

_FLAG: Final = re.compile(
    r"^\W*(?:(?:UPDATE|REFILE|RPT|WRAPUP|ADVISORY)\s*\d*|URGENT|BREAKING(?: NEWS)?|CORRECTED|CORRECTION|WITHDRAWN|EXCLUSIVE"
    r"|ALERT|FLASH|JUST IN|LIVE|WATCH|VIDEO|[1-9](?:st|nd|rd|th) LD|LEAD)\s*(?:\([^)]{1,20}\))?\s*[-–—:|]+\s*",
    re.IGNORECASE,
)
_FLAG_AT_END: Final = re.compile(
    r"\s*[(\[](?:UPDATED?|CORRECTED|CORRECTION|REFILE|RECAST|\d(?:st|nd|rd|th) LD)\s*\d*[)\]]\s*$",
    re.IGNORECASE,
)
_CREDIT_AT_END: Final = re.compile(r"\s+[-–—|]\s+[^-–—|]{2,40}$")
_DATELINE: Final = re.compile(
    r"^\W*(?:[^\W\d_][\w .,'’/-]{1,60}?)?\s*(?:\([^)]{2,40}\)\s*)?[-–—]{1,2}\s+(?=\S)"
    r"|^\W*\((?:Reuters|AP|AFP|dpa|UPI|Xinhua)[^)]{0,20}\)\s*",
)
_WORD: Final = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{FIGURE}|[^\W_]+(?:['’][^\W_]+)?")
_NTH: Final = re.compile(r"(\d{1,3})(?:st|nd|rd|th)")
_COUNTED: Final = 4
_WORD_AND_AFTER: Final = re.compile(rf"({_WORD.pattern})([.:?!]?)")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDINGS: Final = (
    ("ies", "y", 5),
    ("sses", "ss", 6),
    ("ing", "", 6),
    ("ed", "", 5),
    ("es", "", 6),
    ("s", "", 4),
)
_LEAD_WORDS: Final = 36
_SHORTEST_LEAD: Final = 60
_LEAD_TEXT: Final = 450
_NUMBER: Final = "#"
_ORDINAL_WORDS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
_NUMBER_WORDS: Final = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty fifty"
_SPELLED: Final = frozenset(_NUMBER_WORDS.split())
ORDINALS: Final = {word: n for n, word in enumerate(_ORDINAL_WORDS.split(), 1)}
"""Spelled ordinals by the number they stand for."""


class Words(NamedTuple):
    """One text as dedupe sees it."""

    stems: tuple[str, ...]
    """Every word but stop words, reduced; figures kept."""
    names: tuple[str, ...]
    """Stems written with a capital inside a sentence: names, mostly."""


class _Vocabulary(NamedTuple):
    stop: frozenset[str]
    common: frozenset[str]
    same: dict[str, str]
    denial: frozenset[str]
    rejection: frozenset[str]
    country: dict[str, str]


def _load() -> _Vocabulary:
    raw = tomllib.loads(files("feeds.dedupe").joinpath("vocabulary.toml").read_text("utf-8"))
    same: dict[str, str] = {}
    for line in str(raw["same"]).splitlines():
        for word in line.split():
            same.setdefault(word, line.split()[0])
    country: dict[str, str] = {}
    for line in str(raw["countries"]).strip().splitlines():
        people, _, places = line.partition("|")
        name = people.split()[0]
        same.update(dict.fromkeys(people.split(), name))
        country.update(dict.fromkeys((*people.split(), *places.split()), name))
    return _Vocabulary(
        stop=frozenset(str(raw["stop"]).split()),
        common=frozenset(str(raw["common"]).split()),
        same=same,
        denial=frozenset(str(raw["denial"]).split()),
        rejection=frozenset(str(raw["rejection"]).split()),
        country=country,
    )


_WORDS: Final = _load()


@lru_cache(maxsize=60_000)
def stem(word: str) -> str:
    """The one form that stands for a word; empty for a stop word. ``word`` as written, any case."""
    if word[0].isdigit():
        return sys.intern(figure(word))
    plain = unicodedata.normalize("NFKD", word).casefold().replace(".", "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).split("'")[0].split("’")[0]
    if not plain or (plain in _WORDS.stop and word not in ("US", "WHO", "U.S.")):
        return ""
    if plain in _WORDS.same:
        return sys.intern(_WORDS.same[plain])
    for ending, instead, least in _ENDINGS:
        if plain.endswith(ending) and len(plain) >= least and plain.isalpha() and not plain.endswith("ss"):
            plain = plain[: -len(ending)] + instead
            break
    if len(plain) > 4 and plain.endswith("e"):
        plain = plain[:-1]
    return sys.intern(_WORDS.same.get(plain, plain))


NEGATIONS: Final = frozenset(filter(None, map(stem, ("not", *_WORDS.denial, *_WORDS.rejection))))
"""Stems that turn what is said into its opposite."""
COMMON: Final = frozenset(filter(None, (stem(word) for word in _WORDS.common)))
"""Stems so usual in headlines that they prove nothing."""


def split_words(text: str, most: int = 1000) -> Words:
    """The stems of a text in order, ``most`` at most, and which of them look like names."""
    stems: list[str] = []
    names: list[str] = []
    with_names, plain = not text.isupper(), text.isascii()
    opened = True
    for word, after in _WORD_AND_AFTER.findall(text):
        if plain or word.isascii() or not _CJK.search(word):
            reduced = stem(word)
            if reduced:
                stems.append(reduced)
                if not opened and with_names and word[0].isupper():
                    names.append(reduced)
                if len(stems) >= most:
                    break
        else:
            stems += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
        opened = after != ""
    return Words(tuple(stems), tuple(dict.fromkeys(names)))


def headline(title: str) -> str:
    """A title without wire flags, and without the outlet's name at its end."""
    while (cut := _FLAG_AT_END.sub("", _FLAG.sub("", title, count=1))) != title and cut:
        title = cut
    if len(title) > 50:
        shorter = _CREDIT_AT_END.sub("", title)
        return shorter if len(shorter) >= 25 else title
    return title


def is_flagged(title: str) -> bool:
    """True when a wire flag (``UPDATE 1-``) says that the title was told before or will be told again."""
    return bool(_FLAG.match(title) or _FLAG_AT_END.search(title))


def lead(text: str) -> str:
    """The first sentences of a text, without dateline."""
    first = text[:_LEAD_TEXT].split("\n\n", 1)[0]
    text = first if len(first) > _SHORTEST_LEAD else text[:_LEAD_TEXT]
    return _DATELINE.sub("", text, count=1) if _DATELINE.match(text[:90]) else text


def lead_words(story: Story) -> tuple[Words, ...]:
    """The words of the lead, the first thirty-six of them, figures made alike.

    Two leads when summary and body open differently: one outlet prints the one, the next the other.
    """
    opening = lead(story.body if len(story.body) > _SHORTEST_LEAD else story.summary or story.body)
    texts = [opening]
    if story.summary and (other := lead(story.summary)) and not opening.startswith(other[:_SHORTEST_LEAD]):
        texts.append(other)
    found = [split_words(text, _LEAD_WORDS) for text in texts]
    return tuple(Words(masked(words.stems), words.names) for words in found)


def masked(stems: tuple[str, ...]) -> tuple[str, ...]:
    """The stems with every figure made alike, so that a changed toll is no difference."""
    return tuple(_NUMBER if word[0].isdigit() or word in _SPELLED else word for word in stems)


@lru_cache(maxsize=60_000)
def code(stem: str) -> int:
    """A number for a stem, the same in every process."""
    return crc32(stem.encode())


class Facts(NamedTuple):
    """What a headline says that no other headline of the event can contradict."""

    denies: bool
    """Whether it contradicts something."""
    rejects: bool
    """Whether it turns something down, which may be a denial or a move of its own."""
    ordinals: frozenset[int]
    """Ordinals from the second on."""
    counted: frozenset[str]
    """What the ordinals count: the words after them, a few each."""
    countries: frozenset[str]
    """Countries, by name, people or a city of theirs."""


_NOTHING: Final[frozenset[str]] = frozenset()
_NO_NUMBERS: Final[frozenset[int]] = frozenset()
"""One empty set for all: there may be a million of them."""


def facts(title: str) -> Facts:
    """The facts of a headline."""
    words = [_possessor(word) for word in _WORD.findall(title)]
    numbers: set[int] = set()
    counted: set[str] = set()
    for position, word in enumerate(words):
        number = ORDINALS.get(word) or _nth(word)
        if number > 1:
            numbers.add(number)
            counted.update(filter(None, map(stem, words[position + 1 : position + 1 + _COUNTED])))
    countries = {_WORDS.country[word] for word in words if word in _WORDS.country}
    return Facts(
        not _WORDS.denial.isdisjoint(words),
        not _WORDS.rejection.isdisjoint(words),
        frozenset(numbers) if numbers else _NO_NUMBERS,
        frozenset(counted) if counted else _NOTHING,
        frozenset(countries) if countries else _NOTHING,
    )


def _nth(word: str) -> int:
    found = _NTH.fullmatch(word) if word[:1].isdigit() else None
    return int(found[1]) if found else 0


def _possessor(word: str) -> str:
    """A word without possessive, in lower case; ``us`` only where it is written as the country is."""
    if word.casefold() == "us" and word != "US":
        return ""
    return word.casefold().replace(".", "").split("'")[0].split("’")[0]
