"""One story as the indexes of dedupe keep it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.figures import is_telling
from feeds.dedupe.subject import Subject, subject_of
from feeds.dedupe.words import Facts, Words, code, facts, headline, is_flagged, lead_words, split_words
from feeds.story import About, Fold, Story

_BEGINNING: Final = 14
"""Words of a lead that even a short summary has."""
_COPY_KEYS: Final = 4
_NOTHING: Final[frozenset[str]] = frozenset()
_FIGURES: Final = frozenset("#0123456789")


@dataclass(slots=True, eq=False)
class Telling:
    """What is needed of a story to find its copies and its thread; the text itself is not kept."""

    id: str
    told: datetime
    received: datetime
    outlet: str
    wire: str
    url: str
    """Canonical address; empty when it names no article."""
    subject: Subject
    title: Words
    leads: tuple[Words, ...]
    """The lead, and the summary's where that differs."""
    facts: Facts
    copy_keys: tuple[int, ...]
    """Under which it is looked for when copies are."""
    figures: frozenset[str]
    """Figures of the title that few stories share by chance."""
    flagged: bool
    """Whether its title carries a wire flag."""
    fold: Fold | None = None
    terms: tuple[str, ...] = ()
    """Words of the title, each once; empty for a copy."""
    picks: tuple[str, ...] = ()
    """The rarest words of the lead that the title does not have; empty for a copy."""
    title_length: float = 1.0
    """Length of the title's vector when it came."""
    length: float = 1.0
    """Length of the vector of title and lead when it came."""
    word_keys: tuple[str, ...] = ()
    """Words under which its thread is looked for; empty for a copy."""
    pair_keys: tuple[int, ...] = ()
    """One for each pair of words under which its thread is looked for; empty for a copy."""

    @property
    def lead(self) -> Words:
        """The lead of the text."""
        return self.leads[0]

    def agrees(self, other: Telling) -> bool:
        """False when the two cannot tell of one event: another block or ordinal, a denial."""
        mine, theirs = self.facts, other.facts
        if mine.denies != theirs.denies or not self.subject.may_join(other.subject):
            return False
        if not _apart(mine.ordinals, theirs.ordinals):
            return True
        of_theatre = self.subject.places or other.subject.places
        return not of_theatre and mine.counted.isdisjoint(theirs.counted)

    def abroad(self, other: Telling) -> bool:
        """True when both headlines name countries, and none in common."""
        return _apart(self.facts.countries, other.facts.countries)


def _apart(some: frozenset[str] | frozenset[int], others: frozenset[str] | frozenset[int]) -> bool:
    return bool(some) and bool(others) and some.isdisjoint(others)


def telling_of(story: Story, about: About) -> Telling:
    """The story reduced to what the indexes need."""
    plain = headline(story.title)
    title, leads = split_words(plain), lead_words(story)
    figures = [word for word in title.stems if word[0].isdigit() and is_telling(word)]
    return Telling(
        id=story.id,
        told=story.told,
        received=story.received,
        outlet=story.outlet,
        wire=story.wire,
        url=canonical_url(story.url) if story.url else "",
        subject=subject_of(about),
        title=title,
        leads=leads,
        facts=facts(plain),
        copy_keys=_copy_keys(title.stems, leads),
        figures=frozenset(figures) if figures else _NOTHING,
        flagged=bool(story.flag) or is_flagged(story.title),
    )


def _copy_keys(title: tuple[str, ...], leads: tuple[Words, ...]) -> tuple[int, ...]:
    """Keys of the headline, of each lead, and of its beginning, which is all that a cut copy has."""
    keys = set(_smallest(1, _codes(title)))
    for lead in leads:
        codes = _codes(lead.stems)
        keys.update(_smallest(2, codes[:_BEGINNING]), _smallest(2, codes))
    return tuple(keys)


def _codes(stems: tuple[str, ...]) -> list[int]:
    return [code(word) for word in stems if word[0] not in _FIGURES]


def _smallest(kind: int, codes: list[int]) -> list[int]:
    """The smallest hashes of neighbouring words: near-identical texts share one with near certainty."""
    return sorted({((a ^ b) * 2_654_435_761 + kind) & 0xFFFF_FFFF for a, b in pairwise(codes)})[:_COPY_KEYS]
