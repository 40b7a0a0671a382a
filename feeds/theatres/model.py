"""What a theatre is: one war's sides, places and subscriptions, as the other rooms use them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from feeds.story import Subscription


@dataclass(frozen=True, slots=True)
class Side:
    """One party that can hold a place."""

    id: str
    name: str
    """As the board shows it."""
    nouns: tuple[str, ...]
    """What the news calls it, as subject or possessor: ``Taliban``, ``insurgents``."""
    weak_nouns: tuple[str, ...] = ()
    """Words that mean it only in company of a place or another side: ``fighters``, ``troops``."""
    officials: tuple[str, ...] = ()
    """Words for those who speak for it: ``governor``, ``lawmaker``."""
    adjectives: tuple[str, ...] = ()
    """What stands before ``forces``, ``spokesman`` or ``control``: ``Afghan``, ``Taliban``."""
    opponent: str = ""
    """Side that gains when this one loses and nobody says to whom; empty: the other of two."""


@dataclass(frozen=True, slots=True)
class Place:
    """A capital or town of the theatre."""

    id: str
    name: str
    region: str
    """Name of the division it is the seat of, or lies in."""
    kind: str
    """``capital`` (seat of a division), ``national`` or ``town``."""
    lat: float
    lon: float
    aliases: tuple[str, ...] = ()
    region_aliases: tuple[str, ...] = ()
    holder: str = ""
    """Side that held it at the theatre's start."""
    country: str = ""
    """ISO 3166 alpha-2 code; empty when the theatre has one country only and the pack does not say."""
    population: int = 0
    geonameid: int = 0
    tied: bool = False
    """True when a place elsewhere, a person or a word bears the name: it counts only in a story tied to it."""
    ties: tuple[str, ...] = ()
    """Words that tie a story to this place where the theatre has several countries; empty: its ``country_words``."""

    def spelled(self, aliases: tuple[str, ...], region_aliases: tuple[str, ...]) -> Place:
        """The same place with these spellings."""
        return replace(self, aliases=aliases, region_aliases=region_aliases)


@dataclass(frozen=True)
class Theatre:
    """One war: who fights, over which places, in which words, and who reports it."""

    id: str
    title: str
    countries: tuple[str, ...]
    """ISO 3166 alpha-2 codes."""
    sides: tuple[Side, ...]
    places: tuple[Place, ...]
    subscriptions: tuple[Subscription, ...] = ()
    vocabulary: tuple[str, ...] = ("english",)
    country_words: tuple[str, ...] = ()
    """Words that tie a story to the theatre: names of countries, their people, their leaders."""
    board_side: str = ""
    """The side whose gains are counted in the board's title."""
    challenger: str = ""
    """To whom a place falls when nobody says to whom."""
    defender: str = ""
    """Who holds a place again when it is retaken and nobody says by whom."""
    starts: date | None = None
    """Day for which the places' first holders are given."""

    @cached_property
    def by_id(self) -> dict[str, Place]:
        """Places by their id."""
        return {place.id: place for place in self.places}

    @cached_property
    def side_by_id(self) -> dict[str, Side]:
        """Sides by their id."""
        return {side.id: side for side in self.sides}

    @property
    def capitals(self) -> tuple[Place, ...]:
        """The places the board lists by default."""
        return tuple(place for place in self.places if place.kind != "town")

    def opponent(self, side: str) -> str:
        """Side that gains when ``side`` loses and nobody says to whom; empty when that is not plain."""
        known = self.side_by_id.get(side)
        if known and known.opponent:
            return known.opponent
        others = [other.id for other in self.sides if other.id != side]
        if len(others) == 1:
            return others[0]
        return self.defender if side == self.challenger else self.challenger

    def side_name(self, side: str) -> str:
        """The name shown for a side's id; the id itself when the theatre does not know it."""
        known = self.side_by_id.get(side)
        return known.name if known else side
