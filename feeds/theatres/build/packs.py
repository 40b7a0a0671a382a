"""Places of the theatres shipped: ``places.toml`` of each pack, from its recipe and the gazetteer."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypedDict, cast

from feeds.theatres.build.gazetteer import World
from feeds.theatres.build.names import alternates
from feeds.theatres.build.sources import Town
from feeds.theatres.gazetteer import Capital, people
from feeds.theatres.load import PACKS
from feeds.theatres.places import OUTSHINES, places_text, row_of
from feeds.theatres.spellings import slug

RECIPES: Final = Path(__file__).parent / "recipes"


class Wanted(TypedDict, total=False):
    """A town of a recipe: an empty table when its id says it all."""

    name: str
    find: str
    id: int
    country: str
    region: str
    lat: float
    lon: float
    also: list[str]


class Recipe(TypedDict, total=False):
    """Which places a theatre has and who holds them at its start."""

    countries: list[str]
    without: list[str]
    seats: str
    holder: str
    leave: list[str]
    held: dict[str, list[str]]
    tied: list[str]
    towns: dict[str, Wanted]


@dataclass(frozen=True, slots=True)
class Kitchen:
    """A recipe with what it draws on."""

    name: str
    recipe: Recipe
    world: World
    capitals: list[Capital]

    @property
    def countries(self) -> list[str]:
        """Countries of the theatre; all of them when the recipe names none."""
        everywhere = {one.country for one in self.capitals} - set(self.recipe.get("without", ()))
        return self.recipe.get("countries") or sorted(everywhere)

    def seats(self) -> list[Capital]:
        """The capitals that the theatre has, in the order of its countries; ids unique."""
        national_only = self.recipe.get("seats") == "national"
        leave = set(self.recipe.get("leave", ()))
        order = {country: at for at, country in enumerate(self.countries)}
        chosen = [
            one
            for one in self.capitals
            if one.country in order and (one.national or not national_only) and one.id not in leave
        ]
        chosen.sort(key=lambda one: (order[one.country], not one.national, one.region, one.id))
        return _unique(chosen)

    def town(self, key: str, wanted: Wanted) -> Capital:
        """A town of the recipe as the gazetteer would hold it."""
        name = wanted.get("name") or key.replace("-", " ").title()
        country = wanted.get("country") or self.countries[0]
        if "lat" in wanted:
            region, regions = self._region(key, country, wanted["region"])
            return Capital(
                0, country, "", region, regions, key, name, national=False, lat=wanted["lat"], lon=wanted["lon"],
                population=0, spellings=tuple(wanted.get("also", ())), alternates=(),
            )  # fmt: skip
        town = self._find(key, wanted, wanted.get("find") or name, country)
        region, regions = self.world.region(f"{country}.{town['admin1code']}")
        if "region" in wanted:
            region, regions = self._region(key, country, wanted["region"])
        return Capital(
            town["geonameid"], country, town["admin1code"], region or name, regions, key, name, national=False,
            lat=town["latitude"], lon=town["longitude"], population=town["population"],
            spellings=tuple(wanted.get("also", ())),
            alternates=alternates(town, name, self.world.namesakes, ()),
        )  # fmt: skip

    def _region(self, key: str, country: str, region: str) -> tuple[str, tuple[str, ...]]:
        """The division of this name with its other names."""
        for one in self.capitals:
            if one.country == country and one.region == region:
                return one.region, one.regions
        raise LookupError(f"{self.name}: no division {region!r} in {country} for {key!r}")

    def tied(self, one: Capital, at_home: set[str]) -> bool:
        """True when the name, or a spelling that people wrote, is borne by somebody or something else."""
        if one.id in self.recipe.get("tied", ()):
            return True
        if one.name.lower() in self.world.namesakes.words or one.name in people():
            return True
        seats = (other for other in self.capitals if other.country not in at_home and other.id == one.id)
        towns = (self.world.namesakes.size_abroad(name, at_home) for name in (one.name, *one.spellings))
        largest = max((*(other.population for other in seats), *towns), default=0)
        return largest * OUTSHINES > one.population and largest > 0

    def _find(self, key: str, wanted: Wanted, name: str, country: str) -> Town:
        if "id" in wanted:
            return self.world.towns[wanted["id"]]
        named = [
            town
            for town in self.world.towns.values()
            if town["countrycode"] == country
            and slug(name) in {slug(other) for other in (town["name"], *town["alternatenames"])}
        ]
        if not named:
            raise LookupError(
                f"{self.name}: no town {name!r} in {country} for {key!r}: write its id, or lat, lon, region"
            )
        return max(
            named, key=lambda town: (town["population"], slug(town["name"]) == slug(name), town["geonameid"])
        )


def write_packs(world: World, found: list[Capital]) -> dict[Path, bytes]:
    """``places.toml`` of every theatre with a recipe."""
    made = {}
    for path in sorted(RECIPES.glob("*.toml")):
        recipe = cast("Recipe", tomllib.loads(path.read_text("utf-8")))
        kitchen = Kitchen(path.stem, recipe, world, found)
        made[PACKS / path.stem / "places.toml"] = _places(kitchen).encode("utf-8")
    return made


def _places(kitchen: Kitchen) -> str:
    recipe = kitchen.recipe
    seats = kitchen.seats()
    towns = [kitchen.town(key, wanted) for key, wanted in recipe.get("towns", {}).items()]
    ids = [one.id for one in (*seats, *towns)]
    holders = {place: side for side, held in recipe.get("held", {}).items() for place in held}
    if wrong := sorted({one for one in ids if ids.count(one) > 1} | set(holders) - set(ids)):
        raise LookupError(
            f"{kitchen.name}: ids that are there twice, or held and not there: {', '.join(wrong)}"
        )
    several = len(kitchen.countries) > 1
    rows = [
        row_of(
            _curated(kitchen, one),
            "national" if one.national else "capital" if at < len(seats) else "town",
            holders.get(one.id, recipe.get("holder", "")),
            tied=kitchen.tied(one, set(recipe.get("countries") or [one.country])),
            ties=_ties(kitchen.world, one.country) if several else (),
        )
        for at, one in enumerate((*seats, *towns))
    ]
    head = f"# Places of the theatre {kitchen.name}, made by `make gazetteer` from feeds/theatres/build/recipes: edit there."
    return places_text(head, rows)


def _curated(kitchen: Kitchen, one: Capital) -> Capital:
    """The capital without the alternates of GeoNames where people have gone over its spellings."""
    gone_over = one.geonameid in kitchen.world.overlay.spellings
    return replace(one, alternates=()) if gone_over else one


def _ties(world: World, country: str) -> tuple[str, ...]:
    """Words that tie a story to a country: its name, and those that people added."""
    return (world.countries[country], *world.overlay.ties.get(country, ()))


def _unique(chosen: list[Capital]) -> list[Capital]:
    """The capitals with the country added to ids that two countries share."""
    ids = [one.id for one in chosen]
    return [
        replace(one, id=f"{one.id}-{one.country.lower()}") if ids.count(one.id) > 1 else one for one in chosen
    ]
