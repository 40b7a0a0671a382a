"""What can play a role in a rule: a side, a place, the places that "two more capitals" stands for."""

from __future__ import annotations

from dataclasses import replace

from feeds.tracker.arguments import Argument
from feeds.tracker.chunks import Chunk, position
from feeds.tracker.rules import Role
from feeds.tracker.tokens import Sentence

_WAYS = frozenset({"road", "roads", "route", "routes", "highway", "highways", "line", "lines", "corridor"})


_NO_SOLDIERS = frozenset(
    (word,) for word in "medical health aid rescue fire training reserve mobile search police".split()
)
"""Before "units": none that keep a city."""
_NAMELESS = frozenset({"attackers", "assailants", "infiltrators", "raiders", "intruders", "them", "enemy"})
"""Those whom a city is cleared of, whoever they are."""


def fill_role(role: Role, behind: list[Argument], chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    """The chunk behind a trigger that plays a role, or None."""
    for argument in behind:
        preposition = argument.preposition
        if role.preposition == "near":
            if argument.chunk.near and argument.chunk.kind == "P":
                return argument.chunk
            continue
        if preposition != role.preposition:
            continue
        if argument.chunk.near and role.kind == "P":
            continue
        found = in_role(role.kind, argument.chunk, chunks, sentence)
        if found is not None:
            return found
        if role.preposition == "":
            return None
    return None


def in_role(kind: str, chunk: Chunk | None, chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    """The chunk, if it can play this role."""
    if chunk is None:
        return None
    if kind == "S":
        return chunk if chunk.kind == "S" and chunk.side and not chunk.modifier else None
    if kind == "P":
        if chunk.kind == "Q":
            return listed_places(chunk, chunks, sentence)
        return chunk if chunk.kind == "P" and not chunk.modifier and not chunk.near else None
    if kind == "F":
        return chunk if chunk.kind == "F" and chunk.value == "INN" and chunk.places else None
    if kind == "W":
        return (
            chunk
            if chunk.kind in {"x", "F"} and _WAYS.intersection(sentence.lows[chunk.i : chunk.j + 1])
            else None
        )
    if kind == "K":
        return chunk if chunk.kind == "K" and chunk.side and chunk.value == "official" else None
    if kind == "M":
        if chunk.kind != "MIL" or sentence.lows[chunk.i - 1 : chunk.i] in _NO_SOLDIERS:
            return None
        return chunk
    if kind == "E":
        return chunk if chunk.kind in {"PR", "MIL"} or sentence.lows[chunk.j - 1] in _NAMELESS else None
    return chunk if chunk.kind in {"x", "PR", "O"} else None


def listed_places(cities: Chunk, chunks: list[Chunk], sentence: Sentence) -> Chunk | None:
    """The places that "two more capitals" stands for: "…, including A and B", "A and B are the last cities"."""
    at = position(cities, chunks)
    look = at + 1
    while (
        look < len(chunks)
        and chunks[look].kind in {",", ":", "(", "—", "–", "-", "aux", "b", "p", "x", "num"}
        and look - at < 5
    ):
        if chunks[look].kind == "p" and sentence.lows[chunks[look].i] not in {"like"}:
            break
        if chunks[look].kind == "b" and sentence.lows[chunks[look].i] != "as":
            break
        look += 1
    if look < len(chunks) and chunks[look].kind == "P" and chunks[look].modifier and look > at + 1:
        return None  # "all cities except two: Kabul and Jalalabad"
    if look < len(chunks) and look > at + 1 and chunks[look].kind == "P" and not chunks[look].near:
        return chunks[look]
    if (
        look == at + 1
        and look < len(chunks)
        and chunks[look].kind == "P"
        and _includes(sentence, cities, chunks[look])
    ):
        return chunks[look]
    comma = next(
        (look for look in range(at + 1, min(at + 6, len(chunks) - 1)) if chunks[look].kind in {",", ":"}),
        None,
    )
    if (
        (
            comma is not None
            and chunks[comma + 1].kind == "P"
            and not any(one.kind in {"V", "SP", "v"} for one in chunks[at:comma])
        )
        and not chunks[comma + 1].near
        and not chunks[comma + 1].modifier
    ):
        return _series(chunks, comma + 1)
    for later in range(at + 1, len(chunks)):
        if chunks[later].kind == "P" and not chunks[later].near and not chunks[later].modifier:
            before = sentence.lows[max(0, chunks[later].i - 3) : chunks[later].i]
            if "including" in before or ("among" in before and "them" in before):
                return chunks[later]
    look = at - 1
    while (
        look >= 0
        and at - look < 6
        and (
            chunks[look].kind in {"aux", "c", ",", "x", "num"}
            or (chunks[look].kind == ":" and look == 1)  # "Kunduz, Taluqan: two more capitals fall"
            or sentence.lows[chunks[look].i] in {"as", "of", "among"}
        )
    ):
        look -= 1
    if 0 <= look < at and chunks[look].kind == "P" and not chunks[look].near and not chunks[look].modifier:
        return chunks[look]
    return None


def _series(chunks: list[Chunk], at: int) -> Chunk:
    """A place and those that follow it before the verb: "Farah in the west and Pul-e Khumri in the north"."""
    first = chunks[at]
    places = list(first.places)
    for look in range(at + 1, len(chunks)):
        chunk = chunks[look]
        if chunk.kind in {"V", "SP", "v", "aux", "b", "N"}:
            break
        joined = (
            chunk.kind == "P"
            and not chunk.near
            and not chunk.modifier
            and chunks[look - 1].kind in {"c", ","}
        )
        places += [place for place in chunk.places if joined and place not in places]
    return replace(first, places=tuple(places))


def _includes(sentence: Sentence, cities: Chunk, place: Chunk) -> bool:
    return any(
        low in {"including", "like", "such", "namely"} for low in sentence.lows[cities.j : place.i + 1]
    )
