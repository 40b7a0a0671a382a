"""What a measurement comes to, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

COST: Final = "cost"
RATE: Final = "rate"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside what to reach for."""

    name: str
    value: float
    unit: str
    reach: float | None = None
    """What to reach for, in the same unit; None for a figure that only explains another."""
    kind: str = COST
    """``cost``: less is better; ``rate``: more is better."""
    how: str = ""
    """How it was measured, in a few words."""

    @property
    def ratio(self) -> float | None:
        """How many times as good as what to reach for; 1 or more is reached."""
        if self.reach is None or not self.value:
            return None
        return self.value / self.reach if self.kind == RATE else self.reach / self.value


_HEADS: Final = ("name", "figure", "reach for", "ratio", "how")
_GAP: Final = "  "


def as_table(figures: Iterable[Figure]) -> str:
    """A line a figure under a line of heads; the figures stand right, the words left."""
    rows = [_HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return "\n".join(
        _GAP.join(
            cell.rjust(width) if column in (1, 2, 3) else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    bound = "at least" if figure.kind == RATE else "at most"
    reach = "" if figure.reach is None else f"{bound} {_number(figure.reach)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    return figure.name, f"{_number(figure.value)} {figure.unit}", reach, ratio, figure.how


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
