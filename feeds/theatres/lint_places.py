"""Findings in a theatre's places: holders, and names that collide, are English words or name people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from feeds.theatres.gazetteer import english_words, people
from feeds.theatres.lint_sides import Found, side_tables, words_of
from feeds.theatres.pack import Pack, Table
from feeds.theatres.spellings import slug, variants

KEYS: Final = frozenset(
    {"name", "region", "kind", "country", "lat", "lon", "population", "geonameid", "holder", "tied", "ties"}
    | {"spellings", "regions"}
)


@dataclass(frozen=True, slots=True)
class _Place:
    """One table of ``places.toml`` as far as it can be read."""

    id: str
    table: Table

    @property
    def written(self) -> list[str]:
        """Its name and spellings, as people wrote them."""
        return [str(self.table.get("name", "")), *words_of(self.table, "spellings")]

    @property
    def regions(self) -> list[str]:
        """Names of its division."""
        return [str(self.table.get("region", "")), *words_of(self.table, "regions")]


def place_findings(pack: Pack, head: Pack) -> Iterator[Found]:
    """Everything to be said against ``places.toml``."""
    places = [_Place(key, table) for key, table in pack.data.items() if isinstance(table, dict)]
    tables = side_tables(head)
    ids = {side.get("id") for side in tables}
    officials = {
        word
        for side in tables
        for name in words_of(side, "officials")
        if " " in name
        for word in name.split()
    }
    if not places:
        yield 0, "no place at all", "error"
    for place in places:
        yield from _table(pack, place, ids)
        yield from _names(pack, place, officials)
    yield from _collisions(pack, places)


def _table(pack: Pack, place: _Place, sides: set[object]) -> Iterator[Found]:
    table = place.table
    for key in table:
        if key not in KEYS:
            yield (
                pack.line(key, table),
                f"[{place.id}] {key} means nothing; known are {', '.join(sorted(KEYS))}",
                "warning",
            )
    holder = table.get("holder", "")
    if not holder:
        text = f"[{place.id}] has no holder: the board cannot tell a capture from a standing state"
        yield pack.line("", table), text, "warning"
    elif holder not in sides:
        yield (
            pack.line("holder", table),
            f"[{place.id}] holder {holder!r} is no side of this theatre",
            "error",
        )
    if place.id != slug(place.id):
        yield (
            pack.line("", table),
            f"[{place.id}] is no id: lower-case ASCII words joined by hyphens",
            "warning",
        )


def _names(pack: Pack, place: _Place, officials: set[str]) -> Iterator[Found]:
    """Names that are words or people, unless the place counts only in stories tied to its country."""
    for name in place.written:
        line = pack.line("name" if name == place.table.get("name") else "spellings", place.table, f'"{name}"')
        if len(slug(name)) < 3:
            yield line, f"[{place.id}] {name!r} is too short to be safe", "warning"
        elif name != place.written[0] and name[:1].islower():
            if " " not in name and "-" not in name:
                yield line, f"[{place.id}] {name!r} is lower-case: it would match a word", "warning"
        elif place.table.get("tied") is not True:
            if name.lower() in english_words():
                yield (
                    line,
                    f"[{place.id}] {name!r} is an English word: set tied = true, or leave it out",
                    "warning",
                )
            elif name in people() or name in officials:
                yield (
                    line,
                    f"[{place.id}] {name!r} names a person: set tied = true, or leave it out",
                    "warning",
                )


def _collisions(pack: Pack, places: list[_Place]) -> Iterator[Found]:
    """Names that two places share, or that are another place's division."""
    owner: dict[str, _Place] = {}
    for place in places:
        for name in place.written:
            first = owner.setdefault(name, place)
            if first is not place:
                yield _line(pack, place, name), f"[{place.id}] {name!r} is also [{first.id}]", "error"
    for place in places:
        for name in {made for written in place.written for made in variants(written)} & set(owner):
            if owner[name] is not place:
                text = f"[{place.id}] is spelled {name!r} by rule, which is [{owner[name].id}]"
                yield _line(pack, place, place.written[0]), text, "warning"
        for other in places:
            if other is not place and place.table.get("region") != other.table.get("region"):
                for name in set(place.written) & set(other.regions):
                    text = f"[{place.id}] {name!r} is also the division of [{other.id}]"
                    yield _line(pack, place, name), text, "warning"


def _line(pack: Pack, place: _Place, name: str) -> int:
    return pack.line("name" if name == place.written[0] else "spellings", place.table, f'"{name}"')
