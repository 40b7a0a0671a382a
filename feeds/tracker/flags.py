"""Flags: whose flies over a city or over its governor's office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.chunks import Chunk
from feeds.tracker.judging import judge
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Claim, Match, Scene

FLAGS: Final = frozenset({"flag", "flags", "banner", "banners", "standard"})
_OVER: Final = frozenset({"over", "above", "atop", "in", "at", "on"})


def flag_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "The Taliban's flag now flies over the governor's office in Farah", "Kurdish flag raised over Sinjar"."""
    chunks, sentence = scene.chunks, scene.sentence
    flag = chunks[at]
    if sentence.lows[flag.j - 1] not in FLAGS:
        return
    side = _owner(chunks, at)
    verb = next(
        (look for look in range(at + 1, min(len(chunks), at + 3)) if chunks[look].kind in {"V", "v"}), None
    )
    if not side or (verb is not None and chunks[verb].value != "hoist"):
        return
    place = _place(scene, (verb or at) + 1)
    if place is None:
        return
    trigger = chunks[verb] if verb is not None else Chunk("V", flag.i, flag.j, "hoist", begin=flag.i)
    if verb is None and not sentence.title:
        return
    rule = Rule("flag-of", "hoist", False, False, "", (), (), "", "")
    for name in place.places:
        yield from judge(
            Outcome(HOLDS, "S", change=True, weight=0.35),
            name,
            side,
            False,
            Match(rule, place, None, {}),
            trigger,
            scene.mood(trigger),
            scene.theatre,
        )


def _owner(chunks: list[Chunk], at: int) -> str:
    """The side of "the Taliban's flag", "the Kurdish flag", "a Taliban flag"."""
    look = at - 1
    while (
        look >= 0
        and at - look < 4
        and (chunks[look].kind == "'s" or (chunks[look].kind == "x" and not chunks[look].side))
    ):
        look -= 1
    return chunks[look].side if look >= 0 and chunks[look].kind in {"S", "x"} else ""


def _place(scene: Scene, start: int) -> Chunk | None:
    """The city, or the office inside it, that a preposition right behind governs."""
    chunks, sentence = scene.chunks, scene.sentence
    for look in range(start, min(len(chunks) - 1, start + 2)):
        if chunks[look].kind in {"p", "near"} and sentence.lows[chunks[look].i] in _OVER:
            found = chunks[look + 1]
            inside = found.kind == "F" and found.value == "INN"
            if (found.kind == "P" or inside) and found.places and not found.near and not found.modifier:
                return found
    return None
