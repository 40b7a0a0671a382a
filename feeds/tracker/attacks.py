"""An attack thrown back: it was fought over, and is held by whom it was."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.evidence import FIGHTING, HOLDS
from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Mood
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.subjects import subject


def repelled(scene: Scene, at: int) -> bool:
    """Is the attack that a trigger tells of thrown back later in the sentence?"""
    for later in range(at + 1, len(scene.chunks)):
        chunk = scene.chunks[later]
        if chunk.kind == "V" and "repel" in chunk.meanings:
            behind = scene.chunks[later + 1].kind if later + 1 < len(scene.chunks) else "."
            passive = chunk.passive or (scene.sentence.title and behind in {".", ",", "-", "–", ":"})
            return passive and not chunk.negated and not chunk.modal
        if chunk.kind in {";", "b"}:
            return False
    return False


def repelling_side(scene: Scene, at: int) -> str:
    """The side that threw back "the attempt to storm Al Fasher"; empty when none did."""
    if not scene.chunks[at].infinitive:
        return ""
    for look in range(at - 1, max(-1, at - 10), -1):
        chunk = scene.chunks[look]
        if (
            chunk.kind == "V"
            and "repel" in chunk.meanings
            and not chunk.passive
            and not chunk.negated
            and not chunk.modal
            and not chunk.infinitive
        ):
            left = subject(scene.chunks, look, scene.sentence)
            return left.side if left is not None and left.kind == "S" else ""
    return ""


def held_off_claims(match: Match, trigger: Chunk, scene: Scene, repeller: str) -> Iterator[Claim]:
    """ "An assault on Qalat was repelled": it was fought over, and is held by whom it was."""
    verdict = scene.mood(trigger)
    if verdict.historic:
        return
    verdict = Mood(hedged=verdict.hedged, cues=verdict.cues)
    for place in match.places.places:
        known = scene.theatre.by_id[place].holder
        first = known if known and known != scene.theatre.challenger else scene.theatre.defender
        holder = repeller or (scene.theatre.opponent(match.agent) if match.agent else first)
        yield Claim(place, HOLDS, holder, False, 0.6, "held-off", match.agent, trigger, verdict)
        yield Claim(place, FIGHTING, "", False, 0.6, "held-off", match.agent, trigger, verdict)


def left_to(scene: Scene, agent: str) -> bool:
    """Does the sentence tell that the other side fled, withdrew or gave itself up, so that who enters is alone there?"""
    for at, chunk in enumerate(scene.chunks):
        if chunk.negated or chunk.modal or chunk.infinitive or chunk.value not in _LEAVING:
            continue
        if chunk.kind == "V":
            mover = subject(scene.chunks, at, scene.sentence)
        elif chunk.kind == "N":
            of = scene.sentence.lows[chunk.j : chunk.j + 1] == ("of",)
            behind = scene.chunks[at + 1 : at + 3] if of else []
            around = (*reversed(scene.chunks[max(0, at - 3) : at]), *behind)
            mover = next((one for one in around if one.side), None)
            if mover is None and chunk.i and scene.sentence.words[chunk.i - 1][:1].isupper():
                side = scene.side_named(chunk.i - 1, "ADJ", "SIDE")
                mover = Chunk("S", chunk.i - 1, chunk.i, side=side) if side else None  # "Karen withdrawal"
        else:
            continue
        if mover is not None and mover.side and mover.side != agent and not scene.mood(chunk).historic:
            return not _is_outside(scene, at)
    return _drove_out(scene, agent)


def _is_outside(scene: Scene, at: int) -> bool:
    """ "After soldiers abandoned the positions that they held at Kavumu airport": they left that, and not the city."""
    for chunk in scene.chunks[at + 1 : at + 8]:
        if chunk.kind in {",", ";", ".", "c", "P"}:
            return False
        if scene.sentence.lows[chunk.j - 1] in _OUTSIDE:
            return True
    return False


_OUTSIDE = frozenset("airport airfield airbase base checkpoints village villages".split())


def _drove_out(scene: Scene, agent: str) -> bool:
    """ "Re-entered Singa after driving out the paramilitaries"."""
    for at, chunk in enumerate(scene.chunks):
        if chunk.kind != "V" or "expel" not in chunk.meanings or chunk.passive or chunk.modal:
            continue
        behind = scene.chunks[at + 1] if at + 1 < len(scene.chunks) else None
        driven = behind is not None and behind.kind == "S" and behind.side not in {"", agent}
        if driven and chunk.form == "ing" and scene.sentence.lows[max(0, chunk.begin - 1)] in {"after", "by"}:
            return True
    return False


def relieved_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """ "Troops broke the siege of Amerli": they hold it who are no longer shut in, or came to those who were."""
    chunks, sentence = scene.chunks, scene.sentence
    place = chunks[at + 2] if at + 2 < len(chunks) else None
    if (
        place is None
        or place.kind != "P"
        or place.near
        or place.modifier
        or sentence.lows[chunks[at + 1].i] != "of"
    ):
        return
    verb = at - 1
    while verb > 0 and chunks[verb].kind in {"x", "num", "-", "d"}:
        verb -= 1  # "breaks two-year siege of El Obeid"
    if verb < 0 or chunks[verb].kind not in {"V", "v"} or sentence.lows[chunks[verb].i] not in LIFTED:
        return
    chunk = chunks[verb]
    left = subject(chunks, verb, sentence)
    if left is None or left.kind != "S" or not left.side or chunk.negated or chunk.modal or chunk.infinitive:
        return
    verdict = scene.mood(chunk)
    if verdict.historic or left.side not in scene.theatre.side_by_id:
        return
    for name in place.places:
        yield Claim(name, HOLDS, left.side, False, 0.6, "relieved", left.side, chunk, verdict)


LIFTED = frozenset("broke broken breaks lifted lifts relieved".split())
_LEAVING = frozenset({"gone", "redeploy", "leave", "quit", "abandon", "surrender", "disarm"})
