"""Names beside dots: each where it covers no dot and no other name, those that come first choosing first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

SIZE: Final = 12
"""Height of a letter in units."""
LETTER: Final = 6.3
"""Width that a letter takes at most on average, in units."""
DOT: Final = 8.0
"""Half the width of a dot with what must stay free around it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot and its name."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a name stands: the base line's point, and which part of the name lies there (SVG's ``text-anchor``)."""

    x: float
    y: float
    anchor: str
    """``start``, ``middle`` or ``end``."""


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def place_labels(spots: Sequence[Spot], width: float, height: float) -> list[Anchor | None]:
    """For each dot where its name stands; None where it finds no room."""
    taken = [_Box(spot.x - DOT, spot.y - DOT, spot.x + DOT, spot.y + DOT) for spot in spots]
    found: list[Anchor | None] = []
    for spot, own in zip(spots, tuple(taken), strict=True):
        others = [box for box in taken if box is not own]
        for anchor, box in _seats(spot):
            inside = box.left >= 0 and box.right <= width and box.top >= 0 and box.bottom <= height
            if inside and not any(box.touches(other) for other in others):
                taken.append(box)
                found.append(anchor)
                break
        else:
            found.append(None)
    return found


def _seats(spot: Spot) -> Iterator[tuple[Anchor, _Box]]:
    """Places around a dot, the best first: right, left, below, above, and askew of these."""
    long = len(spot.name) * LETTER
    for down in (0.35, 1.1, -0.45):
        y = spot.y + SIZE * down
        top, bottom = y - SIZE * 0.85, y + SIZE * 0.25
        right, left = spot.x + DOT + 2, spot.x - DOT - 2
        yield _seat(right, y, "start", _Box(right, top, right + long, bottom))
        yield _seat(left, y, "end", _Box(left - long, top, left, bottom))
    for y in (spot.y + DOT + SIZE, spot.y - DOT - 3):
        top, bottom = y - SIZE * 0.85, y + SIZE * 0.25
        yield _seat(spot.x, y, "middle", _Box(spot.x - long / 2, top, spot.x + long / 2, bottom))


def _seat(x: float, y: float, anchor: str, box: _Box) -> tuple[Anchor, _Box]:
    return Anchor(round(x, 1), round(y, 1), anchor), box
