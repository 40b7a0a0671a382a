"""The join: which towns are seats, under which name, of what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from feeds.theatres.build.names import Namesakes, alternates, bare_division
from feeds.theatres.build.overlay import Overlay, Seat
from feeds.theatres.build.pbf import City, read_cities
from feeds.theatres.build.sources import Sources, Town
from feeds.theatres.gazetteer import Capital
from feeds.theatres.spellings import fold, slug, variants

SECOND_SEAT: Final = 50_000
"""People from which on a second town of a division counts as its seat too: divisions are merged, cities stay."""


@dataclass(frozen=True)
class World:
    """All that the build knows at once."""

    towns: dict[int, Town]
    divisions: dict[str, str]
    countries: dict[str, str]
    overlay: Overlay
    namesakes: Namesakes
    cities: tuple[City, ...] = field(default=(), repr=False)

    def region(self, code: str) -> tuple[str, tuple[str, ...]]:
        """Name of the division with this code, and its other names."""
        given = self.divisions.get(code, "")
        written = self.overlay.regions.get(code)
        bare = fold(bare_division(given))
        if all(word.lower() in self.namesakes.words for word in bare.split()):
            bare = fold(given)  # "Unity" and "Bay" say nothing without "State" and "Region"
        names = list(written or [bare])
        made = {spelled for name in names for spelled in variants(name)} | set(names)
        extra = [name for name in (bare, fold(given)) if name and name not in made and not written]
        return names[0], tuple(dict.fromkeys((*names[1:], *extra)))

    def name(self, town: Town) -> str:
        """Usual English name of a town."""
        if written := self.overlay.names.get(town["geonameid"]):
            return written
        if slug(town["name"]):
            return fold(town["name"])
        likely = (name for name in town["alternatenames"] if name[:1].isupper() and slug(name))
        return fold(next(likely, str(town["geonameid"])))


def read_world(sources: Sources, overlay: Overlay) -> World:
    """What the packages and the corrections hold."""
    towns, divisions, countries = sources.towns(), sources.divisions(), sources.countries()
    namesakes = Namesakes(towns.values(), divisions, countries, sources.words())
    return World(towns, divisions, countries, overlay, namesakes, tuple(read_cities(sources.cities)))


def capitals(world: World) -> list[Capital]:
    """Every seat once, by country, division and name; ids unique within a country."""
    found = [_capital(world, town, national=national) for town, national in _seats(world)]
    found += [_unlisted(world, seat) for seat in world.overlay.seats if "id" not in seat]
    found.sort(key=lambda one: (one.country, one.division, not one.national, one.id, one.geonameid))
    twice = {key for key, many in Counter((one.country, one.id) for one in found).items() if many > 1}
    return [_apart(one) if (one.country, one.id) in twice else one for one in found]


def _seats(world: World) -> Iterable[tuple[Town, bool]]:
    """Towns that are seats today, with whether of a country: one a division, and others of size."""
    by_division: dict[str, list[tuple[Town, bool]]] = defaultdict(list)
    written = {seat["id"]: seat for seat in world.overlay.seats if "id" in seat}
    for city in world.cities:
        town = world.towns.get(city.geonameid)
        if (
            town
            and city.feature in {"PPLA", "PPLC"}
            and city.geonameid not in world.overlay.unseated | set(written)
        ):
            by_division[f"{town['countrycode']}.{town['admin1code']}"].append((town, city.feature == "PPLC"))
    for key, seat in written.items():
        by_division[seat["division"]].append((world.towns[key], seat.get("national", False)))
    for seats in by_division.values():
        seats.sort(key=lambda one: (-one[0]["population"], one[0]["geonameid"]))
        rest = [one for one in seats if not one[1]]
        yield from (one for one in seats if one[1] or one is rest[0] or one[0]["population"] >= SECOND_SEAT)


def _capital(world: World, town: Town, *, national: bool) -> Capital:
    key, name = town["geonameid"], world.name(town)
    code = next((seat["division"] for seat in world.overlay.seats if seat.get("id") == key), "")
    code = code or f"{town['countrycode']}.{town['admin1code']}"
    region, regions = world.region(code)
    return Capital(
        geonameid=key,
        country=code[:2],
        division=code[3:],
        region=region or name,
        regions=regions,
        id=slug(name),
        name=name,
        national=national,
        lat=town["latitude"],
        lon=town["longitude"],
        population=town["population"],
        spellings=tuple(world.overlay.spellings.get(key, ())),
        alternates=alternates(town, name, world.namesakes, world.overlay.drops.get(key, ())),
    )


def _unlisted(world: World, seat: Seat) -> Capital:
    """A seat that is in no source: name and coordinates written by hand."""
    region, regions = world.region(seat["division"])
    return Capital(
        geonameid=0,
        country=seat["division"][:2],
        division=seat["division"][3:],
        region=region,
        regions=regions,
        id=slug(seat["name"]),
        name=seat["name"],
        national=False,
        lat=seat["lat"],
        lon=seat["lon"],
        population=0,
        spellings=(),
        alternates=(),
    )


def _apart(one: Capital) -> Capital:
    """A namesake in the same country: the division tells it apart."""
    return replace(one, id=f"{one.id}-{slug(one.region)}")
