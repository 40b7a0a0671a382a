"""Who comes nearer while a city is told of: "Panic in Uvira as rebels near", "Bukavu on edge as M23 advances"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.evidence import HOLDS, THREAT
from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Mood
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
    leaves = after[1].kind == "V" and after[1].value in {"leave", "quit"} and len(after) == _BARE
    nearer = _comes_nearer(after[1], lows) or _heads(after, lows)
    whence = len(after) > _BARE and lows[after[2].i] == "from"  # "as M23 advances from Kanyabayonga"
    if not (leaves or nearer) or not (
        whence or _heads(after, lows) or all(one.kind in _ALONG for one in after[2:])
    ):
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
    if leaves and any(one.kind in {"S", "K"} and one.side not in {"", after[0].side} for one in before):
        return  # "Islamic State back in Palmyra as army retreats": who has it is said already
    if leaves:
        yield from _left_behind(named[0], after[0], trigger, mood, scene)
        return
    for place in named[0].places:
        if after[0].side != scene.first_holder(place):
            yield Claim(place, THREAT, after[0].side, False, 0.7, "looming", after[0].side, trigger, mood)


_SHORT: Final = 4
"""Chunks of a clause that says nothing more than that somebody comes nearer."""


_BARE: Final = 2
"""Chunks of "Russians leave"."""


def _left_behind(place: Chunk, who: Chunk, trigger: Chunk, mood: Mood, scene: Scene) -> Iterator[Claim]:
    """ "Joy in Kherson as Russians leave": others have it."""
    if mood.possible:
        return
    for name in place.places:
        yield Claim(
            name, HOLDS, scene.theatre.opponent(who.side), True, 0.5, "left-behind", "", trigger, mood
        )


def _heads(after: list[Chunk], lows: tuple[str, ...]) -> bool:
    """ "As M23 moves north"."""
    return lows[after[1].i].startswith("mov") and len(after) > _BARE and lows[after[2].i] in _DIRECTIONS


_DIRECTIONS: Final = frozenset("north south east west closer nearer".split())


def _comes_nearer(chunk: Chunk, lows: tuple[str, ...]) -> bool:
    if chunk.negated or chunk.passive or lows[chunk.i].startswith("mov"):
        return False  # "as Al-Shabaab moves in": it is there
    if chunk.kind == "near" or lows[chunk.i] in _GATHERS:
        return True
    return chunk.kind in {"V", "N"} and not _NEARER.isdisjoint(chunk.meanings)


def _by_people(before: list[Chunk], at: int) -> bool:
    """Do civilians leave, and no soldiers?"""
    return at > 0 and (before[at - 1].kind in {"CROWD", "x", "num"} or before[at - 1].value == "witness")
