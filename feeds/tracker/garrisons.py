"""What becomes of a city by its garrison: "the garrison of Farah surrendered", "Aybak, whose defenders had fled"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.arguments import Argument, arguments, fronted
from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.judging import outcome_claims
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.subjects import DEFENCES, antecedent
from feeds.tracker.verbs import is_passive

_GONE: Final = frozenset({"surrender", "disarm", "leave", "quit", "redeploy"})
"""Verbs after which a garrison is none any more."""
_SOLDIERS: Final = frozenset({"police", "soldiers", "troops", "forces", "army", "defender"}) | DEFENCES
"""Who keeps a city for the side that holds it; of others the place is only named."""
_ALL: Final = frozenset({"the", "its", "whose", "'s", "last", "remaining"})
_SOME: Final = frozenset({"of", "some", "several", "many", "most", "few", "dozens", "hundreds", "thousands", "two-thirds"})  # fmt: skip
_FLED: Final = ("fle", "ran", "run", "withdr", "retreat", "pull")
"""How verbs begin that mean that one leaves for good, whoever it is; the garrison may just leave."""
_FOR_GOOD: Final = frozenset({"", "in", "on", "at", "after", "before", "without", "to", "towards", "by", "over", "under"})  # fmt: skip
"""What may follow: no "for the front", no "from their positions"."""


def garrison_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """What it says of a city that those gave up or left who kept it for one side: another side has it."""
    chunks = scene.chunks
    verb = chunks[at]
    if verb.value not in _GONE or verb.infinitive or verb.form == "ing":
        return
    if is_passive(chunks, at, scene.sentence):
        return
    keeper = _keeper(scene, at)
    if keeper < 0:
        return
    place = _kept(scene, keeper, at)
    behind = arguments(chunks, at, scene.sentence)
    if place is None or not _is_over(scene, verb, chunks[keeper], place, behind):
        return
    to = next((one.chunk for one in behind if one.preposition == "to" and one.chunk.kind == "S"), None)
    if to is not None and (not to.side or to.side == chunks[keeper].side):
        return
    outcome = Outcome(HOLDS, "to" if to is not None else "other", change=True, weight=0.7)
    rule = Rule("garrison", verb.value, False, False, "", (), (outcome,), "", "")
    named = tuple(dict.fromkeys(chunk.side for chunk in chunks if chunk.side))
    filled = {"of": chunks[keeper]} | ({"to": to} if to is not None else {})
    match = Match(rule, place, None, filled, named)
    yield from outcome_claims(match, verb, scene.mood(verb), scene.theatre)


def _keeper(scene: Scene, at: int) -> int:
    """Where the soldiers stand who act, when it is all of them; -1 for none."""
    chunks, lows = scene.chunks, scene.sentence.lows
    for look in range(at - 1, -1, -1):
        chunk = chunks[look]
        if chunk.kind == "S":
            kept = lows[chunk.j - 1] in _SOLDIERS and chunk.side and not chunk.modifier
            return look if kept and _is_all(scene, look) else -1
        if chunk.kind not in {"p", "P", "aux", "x"}:
            return -1
    return -1


def _is_all(scene: Scene, at: int) -> bool:
    """Is it all of them, "the soldiers", "its police", "the last defenders", and not "ten soldiers", "soldiers"?"""
    chunk, lows = scene.chunks[at], scene.sentence.lows
    before = lows[chunk.i - 1] if chunk.i else ""
    if before in NUMBERS or before[:1].isdigit() or before in _SOME or lows[chunk.i] in NUMBERS:
        return False
    return lows[chunk.j - 1] in DEFENCES or before in _ALL


def _kept(scene: Scene, keeper: int, at: int) -> Chunk | None:
    """The place that they kept."""
    chunks, lows = scene.chunks, scene.sentence.lows
    behind = chunks[keeper + 1 : at]
    place: Chunk | None = None
    if len(behind) > 1 and behind[0].kind == "p" and lows[behind[0].i] in {"of", "in", "inside"}:
        place = behind[1]
    elif behind and behind[0].kind != "aux":
        return None
    elif keeper > 1 and chunks[keeper - 1].kind == "'s":
        place = chunks[keeper - 2]
        return None if place.kind != "P" or place.near or place.partial else place
    elif keeper > 1 and lows[chunks[keeper - 1].i] == "whose":
        place = antecedent(chunks, keeper - 2)
    else:
        place = fronted(chunks, at, scene.sentence)
    if place is None or place.kind != "P" or place.near or place.modifier or place.partial:
        return None
    return place


def _is_over(scene: Scene, verb: Chunk, keeper: Chunk, place: Chunk, behind: list[Argument]) -> bool:
    """Do they leave the city itself, and for good?"""
    lows = scene.sentence.lows
    for one in behind:
        own = one.chunk.kind == "P" and set(one.chunk.places) <= set(place.places) and not one.chunk.near
        if own and one.preposition in {"", "from"}:
            continue
        if one.preposition in {"", "from"} or one.preposition not in _FOR_GOOD:
            return False
        if one.preposition == "to" and verb.value == "surrender" and one.chunk.kind != "S":
            return False  # "surrendered to prosecutors"
    if verb.value in {"surrender", "disarm"} or lows[verb.i].startswith(_FLED):
        return True
    return lows[keeper.j - 1] in DEFENCES
