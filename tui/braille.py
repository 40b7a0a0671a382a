"""Areas painted into a grid of dots, and their borders as braille: eight dots a cell, made once for each size.

Nothing here knows of states or colours: a raster says which area each cell belongs to, and what is drawn in it.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, floor, radians
from typing import Final

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""
Line = tuple[int, int, Sequence[Point]]
"""A border: the areas on its sides (0 for none), and its points."""
Pick = Callable[[float, float], int]
"""The area at a longitude and latitude, for a shape that several areas share."""

ACROSS: Final = 2
DOWN: Final = 4
"""Dots in a cell."""
BLANK: Final = 0x2800
_BITS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille sign, by line and column of the dot."""


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the earth that is shown, and on how many cells."""

    columns: int
    rows: int
    left: float
    top: float
    wide: float
    """Degrees of longitude in a dot."""
    high: float
    """Degrees of latitude in a dot."""

    @classmethod
    def around(cls, box: tuple[Point, Point], columns: int, rows: int, zoom: float = 1.0) -> Window:
        """The window that shows a box (south-west, north-east) whole at zoom 1, its middle at any zoom."""
        (west, south), (east, north) = box
        narrow = max(cos(radians((south + north) / 2)), 0.1)
        dots_across, dots_down = max(columns, 1) * ACROSS, max(rows, 1) * DOWN
        high = max((east - west) * narrow / dots_across, (north - south) / dots_down, 1e-6) / zoom
        wide = high / narrow
        left = (west + east) / 2 - wide * dots_across / 2
        top = (south + north) / 2 + high * dots_down / 2
        return cls(max(columns, 1), max(rows, 1), left, top, wide, high)

    def dot(self, point: Point) -> tuple[float, float]:
        """Where a point lies, in dots from the upper left corner."""
        return (point[0] - self.left) / self.wide, (self.top - point[1]) / self.high

    def cell(self, point: Point) -> tuple[int, int] | None:
        """Column and row of the cell of a point; None outside the window."""
        x, y = self.dot(point)
        column, row = floor(x / ACROSS), floor(y / DOWN)
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def point(self, x: float, y: float) -> Point:
        """Longitude and latitude at a place in dots."""
        return self.left + x * self.wide, self.top - y * self.high


@dataclass(frozen=True, slots=True)
class Raster:
    """Areas and borders in cells."""

    owners: tuple[tuple[int, ...], ...]
    """The area of each cell, row by row; 0 outside all."""
    halves: tuple[tuple[int, ...], ...]
    """The area of each half of a cell, two rows for each row of cells; -1 on a border."""
    borders: tuple[str, ...]
    """The borders in braille, a space where there is none."""


def paint(window: Window, lines: Iterable[Line], shared: dict[int, Pick] | None = None) -> Raster:
    """The areas that the lines bound. A shape in ``shared`` is given to other areas, dot by dot."""
    grid = fill(window, lines)
    for area, pick in (shared or {}).items():
        _share_out(grid, window, area, pick)
    bits = edges(grid)
    return Raster(
        owners=tuple(tuple(grid[y][1::ACROSS]) for y in range(1, len(grid), DOWN)),
        halves=tuple(_half(grid, y) for y in range(0, len(grid), ACROSS)),
        borders=tuple(_signs(bits[y : y + DOWN]) for y in range(0, len(bits), DOWN)),
    )


def fill(window: Window, lines: Iterable[Line]) -> list[array[int]]:
    """Dots with the number of the area around them, row by row: inside is where an odd number of lines was crossed."""
    across, down = window.columns * ACROSS, window.rows * DOWN
    crossings: dict[tuple[int, int], list[float]] = defaultdict(list)
    for left, right, points in lines:
        sides = [side for side in (left, right) if side and left != right]
        placed = [window.dot(point) for point in points]
        for (x1, y1), (x2, y2) in pairwise(placed):
            if y1 == y2:
                continue
            slope = (x2 - x1) / (y2 - y1)
            # A line is crossed in the middle of a dot; where it begins counts, where it ends does not.
            for y in range(max(ceil(min(y1, y2) - 0.5), 0), min(ceil(max(y1, y2) - 0.5), down)):
                x = x1 + (y + 0.5 - y1) * slope
                for side in sides:
                    crossings[y, side].append(x)
    grid = [array("H", bytes(2 * across)) for _ in range(down)]
    for (y, side), found in crossings.items():
        found.sort()
        for begin, end in zip(found[::2], found[1::2], strict=False):
            first, last = max(ceil(begin - 0.5), 0), min(ceil(end - 0.5), across)
            if last > first:
                grid[y][first:last] = array("H", [side]) * (last - first)
    return grid


def _share_out(grid: list[array[int]], window: Window, area: int, pick: Pick) -> None:
    for y, row in enumerate(grid):
        if area in row:
            for x, side in enumerate(row):
                if side == area:
                    row[x] = pick(*window.point(x + 0.5, y + 0.5))


def edges(grid: Sequence[array[int]]) -> list[list[bool]]:
    """Dots whose neighbour to the right or below belongs to another area: each border is one dot wide."""
    found = []
    for y, row in enumerate(grid):
        below = grid[min(y + 1, len(grid) - 1)]
        beside = row[1:] + row[-1:]
        found.append([a != b or a != c for a, b, c in zip(row, beside, below, strict=True)])
    return found


def _signs(bits: Sequence[Sequence[bool]]) -> str:
    codes = [0] * (len(bits[0]) // ACROSS)
    for row, (left, right) in zip(bits, _BITS, strict=True):
        for x, on in enumerate(row):
            if on:
                codes[x // ACROSS] |= right if x % ACROSS else left
    return "".join(chr(BLANK + code) if code else " " for code in codes)


def _half(grid: Sequence[array[int]], y: int) -> tuple[int, ...]:
    """Half cells of two by two dots: the area of the lower right dot, or -1 where the next half differs."""
    row = grid[y + 1][1::ACROSS]
    below = grid[min(y + 3, len(grid) - 1)][1::ACROSS]
    beside = row[1:] + row[-1:]
    return tuple(-1 if a != b or a != c else a for a, b, c in zip(row, beside, below, strict=True))
