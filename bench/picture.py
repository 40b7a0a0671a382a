"""The map: what it costs to tint it again when standings moved, and to make it for a size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.filled import theatre
from bench.machine import median_cpu
from feeds.clock import system_clock
from feeds.evidence import STATES, unheard_of
from tui.views.board import BoardRow, BoardView
from tui.views.map import MapView

SIZE: Final = (100, 35)
_TRIES: Final = 40


def recolour(folder: Path) -> Iterator[Figure]:  # noqa: ARG001 - nothing is written
    """Every capital in another state, then every line of the map again."""
    board = BoardView(theatre(), system_clock)
    view = MapView(theatre(), board)
    rows = [
        BoardRow(
            place, replace(unheard_of(theatre().id, place.id, place.holder), state=STATES[at % len(STATES)])
        )
        for at, place in enumerate(theatre().places)
    ]
    board.show(rows, None)
    view.fit(*SIZE)
    turn = iter(range(10_000))

    def again() -> None:
        shift = next(turn)
        board.show(
            [
                BoardRow(row.place, replace(row.standing, state=STATES[(at + shift) % len(STATES)]))
                for at, row in enumerate(rows)
            ],
            None,
        )
        view.lines()

    def anew() -> None:
        view._made_for = ()  # noqa: SLF001 - what a new size does
        view.fit(*SIZE)

    columns, lines = SIZE
    yield Figure(
        "map-recolour", 1000 * median_cpu(again, _TRIES), "ms", 4.0, how=f"CPU for {columns}x{lines} cells"
    )
    yield Figure(
        "map-raster", 1000 * median_cpu(anew), "ms", None, how="the same for a new size, borders too"
    )
