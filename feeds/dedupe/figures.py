"""Figures in headlines: one way of writing for ``$1.3M``, ``1.3 million`` and ``1,300,000``."""

from __future__ import annotations

import re
from typing import Final

FIGURE: Final = r"\d{1,3}(?i:st|nd|rd|th)\b|\d{1,3}[-–]\d{1,3}(?![\w-])|\d+(?:[.,]\d+)*(?:[ -]?(?i:thousand|million|mln|mn|billion|bln|bn|trillion|tn|k|m|b)\b)?"
"""Pattern of an ordinal, a score, or of a number with its scale."""
_PARTS: Final = re.compile(r"(\d+(?:[.,]\d+)*)[ -]?([a-z]*)")
_GROUPED: Final = re.compile(r",(?=\d{3}(?!\d))")
_SCALES: Final = {
    "": 1.0,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "bln": 1e9,
    "billion": 1e9,
    "tn": 1e12,
    "trillion": 1e12,
}
_LETTERS: Final = ((1e12, "t"), (1e9, "b"), (1e6, "m"))
_YEARS: Final = range(1900, 2100)


def figure(text: str) -> str:
    """The one way in which a figure is written; a score (``7-1``) stays as it is."""
    parts = _PARTS.fullmatch(text.casefold())
    if parts is None:
        return text.replace("–", "-")
    plain = _GROUPED.sub("", parts[1]).replace(",", ".")
    scale = _SCALES.get(parts[2])
    if scale is None or plain.count(".") > 1 or len(plain) > 15:
        return plain + parts[2]
    value = float(plain) * scale
    for least, letter in _LETTERS:
        if value >= least:
            return f"{value / least:.4g}{letter}"
    return f"{value:.9g}"


def is_telling(word: str) -> bool:
    """True for a figure that few stories share by chance: a score, millions, or two digits and more, not round and no year."""
    if not word.isdigit():
        return word[-1] in "mbt" or "-" in word or "." in word
    return len(word.rstrip("0")) > 1 and not (len(word) == 4 and int(word) in _YEARS)
