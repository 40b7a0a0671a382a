"""From a sentence's chunks to what it claims: rules matched, moods applied, who holds what worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from feeds.evidence import FIGHTING, HOLDS
from feeds.tracker.attacks import held_off_claims, left_to, relieved_claims, repelled, repelling_side
from feeds.tracker.chunks import Chunk
from feeds.tracker.flags import FLAGS, flag_claims
from feeds.tracker.garrisons import garrison_claims
from feeds.tracker.having import (
    absent_claims,
    free_claims,
    had_claims,
    named_after_claims,
    possessed_claims,
    secure_claims,
)
from feeds.tracker.holding import (
    belonging_claims,
    claimed_claims,
    controlled_claims,
    installed_claims,
    under_claims,
)
from feeds.tracker.judging import outcome_claims
from feeds.tracker.looming import looming_claims
from feeds.tracker.matching import find_match
from feeds.tracker.nearness import adjective_claims, imperilled_claims, verbless_claims
from feeds.tracker.rules import Outcome, Rule, load_rules
from feeds.tracker.scene import Claim, Match, Scene
from feeds.tracker.sequel import came_before, driven_out_claims, raided
from feeds.tracker.sharing import shared_claims, with_it_claims
from feeds.tracker.tokens import Sentence
from feeds.tracker.verbs import is_passive


def claims(scene: Scene) -> list[Claim]:
    """Every claim of one sentence, at most one a place, label and side."""
    found: dict[tuple[str, str, str], Claim] = {}
    for claim in _all(scene):
        if claim.label == HOLDS and claim.side not in scene.theatre.side_by_id:
            continue  # somebody holds it, but the sentence does not say who
        key = (claim.place, claim.label, claim.side)
        if key not in found or found[key].weight < claim.weight:
            found[key] = claim
    doubted = {"negated", "possible"}
    taken = {
        (claim.place, claim.agent)
        for claim in found.values()
        if claim.label == HOLDS and claim.change and claim.mood.name not in doubted
    }
    kept = [
        claim
        for claim in found.values()
        if claim.mood.name not in doubted or (claim.place, claim.agent) not in taken
    ]  # "captured it after two years in which they had failed to take it"
    now = [
        claim
        for claim in kept
        if not (
            _was_before(claim, kept, scene) or came_before(claim, kept, scene) or _led_to(claim, kept, scene)
        )
    ]
    return [*now, *shared_claims(scene, now)]


def _was_before(claim: Claim, others: list[Claim], scene: Scene) -> bool:
    """ "Bara, which the army regained in September, was lost again": what a relative clause tells was so before."""
    if claim.label != HOLDS or not _is_aside(claim.trigger, scene):
        return False
    had = "had" in scene.sentence.lows[claim.trigger.begin : claim.trigger.i]
    return any(
        other.place == claim.place
        and other.label == HOLDS
        and (other.change or other.rule == "held-by")
        and other.side != claim.side
        and (had or claim.trigger.i < other.trigger.i or _is_older(claim.trigger.value, other.trigger.value))
        and not _is_aside(other.trigger, scene)
        for other in others
    )


def _is_older(aside: str, main: str) -> bool:
    """Does a relative clause behind tell what came before: "retook Lyman, which Russia captured in May"?"""
    return aside in {"hold", "take"} or (aside == main == "retake")


def _is_aside(trigger: Chunk, scene: Scene) -> bool:
    """Does a verb stand in a relative clause, or tell what had been before, and not what somebody says?"""
    lows = scene.sentence.lows
    said = any(
        chunk.kind == "SP" and chunk.i < trigger.begin and "after" not in lows[chunk.j : trigger.begin]
        for chunk in scene.chunks
    )  # "…, they said, weeks after soldiers had driven them out" is nobody's word
    if trigger.perfect and "had" in lows[trigger.begin : trigger.i] and not said:
        return True
    reduced = trigger.value == "hold" and trigger.form in {"pp", "part"}
    if (
        trigger.form in {"pp", "part"}
        and trigger.begin == trigger.i
        and trigger.value in {"take", "retake"}
        and lows[trigger.i - 1] == ","
        and "," in lows[trigger.j :]
    ):
        return True  # "Bara, recaptured by the army in September, is again in RSF hands"
    if reduced and lows[trigger.begin : trigger.i] in {(), ("still",)}:
        return True  # "Mazar, the last city held by the government, has fallen"
    before = [chunk for chunk in scene.chunks if chunk.i < trigger.begin]
    for at in range(len(before) - 1, -1, -1):
        if before[at].kind in {"V", "v", "SP", ";"}:
            return False
        if before[at].kind == "b":
            clause = at > 0 and before[at - 1].kind == "SP"  # "said that it had"
            return lows[before[at].i] in {"which", "that", "who", "where"} and not clause
    return False


def _led_to(claim: Claim, others: list[Claim], scene: Scene) -> bool:
    """ "Fell after two days of fighting in its streets": the fighting that went before is over."""
    if claim.label != FIGHTING or claim.trigger.kind != "N":
        return False
    ahead = scene.sentence.lows[max(0, claim.trigger.begin - 6) : claim.trigger.begin]
    taken = any(one.place == claim.place and one.label == HOLDS for one in others)
    return taken and not {"after", "following"}.isdisjoint(ahead)


def _all(scene: Scene) -> Iterator[Claim]:
    lows = scene.sentence.lows
    for at, chunk in enumerate(scene.chunks):
        kind = chunk.kind
        if kind in {"V", "N"}:
            yield from _trigger_claims(scene, at)
        elif kind == "P":
            if not chunk.modifier:
                yield from _stated_claims(scene, at)
            if not (
                chunk.modifier and chunk.value == "of"
            ):  # not "liberated the settlement of Lyman Pershyi"
                yield from adjective_claims(chunk, scene.sentence, scene.theatre)
        elif kind == "S":
            yield from belonging_claims(scene, at)
            if chunk.value == "possessive":
                yield from possessed_claims(scene, at)
        elif kind == "x":
            if lows[chunk.j - 1] in FLAGS:
                yield from flag_claims(scene, at)
            yield from named_after_claims(scene, at)
        elif kind in {"H", "HELD"}:
            yield from controlled_claims(scene, at)
        elif kind == "b":
            yield from looming_claims(scene, at)
        elif kind == "SP" and chunk.value == "claim":
            yield from claimed_claims(scene, at)
    if "with" in lows:
        yield from with_it_claims(scene)


def _stated_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """What is said of a place without a trigger."""
    lows = scene.sentence.lows
    if at and scene.chunks[at - 1].kind == "aux":
        yield from had_claims(scene, at)
    if "free" in lows:
        yield from free_claims(scene, at)
    if "under" in lows:
        yield from under_claims(scene, at)
    if at and scene.chunks[at - 1].kind == "p" and "-" in lows:
        yield from installed_claims(scene, at)
    if "there" in lows:
        yield from absent_claims(scene, at)
    if not _SAFE.isdisjoint(lows):
        yield from secure_claims(scene, at)
    yield from verbless_claims(scene, at)


def _trigger_claims(scene: Scene, at: int) -> Iterator[Claim]:
    """What the first rule that fits a verb or noun of the vocabulary says."""
    chunks, sentence = scene.chunks, scene.sentence
    chunk = chunks[at]
    if _is_free(chunk, sentence.lows):
        return  # "Kherson is free": an adjective
    if chunk.value == "enter" and sentence.lows[chunk.i] == "driven" and chunk.begin == chunk.i:
        return  # "lorries driven into Herat"
    if chunk.value == "fall" and at + 1 < len(chunks) and chunks[at + 1].kind == "H":
        return  # "has fallen into the hands of": who holds it is said there
    if sentence.lows[chunk.i] == "going" and sentence.lows[chunk.j : chunk.j + 1] == ("to",):
        return  # "it is calm and is going to stay so"
    if chunk.kind == "N" and chunk.value == "besiege":
        yield from relieved_claims(scene, at)
        yield from imperilled_claims(scene, at)
    match = find_match(_rules(chunk, chunks, at, sentence), scene, at)
    if match is None:
        yield from garrison_claims(scene, at)
        return
    chunk.value = value = match.rule.trigger
    near = (*sentence.lows[max(0, chunk.i - 1) : chunk.i], *sentence.lows[chunk.j : chunk.j + _NEAR])
    if match.places is not None and not _PARTLY.isdisjoint(near):
        match.places.partial = True  # "partially captured"
    if match.rule.id == "push-towards":
        if match.agent in map(scene.first_holder, match.places.places):
            return  # theirs once: that they want it back is nothing new
    elif value in _THROWN_BACK:
        repeller = repelling_side(scene, at)
        if repeller or repelled(scene, at):
            yield from held_off_claims(match, chunk, scene, repeller)
            return
    agent = match.agent
    if match.rule.id in _INSIDE and agent and not chunk.infinitive and _is_last(match, scene):
        taken = replace(match.rule, outcomes=(Outcome(HOLDS, "S", change=True, weight=0.8),), passive=False)
        match = replace(match, rule=taken)
    elif value == "enter" and agent and _walked_in(scene, at, agent):
        taken = replace(match.rule, outcomes=(Outcome(HOLDS, "S", change=True, weight=0.6),), passive=False)
        match = replace(match, rule=taken)
    elif value == "return" and not (
        left_to(scene, agent)
        or _after_long(scene, at)
        or (len(match.named) > 1 and not _DEALS.isdisjoint(sentence.lows))
    ):
        return
    elif value == "deploy" and not left_to(scene, agent):
        return  # soldiers are deployed in a city that is theirs, too
    elif value in {"take", "retake", "hold"} and agent:
        if raided(scene, at, agent):
            return
        if driven := driven_out_claims(match, scene, at):
            yield from driven
            return
    yield from outcome_claims(match, chunk, scene.mood(chunk), scene.theatre)


def _rules(chunk: Chunk, chunks: list[Chunk], at: int, sentence: Sentence) -> tuple[Rule, ...]:
    """The rules that a trigger may fire, by its class, its others, and whether it is a noun or passive."""
    table = load_rules()
    noun = chunk.kind == "N"
    passive = not noun and is_passive(chunks, at, sentence)
    rules = table.get((chunk.value, noun and chunk.value != "fight", passive), ())
    for name in chunk.others:
        rules += table.get((name, noun and name != "fight", passive), ())
    return rules


def _is_free(chunk: Chunk, lows: tuple[str, ...]) -> bool:
    return (
        chunk.value == "retake"
        and chunk.form == "base"
        and lows[chunk.i] == "free"
        and chunk.begin < chunk.i
        and not (chunk.infinitive or chunk.modal)
    )


def _is_last(match: Match, scene: Scene) -> bool:
    """Is it the last that the others had there: "seized the army's last base in El Fasher"?"""
    where = match.places
    return where.kind == "F" and "last" in scene.sentence.lows[max(0, where.i - 4) : where.j]


_INSIDE = frozenset({"take-inside", "retake-inside", "enter-inside"})


def _after_long(scene: Scene, at: int) -> bool:
    """ "Have returned to Kyaukme after a year", "for the first time in months": where they were driven out."""
    lows = scene.sentence.lows[scene.chunks[at].j :]
    return any(
        (word == "after" and _SPANS.intersection((*lows[look + 1 : look + 4], *lows[look - 1 : look])))
        or lows[look : look + 3] == ("first", "time", "since")
        for look, word in enumerate(lows)
    )


_SPANS = frozenset("year years month months".split())


def _walked_in(scene: Scene, at: int, agent: str) -> bool:
    """Does who enters find nobody there: unopposed, or because the others have left?"""
    if scene.sentence.lows[scene.chunks[at].i].startswith(("walk", "stroll", "march")) or _unopposed(
        scene.sentence.lows
    ):
        return True
    return left_to(scene, agent) and not raided(scene, at, agent)


def _unopposed(lows: tuple[str, ...]) -> bool:
    """ "Entered without a shot", "unopposed": who walks in so holds it."""
    if "unopposed" in lows:
        return True
    for at, low in enumerate(lows):
        if low in {"without", "no", "little"} and _RESISTANCE.intersection(lows[at + 1 : at + 4]):
            return True
        if low == "no" and at and lows[at - 1] in {"met", "meeting", "encountered", "encountering"}:
            return True
    return False


_SAFE = frozenset({"secure", "control"})
_PARTLY = frozenset({"partially", "partly", "half"})
_NEAR = 6
"""Words behind a verb in which it may be said that it was done by half."""
_DEALS = frozenset({"deal", "agreement", "accord", "truce"})
_THROWN_BACK = frozenset({"attack", "assault", "enter", "take", "approach"})
"""Triggers of an attack that may be thrown back in the same sentence."""
_RESISTANCE = frozenset({"shot", "fight", "resistance", "opposition", "fighting", "struggle", "bloodshed"})
