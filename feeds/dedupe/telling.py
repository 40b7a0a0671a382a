"""One story as the indexes of dedupe keep it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from feeds.dedupe.addresses import canonical_url
from feeds.dedupe.subject import Subject, subject_of
from feeds.dedupe.words import Words, countries, denies, headline, lead_words, masked, ordinals, split_words
from feeds.story import About, Fold, Story


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
    lead: Words
    denies: bool
    ordinals: frozenset[int]
    countries: frozenset[str]
    title_bag: Counter[str]
    lead_bag: Counter[str]
    fold: Fold | None = None
    vector: dict[str, float] = field(default_factory=dict)
    """Weights of the words of title and lead, of length 1; empty for a copy."""
    headline_vector: dict[str, float] = field(default_factory=dict)
    """Weights of the words of the title alone, of length 1; empty for a copy."""
    copy_keys: tuple[int, ...] = ()
    pair_keys: tuple[tuple[str, str], ...] = ()

    def agrees(self, other: Telling) -> bool:
        """False when the two cannot tell of one event: another block, ordinal or country, a denial."""
        if self.denies != other.denies or not self.subject.may_join(other.subject):
            return False
        return not (_apart(self.ordinals, other.ordinals) or _apart(self.countries, other.countries))


def _apart(some: frozenset[str] | frozenset[int], others: frozenset[str] | frozenset[int]) -> bool:
    return bool(some) and bool(others) and some.isdisjoint(others)


def telling_of(story: Story, about: About) -> Telling:
    """The story reduced to what the indexes need."""
    plain = headline(story.title)
    title, lead = split_words(plain), lead_words(story)
    return Telling(
        id=story.id,
        told=story.told,
        received=story.received,
        outlet=story.outlet,
        wire=story.wire,
        url=canonical_url(story.url) if story.url else "",
        subject=subject_of(about),
        title=title,
        lead=lead,
        denies=denies(plain),
        ordinals=ordinals(plain),
        countries=countries(plain),
        title_bag=Counter(masked(title.stems)),
        lead_bag=Counter(masked(lead.stems)),
    )
