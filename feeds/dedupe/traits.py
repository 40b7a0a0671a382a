"""What the indexes of dedupe need of a story's text, worked out from the story alone."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from zlib import crc32

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.facts import PLAIN, Facts, facts
from feeds.dedupe.stems import A_FIGURE, MARKS, TELLING
from feeds.dedupe.words import Words, headline, is_flagged, lead_words, tokens, words_of
from feeds.story import Story

_BEGINNING: Final = 14
"""Words of a lead that even a short summary has."""
_COPY_KEYS: Final = 4
_OF_TITLE: Final = 0x1357_9BDF
"""Keys are thirty-two bits wide; this and the next ones keep those of one kind apart from another's."""
_OF_WORDS: Final = 0x2468_ACE1
_OF_LEAD: Final = 0x5A0F_3C96
_OF_WORDING: Final = 0x6B91_D24F
_FIRST_WORDS: Final = 4
"""Words as written with which a headline begins, however it was cut."""
_SPREAD: Final = 2_654_435_761
_NONE: Final[frozenset[int]] = frozenset()


class Traits(NamedTuple):
    """One story's words, keys and facts; each field is as in :class:`feeds.dedupe.telling.Telling`."""

    url: str
    headline: str
    title: Words
    leads: tuple[Words, ...]
    facts: Facts
    copy_keys: Sequence[int]
    wording: int
    figures: frozenset[int]
    flagged: bool

    def shared(self, same: dict[int, int]) -> Traits:
        """The same with one number for each word, as ``same`` has it or gets it, and with the one record of no facts.

        Of traits made in another process each word would be another number: forty for each story in memory.
        """

        def those(words: Words) -> Words:
            one = same.setdefault
            return Words(tuple([one(n, n) for n in words.stems]), tuple([one(n, n) for n in words.names]))

        return self._replace(
            title=those(self.title),
            leads=tuple(map(those, self.leads)),
            facts=PLAIN if self.facts == PLAIN else self.facts,
            figures=frozenset([same.setdefault(n, n) for n in self.figures]) or _NONE,
        )


def traits_of(story: Story) -> Traits:
    """The traits of one story; they depend on nothing but its text and this version's vocabulary."""
    plain = headline(story.title)
    written, leads = tokens(plain), lead_words(story)
    title = words_of(written, plain)
    text = " ".join([word for word in written if word not in MARKS]).casefold()
    return Traits(
        url=canonical_url(story.url) if story.url else "",
        headline=text,
        title=title,
        leads=leads,
        facts=facts(written),
        copy_keys=_copy_keys(text, title.stems, leads),
        wording=_OF_WORDING ^ crc32(f"{text}\n{story.summary}\n{story.body}".encode(errors="replace")),
        figures=frozenset([code for code in title.stems if code & TELLING]) or _NONE,
        flagged=bool(story.flag) or (plain != story.title and is_flagged(story.title)),
    )


def _copy_keys(text: str, title: tuple[int, ...], leads: tuple[Words, ...]) -> array[int]:
    """Keys of the headline, of each lead, and of their beginnings, which is all that a cut copy has."""
    keys = title_keys(title)
    keys.add(_OF_WORDS ^ crc32(" ".join(text.split(" ", _FIRST_WORDS)[:_FIRST_WORDS]).encode()))
    for lead in leads:
        keys.add(_OF_LEAD ^ hash(lead.stems[:_FIRST_WORDS]) & 0xFFFF_FFFF)
        hashes = _neighbours(lead.stems)
        keys.update(sorted(hashes[: _BEGINNING - 1])[:_COPY_KEYS], sorted(hashes)[:_COPY_KEYS])
    return array("I", keys)


def title_keys(title: tuple[int, ...]) -> set[int]:
    """The copy keys that are the headline's alone."""
    return {_OF_TITLE ^ key for key in sorted(_neighbours(title))[:_COPY_KEYS]}


def _neighbours(stems: tuple[int, ...]) -> list[int]:
    """A hash of each two neighbouring words: of near-identical texts, the smallest few are nearly always the same."""
    codes = [code for code in stems if not code & A_FIGURE]
    return [(a ^ b) * _SPREAD & 0xFFFF_FFFF for a, b in pairwise(codes)]
