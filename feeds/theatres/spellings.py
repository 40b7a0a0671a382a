"""Spellings of a place's name that follow from the name by rule: what copy editors differ in.

``Mazar-i-Sharif`` is also ``Mazar-e Sharif``, ``El Fasher`` also ``al-Fasher``, ``Ségou`` also ``Segou``. Nothing is
guessed about sounds: ``Kunduz`` and ``Konduz`` differ by a table in the pack, not by a rule here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import Final

APOSTROPHES: Final = "'’‘`´ʼʻʿʾ"
LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "ə": "a",
        "Ə": "A",
    }
)
SEPARATED: Final = re.compile(r"[ -]+")
SUN_LETTERS: Final = ("sh", "th", "dh", "t", "d", "r", "z", "s", "n", "l")
"""Before these the Arabic article is pronounced, and often spelled, with the letter doubled: ad-Damazin."""
MOST: Final = 96
"""Spellings of one name at most: a name of many parts would otherwise run away."""


@cache
def variants(name: str, *, joints: bool = True) -> tuple[str, ...]:
    """Other spellings of ``name``, the likeliest first, without ``name`` itself.

    ``joints`` also writes two words as one, which towns are and divisions are not.
    """
    found: dict[str, None] = {}
    for plain in _apostrophes(name):
        for spelled in (plain, fold(plain)):
            for one in (spelled, *_izafe(spelled), *_article(spelled), *(_joints(spelled) if joints else ())):
                found.setdefault(one)
    found.pop(name, None)
    return tuple(found)[:MOST]


def fold(name: str) -> str:
    """The name without diacritics: ``Chişinău`` is ``Chisinau``."""
    bare = unicodedata.normalize("NFKD", name.translate(LETTERS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def slug(name: str) -> str:
    """The name as an id: lower-case ASCII letters and digits joined by hyphens."""
    plain = fold(name).translate(str.maketrans("", "", APOSTROPHES)).lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _apostrophes(name: str) -> list[str]:
    """The name with a straight apostrophe, a typographic one, and none."""
    if not any(mark in name for mark in APOSTROPHES):
        return [name]
    straight = name
    for mark in APOSTROPHES:
        straight = straight.replace(mark, "'")
    return [name, straight, straight.replace("'", "’"), straight.replace("'", "")]


def _izafe(name: str) -> list[str]:
    """The Persian link between two words: -e-, -i-, -e, -i, loose, or grown onto the first word as i."""
    parts = re.split(r"(?<=\w)(?:-| )([ei])(?:-| )(?=\w)", name)
    if len(parts) != 3 or not all(parts):
        return []
    head, _, tail = parts
    links = ("-e-", "-i-", "-e ", "-i ", " e ", " i ", "i ", "i-")
    return [f"{head}{link}{tail}" for link in links]


def _article(name: str) -> list[str]:
    """The Arabic article, before the name or within it: al, el, or with the letter doubled; hyphen or space."""
    parts = SEPARATED.split(name)
    for at, part in enumerate(parts[:-1]):
        noun = parts[at + 1]
        if part.lower() in _articles(noun):
            break
    else:
        return []
    before, after = " ".join(parts[:at]), "".join(f" {part}" for part in parts[at + 2 :])
    made = []
    for article, joint in product(_articles(noun), ("-", " ")):
        if before:
            made += [
                f"{before} {article}{joint}{noun}{after}",
                f"{before} {article.title()}{joint}{noun}{after}",
            ]
        else:
            made += [f"{article.title()}{joint}{noun}{after}", f"{article}{joint}{noun}{after}"]
    if before and len(_articles(noun)) > 2:
        made += [f"{before} {article.title()}{noun.lower()}{after}" for article in _articles(noun)[2:]]
    return made


def _articles(noun: str) -> tuple[str, ...]:
    """The forms that the article takes before ``noun``."""
    for letters in SUN_LETTERS:
        if noun.lower().startswith(letters):
            return tuple(dict.fromkeys(("al", "el", f"a{letters}", f"e{letters}")))
    return ("al", "el")


def _joints(name: str) -> list[str]:
    """Two words as two, hyphenated or as one; more than two, with hyphens or with spaces."""
    parts = SEPARATED.split(name)
    if len(parts) < 2 or not all(parts):
        return []
    made = [" ".join(parts), "-".join(parts)]
    if len(parts) == 2 and parts[0].lower() not in _articles(parts[1]):
        first, second = parts
        made += [f"{first}-{second.lower()}", f"{first}{second.lower()}"]
    return made
