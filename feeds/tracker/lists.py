"""Cities that are counted in one place and named in another: "captured two more capitals", "these are Qalat and Nili"."""

from __future__ import annotations

from typing import NamedTuple

from feeds.evidence import HOLDS
from feeds.tracker.arguments import arguments
from feeds.tracker.chunks import Chunk, position
from feeds.tracker.counts import NUMBERS
from feeds.tracker.modality import is_ranked
from feeds.tracker.scene import Scene
from feeds.tracker.subjects import subject
from feeds.tracker.verbs import is_passive


class Carry(NamedTuple):
    """What a sentence says of cities without their names."""

    label: str
    side: str
    trigger: Chunk


def carried(scene: Scene) -> Carry | None:
    """What a sentence says of cities that it only counts: "captured two more capitals on Friday"."""
    chunks, sentence, theatre = scene.chunks, scene.sentence, scene.theatre
    cities = any(_counts(scene, at) for at in range(len(chunks)))
    if not cities and True not in [chunk.infinitive for chunk in chunks]:
        return None
    for at, chunk in enumerate(chunks):
        if chunk.kind != "V" or chunk.value not in {"take", "fall", "hold", "lose"}:
            continue
        if not (cities or chunk.infinitive):
            continue
        verdict = scene.mood(chunk)
        if verdict.historic or verdict.negated or verdict.denied or verdict.possible:
            continue
        left = subject(chunks, at, sentence)
        if chunk.infinitive and is_ranked(chunk, sentence, scene.lexicon):
            return Carry(HOLDS, theatre.challenger, chunk)
        if (
            left is not None
            and left.kind in {"Q", "x"}
            and _counts(scene, position(left, chunks))
            and (chunk.value == "fall" or is_passive(chunks, at, sentence))
        ):
            side = _ending_with(scene, at)
            return Carry(HOLDS, side, chunk) if side else None
        if left is not None and left.kind == "S" and left.side and _takes_cities(scene, at):
            side = theatre.opponent(left.side) if chunk.value == "lose" else left.side
            return Carry(HOLDS, side, chunk)
    return None


def _counts(scene: Scene, at: int) -> bool:
    """Are these cities that are only counted: "two more capitals", "a tenth capital"?"""
    chunk = scene.chunks[at]
    if chunk.kind == "Q":
        return True
    ranked = at > 0 and scene.sentence.lows[scene.chunks[at - 1].i] in scene.lexicon.ranks
    return chunk.kind == "x" and chunk.value == "city" and ranked


def _ending_with(scene: Scene, at: int) -> str:
    """The side that has the cities that fell, were captured, held or lost; empty when it is not plain."""
    trigger, theatre = scene.chunks[at], scene.theatre
    named = next(
        (one for one in arguments(scene.chunks, at, scene.sentence) if one.preposition in {"by", "to"}), None
    )
    if named is None or named.chunk.kind != "S":
        return theatre.challenger if trigger.value != "hold" and named is None else ""
    side = named.chunk.side
    return theatre.opponent(side) if side and trigger.value == "lose" and named.preposition == "by" else side


def _takes_cities(scene: Scene, at: int) -> bool:
    """Are cities what a verb is about: "captured two more capitals", "control 12 of the 34 capitals"?"""
    for look in range(at + 1, len(scene.chunks)):
        if _counts(scene, look):
            return True
        low = scene.sentence.lows[scene.chunks[look].i]
        counting = low in NUMBERS or low in scene.lexicon.ranks
        if scene.chunks[look].kind not in {"num", "d"} and low != "of" and not counting:
            break
    behind = arguments(scene.chunks, at, scene.sentence)
    has_object = bool(behind) and behind[0].preposition == ""
    return not has_object and _is_relative(scene, at)


def _is_relative(scene: Scene, at: int) -> bool:
    """Does a verb say what became of the cities before its side: "the capitals (that) the Taliban have captured"?"""
    look = at - 1
    while look >= 0 and scene.chunks[look].kind in {"S", "aux", "d", "b"}:
        look -= 1
    return look >= 0 and scene.chunks[look].kind == "Q"


def named_here(scene: Scene) -> Chunk | None:
    """The places at the end of a sentence that names the cities it counts: "… three capitals: Qalat, Nili and Farah"."""
    chunks, lows = scene.chunks, scene.sentence.lows
    counted = next((at for at in range(len(chunks)) if _counts(scene, at)), len(chunks))
    if counted < len(chunks) and chunks[counted].kind != "Q":
        at = counted + 2  # "a tenth capital, Ghazni"
        apposed = [one.kind for one in chunks[counted + 1 : at]] == [","] and _stands_last(chunks, at)
        apposed = apposed and lows[chunks[at].j :] in {(), (".",)}  # and not "…, Herat next"
        if apposed and not scene.names_seat(chunks[at].places):
            return chunks[at]
    for at, chunk in enumerate(chunks):
        if at <= counted or chunk.kind != "P":
            continue
        before = chunks[at - 1]
        opens = before.kind in {":", "-"} or (before.kind == "v" and lows[before.i] == "including")
        if lows[before.j - 1] == "them" and lows[before.j - 2] == "among":
            opens = True
        return chunk if opens and _stands_last(chunks, at) else None
    return None


def _stands_last(chunks: list[Chunk], at: int) -> bool:
    """Do places themselves, and nothing near them or within, end the sentence?"""
    if at >= len(chunks) or chunks[at].kind != "P":
        return False
    named = not (chunks[at].near or chunks[at].modifier or chunks[at].partial)
    return named and all(one.kind == "." for one in chunks[at + 1 :])


def listing(scene: Scene) -> Chunk | None:
    """The places of a sentence that only lists: "These are Taloqan and Qalat", "The others are …", "Herat followed"."""
    chunks, lows = scene.chunks, scene.sentence.lows
    for at, chunk in enumerate(chunks):
        if chunk.kind == "P":
            if chunk.near or chunk.modifier:
                return None
            behind = chunks[at + 1] if at + 1 < len(chunks) else None
            if at == 0 and behind is not None and lows[behind.j - 1] == "followed":
                after = chunks[at + 2] if at + 2 < len(chunks) else None
                return chunk if after is None or after.kind in {".", ",", "p", "b", "c"} else None
            verb = next((one for one in chunks[at + 1 :] if one.kind in {"V", "SP"}), None)
            linked = at > 0 and (
                chunks[at - 1].kind in {"aux", ":"}
                or (chunks[at - 1].kind == "v" and lows[chunks[at - 1].i].startswith("includ"))
            )
            return chunk if linked and verb is None and _LISTED.intersection(lows[: chunk.i]) else None
        if chunk.kind in {"V", "SP", "S", "K", "N", "b"}:
            return None
    return None


_LISTED = frozenset(
    {
        "these",
        "they",
        "those",
        "others",
        "cities",
        "capitals",
        "ones",
        "following",
        "latest",
        "them",
        "two",
        "three",
    }
)
