"""What one sentence of a story says and another one outdates: how a city was entered that was taken in the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, THREAT, Evidence

_EARLIER: Final = re.compile(r"\b(?:Earlier|at first|first insist\w+|had (?:earlier |first )?insisted)\b")
"""What was said before something else came out."""


def without_overtaken(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without how a city was entered or besieged where the same story goes on to say that it was taken."""
    held = {
        (piece.place, piece.side)
        for piece in evidence
        if piece.label == HOLDS and piece.modality != "negated"
    }
    fallen = {place for place, _ in held}
    by_now = {(piece.place, piece.side) for piece in evidence if piece.label == HOLDS and piece.change} & held
    taken = {piece.place for piece in evidence if piece.label == HOLDS and piece.change}
    today = {
        (piece.place, piece.start): piece.side
        for piece in evidence
        if piece.label == HOLDS and not piece.change and "today" in piece.sentence.lower()
    }
    return [
        piece
        for piece in evidence
        if not (
            piece.label == HOLDS
            and piece.change
            and today.get((piece.place, piece.start), piece.side) != piece.side
        )  # "In April it lost Myawaddy, but soldiers are in control of the town today"
        and not (
            piece.rule.startswith(("enter", "take-inside", "in-headline"))
            and piece.label == FIGHTING
            and ((piece.place, piece.agent) in held or (not piece.agent and piece.place in fallen))
        )
        and not (
            piece.label == THREAT
            and piece.modality == "possible"
            and piece.rule.startswith(("take", "enter", "attack"))
            and (piece.place, piece.agent or piece.side) in by_now
        )  # "it took three hours for its men to capture Sirte"
        and not (
            piece.rule.startswith("surrender") and piece.label == THREAT and piece.place in taken
        )  # "after elders had agreed to hand it over"
        and not (
            piece.label == HOLDS
            and not piece.change
            and _EARLIER.search(piece.sentence)
            and any(place == piece.place and side != piece.side for place, side in by_now)
        )  # "after first insisting that the city had not been taken"
        and not (
            piece.rule.startswith("besiege")
            and piece.place in taken
            and "had" in piece.sentence.lower().split()
        )
    ]
