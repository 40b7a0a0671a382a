"""The shapes of the map: divisions of every country, and countries of the world, joined with their capitals.

Natural Earth is older than many divisions are. So a polygon belongs to the capitals that lie in it; one in which
none lies goes to the nearest; one with several is shared out on the screen by nearest capital. Both are marked
``approximate``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Final

from feeds.theatres.build.packing import pack, sum_line
from feeds.theatres.build.topology import Outline, Point, Topology, read_topology, simplified
from feeds.theatres.gazetteer import Capital
from feeds.theatres.shapes import SHAPES, SUMS, WORLD

OTHER_CODES: Final = {
    "ald": "AX", "cyn": "CY", "kos": "XK", "psx": "PS", "sah": "EH", "sds": "SS", "sol": "SO",
}  # fmt: skip
"""Codes of Natural Earth that are not ISO 3166 alpha-3, and the country they belong to in GeoNames."""
FINENESS: Final = 1100
"""Steps across the longer side of a country: what is smaller than a step is left out."""
WORLD_FINENESS: Final = 2200
ISLAND: Final = 9
"""Steps across an island from which on it is kept."""
_LEFT_OUT: Final = ("ATA", "ATF")


def shape_files(folder: Path, codes: Mapping[str, str], capitals: Iterable[Capital]) -> dict[Path, bytes]:
    """Every file of shapes with its bytes, and the file of their sums."""
    seats = defaultdict(list)
    for one in capitals:
        seats[one.country].append(one)
    maps: dict[str, list[Topology]] = defaultdict(list)
    for path in sorted(folder.glob("???.topo.json")):
        code = OTHER_CODES.get(path.name[:3], codes.get(path.name[:3].upper(), ""))
        if code in seats:
            maps[code].append(read_topology(path))
    made = {SHAPES / f"{code}.json.gz": _packed(maps[code], seats[code], FINENESS) for code in sorted(maps)}
    made[SHAPES / f"{WORLD}.json.gz"] = _world(read_topology(folder / "world.topo.json"), codes, seats)
    sums = "".join(sum_line(path, data) for path, data in made.items())
    return {**made, SUMS: sums.encode("ascii")}


def _world(earth: Topology, codes: Mapping[str, str], seats: Mapping[str, Sequence[Capital]]) -> bytes:
    """The countries of the world, each with its national capitals."""
    kept = [outline for outline in earth.outlines if outline.code not in _LEFT_OUT]
    rows = []
    for outline in kept:
        of_country = seats.get(codes.get(outline.code, ""), ())
        rows.append((outline.name, False, [_key(one) for one in of_country if one.national]))
    groups = [[outline] for outline in kept]
    return _encoded([(earth, groups, rows)], WORLD_FINENESS)


def _packed(maps: Sequence[Topology], seats: Sequence[Capital], fineness: int) -> bytes:
    parts = []
    for number, each in enumerate(maps):
        owned = _shared_out(each, _of_map(maps, number, seats))
        groups = [outlines for _, outlines in owned]
        rows = [
            (outlines[0].name, len(keys) > 1 or len(outlines) > 1, [_key(one) for one in keys])
            for keys, outlines in owned
        ]
        parts.append((each, groups, rows))
    return _encoded(parts, fineness)


def _of_map(maps: Sequence[Topology], number: int, seats: Sequence[Capital]) -> list[Capital]:
    """The seats that lie in one of a country's maps (Somalia and Somaliland are two)."""
    if len(maps) == 1:
        return list(seats)
    return [
        one
        for one in seats
        if min(range(len(maps)), key=lambda at: min(_distances(maps[at], one), default=1e9)) == number
    ]


def _distances(topology: Topology, one: Capital) -> list[float]:
    return [topology.distance(outline, (one.lon, one.lat)) for outline in topology.outlines]


def _shared_out(topology: Topology, seats: Sequence[Capital]) -> list[tuple[list[Capital], list[Outline]]]:
    """(capitals, their divisions): divisions without a capital go to that of the nearest one."""
    if not seats:
        return [([], [outline]) for outline in topology.outlines]
    keys: dict[int, list[Capital]] = defaultdict(list)
    home = {}
    for one in seats:
        away = _distances(topology, one)
        home[one.id] = away.index(min(away))
        keys[home[one.id]].append(one)
    owned = {at: (of_division, [topology.outlines[at]]) for at, of_division in sorted(keys.items())}
    for at, outline in enumerate(topology.outlines):
        if at not in keys:
            nearest = min(seats, key=lambda one: (_far(topology.middle(outline), one), one.id))
            owned[home[nearest.id]][1].append(outline)
    return list(owned.values())


def _far(point: Point, one: Capital) -> float:
    return hypot((point[0] - one.lon) * cos(radians(one.lat)), point[1] - one.lat)


Seat = tuple[int, str]
"""GeoNames id (0 for none) and slug of a capital."""
Part = tuple[Topology, list[list[Outline]], list[tuple[str, bool, list[Seat]]]]


def _key(one: Capital) -> Seat:
    return one.geonameid, one.id


def _encoded(parts: Sequence[Part], fineness: int) -> bytes:
    """Divisions and arcs as JSON, compressed without time or name of file: the same bytes on every run."""
    points = [
        point
        for topology, groups, _ in parts
        for group in groups
        for outline in group
        for arc in outline.arcs
        for point in topology.arcs[arc]
    ]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((low + high) / 2))
    step = round(max((right - left) * narrow, high - low) / fineness, 6) or 1e-6
    wide = round(step / narrow, 6)
    arcs: list[list[int]] = []
    divisions: list[tuple[str, int, list[Seat]]] = []
    for topology, groups, rows in parts:
        arcs += _arcs(topology, groups, len(divisions), (left, low), (wide, step))
        divisions += [(name, int(approximate), keys) for name, approximate, keys in rows]
    data = {
        "origin": [round(left, 6), round(low, 6)],
        "step": [wide, step],
        "divisions": divisions,
        "arcs": arcs,
    }
    return pack(json.dumps(data, ensure_ascii=False, separators=(",", ":")))


def _arcs(
    topology: Topology, groups: list[list[Outline]], first: int, origin: Point, step: Point
) -> list[list[int]]:
    """Each border as the divisions on its sides (-1: none) and its points, the first whole, the others as steps."""
    sides: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        used: set[int] = set()
        for outline in group:
            used ^= outline.arcs
        for arc in used:
            sides[arc].append(first + number)
    largest = {  # islands all of whose division is small are kept, the largest of them
        number: max(
            (arc for arc, of in sides.items() if number in of), key=lambda arc: _span(topology.arcs[arc])
        )
        for number in sorted({side for of in sides.values() for side in of})
    }
    rows = []
    for arc in sorted(sides):
        points = topology.arcs[arc]
        closed = points[0] == points[-1]
        if closed and _span(points) < ISLAND * step[1] and arc not in largest.values():
            continue
        line = [
            (round((x - origin[0]) / step[0]), round((y - origin[1]) / step[1]))
            for x, y in simplified(points, step[1])
        ]
        line = [point for at, point in enumerate(line) if not at or point != line[at - 1]]
        if len(line) > 1:
            left, right = (*sorted(sides[arc]), -1)[:2]
            steps = (b - a for before, after in pairwise(line) for a, b in zip(before, after, strict=True))
            rows.append([left, right, *line[0], *steps])
    return rows


def _span(points: Sequence[Point]) -> float:
    return max(
        max(x for x, _ in points) - min(x for x, _ in points),
        max(y for _, y in points) - min(y for _, y in points),
    )
