"""Names beside cities: each where it covers no city and no other name, the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from tui.cells import width


@dataclass(frozen=True, slots=True)
class Spot:
    """A city: its cell, glyph and names, and the styles of both."""

    cell: tuple[int, int]
    glyph: str
    names: tuple[str, ...]
    """What may be written beside it, the fullest first."""
    style: str
    name_style: str


@dataclass(frozen=True, slots=True)
class Label:
    """Text that stands in a line."""

    column: int
    row: int
    text: str
    style: str


def place_labels(spots: Iterable[Spot], columns: int, rows: int) -> list[Label]:
    """Glyphs of all cities, and the names that find room; spots that come first choose first."""
    spots = list(spots)
    taken = {spot.cell for spot in spots}
    labels = [Label(*spot.cell, spot.glyph, spot.style) for spot in spots]
    for spot in spots:
        for name, (column, row) in _wanted(spot):
            cells = width(name)
            if not (0 <= row < rows and column >= 0 and column + cells <= columns):
                continue
            wanted = [(at, row) for at in range(column, column + cells)]
            # A name that touches another one reads as one word: a cell is left free on both sides.
            around = [(column - 1, row), (column + cells, row)]
            if any(cell in taken and cell != spot.cell for cell in chain(wanted, around)):
                continue
            taken.update(wanted)
            labels.append(Label(column, row, name, spot.name_style))
            # Borders are kept off the name; a blank belongs to nobody and may be shared.
            labels += [
                Label(*cell, " ", "") for cell in around if cell not in taken and 0 <= cell[0] < columns
            ]
            taken.update(around)
            break
    return labels


def _wanted(spot: Spot) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each name at each of its places, the fullest name first."""
    for name in spot.names:
        for seat in _seats(spot.cell, width(name)):
            yield name, seat


def _seats(cell: tuple[int, int], cells: int) -> Iterator[tuple[int, int]]:
    """Where a name may stand, the best first: right, left, below, above, and further along these lines."""
    column, row = cell
    yield column + 2, row
    yield column - cells - 1, row
    for line in (row + 1, row - 1):
        for start in (column + 1, column - cells // 2, column - cells):
            yield start, line
