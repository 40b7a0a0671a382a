"""What a story is mainly about: its block in dedupe is made by that, and not by its background."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from feeds.room import Read
from feeds.story import About, Story

_LEAD: Final = 320
"""Characters of a text, headline included, in which it says what it is about; the rest is background."""


def gist(story: Story, reads: Sequence[Read]) -> About:
    """What the headline says, or else the lead, or else the whole: a story's block is not made by its background."""
    about = About(
        tuple(dict.fromkeys(place for read in reads for place in read.about.places)),
        tuple(dict.fromkeys(claim for read in reads for claim in read.about.claims)),
        tuple(dict.fromkeys(number for read in reads for number in read.about.numbers)),
    )
    if not about.claims and not about.numbers:
        return about
    for end in (len(story.title), _LEAD):
        said = {(piece.place, piece.label) for read in reads for piece in read.evidence if piece.start < end}
        claims = tuple(claim for claim in about.claims if claim[:2] in said)
        if claims:
            return replace(about, claims=claims, numbers=_numbers(about, reads, end))
    return replace(about, numbers=_numbers(about, reads, _LEAD))


def _numbers(about: About, reads: Sequence[Read], end: int) -> tuple[int, ...]:
    said = {count.number for read in reads for count in read.counts if count.start < end}
    return tuple(number for number in about.numbers if number in said)
