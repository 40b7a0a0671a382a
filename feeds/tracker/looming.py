"""Who comes nearer while a city is told of: "Panic in Uvira as rebels near", "Bukavu on edge as M23 advances"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.evidence import THREAT
from feeds.tracker.chunks import Chunk
from feeds.tracker.scene import Claim, Scene

_NEARER: Final = frozenset({"approach", "march"})
_ALONG: Final = frozenset({"p", "MIL", "w"})
"""What may follow: "in", "up forces", and no word of whither."""
_GATHERS: Final = frozenset("builds build mass masses massing gather gathers gathering".split())
_TURNS: Final = frozenset(
    {
        "take",
        "retake",
        "fall",
        "lose",
        "abandon",
        "surrender",
        "enter",
        "expel",
        "repel",
        "hold",
        "leave",
        "quit",
    }
)
"""Verbs before "as" that tell themselves what became of the city."""


def looming_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """The threat that "as rebels advance" is to the one city named before it, when nothing says whither they do."""
    chunks, lows = scene.chunks, scene.sentence.lows
    if lows[chunks[at].i] != "as":
        return
    after = [chunk for chunk in chunks[at + 1 :] if chunk.kind not in {".", "aux"}]
    if not 2 <= len(after) <= _SHORT or after[0].kind != "S" or not after[0].side or after[0].modifier:
        return
    if not _comes_nearer(after[1], lows) or any(one.kind not in _ALONG for one in after[2:]):
        return
    before = chunks[:at]
    if any(
        one.kind in {"V", "N"} and one.value in _TURNS and not _by_people(before, look)
        for look, one in enumerate(before)
    ):
        return
    named = [one for one in before if one.kind == "P"]
    if len(named) != 1 or named[0].near or named[0].modifier or named[0].partial:
        return
    trigger = Chunk("V", after[1].i, after[1].j, "approach", begin=after[1].begin)
    mood = scene.mood(trigger)
    if mood.negated or mood.denied or mood.historic or mood.unclear:
        return
    for place in named[0].places:
        if after[0].side != scene.first_holder(place):
            yield Claim(place, THREAT, after[0].side, False, 0.7, "looming", after[0].side, trigger, mood)


_SHORT: Final = 4
"""Chunks of a clause that says nothing more than that somebody comes nearer."""


def _comes_nearer(chunk: Chunk, lows: tuple[str, ...]) -> bool:
    if chunk.negated or chunk.passive or lows[chunk.i].startswith("mov"):
        return False  # "as Al-Shabaab moves in": it is there
    if chunk.kind == "near" or lows[chunk.i] in _GATHERS:
        return True
    return chunk.kind in {"V", "N"} and not _NEARER.isdisjoint(chunk.meanings)


def _by_people(before: list[Chunk], at: int) -> bool:
    """Do civilians leave, and no soldiers?"""
    return at > 0 and (before[at - 1].kind in {"CROWD", "x", "num"} or before[at - 1].value == "witness")
