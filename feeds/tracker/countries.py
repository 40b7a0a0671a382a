"""A country or its capital that acts: "Congo loses Uvira", "Kyiv gives up Bakhmut", "Damascus retakes Palmyra"."""

from __future__ import annotations

from typing import Final

from feeds.tracker.arguments import Argument
from feeds.tracker.chunks import Chunk
from feeds.tracker.scene import Scene

_ACTS: Final = frozenset(
    "take retake lose hold abandon leave quit expel repel surrender enter besiege".split()
)
_OTHERS: Final = frozenset("south north east west northern southern eastern western".split())
"""Before a country's name: another country, or a part of it."""


def acting_country(left: Chunk, scene: Scene, trigger: Chunk, behind: list[Argument]) -> Chunk | None:
    """The side that a subject stands for which is a country or the seat of its government; None for any other.

    Only where another place is what is taken, left or lost: "Kabul falls" is of the city itself.
    """
    if trigger.value not in _ACTS or trigger.passive or left.near or left.modifier:
        return None
    if not any(one.chunk.kind in {"P", "Q"} and one.chunk.places != left.places for one in behind):
        return None
    if left.kind == "P":
        side = scene.first_holder(left.places[0]) if scene.names_seat(left.places) else ""
    else:
        ahead = scene.sentence.lows[left.i - 1] if left.i else ""
        side = scene.side_named(left.i, "NATION") if ahead not in _OTHERS else ""
    return Chunk("S", left.i, left.j, side=side, begin=left.begin) if side else None
