"""What a story is about, as a block: stories of different blocks are never told as one event."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.story import About

_STRONGEST_FIRST: Final = (HOLDS, FIGHTING, THREAT)


@dataclass(frozen=True, slots=True)
class Subject:
    """Places, what is said of them, and the numbers said: the block of a story."""

    places: tuple[str, ...]
    """The places of the main claim, sorted; without a claim, all places in order of mention."""
    claims: frozenset[tuple[str, str, bool]]
    """(label, side, denied) of the main claim; empty when nothing is claimed."""
    numbers: frozenset[int]
    """Counts of capitals said."""

    def may_join(self, other: Subject) -> bool:
        """False when the two tell of different capitals, sides, directions, counts, or one denies the other."""
        if self.numbers and other.numbers and self.numbers.isdisjoint(other.numbers):
            return False
        if self.claims or other.claims:
            return self.claims == other.claims and self.places == other.places
        return not self.places or not other.places or self.places[0] == other.places[0]

    def conflicts(self, other: Subject) -> bool:
        """True when one article cannot be both, not even with a sentence cut: other capitals, counts or claims."""
        if self.numbers and other.numbers and self.numbers.isdisjoint(other.numbers):
            return True
        if not self.claims or not other.claims:
            return False
        return set(self.places).isdisjoint(other.places) or self.claims.isdisjoint(other.claims)


@lru_cache(maxsize=4096)
def subject_of(about: About) -> Subject:
    """The block of a story: the first place of which something is claimed, and all that share that claim."""
    said: dict[str, set[tuple[str, str, bool]]] = {}
    for place, label, side, denied in about.claims:
        said.setdefault(place, set()).add((label, side if label == HOLDS else "", denied))
    ordered = [place for place in about.places if place in said] or list(said)
    numbers = frozenset(about.numbers)
    if not ordered:
        return Subject(about.places, frozenset(), numbers)
    main = _strongest(said[ordered[0]])
    return Subject(
        tuple(sorted(place for place in ordered if _strongest(said[place]) == main)), main, numbers
    )


def _strongest(claims: set[tuple[str, str, bool]]) -> frozenset[tuple[str, str, bool]]:
    for label in _STRONGEST_FIRST:
        found = frozenset(claim for claim in claims if claim[0] == label)
        if found:
            return found
    return frozenset(claims)
