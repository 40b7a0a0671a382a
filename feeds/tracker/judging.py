"""What remains of a rule's outcome under negation, doubt, wish and history."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Mood
from feeds.tracker.rules import Outcome
from feeds.tracker.scene import Claim, Match

_LOSSES = frozenset(
    {
        "holdout",
        "take",
        "fall",
        "surrender",
        "lose",
        "abandon",
        "enter",
        "attack",
        "besiege",
        "approach",
        "control",
    }
)


_ALMOST = frozenset({"almost", "nearly", "all but", "close to"})
_TURNED = frozenset(
    {"take", "fall", "surrender", "lose", "abandon", "leave", "quit", "hold", "control", "hoist"}
)


def outcome_claims(match: Match, trigger: Chunk, verdict: Mood, theatre: Theatre) -> Iterator[Claim]:
    """What a matched rule says of each of its places."""
    for outcome in match.rule.outcomes:
        for place in match.places.places:
            side = _who(outcome, match, theatre)
            if outcome.who == "challenger" and outcome.change and _is_the_challengers(place, theatre):
                side = theatre.opponent(theatre.challenger)  # it was his from the start: he lost it
            yield from judge(outcome, place, side, match.places.partial, match, trigger, verdict, theatre)


def _who(outcome: Outcome, match: Match, theatre: Theatre) -> str:
    left = match.left.side if match.left is not None else ""
    by = match.filled["by"].side if "by" in match.filled else ""
    owner = left or (match.filled["of"].side if "of" in match.filled else "")
    if outcome.who == "S":
        return left
    if outcome.who == "to":
        gainer = match.filled["to"].side
        return gainer if gainer != left else _gainer(left, match, theatre)  # "the army left the city to them"
    if outcome.who == "by":
        return by
    if outcome.who in {"object", "object-other"}:
        held = match.filled[""].side
        return _gainer(held, match, theatre) if outcome.who == "object-other" else held
    if outcome.who in {"from-other", "of-other"}:
        loser = match.filled[outcome.who.removesuffix("-other")].side
        return left if left and left != loser and not match.rule.passive else _gainer(loser, match, theatre)
    if outcome.who == "by-other":
        return _gainer(by, match, theatre)
    if outcome.who == "other":
        return _gainer(owner, match, theatre)
    if outcome.who in {"challenger", "defender"}:
        return getattr(theatre, outcome.who)  # type: ignore[no-any-return]
    return left or by


def _is_the_challengers(place: str, theatre: Theatre) -> bool:
    known = theatre.by_id.get(place)
    return known is not None and known.holder == theatre.challenger and theatre.challenger != theatre.defender


def _gainer(loser: str, match: Match, theatre: Theatre) -> str:
    """Who gains when a side loses: the one other side named in the sentence, where the war has more than two."""
    others = {side for side in match.named if side in theatre.side_by_id and side != loser}
    return next(iter(others)) if len(theatre.sides) > 2 and len(others) == 1 else theatre.opponent(loser)


def judge(
    outcome: Outcome,
    place: str,
    side: str,
    partial: bool,
    match: Match,
    trigger: Chunk,
    verdict: Mood,
    theatre: Theatre,
) -> Iterator[Claim]:
    """What remains of an outcome under negation, doubt, wish and history."""

    def claim(label: str, who: str, change: bool, weight: float) -> Claim:
        return Claim(place, label, who, change, weight, match.rule.id, match.agent, trigger, verdict)

    if verdict.historic or verdict.unclear or verdict.distant:
        return
    turned = verdict.negated or verdict.denied
    if turned:
        wished = verdict.possible and (trigger.modal or trigger.value in {"leave", "hold", "abandon"})
        if outcome.label == HOLDS and trigger.value in _TURNED and not wished:
            yield claim(HOLDS, theatre.opponent(side), verdict.ended, outcome.weight)
            if verdict.possible and trigger.value in _LOSSES:
                yield claim(THREAT, side, False, outcome.weight)
        elif (
            outcome.label == FIGHTING and trigger.value == "enter" and match.agent and not trigger.infinitive
        ):
            yield claim(HOLDS, theatre.opponent(match.agent), False, 0.6)  # "they have not entered the city"
        return
    if verdict.possible:
        if trigger.value == "control" and _ALMOST.intersection(verdict.cues):
            return  # "almost the whole city is under their control"
        if trigger.value == "fight" and trigger.passive:
            yield claim(THREAT, match.agent or side, False, outcome.weight)
        elif trigger.value in {"expel", "repel"}:
            yield claim(FIGHTING, "", False, outcome.weight)
        elif trigger.value in {"fight", "battle"} and trigger.kind == "N":
            yield claim(THREAT, match.agent or side, False, outcome.weight)
        elif trigger.value in {"fight"} and trigger.infinitive:
            return  # "vowed to fight on": not yet, and not where
        elif trigger.value in {"fight"}:
            yield claim(FIGHTING if outcome.label == FIGHTING else THREAT, "", False, outcome.weight * 0.5)
        elif trigger.value in _LOSSES or outcome.label == THREAT:
            yield claim(THREAT, match.agent or side, False, outcome.weight)
        return
    if outcome.expected:
        return
    if outcome.label == HOLDS and partial and trigger.value not in {"hoist", "patrol"}:
        yield claim(FIGHTING, side, False, outcome.weight)
        return
    if outcome.label == THREAT and partial and trigger.value == "approach":
        yield claim(FIGHTING, side, False, outcome.weight)
        return
    yield claim(outcome.label, side, outcome.change and outcome.label == HOLDS, outcome.weight)
