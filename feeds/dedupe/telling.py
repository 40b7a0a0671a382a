"""One story as the indexes of dedupe keep it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final
from zlib import crc32

from feeds.dedupe.facts import Facts
from feeds.dedupe.kin import Kin
from feeds.dedupe.subject import Subject, subject_of
from feeds.dedupe.traits import Traits, title_keys, traits_of
from feeds.dedupe.words import Words
from feeds.story import About, Fold, Story

if TYPE_CHECKING:
    from feeds.dedupe.thread import Thread

_LONG_LEAD: Final = 10
"""Words of a lead that proves more than its headline."""
_OF_ADDRESS: Final = 0x7CE3_85A1
"""Keeps the keys of addresses apart from others (see :mod:`feeds.dedupe.traits`)."""
_EMPTY: Final = array("I")
"""Words of a copy; one for all."""

_NO_WORDS: Final = Words((), ())
_FADED: Final = (_NO_WORDS,)


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
    headline: str
    """The words of the title without flags, as written but in lower case."""
    title: Words
    leads: tuple[Words, ...]
    """The lead, and the summary's where that differs."""
    facts: Facts
    copy_keys: Sequence[int]
    """Under which it is looked for when copies are."""
    wording: int
    """Stands for the whole text, its headline without flags."""
    figures: frozenset[int]
    """Figures of the title that few stories share by chance."""
    flagged: bool
    """Whether its title carries a wire flag."""
    led: bool
    """Whether it has a lead, and is no headline alone."""
    number: int = 0
    """Which one it was to come in."""
    fold: Fold = field(init=False)
    thread: Thread = field(init=False)
    weighed: bool = False
    """Whether its words are counted among those of the window; a copy's are not."""
    copies: list[Telling] | None = None
    """The later tellings that are copies of it, if there are any."""
    codes: array[int] = field(default_factory=lambda: _EMPTY)
    """The words of its vector; empty for a copy."""
    weights: array[int] = field(default_factory=lambda: _EMPTY)
    """What each of them weighs, as parts of :data:`feeds.dedupe.vectors.UNIT`."""
    pair_keys: tuple[int, ...] = ()
    """One for each pair of words under which its thread is looked for; empty for a copy."""
    kin: Kin | None = None
    """The tellings that are most like it; None while there are none."""

    @property
    def lead(self) -> Words:
        """The lead of the text."""
        return self.leads[0]

    @property
    def vocabulary(self) -> set[int]:
        """Every word of title and lead once."""
        return {*self.title.stems, *self.leads[0].stems}

    @property
    def lasting_keys(self) -> Sequence[int]:
        """Its copy keys without those of like headlines where it has a lead: a day later these make no copy of it."""
        if len(self.lead.stems) < _LONG_LEAD:
            return self.copy_keys
        of_title = title_keys(self.title.stems)
        return [key for key in self.copy_keys if key not in of_title]

    @property
    def faded(self) -> bool:
        """Whether it is known by name and address alone."""
        return self.leads is _FADED

    def fade(self) -> None:
        """Lets go of all words; what is left is its name, its address and its fold."""
        self.title, self.leads, self.headline, self.copy_keys, self.pair_keys = _NO_WORDS, _FADED, "", (), ()
        self.codes = self.weights = _EMPTY
        self.kin = None

    def agrees(self, other: Telling) -> bool:
        """False when the two cannot tell of one event: another block or ordinal, a denial."""
        mine, theirs = self.facts, other.facts
        if mine.denies != theirs.denies or not self.subject.may_join(other.subject):
            return False
        if not _apart(mine.ordinals, theirs.ordinals):
            return True
        of_theatre = self.subject.places or other.subject.places
        return not of_theatre and mine.counted.isdisjoint(theirs.counted)

    @property
    def odd(self) -> bool:
        """Whether it says something that another telling might contradict: a place, a count, an ordinal."""
        subject = self.subject
        return bool(subject.places or subject.numbers or subject.claims or self.facts.ordinals)

    def abroad(self, other: Telling) -> bool:
        """True when both headlines name countries, and none in common."""
        return _apart(self.facts.countries, other.facts.countries)


def _apart(some: frozenset[str] | frozenset[int], others: frozenset[str] | frozenset[int]) -> bool:
    return bool(some) and bool(others) and some.isdisjoint(others)


def telling_of(story: Story, about: About, traits: Traits | None = None) -> Telling:
    """The story reduced to what the indexes need; ``traits`` where they are worked out already."""
    known = traits or traits_of(story)
    return Telling(
        id=story.id,
        told=story.told,
        received=story.received,
        outlet=story.outlet,
        wire=story.wire,
        url=known.url,
        subject=subject_of(about),
        headline=known.headline,
        title=known.title,
        leads=known.leads,
        facts=known.facts,
        copy_keys=known.copy_keys,
        wording=known.wording,
        figures=known.figures,
        flagged=known.flagged,
        led=bool(known.leads[0].stems),
    )


def address_key(url: str) -> int:
    """The key of a canonical address."""
    return _OF_ADDRESS ^ crc32(url.encode(errors="replace"))
