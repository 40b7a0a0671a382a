"""The map of a report: divisions as outlines, cities as dots with a letter and a name, in the units of an SVG picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from feeds.errors import TheatreError
from feeds.report.labels import Anchor, Spot, place_labels
from feeds.report.wording import GRAVITY, wording_of
from feeds.theatres.model import Theatre
from feeds.theatres.shapes import Arc, Division, Point, Shapes, shapes_of

WIDTH: Final = 720
"""Units across; the picture scales with the page."""
TALLEST: Final = 820
_MARGIN: Final = 14
_NEAREST: Final = 0.4
"""Points nearer than this to the one before, in units, are left out of a line."""
MIXED: Final = "mixed"
"""Instead of a state: a division whose several cities stand differently."""


@dataclass(frozen=True, slots=True)
class Area:
    """A division: its outline as the ``d`` of an SVG path, filled even-odd, and the state that tints it."""

    path: str
    state: str
    """One of :data:`feeds.evidence.STATES`, ``mixed``, or empty where no city of it is followed."""
    name: str


@dataclass(frozen=True, slots=True)
class City:
    """A city: where its dot is, its letter and state, and where its name stands, if there is room."""

    x: float
    y: float
    state: str
    mark: str
    name: str
    word: str
    label: Anchor | None


@dataclass(frozen=True, slots=True)
class MapPicture:
    """The whole picture, in units from its upper left corner."""

    width: int
    height: int
    areas: tuple[Area, ...]
    cities: tuple[City, ...]
    """Calmest first, so that the gravest is drawn on top."""
    approximate: bool
    """True when borders drawn are older than the divisions they stand for."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """From degrees to units: plate carrée, true to scale at its middle latitude."""

    left: float
    top: float
    across: float
    down: float
    height: int

    def at(self, point: Point) -> Point:
        """Units of a longitude and latitude."""
        return (point[0] - self.left) * self.across + _MARGIN, (self.top - point[1]) * self.down + _MARGIN


def draw_map(theatre: Theatre, states: Mapping[str, str]) -> MapPicture:
    """The map with these states by place; without outlines where the theatre has none that are sound."""
    try:
        shapes = shapes_of(theatre)
    except TheatreError:
        shapes = Shapes()  # cities without borders say more than no report
    sheet = _sheet(theatre, shapes)
    outlines = _outlines(shapes, sheet)
    areas = (
        Area(outlines[number], _tint(division, states), division.name)
        for number, division in enumerate(shapes.divisions)
        if outlines.get(number)
    )
    return MapPicture(
        WIDTH, sheet.height, tuple(areas), tuple(_cities(theatre, states, sheet)), shapes.approximate
    )


def _sheet(theatre: Theatre, shapes: Shapes) -> _Sheet:
    points = [point for arc in shapes.arcs for point in arc.points]
    points += [(place.lon, place.lat) for place in theatre.places if place.id]
    lons, lats = [x for x, _ in points], [y for _, y in points]
    left, right, low, top = min(lons), max(lons), min(lats), max(lats)
    narrow = max(0.1, cos(radians((low + top) / 2)))
    wide, high = max((right - left) * narrow, 0.01), max(top - low, 0.01)
    scale = min((WIDTH - 2 * _MARGIN) / wide, (TALLEST - 2 * _MARGIN) / high)
    # A country taller than it is wide stands in the middle.
    left -= ((WIDTH - 2 * _MARGIN) / scale - wide) / 2 / narrow
    return _Sheet(left, top, scale * narrow, scale, round(high * scale + 2 * _MARGIN))


def _tint(division: Division, states: Mapping[str, str]) -> str:
    found = {states.get(seat.id, "unknown") for seat in division.seats}
    return MIXED if len(found) > 1 else next(iter(found), "")


def _cities(theatre: Theatre, states: Mapping[str, str], sheet: _Sheet) -> Iterator[City]:
    shown = [place for place in theatre.places if place.id in states]
    shown.sort(key=lambda place: (GRAVITY[wording_of(states[place.id]).id], -place.population, place.name))
    places = [sheet.at((place.lon, place.lat)) for place in shown]
    labels = place_labels(
        [Spot(x, y, place.name) for place, (x, y) in zip(shown, places, strict=True)], WIDTH, sheet.height
    )
    for place, (x, y), label in reversed(list(zip(shown, places, labels, strict=True))):
        wording = wording_of(states[place.id])
        yield City(round(x, 1), round(y, 1), wording.id, wording.mark, place.name, wording.word, label)


def _outlines(shapes: Shapes, sheet: _Sheet) -> dict[int, str]:
    """The path of each division, by its number."""
    around: dict[int, list[Arc]] = {}
    for arc in shapes.arcs:
        for number in {arc.left, arc.right} - {-1}:
            around.setdefault(number, []).append(arc)
    return {
        number: "".join(_path(ring, sheet) for ring in rings(arc.points for arc in arcs))
        for number, arcs in around.items()
    }


def rings(lines: Iterable[Sequence[Point]]) -> list[list[Point]]:
    """Lines put end to end into closed rings; the last point of a ring is its first again.

    A line that finds no neighbour is closed by itself.
    """
    pending = {number: tuple(line) for number, line in enumerate(lines) if len(line) > 1}
    ends: dict[Point, list[int]] = {}
    for number, line in pending.items():
        for end in {line[0], line[-1]}:
            ends.setdefault(end, []).append(number)
    found: list[list[Point]] = []
    while pending:
        ring = list(pending.pop(next(iter(pending))))
        while ring[0] != ring[-1]:
            following = next((number for number in ends[ring[-1]] if number in pending), None)
            if following is None:
                ring.append(ring[0])
                break
            line = pending.pop(following)
            ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
        found.append(ring)
    return found


def _path(ring: Sequence[Point], sheet: _Sheet) -> str:
    """One ring in path commands, in tenths of a unit."""
    kept: list[tuple[float, float]] = []
    for point in ring[:-1]:
        x, y = sheet.at(point)
        if not kept or max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= _NEAREST:
            kept.append((x, y))
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in kept) + "Z"
