"""What a filter looks at: a story or a capital, as far as anything can be asked of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from feeds.evidence import Standing
from feeds.theatres.model import Place


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filter looks at in a story or a capital."""

    text: str = ""
    """Where words are looked for."""
    headline: str = ""
    """Where expressions are looked for."""
    places: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    outlet: str = ""
    wire: str = ""
    letter: str = ""
    at: datetime | None = None
    """When the story was told, or since when the capital stands as it does."""
    marks: frozenset[str] = frozenset()
    terms: tuple[str, ...] = ()
    """Watch terms that were found in it, or in what is told of it."""
    groups: tuple[str, ...] = ()
    """Groups of feeds that its outlet is in."""


def story_subject(
    title: str,
    outlet: str,
    *,
    letter: str = "",
    wire: str = "",
    told: datetime | None = None,
    places: tuple[str, ...] = (),
    marks: Iterable[str] = (),
    states: Mapping[str, str] | None = None,
    groups: tuple[str, ...] = (),
) -> Subject:
    """A story as a filter sees it; ``states`` tells how its places stand."""
    standing = tuple((states or {})[place] for place in places if place in (states or {}))
    return Subject(
        text=f"{title} {outlet}",
        headline=f"{title} {outlet}",
        places=places,
        states=standing,
        outlet=outlet,
        wire=wire,
        letter=letter,
        at=told,
        marks=frozenset(marks),
        groups=groups,
    )


def standing_subject(
    place: Place, standing: Standing, words: str = "", terms: tuple[str, ...] = ()
) -> Subject:
    """A capital as a filter sees it: its row, the words behind it, and the watch terms found in what is told of it.

    For the board, on screen and on paper.
    """
    marks = {*standing.flags, *(("stale",) if standing.stale else ())}
    return Subject(
        text=f"{place.name} {place.region} {standing.state} {standing.holder} {words}",
        headline=f"{place.name} {words}",
        places=(place.id,),
        states=(standing.state,),
        holders=(standing.holder,),
        regions=(place.region,),
        letter=standing.grade[:1],
        at=standing.since,
        marks=frozenset(marks | ({"override"} if standing.override else set())),
        terms=terms,
    )
