"""Which words a story has, roughly, in thirty-two bytes: enough to tell most of those that are no copy of it."""

from __future__ import annotations

from typing import Final

from feeds.dedupe.stems import A_FIGURE
from feeds.dedupe.telling import Telling

_TITLE_BITS: Final = 64
_LEAD_BITS: Final = 192
_TITLE: Final = (1 << _TITLE_BITS) - 1
_SHARE: Final = 0.4
"""Part of the fewer bits, of title or lead, that two copies have in common; others have a fifth of them by chance."""


def rough_bits(telling: Telling) -> bytes:
    """A bit for each word of the title, figures left out, and one for each of the leads."""
    bits = 0
    for word in telling.title.stems:
        if not word & A_FIGURE:
            bits |= 1 << (word >> 4) % _TITLE_BITS
    for lead in telling.leads:
        for word in lead.stems:
            bits |= 1 << _TITLE_BITS + (word >> 4) % _LEAD_BITS
    return bits.to_bytes((_TITLE_BITS + _LEAD_BITS) // 8, "little")


def may_be_alike(one: bytes, other: bytes, *, by_title: bool) -> bool:
    """False when two stories have so few words in common that neither can be a copy of the other.

    ``by_title`` says whether like headlines can make them copies, so far apart as they are told.
    """
    mine, theirs = int.from_bytes(one, "little"), int.from_bytes(other, "little")
    if _share(mine >> _TITLE_BITS, theirs >> _TITLE_BITS, none=False):
        return True
    return by_title and _share(mine & _TITLE, theirs & _TITLE, none=True)


def _share(mine: int, theirs: int, *, none: bool) -> bool:
    """Whether enough is shared; ``none`` is said where one of the two has nothing."""
    least = min(mine.bit_count(), theirs.bit_count())
    return (mine & theirs).bit_count() >= _SHARE * least if least else none
