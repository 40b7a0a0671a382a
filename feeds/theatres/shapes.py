"""The divisions of a theatre's countries as shapes, for the map: built by ``make gazetteer`` from Natural Earth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

from feeds.errors import TheatreError
from feeds.theatres.gazetteer import DATA, unpacked
from feeds.theatres.model import Place, Theatre

SHAPES: Final = DATA / "shapes"
SUMS: Final = SHAPES / "shapes.sha256"
WORLD: Final = "world"
"""Name of the file with all countries, for a theatre that names none."""

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


@dataclass(frozen=True, slots=True)
class Division:
    """A province, or a country of the world map, with the theatre's capitals that it is tinted by."""

    name: str
    seats: tuple[Place, ...]
    """None when the theatre does not follow it; several share it out by distance."""
    approximate: bool
    """True when the borders drawn are older than the division, or several capitals share one shape."""


@dataclass(frozen=True, slots=True)
class Arc:
    """A border: the numbers of the divisions on its sides (-1 for none), and the points of the line."""

    left: int
    right: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Divisions and the borders around them. Inside a division is where an odd number of its arcs was crossed."""

    divisions: tuple[Division, ...] = ()
    arcs: tuple[Arc, ...] = ()

    @property
    def approximate(self) -> bool:
        """True when any division followed is."""
        return any(each.approximate and each.seats for each in self.divisions)


def shapes_of(theatre: Theatre) -> Shapes:
    """The shapes of a theatre's countries put together; those without a file are left out.

    TheatreError when a file is not the one that was built.
    """
    national = not theatre.countries
    # A pack written by hand may know its places by their names only.
    by_number = {place.geonameid: place for place in theatre.capitals if place.geonameid}
    by_name = {place.id: place for place in theatre.capitals if not place.geonameid}
    divisions: list[Division] = []
    arcs: list[Arc] = []
    for name in (WORLD,) if national else theatre.countries:
        rows, borders = _read(name)
        first = len(divisions)
        for title, approximate, keys in rows:
            found = (by_number.get(number) or by_name.get(slug) for number, slug in keys)
            seats = tuple(place for place in found if place)
            divisions.append(Division(title, seats, bool(approximate) and bool(seats)))
        arcs += (
            Arc(left + first, right + first if right >= 0 else -1, points) for left, right, points in borders
        )
    return Shapes(tuple(divisions), tuple(arcs))


_Row = tuple[str, int, list[tuple[int, str]]]
_Border = tuple[int, int, tuple[Point, ...]]


@cache
def _read(name: str) -> tuple[list[_Row], list[_Border]]:
    """The divisions and borders of one file; nothing when there is no such file."""
    path = SHAPES / f"{name}.json.gz"
    wanted = _sums().get(path.name)
    if wanted is None:
        return [], []
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise TheatreError(f"the map of {name} cannot be read: {path}: {error.strerror}") from None
    data = unpacked(path, packed, wanted)
    (left, low), (wide, high) = data["origin"], data["step"]
    return data["divisions"], [_border(row, left, low, wide, high) for row in data["arcs"]]


def _border(row: list[int], left: float, low: float, wide: float, high: float) -> _Border:
    across, up = accumulate(row[2::2]), accumulate(row[3::2])
    points = tuple((left + x * wide, low + y * high) for x, y in zip(across, up, strict=True))
    return row[0], row[1], points


@cache
def _sums() -> dict[str, str]:
    try:
        lines: Iterable[str] = SUMS.read_text("ascii").splitlines()
    except OSError as error:
        raise TheatreError(f"the maps cannot be read: {error.filename}: {error.strerror}") from None
    return {name: digest for digest, name in (line.split() for line in lines)}
