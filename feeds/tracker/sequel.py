"""What becomes of a city later in the sentence that tells how it was taken: left again, lost again, taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from feeds.evidence import HOLDS
from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Mood
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.subjects import subject

_OTHERS: Final = frozenset({"P", "S", "CROWD", "x", "K", "F"})
"""What may be left instead of the city: "left the market untouched", "left his men"."""
_SPANS: Final = frozenset("day days week weeks month months hour hours night nights later".split())
_THEN: Final = frozenset({"before", "then", "later"})
_ENDINGS: Final = frozenset({"leave", "quit", "lose", "surrender"})
"""What those do who no longer hold it."""
_TURNS: Final = frozenset({"but", "and", "then", "before", "until", "only"})
"""Words with which a sentence goes on to what came later."""
_BACKWARDS: Final = frozenset({"after", "following", "since", "once", "where", "because"})
"""Words with which it goes back to what came before."""


def raided(scene: Scene, at: int, agent: str) -> bool:
    """ "Overran Diapaga, burned the barracks and withdrew", "briefly seized Masisi": who took it left it again."""
    chunks, sentence = scene.chunks, scene.sentence
    if "briefly" in sentence.lows[max(0, chunks[at].begin - 2) : chunks[at].j + 2]:
        return True
    for later in range(at + 1, len(chunks)):
        chunk = chunks[later]
        if chunk.kind != "V" or chunk.value not in _ENDINGS or chunk.negated or chunk.modal:
            continue
        if chunk.value == "lose" and not _loses_it(chunks, at, later):
            continue
        before = chunks[later - 1]
        joined = before.kind == "c" or (chunk.form == "ing" and sentence.lows[before.i] in _THEN)
        joined = joined or _of_those_who(scene, at, later)
        if not joined or _leaves_something(chunk, chunks[later + 1 : later + 2], scene):
            continue
        if _of_elsewhere(chunks, later):
            continue  # "captured Masisi but has withdrawn from Walikale"
        mover = subject(chunks, later, sentence)
        return mover is None or mover.side == agent or mover.kind in {"F", "P"}
    return False


def _of_those_who(scene: Scene, at: int, later: int) -> bool:
    """ "Those who had taken Dessie withdrew in December": a verb in a relative clause, and the one that the clause is told for."""
    chunks, lows = scene.chunks, scene.sentence.lows
    opens = at > 1 and chunks[at - 1].kind == "b" and lows[chunks[at - 1].i] in {"who", "which", "that"}
    if not opens or chunks[at - 2].kind not in {"S", ","}:
        return False
    return not any(one.kind in {"V", "v", "SP", "S", "K", "b"} for one in chunks[at + 1 : later])


def _leaves_something(verb: Chunk, behind: Sequence[Chunk], scene: Scene) -> bool:
    """Is it "left two dead", "left the market", not "left two weeks later"?"""
    lows = scene.sentence.lows
    if not behind or not _SPANS.isdisjoint(lows[verb.j : verb.j + 3]) or lows[verb.j] == "it":
        return False
    return behind[0].kind in _OTHERS or behind[0].kind == "num"


def _of_elsewhere(chunks: Sequence[Chunk], later: int) -> bool:
    """Is another place named right behind the later verb than those that were taken?"""
    target = next((one for one in chunks[later + 1 : later + 3] if one.kind == "P"), None)
    return target is not None and not any(
        set(target.places) & set(one.places) for one in chunks[:later] if one.kind == "P"
    )


def _loses_it(chunks: Sequence[Chunk], at: int, later: int) -> bool:
    """ "Which the army took in July and lost in September": what is lost stands before both."""
    behind = chunks[later + 1] if later + 1 < len(chunks) else None
    fronted = any(chunk.kind == "b" for chunk in chunks[max(0, at - 3) : at])
    return fronted and (behind is None or behind.kind in {"p", ",", "."})


def driven_out_claims(match: Match, scene: Scene, at: int) -> list[Claim]:
    """ "Captured Masisi, only to be pushed out by the army": whose it is then; empty where nobody is driven out of it."""
    for later in range(at + 1, len(scene.chunks)):
        verb = scene.chunks[later]
        if verb.kind == "V" and "expel" in verb.meanings and verb.passive:
            return list(_of_who_drove(match, scene, later)) if _befell(scene, later) else []
        lost = verb.kind == "V" and verb.value == "lose" and verb.infinitive
        if lost and "only" in scene.sentence.lows[max(0, verb.begin - 1) : verb.begin]:
            return [  # "regains Bara only to lose it again"
                replace(one, mood=Mood(), weight=0.7) for one in _of_who_drove(match, scene, later)
            ]
    return []


def _befell(scene: Scene, later: int) -> bool:
    """Were those who took it driven out of it, and nobody else, and of nothing else?"""
    verb, lows = scene.chunks[later], scene.sentence.lows
    if verb.negated or verb.modal or (verb.infinitive and lows[max(0, verb.begin - 1)] != "only"):
        return False
    if not verb.infinitive and scene.chunks[later - 1].kind != "c":
        return False  # it has a subject of its own
    return not _of_elsewhere(scene.chunks, later) and not any(
        one.kind in {"R", "F"} for one in scene.chunks[later + 1 : later + 3]
    )


def _of_who_drove(match: Match, scene: Scene, later: int) -> Iterator[Claim]:
    verb = scene.chunks[later]
    by = next(
        (
            one.side
            for one in scene.chunks[later + 1 : later + 4]
            if one.kind == "S" and scene.sentence.lows[one.i - 1] in {"by", "the"}
        ),
        "",
    )
    winner = by or scene.theatre.opponent(match.agent)
    if match.places is None or winner == match.agent or winner not in scene.theatre.side_by_id:
        return
    for name in match.places.places:
        yield Claim(name, HOLDS, winner, True, 0.8, "driven-out", winner, verb, scene.mood(verb))


def came_before(claim: Claim, others: list[Claim], scene: Scene) -> bool:
    """ "Seized Masisi on Monday but lost it a day later", "after it had lost it": another claim of the sentence came later."""
    if claim.label != HOLDS or claim.mood.name in {"negated", "possible"}:
        return False
    return any(
        other.place == claim.place
        and other.label == HOLDS
        and other.change
        and other.side != claim.side
        and other.mood.name not in {"negated", "possible"}
        and _goes_on(claim, other.trigger, scene)
        for other in others
    )


def _goes_on(claim: Claim, later: Chunk, scene: Scene) -> bool:
    """Does the sentence lead from a claim's verb to another one, in time?"""
    first, second = claim.trigger, later
    back = first.i > second.i
    if back:
        first, second = second, first
    if any(chunk.kind == "SP" and first.j <= chunk.i < second.begin for chunk in scene.chunks):
        return False  # somebody else's word
    between = scene.sentence.lows[first.j : second.begin]
    if back:
        return claim.change and not _BACKWARDS.isdisjoint(between)
    if later.value == "retake" and claim.trigger.value == "take" and not later.perfect:
        return True  # "captured Lyman in May, which Ukraine retook in October"
    if claim.trigger.kind in {"H", "HELD"}:
        return "," in between  # "Mogok, under TNLA control since July, was handed to the junta"
    if not _BACKWARDS.isdisjoint(between):
        return False
    return not (_TURNS if claim.change else _TURNS - {"and", "but", "only"}).isdisjoint(between)
