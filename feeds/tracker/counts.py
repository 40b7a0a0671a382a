"""Counts of capitals: "has overrun 11 of 34 capitals", "the sixth to fall", "two more". They never set a state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WORDS: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth"
).split()
_DOZENS: Final = {"half a dozen": 6, "half-dozen": 6, "a dozen": 12, "two dozen": 24, "three dozen": 36}
NUMBERS: Final = {word: number for number, word in enumerate(_WORDS, 1)} | {"dozen": 12} | _DOZENS
ORDINALS: Final = {word: number for number, word in enumerate(_ORDINALS, 1)}
_TENS: Final = {"twenty": 20, "thirty": 30}

_NUMBER: Final = (
    rf"(?P<n>\d{{1,2}}|{'|'.join(_DOZENS)}|(?:twenty|thirty)-\w+|"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")"
)
_OF: Final = r"(?: (?:out )?of (?:the |its |(?:the )?\w+['’]s )?(?P<of>\d{1,2}|(?:twenty|thirty)-\w+))?"
_CAPITALS: Final = r"(?:(?!(?:and|or|districts?|provinces|of) )[\w'-]+ ){0,3}?(?:provincial capitals?|regional capitals?|state capitals?|capitals|provincial cent(?:re|er)s)"
_GAIN: Final = r"(?:captur|seiz|overr[au]n|taken|took|take|fall|fell|control|hold|held|conquer|lost|swe[ep]|won|gain|hands)"
_EXACT: Final = re.compile(
    rf"\b(?P<q>at least |more than |over |nearly |almost |about |some |around )?{_NUMBER}(?P<more> (?:more|other|further|new))?{_OF} {_CAPITALS}",
    re.IGNORECASE,
)
_NTH: Final = re.compile(
    rf"\b(?P<nth>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th)) (?:[\w'-]+ ){{0,2}}?(?P<what>capital|city|provincial cent(?:re|er))(?: [\w'-]+){{0,6}}?",
    re.IGNORECASE,
)
_SIGN: Final = re.compile(_GAIN, re.IGNORECASE)
_RANKED: Final = re.compile(r"-(?:largest|biggest)|largest|biggest|populous", re.IGNORECASE)
_WHOLE: Final = re.compile(r"\b(?:of|all|among|the)(?: [\w']+){0,2} $", re.IGNORECASE)
"""What stands before a total: "a third of the country's 34 capitals"."""
_EACH: Final = re.compile(r"\b(?:every|each|any|no|not) $", re.IGNORECASE)
"""Words that make no number of "one": "nearly every one of the 34"."""
_OWNED: Final = re.compile(r"(?:['’]s|\b(?:its|their|the)) $", re.IGNORECASE)
_FALLS: Final = re.compile(
    r"\b(?:to|captured|taken|seized|lost|overrun|in (?:as many|\w+) days)\b", re.IGNORECASE
)
_TO_COME: Final = re.compile(
    r"\b(?:would|could|might|may|will|to) (?:be|become) (?:only |just )?(?:the )?(?:only )?$", re.IGNORECASE
)
"""What stands before a rank that nothing has yet: "would be the fourth to fall"."""
_LEFT: Final = re.compile(
    r"\b(?:remain|still (?:held|hold|control)|left|under government|threaten|could|would|(?:has|have|had) (?:not|yet)\b|yet to)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A count as a sentence says it."""

    number: int
    of: int | None
    qualifier: str
    """``exact``, ``at-least``, ``more`` or ``nth``."""


def counts(text: str) -> Iterator[Number]:
    """The counts of capitals taken that one sentence gives."""
    if not _SIGN.search(text):
        return
    for found in _EXACT.finditer(text):
        number = _value(found["n"])
        if number is None or _LEFT.search(text[found.start() : found.end() + 30]):
            continue
        if _WHOLE.search(text[: found.start()]) or _EACH.search(text[: found.start()]):
            continue
        of = _value(found["of"]) if found["of"] else None
        if of is not None and number > of:
            continue
        if found["more"]:
            yield Number(number, of, "more")
        elif found["q"] and found["q"].strip().lower() in {"at least", "more than", "over"}:
            yield Number(number, of, "at-least")
        elif not found["q"]:
            yield Number(number, of, "exact")
    for found in _NTH.finditer(text):
        tail = text[found.start() : found.end() + 25]
        owned = found["what"].lower() == "city" and _OWNED.search(text[: found.start()])
        if owned and not _FALLS.search(tail):
            continue  # "Iraq's second city Mosul"
        if _RANKED.search(tail) or _TO_COME.search(text[: found.start()]):
            continue
        number = _value(found["nth"])
        if number is not None:
            yield Number(number, None, "nth")


def _value(word: str) -> int | None:
    low = word.lower()
    digits = re.match(r"\d+", low)
    if digits:
        return int(digits.group())
    if low in NUMBERS:
        return NUMBERS[low]
    if low in ORDINALS:
        return ORDINALS[low]
    tens, _, unit = low.partition("-")
    if tens in _TENS and unit in NUMBERS:
        return _TENS[tens] + NUMBERS[unit]
    return None
