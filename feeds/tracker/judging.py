"""What remains of a rule's outcome under negation, doubt, wish and history."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk
from feeds.tracker.modality import Mood
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


_TURNED = frozenset({"take", "fall", "surrender", "lose", "abandon", "leave", "hold", "control", "hoist"})


def outcome_claims(match: Match, trigger: Chunk, verdict: Mood, theatre: Theatre) -> Iterator[Claim]:
    """What a matched rule says of each of its places."""
    for outcome in match.rule.outcomes:
        for place in match.places.places:
            side = _who(outcome, match, theatre)
            yield from judge(outcome, place, side, match.places.partial, match, trigger, verdict, theatre)


def _who(outcome: Outcome, match: Match, theatre: Theatre) -> str:
    left = match.left.side if match.left is not None else ""
    by = match.filled["by"].side if "by" in match.filled else ""
    owner = left or (match.filled["of"].side if "of" in match.filled else "")
    if outcome.who == "S":
        return left
    if outcome.who == "to":
        return match.filled["to"].side
    if outcome.who == "by":
        return by
    if outcome.who in {"object", "object-other"}:
        held = match.filled[""].side
        return theatre.opponent(held) if outcome.who == "object-other" else held
    if outcome.who == "from-other":
        return theatre.opponent(match.filled["from"].side)
    if outcome.who == "by-other":
        return theatre.opponent(by)
    if outcome.who == "other":
        return theatre.opponent(owner)
    if outcome.who in {"challenger", "defender"}:
        return getattr(theatre, outcome.who)  # type: ignore[no-any-return]
    return left or by


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

    if verdict.historic or verdict.unclear or (trigger.value in {"attack", "assail"} and verdict.distant):
        return
    turned = verdict.negated or verdict.denied
    if turned:
        wished = verdict.possible and (trigger.modal or trigger.value in {"leave", "hold", "abandon"})
        if outcome.label == HOLDS and trigger.value in _TURNED and not wished:
            yield claim(HOLDS, theatre.opponent(side), verdict.ended, outcome.weight)
            if verdict.possible and trigger.value in _LOSSES:
                yield claim(THREAT, side, False, outcome.weight)
        return
    if verdict.possible:
        if trigger.value in {"expel", "repel"}:
            yield claim(FIGHTING, "", False, outcome.weight)
        elif trigger.value in {"fight"}:
            yield claim(FIGHTING if outcome.label == FIGHTING else THREAT, "", False, outcome.weight * 0.5)
        elif trigger.value in _LOSSES or outcome.label == THREAT:
            yield claim(THREAT, match.agent or side, False, outcome.weight)
        return
    if outcome.expected:
        return
    if outcome.label == HOLDS and partial and trigger.value != "hoist":
        yield claim(FIGHTING, side, False, outcome.weight)
        return
    yield claim(outcome.label, side, outcome.change and outcome.label == HOLDS, outcome.weight)
