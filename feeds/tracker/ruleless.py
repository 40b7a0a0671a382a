"""What a trigger says that no rule of the table fits: by the place named before, or as a wish of nobody named."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.tracker.arguments import Argument, fronted
from feeds.tracker.chunks import Chunk, position
from feeds.tracker.rules import Outcome, Rule
from feeds.tracker.scene import Match, Scene
from feeds.tracker.subjects import DEFENCES
from feeds.tracker.tokens import Sentence

_CLOSER = frozenset(
    {
        "in",
        "near",
        "nears",
        "neared",
        "nearing",
        "advance",
        "advanced",
        "advancing",
        "approached",
        "approaching",
        "advances",
        "approach",
        "approaches",
        "closer",
        "loom",
        "looms",
    }
)
_PARTS = frozenset(
    "districts district quarters quarter neighbourhoods neighborhoods parts areas blocks half streets".split()
)
_WISHED = frozenset({"take", "enter", "attack", "surrender", "approach", "besiege"})


def without_rule(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """The match of a trigger that fits no rule, with ``left`` who acts and ``behind`` what it governs; None for none."""
    chunks, sentence = scene.chunks, scene.sentence
    return (
        _closing_in(left, behind, scene, at)
        or _parts(left, behind, scene, at)
        or _given_up(left, behind, chunks, at)
        or _overran(left, behind, scene, at)
        or _takeover(left, behind, scene, at)
        or _advanced(left, behind, scene, at)
        or _gone(left, behind, scene, at)
        or _until(behind, chunks, at, sentence)
        or _beaten_off(left, scene, at)
        or _beaten_back(left, behind, scene, at)
        or _holding(left, behind, chunks[at])
        or _wished(chunks[at], left, behind, sentence)
    )


def _holding(left: Chunk | None, behind: list[Argument], verb: Chunk) -> Match | None:
    """ "Herat is holding, its governor insisted": nobody has taken it."""
    if left is None or left.kind != "P" or left.near or left.modifier or verb.value != "hold":
        return None
    if verb.form != "ing" or verb.begin == verb.i or any(one.preposition == "" for one in behind):
        return None
    rule = Rule("holding", "holdout", False, False, "", (), (Outcome(HOLDS, "defender", weight=0.6),), "", "")
    return Match(rule, left, None, {})


def _beaten_off(left: Chunk | None, scene: Scene, at: int) -> Match | None:
    """ "Babanusa garrison beats off fourth assault": it holds the place that it is called after, which was fought over."""
    chunks = scene.chunks
    verb = chunks[at]
    if left is None or left.kind != "S" or not left.side or verb.passive or verb.kind != "V":
        return None
    look = position(left, chunks)
    if "repel" not in verb.meanings or not look or scene.sentence.lows[left.j - 1] not in DEFENCES:
        return None
    look -= 1 + (chunks[look - 1].kind == "'s" and look > 1)
    place = chunks[look]
    if place.kind != "P" or place.near:
        return None
    outcomes = (Outcome(HOLDS, "S", weight=0.6), Outcome(FIGHTING, weight=0.6))
    return Match(Rule("beaten-off", "repel", False, False, "", (), outcomes, "", ""), place, left, {})


def _beaten_back(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "RSF claims El Fasher, army says it beat off the attack": on the one city that the other side acted on before."""
    chunks, verb = scene.chunks, scene.chunks[at]
    if left is None or left.kind != "S" or not left.side or verb.passive or "repel" not in verb.meanings:
        return None
    what = chunks[at + 1] if at + 1 < len(chunks) else None
    if what is None or what.kind != "N" or what.value != "attack" or any(one.chunk.places for one in behind):
        return None
    places = [look for look, one in enumerate(chunks[:at]) if one.kind == "P"]
    if len(places) != 1 or chunks[places[0]].near or chunks[places[0]].modifier:
        return None
    others = [one.side for one in chunks[: places[0]] if one.kind == "S" and one.side != left.side]
    if not others or any(one.kind == "S" and one.side == left.side for one in chunks[: places[0]]):
        return None
    rule = Rule("beaten-back", "repel", False, False, "", (), (Outcome(HOLDS, "S", weight=0.6),), "", "")
    return Match(rule, chunks[places[0]], left, {})


def _closing_in(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "To the east of Bakhmut, Russian troops are advancing": on the place named before."""
    trigger, before, lows = scene.chunks[at], scene.chunks[:at], scene.sentence.lows
    if trigger.kind != "V" or "approach" not in trigger.meanings:
        return None
    if behind or left is None or left.kind != "S" or not left.side:
        return None
    if (
        lows[trigger.i].startswith(("dig", "dug"))
        or lows[trigger.j - 1] not in _CLOSER
        or any(
            one.kind == "V"
            and one.value in {"leave", "quit", "abandon", "lose"}
            and not _by_crowd(before, look, scene.sentence)
            for look, one in enumerate(before)
        )
    ):
        return None
    place = _place_before(before)
    nearing = Rule("closing-in", "approach", False, False, "", (), (Outcome(THREAT),), "", "")
    return Match(nearing, place, left, {}) if place is not None else None


def _by_crowd(before: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Is it people who leave, not soldiers: "thousands flee Uvira as M23 advances"?"""
    return at > 0 and (before[at - 1].kind == "CROWD" or sentence.lows[before[at - 1].j - 1] in _CROWDS)


_CROWDS = frozenset("thousands hundreds residents families civilians people dozens crowds".split())


def _until(behind: list[Argument], chunks: list[Chunk], at: int, sentence: Sentence) -> Match | None:
    """ "Shelling Herat until it is forced to surrender": wished, of the place named first."""
    trigger = chunks[at]
    if trigger.value != "surrender" or not trigger.infinitive or "until" not in sentence.lows:
        return None
    place = next((one for one in chunks[:at] if one.kind == "P" and not one.modifier and not one.near), None)
    if place is None or any(argument.preposition == "" for argument in behind):
        return None
    return Match(_wish(trigger), place, None, {})


def _parts(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "In Pokrovsk, Russian infantry hold the southern districts": parts of the city named before."""
    trigger, lows = scene.chunks[at], scene.sentence.lows
    if trigger.kind != "V" or trigger.value not in {"take", "hold", "retake"} or trigger.passive:
        return None
    if left is None or left.kind != "S" or not left.side:
        return None
    direct = [one.chunk for one in behind if one.preposition == ""]
    if not any(lows[one.j - 1] in _PARTS for one in direct[:3]):
        return None
    place = fronted(scene.chunks, at, scene.sentence)
    rule = Rule("parts", "take", False, False, "", (), (Outcome(FIGHTING),), "", "")
    return Match(rule, place, left, {}) if place is not None else None


def _takeover(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "El Fasher: mass graves after RSF takeover": of the city that the headline is about."""
    trigger = scene.chunks[at]
    if trigger.kind != "N" or trigger.value not in {"take", "retake"} or behind or at < _OPENS:
        return None
    owner = scene.chunks[at - 1]
    if left is None and owner.kind == "x" and owner.side:
        left = replace(owner, kind="S")  # "in ruins after Russian capture"
    after = scene.sentence.lows[scene.chunks[at - 2].i] in {"after", "since", "following"}
    if left is None or left.kind != "S" or not left.side or not after:
        return None
    named = [one for one in scene.chunks[:at] if one.kind == "P"]
    place = named[0] if len(named) == 1 and scene.sentence.title else None
    if place is None or place.near or place.modifier or place.partial or len(place.places) != 1:
        return None
    outcomes = (Outcome(HOLDS, "S", change=True, weight=0.7),)
    return Match(Rule("takeover-there", "take", False, False, "", (), outcomes, "", ""), place, left, {})


def _advanced(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "Russian forces advanced in central Toretsk": it is fought over."""
    if not scene.sentence.lows[scene.chunks[at].i].startswith("advanc") or left is None or left.kind != "S":
        return None
    place = next((one.chunk for one in behind if one.preposition == "in" and one.chunk.kind == "P"), None)
    if place is None or place.near or place.modifier or left.side in map(scene.first_holder, place.places):
        return None
    outcomes = (Outcome(FIGHTING, weight=0.6),)
    return Match(Rule("advanced-in", "approach", False, False, "", (), outcomes, "", ""), place, left, {})


_OPENS: Final = 3
"""Chunks before "takeover" in the shortest "Herat after Taliban takeover"."""


def _overran(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "Overran the garrison in Nasir": with those who kept it the place is lost."""
    lows = scene.sentence.lows
    trigger = scene.chunks[at]
    if trigger.passive or not lows[trigger.i].startswith(("overr", "defeat")) or len(behind) < 2:
        return None
    if left is None or left.kind != "S" or not left.side or behind[0].preposition:
        return None
    kept, where = behind[0].chunk, behind[1]
    if lows[kept.j - 1] not in {"garrison", "defenders"} or where.preposition not in {"in", "of", "at"}:
        return None
    if where.chunk.kind != "P" or where.chunk.near or where.chunk.modifier:
        return None
    outcomes = (Outcome(HOLDS, "S", change=True, weight=0.7),)
    return Match(Rule("overran", "take", False, False, "", (), outcomes, "", ""), where.chunk, left, {})


def _gone(left: Chunk | None, behind: list[Argument], scene: Scene, at: int) -> Match | None:
    """ "Kherson: Russian troops have gone": others have it."""
    if scene.chunks[at].value != "gone" or left is None or left.kind != "S" or not left.side:
        return None
    place = next((one.chunk for one in behind if one.preposition == "from"), None)
    place = place or fronted(scene.chunks, at, scene.sentence)
    if place is None or place.kind != "P" or place.near or place.modifier:
        return None
    outcomes = (Outcome(HOLDS, "other", change=True, weight=0.6),)
    return Match(Rule("gone-from", "leave", False, False, "", (), outcomes, "", ""), place, left, {})


def _given_up(left: Chunk | None, behind: list[Argument], chunks: list[Chunk], at: int) -> Match | None:
    """ "… in Jalalabad because the governor had surrendered to the Taliban": the city goes with him."""
    if chunks[at].value != "surrender" or chunks[at].passive or left is None or left.kind != "K":
        return None
    to = next((one.chunk for one in behind if one.preposition == "to" and one.chunk.kind == "S"), None)
    if to is None or not left.side or to.side == left.side or any(one.preposition == "" for one in behind):
        return None
    place = _place_before(chunks[:at])
    rule = Rule(
        "surrender-with",
        "surrender",
        False,
        False,
        "",
        (),
        (Outcome(HOLDS, "to", change=True, weight=0.7),),
        "",
        "",
    )
    return Match(rule, place, None, {"to": to}) if place is not None else None


def _wish(trigger: Chunk) -> Rule:
    return Rule(
        "wished", trigger.value, False, False, "", (), (Outcome(HOLDS, "challenger", expected=True),), "", ""
    )


def _wished(trigger: Chunk, left: Chunk | None, behind: list[Argument], sentence: Sentence) -> Match | None:
    """ "An offensive to seize Kandahar", "attempts to break into Faizabad": nobody named, nothing done yet."""
    if left is not None and left.kind in {"S", "O", "K", "PR"}:
        return None
    if not (trigger.infinitive or trigger.modal) or trigger.value not in _WISHED:
        return None
    for argument in behind:
        if (
            argument.preposition in ({"on", "towards"} if trigger.value == "approach" else {"", "into"})
            and argument.chunk.kind == "P"
            and not argument.chunk.modifier
            and not argument.chunk.near
            and sentence.lows[argument.chunk.i] != "it"
        ):
            rule = _wish(trigger)
            return Match(rule, argument.chunk, None, {})
    return None


def _place_before(chunks: list[Chunk]) -> Chunk | None:
    """The last of the chunks that is a place itself, not one near it, nor a name that qualifies another."""
    return next(
        (one for one in reversed(chunks) if one.kind == "P" and not one.near and not one.modifier), None
    )
