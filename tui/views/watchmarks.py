"""The mark of a story in which a watch term was found: a letter, in the colour of the term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from feeds.watched import SEVERITIES, WatchTerm

_INKS: Final[Mapping[str, str]] = {
    "red": "captured",
    "yellow": "mark",
    "green": "good",
    "cyan": "retaken",
    "blue": "place",
    "magenta": "disputed",
    "white": "strong",
}
"""The ink of each colour that a term may have; inks can be read in every theme."""
_BY_SEVERITY: Final[Mapping[str, str]] = {"high": "captured", "medium": "mark", "low": "muted"}
_ANY: Final = "#"
"""For terms without a letter of one cell."""


@dataclass(frozen=True, slots=True)
class WatchMark:
    """A sign one cell wide, and the ink it is painted with."""

    letter: str
    ink: str


def mark_of(found: Sequence[WatchTerm]) -> WatchMark:
    """The mark of the term that matters most among those found, the first of them where several do."""
    term = max(found, key=lambda each: SEVERITIES.index(each.severity))
    letter = next((each for each in term.text if each.isascii() and each.isalnum()), _ANY)
    return WatchMark(letter.upper(), _INKS.get(term.colour) or _BY_SEVERITY[term.severity])
