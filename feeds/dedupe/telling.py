"""One story as the indexes of dedupe keep it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from zlib import crc32

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.facts import Facts, facts
from feeds.dedupe.kin import Kin
from feeds.dedupe.stems import A_FIGURE, MARKS, TELLING
from feeds.dedupe.subject import Subject, subject_of
from feeds.dedupe.words import Words, headline, is_flagged, lead_words, tokens, words_of
from feeds.story import About, Fold, Story

if TYPE_CHECKING:
    from feeds.dedupe.thread import Thread

_BEGINNING: Final = 14
"""Words of a lead that even a short summary has."""
_COPY_KEYS: Final = 4
_LONG_LEAD: Final = 10
"""Words of a lead that proves more than its headline."""
_OF_TITLE: Final = 0x1357_9BDF
"""Keys are thirty-two bits wide; this and the next ones keep those of one kind apart from another's."""
_OF_WORDS: Final = 0x2468_ACE1
_OF_LEAD: Final = 0x5A0F_3C96
_OF_WORDING: Final = 0x6B91_D24F
_OF_ADDRESS: Final = 0x7CE3_85A1
_FIRST_WORDS: Final = 4
"""Words as written with which a headline begins, however it was cut."""
_SPREAD: Final = 2_654_435_761
_NONE: Final[frozenset[int]] = frozenset()
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
        of_title = _title_keys(self.title.stems)
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


def telling_of(story: Story, about: About) -> Telling:
    """The story reduced to what the indexes need."""
    plain = headline(story.title)
    written, leads = tokens(plain), lead_words(story)
    title = words_of(written, plain)
    text = " ".join([word for word in written if word not in MARKS]).casefold()
    return Telling(
        id=story.id,
        told=story.told,
        received=story.received,
        outlet=story.outlet,
        wire=story.wire,
        url=canonical_url(story.url) if story.url else "",
        subject=subject_of(about),
        headline=text,
        title=title,
        leads=leads,
        facts=facts(written),
        copy_keys=_copy_keys(text, title.stems, leads),
        wording=_OF_WORDING ^ crc32(f"{text}\n{story.summary}\n{story.body}".encode(errors="replace")),
        figures=frozenset([code for code in title.stems if code & TELLING]) or _NONE,
        flagged=bool(story.flag) or (plain != story.title and is_flagged(story.title)),
        led=bool(leads[0].stems),
    )


def address_key(url: str) -> int:
    """The key of a canonical address."""
    return _OF_ADDRESS ^ crc32(url.encode(errors="replace"))


def _copy_keys(text: str, title: tuple[int, ...], leads: tuple[Words, ...]) -> array[int]:
    """Keys of the headline, of each lead, and of their beginnings, which is all that a cut copy has."""
    keys = _title_keys(title)
    keys.add(_OF_WORDS ^ crc32(" ".join(text.split(" ", _FIRST_WORDS)[:_FIRST_WORDS]).encode()))
    for lead in leads:
        keys.add(_OF_LEAD ^ hash(lead.stems[:_FIRST_WORDS]) & 0xFFFF_FFFF)
        hashes = _neighbours(lead.stems)
        keys.update(sorted(hashes[: _BEGINNING - 1])[:_COPY_KEYS], sorted(hashes)[:_COPY_KEYS])
    return array("I", keys)


def _title_keys(title: tuple[int, ...]) -> set[int]:
    return {_OF_TITLE ^ key for key in sorted(_neighbours(title))[:_COPY_KEYS]}


def _neighbours(stems: tuple[int, ...]) -> list[int]:
    """A hash of each two neighbouring words: of near-identical texts, the smallest few are nearly always the same."""
    codes = [code for code in stems if not code & A_FIGURE]
    return [(a ^ b) * _SPREAD & 0xFFFF_FFFF for a, b in pairwise(codes)]
