"""What befell one city told of others beside it without a verb: "the second to fall, after Zaranj", "Farah on Sunday, Herat a day later"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.cues import Mood
from feeds.tracker.modality import is_ranked
from feeds.tracker.scene import Claim, Scene
from feeds.tracker.subjects import subject

_ENDS: Final = frozenset({".", ",", ";", ")", "—", "–", "and", "while", "but"})
_VERBS: Final = frozenset({"V", "v", "SP", "aux", "H", "HELD", "N"})
_AFTER: Final = frozenset({"after", "following"})
_LATER: Final = frozenset({"same", "hours", "later", "earlier", "before"})
_TIMES: Final = _LATER | frozenset(
    "on in at the that this a an day night late early just too also as well".split()
)
_LIKEWISE: Final = frozenset((one, other) for one in ("as", "so") for other in ("did", "has", "have", "had"))
_SPANS: Final = frozenset("day days hours hour week weeks month many few just only some less than".split())
_APART: Final = frozenset({"not", "nor", "neither", "unlike", "without", "except", "but", "n't"})
_ROADS: Final = frozenset("road roads control way access key keys route chance hope".split())
_FAR: Final = 8
"""Words between "with it" and the city that went with it, at most."""
_WHEN: Final = 4
"""Words behind a city in which it is said when it fell."""


def shared_claims(scene: Scene, told: list[Claim]) -> Iterator[Claim]:
    """The claims of changed hands that the sentence extends to cities which it names without a verb of their own."""
    said = {claim.place for claim in told}
    led: set[int] = set()
    for claim in told:
        sure = claim.mood.name in {"asserted", "hedged"}
        if claim.label != HOLDS or not claim.change or not sure or claim.trigger.i in led:
            continue
        led.add(claim.trigger.i)
        for place in _beside(scene, claim.trigger):
            for name in place.places:
                if name not in said:
                    said.add(name)
                    yield replace(claim, place=name, rule="shared", weight=round(0.9 * claim.weight, 4))


def ranked_claims(scene: Scene, side: str) -> Iterator[Claim]:
    """ "It is the second capital to fall, after Zaranj": the same befell that one, whatever "it" is."""
    for chunk in scene.chunks:
        if chunk.kind == "V" and chunk.infinitive and is_ranked(chunk, scene.sentence, scene.lexicon):
            for place in _beside(scene, chunk):
                for name in place.places:
                    yield Claim(name, HOLDS, side, True, 0.8, "ranked", side, chunk, Mood())


def _beside(scene: Scene, trigger: Chunk) -> Iterator[Chunk]:
    """The cities behind a trigger to which it extends."""
    chunks = scene.chunks
    for at in range(1, len(chunks)):
        chunk = chunks[at]
        if chunk.kind != "P" or chunk.i < trigger.j or chunk.near or chunk.modifier or chunk.partial:
            continue
        if _stands_alone(scene, at) and (_comes_after(scene, at, trigger) or _is_in_line(scene, at, trigger)):
            yield chunk


def _stands_alone(scene: Scene, at: int) -> bool:
    """Does nothing but a time follow a city, up to a comma, an "and" or the end?"""
    for low in scene.sentence.lows[scene.chunks[at].j :]:
        if low in _ENDS:
            return True
        if not (low in _TIMES or low in NUMBERS or low in scene.lexicon.time):
            return False
    return True


def _comes_after(scene: Scene, at: int, trigger: Chunk) -> bool:
    """ "The second to fall, after Zaranj", "follows that of Farah", "followed by Sar-e Pol"."""
    chunks, lows = scene.chunks, scene.sentence.lows
    before = chunks[at - 1]
    if lows[chunks[at].i - 2 : chunks[at].i] in _LIKEWISE:
        return True  # "Asadabad fell on Saturday, as did Gardez"
    if lows[before.i] in _AFTER and before.j == chunks[at].i:
        seat = scene.names_seat(chunks[at].places)
        return not seat and not _has_verb(chunks, trigger, before) and not _compares(scene, trigger, before)
    if before.kind != "p" or at < 2:
        return False
    led = lows[chunks[at - 2].i]
    if lows[before.i] == "of" and led == "that":
        return trigger.kind == "N"
    return lows[before.i] == "by" and led == "followed" and not _has_verb(chunks, trigger, chunks[at - 2])


def _compares(scene: Scene, trigger: Chunk, after: Chunk) -> bool:
    """ "The largest city after Kandahar": is it size, and not time, by which one comes after the other?"""
    lows = scene.sentence.lows
    for chunk in scene.chunks:
        if trigger.j <= chunk.i < after.i and chunk.kind not in {"P", "S", "p", "num", ","}:
            words = lows[chunk.i : chunk.j]
            if not all(low in _SPANS or low in NUMBERS or low in scene.lexicon.time for low in words):
                return True
    return False


def _is_in_line(scene: Scene, at: int, trigger: Chunk) -> bool:
    """ "Kunduz fell on Sunday, Taluqan the same evening and Aybak on Monday": each with its time."""
    chunk, before = scene.chunks[at], scene.chunks[at - 1]
    if before.kind not in {",", "c"} or _has_verb(scene.chunks, trigger, chunk):
        return False
    if not _APART.isdisjoint(scene.sentence.lows[trigger.j : chunk.i]):
        return False
    behind = scene.sentence.lows[chunk.j : chunk.j + _WHEN]
    return any(low in _LATER or low in scene.lexicon.time for low in behind)


def _has_verb(chunks: list[Chunk], trigger: Chunk, until: Chunk) -> bool:
    """Does another clause begin between a trigger and a chunk?"""
    between = [one for one in chunks if trigger.j <= one.i < until.i]
    return any(one.kind in _VERBS or one.kind in {"b", ";", ":", "near"} for one in between)


def with_it_claims(scene: Scene) -> Iterator[Claim]:
    """ "Seized the base and, with it, Zalingei": who took the one took the other."""
    chunks, lows = scene.chunks, scene.sentence.lows
    for at, low in enumerate(lows[:-2]):
        if low != "with" or lows[at + 1] not in {"it", "them"} or lows[at - 1] not in {"and", ","}:
            continue
        place = next(
            (one for one in chunks if one.i > at + 1 and one.kind in {"P", "V", "v", "b", "SP"}), None
        )
        taken = next(
            (
                look
                for look in range(len(chunks) - 1, -1, -1)
                if chunks[look].kind == "V" and chunks[look].j <= at
            ),
            None,
        )
        if (
            place is None
            or place.kind != "P"
            or place.i - at > _FAR
            or place.near
            or place.modifier
            or taken is None
        ):
            continue
        between = [one for one in chunks if at + 2 <= one.i < place.i]
        if any(one.kind not in {"d", "num", "x"} or lows[one.j - 1] in _ROADS for one in between):
            continue  # "and with it control of the road to Goma"
        verb = chunks[taken]
        actor = subject(chunks, taken, scene.sentence)
        if (
            verb.value not in {"take", "retake"}
            or verb.passive
            or actor is None
            or actor.kind != "S"
            or not actor.side
        ):
            continue
        mood = scene.mood(verb)
        if mood.historic or mood.unclear or mood.possible or mood.negated or mood.denied:
            continue
        for name in place.places:
            yield Claim(name, HOLDS, actor.side, True, 0.8, "with-it", actor.side, verb, mood)
