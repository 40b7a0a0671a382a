"""Writing ``places.toml``: the form that the build and ``warwatch theatre new`` share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from feeds.theatres.gazetteer import Capital
from feeds.theatres.spellings import slug, variants

ALIKE: Final = 0.8
"""Likeness from which on an alternate passes for a spelling of the name and not for another name."""
SPELLINGS: Final = 4
"""Spellings taken from GeoNames at most; people write the ones that matter."""
OUTSHINES: Final = 10
"""Times that a place outnumbers its namesakes abroad for the news to mean it without saying so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One table of ``places.toml``."""

    capital: Capital
    kind: str
    holder: str
    tied: bool
    spellings: tuple[str, ...]
    ties: tuple[str, ...] = ()


def row_of(capital: Capital, kind: str, holder: str, *, tied: bool, ties: tuple[str, ...] = ()) -> Row:
    """A capital as a row, with the spellings that a reader of news would expect."""
    return Row(capital, kind, holder, tied, spellings_of(capital), ties if tied else ())


def spellings_of(capital: Capital) -> tuple[str, ...]:
    """Spellings written by people; where there are none, alternates that read like the name."""
    if capital.spellings:
        return _needed(capital.name, capital.spellings)
    alike = (other for other in capital.alternates if _alike(capital.name, other))
    ranked = sorted(alike, key=lambda other: (-_likeness(capital.name, other), other))
    return _needed(capital.name, ranked[:SPELLINGS])


def places_text(head: str, rows: Iterable[Row]) -> str:
    """The whole file: a comment, then a table a place."""
    return "\n".join((head, *(_table(row) for row in rows))) + "\n"


def _table(row: Row) -> str:
    one = row.capital
    lines = [
        f"\n[{one.id}]",
        f"name = {_quoted(one.name)}",
        f'kind = "{row.kind}"',
        f"region = {_quoted(one.region)}",
        f'country = "{one.country}"',
        f"lat = {one.lat:.4f}",
        f"lon = {one.lon:.4f}",
        *([f"population = {one.population}"] if one.population else []),
        *([f"geonameid = {one.geonameid}"] if one.geonameid else []),
        *([f'holder = "{row.holder}"'] if row.holder else []),
        *(["tied = true"] if row.tied else []),
        *([f"ties = {_quoted(list(row.ties))}"] if row.ties else []),
        f"spellings = {_quoted(list(row.spellings))}",
        f"regions = {_quoted(list(one.regions))}",
    ]
    return "\n".join(lines)


def _quoted(value: str | list[str]) -> str:
    """The value as TOML, which for texts and lists of texts is written as JSON is."""
    return json.dumps(value, ensure_ascii=False)


def _needed(name: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """Spellings that no rule makes from the name or from one before."""
    made, kept = {name, *variants(name)}, []
    for other in spellings:
        if other not in made:
            kept.append(other)
            made |= {other, *variants(other)}
    return tuple(kept)


def _alike(name: str, other: str) -> bool:
    """True when ``other`` reads like a spelling of ``name``: as many words, the same initial, no foreign ending."""
    one, two = slug(name), slug(other)
    alike = len(name.split()) == len(other.split()) and one[:1] == two[:1] and one[-1:] == two[-1:]
    if "'" in other and "'" not in name:
        return False  # a soft sign of another alphabet
    return (
        alike and len(two) > 3 and one != two and not two.startswith(one) and _likeness(name, other) >= ALIKE
    )


def _likeness(name: str, other: str) -> float:
    return SequenceMatcher(None, slug(name), slug(other), autojunk=False).ratio()
