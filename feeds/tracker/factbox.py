"""Factboxes: headings that speak for the entries under them, "TAKEN OVER", then "KUNDUZ - …"."""

from __future__ import annotations

import re
from typing import Final

from feeds.evidence import FIGHTING, HOLDS, THREAT
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk, atoms
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence, words_of

_HOLDING: Final = frozenset(
    {"held", "hands", "control", "controlled", "captured", "taken", "seized", "taken over"}
)
_NOT_SAID: Final = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "cities",
        "capitals",
        "city",
        "towns",
        "provincial",
    }
)


def heading(parsed: Sentence, lexicon: Lexicon, theatre: Theatre) -> tuple[str, str, str] | None:
    """(label, side, its words) that a heading gives to the entries below it; None for a sentence that is no heading."""
    if parsed.title or len(parsed.words) > 9 or parsed.words[-1:] in {(".",), ("?",), ("!",)}:
        return None
    said = tuple(
        low for low in parsed.lows if low.isalpha() and low not in lexicon.function and low not in _NOT_SAID
    )
    meaning = lexicon.headings.get(said) or lexicon.headings.get(
        tuple(low for low in parsed.lows if low.isalpha())
    )
    if meaning in {FIGHTING, THREAT}:
        return meaning, "", parsed.text
    if meaning is not None:
        return HOLDS, theatre.challenger if meaning == "challenger" else theatre.defender, parsed.text
    pieces = atoms(parsed, lexicon)
    if any(piece.kind in {"P", "R"} for piece in pieces) or not _HOLDING.intersection(parsed.lows):
        return None
    side = next((piece.side for piece in pieces if piece.kind in {"SIDE", "ADJ"}), "")
    return (HOLDS, side, parsed.text) if side else None


def entry_places(parsed: Sentence, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that a paragraph is headed by: "KUNDUZ - …", "CHARIKAR and MAHMUD-I-RAQI - …"; empty when it is not."""
    if not parsed.entry:
        return ()
    places = []
    for name in re.split(r", | and ", parsed.entry):
        words = words_of(name)
        if not words:
            return ()
        end, entries = lexicon.words.longest(words, 0)
        place = next((entry.value for entry in entries if entry.tag == "P"), None)
        if place is None or end != len(words):
            return ()
        places.append(place)
    return tuple(places)


def bare_list(chunks: list[Chunk]) -> tuple[str, ...]:
    """The places of a line that only names places: "KANDAHAR, HERAT, GHAZNI and 14 others."."""
    if any(chunk.kind in {"V", "v", "SP", "S", "K", "N", "H", "PR", "aux", "b"} for chunk in chunks):
        return ()
    return tuple(place for chunk in chunks if chunk.kind == "P" and not chunk.near for place in chunk.places)
