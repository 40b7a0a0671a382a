"""What a theatre is: one war's sides, places and subscriptions, as the other rooms use them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
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
    called: tuple[str, ...] = ()
    """Words of another side that mean this one where only this one is named: ``jihadists`` beside ``Islamic State``."""
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


@dataclass(frozen=True, slots=True)
class Era:
    """What is otherwise from a day on: who is called what, who stands in for whom, who has joined whom."""

    day: date
    """The first day on which it is so, UTC."""
    sides: tuple[Side, ...]
    """All sides, with their words from then on."""
    board_side: str = ""
    challenger: str = ""
    defender: str = ""
    joins: tuple[tuple[str, str], ...] = ()
    """(side, side it is part of from that day on): what it held is the other's, and so is what is said of it."""


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
    eras: tuple[Era, ...] = ()
    """What changes on a day, in the order of the days."""

    @cached_property
    def by_id(self) -> dict[str, Place]:
        """Places by their id."""
        return {place.id: place for place in self.places}

    @cached_property
    def side_by_id(self) -> dict[str, Side]:
        """Sides by their id."""
        return {side.id: side for side in self.sides}

    @cached_property
    def shared_words(self) -> dict[str, tuple[str, ...]]:
        """Sides that a word of another side may mean too, by the word in lower case."""
        found: dict[str, tuple[str, ...]] = {}
        for side in self.sides:
            for word in side.called:
                found[word.lower()] = (*found.get(word.lower(), ()), side.id)
        return found

    def first_holder(self, place: Place, day: date) -> str:
        """Who held a place at the start, by the side that he has joined until a day."""
        holder = place.holder
        for era in self.eras:
            if era.day <= day:
                holder = dict(era.joins).get(holder, holder)
        return holder

    @cached_property
    def _variants(self) -> tuple[tuple[date, Theatre], ...]:
        made = [
            (
                era.day,
                replace(
                    self,
                    sides=era.sides,
                    board_side=era.board_side,
                    challenger=era.challenger,
                    defender=era.defender,
                    eras=(),
                ),
            )
            for era in self.eras
        ]
        return tuple(reversed(made))

    def on(self, day: date | None) -> Theatre:
        """The theatre with the words and roles that its sides have on a day; itself for no day or before the first change."""
        if day is None:
            return self
        return next((theatre for begins, theatre in self._variants if begins <= day), self)

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

    def named_at(self, side: str, moment: datetime | None) -> str:
        """The name that a side has at a moment; for none, at the start."""
        return self.on(moment.date() if moment else None).side_name(side)
