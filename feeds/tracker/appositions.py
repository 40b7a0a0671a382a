"""Appositions swallowed and lists of places joined."""

from __future__ import annotations

from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.mentions import kind_at, list_end, low_at, touches
from feeds.tracker.tokens import Sentence

_COUNTED: Final = frozenset({"a", "an", *NUMBERS})
_DIVISIONS: Final = frozenset(
    "district districts province provinces village villages governorate governorates county counties".split()
)


def settle_divisions(chunks: list[Chunk], sentence: Sentence) -> list[Chunk]:
    """ "Harib and Bayhan, two districts on the road to Marib": what bears a city's name here is none."""
    lows = sentence.lows
    for chunk in chunks:
        if chunk.kind != "P" or chunk.value == "of":
            continue
        comma = next((at for at in range(chunk.i, min(chunk.j + 1, len(lows))) if lows[at] == ","), None)
        if comma is None or _COUNTED.isdisjoint(lows[comma + 1 : comma + 2]):
            continue
        noun = next(
            (at for at in range(comma + 2, min(comma + 5, len(lows))) if lows[at] in _DIVISIONS), None
        )
        if noun is not None and lows[noun + 1 : noun + 2] not in {("'s",), ("capital",), ("seat",)}:
            chunk.kind, chunk.regions = "R", ()
    return chunks


def swallow_appositions(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "Mihtarlam, the capital of Laghman province,", "Aybak, 300km north of Kabul," and "(pop. 50,000)" go."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        made.append(chunk)
        at += 1
        if chunk.kind != "P":
            continue
        if chunk.near and not (
            chunk.value == "of" and kind_at(chunks, at + 1) == "P" and chunks[at + 1].places == chunk.places
        ):
            continue
        if chunk.value == "of" and kind_at(chunks, at) == "P" and chunks[at].places == chunk.places:
            chunk.j, at = chunks[at].j, at + 1  # "East Darfur capital Ed Daein"
        if (
            chunk.value == "of"
            and kind_at(chunks, at) == ","
            and kind_at(chunks, at + 1) == "P"
            and chunks[at + 1].places == chunk.places
        ):
            chunk.j, at = chunks[at + 1].j, at + 2  # "the capital of Kapisa province, Mahmud-e Raqi, was"
            at += kind_at(chunks, at) == ","
        while True:
            end = _apposition_end(chunks, at, chunk, sentence)
            if end == at and chunk.j == chunks[at - 1].j and kind_at(chunks, at - 1) == ",":
                end = max(at, _apposition_end(chunks, at - 1, chunk, sentence))  # "…, 50 km from Kabul,"
            if end == at:
                break
            chunk.j = chunks[end - 1].j
            at = end
    return made


def _apposition_end(chunks: list[Chunk], at: int, place: Chunk, sentence: Sentence) -> int:
    if kind_at(chunks, at) == "(":
        for look in range(at + 1, min(at + 10, len(chunks))):
            if chunks[look].kind == ")":
                return look + 1
        return at
    if kind_at(chunks, at) == "p" and (lies := _lies(chunks, at, sentence)):
        return lies  # "Farah in the west and Pul-e Khumri in the north"
    if kind_at(chunks, at) not in {",", "-", "–", "—"} or (
        kind_at(chunks, at) == "-" and touches(sentence, chunks[at])
    ):
        return at
    look = at + 1
    first = chunks[look] if look < len(chunks) else None
    if first is None:
        return at
    if first.kind == "P" and first.value == "of" and set(first.places) == set(place.places):
        behind = kind_at(chunks, look + 1)
        if behind in {",", "–", "—", "-", ".", ""}:
            return _closing(chunks, look + 1)
    if first.kind == "R":
        return (
            _closing(chunks, look + 1)
            if kind_at(chunks, look + 1) in {",", ".", ")", "–", "—", "-"} or kind_at(chunks, look + 1) == ""
            else at
        )
    steps = look
    seen_capital = False
    while steps < len(chunks) and steps - look < 12:
        kind = chunks[steps].kind
        if kind == "-" and touches(sentence, chunks[steps]):
            steps += 1
            continue
        if (
            kind in {"V", "SP", "S", "K", "b", "H", "HELD", "aux", "N", ".", "PR", "Q"}
            or (kind == "v" and chunks[steps].form != "pp")
            or (kind == "c" and chunks[steps].value == "but")
        ):
            return at
        if kind == "P" and not (chunks[steps].near or set(chunks[steps].places) == set(place.places)):
            return at
        seen_capital = (
            seen_capital
            or kind in {"C", "R"}
            or (kind == "P" and (chunks[steps].near or chunks[steps].value == "of"))
            or low_at(sentence, chunks, steps)
            in {
                "city",
                "capital",
                "town",
                "km",
                "kilometres",
                "miles",
                "kilometers",
                "population",
                "hub",
                "home",
                "largest",
                "biggest",
                "known",
                "north",
                "south",
                "east",
                "west",
                "hometown",
                "birthplace",
                "afghanistan",
                "ukraine",
                "syria",
                "sudan",
                "stronghold",
            }
        )
        again = chunks[steps + 1] if steps + 1 < len(chunks) else None
        before = chunks[steps - 1]
        if (
            kind == ","
            and before.kind == "P"
            and before.near
            and again is not None
            and again.places == before.places
        ):
            steps += 2  # "Sake, 27 km from the North Kivu capital, Goma"
            if kind_at(chunks, steps) in {"", "."}:
                return steps
            continue
        if kind in {",", "–", "—"} or (kind == "-" and steps > look):
            return _closing(chunks, steps) if seen_capital else at
        steps += 1
    return at


def _lies(chunks: list[Chunk], at: int, sentence: Sentence) -> int:
    """Behind a phrase that says in which part of the country a place of a list lies; 0 when there is none."""
    look = at + 1 + (kind_at(chunks, at + 1) == "d")
    where = kind_at(chunks, look) == "PART" and sentence.lows[chunks[look].j - 1] in _WINDS
    ends = where and sentence.lows[chunks[at].i] == "in" and kind_at(chunks, look + 1) in {"c", ","}
    return look + 1 if ends else 0


def _closing(chunks: list[Chunk], at: int) -> int:
    """Behind the closing comma of an apposition, unless the comma goes on as a list."""
    if kind_at(chunks, at) in {",", "–", "—", "-"} and not (
        kind_at(chunks, at + 1) in {"P", "c"} and kind_at(chunks, at + 1) == "P"
    ):
        if kind_at(chunks, at + 1) == "c" and kind_at(chunks, at + 2) == "P":
            return at
        return at + 1
    return at


def _unknown_item(chunks: list[Chunk], end: int, sentence: Sentence) -> bool:
    """Does the list go on behind a name that is not known: "Rawa, Ana and Rutba"?"""
    if kind_at(chunks, end) not in {",", "c"} or kind_at(chunks, end + 1) != "x":
        return False
    one = chunks[end + 1]
    known = chunks[end + 3] if end + 3 < len(chunks) else None
    return (
        sentence.words[one.i][0].isupper()
        and kind_at(chunks, end + 2) in {",", "c"}
        and known is not None
        and known.kind == "P"
        and not known.modifier
        and not known.near
    )


def join_lists(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "Kunduz, Sar-e Pol and Taloqan" act as one."""
    made: list[Chunk] = []
    at = 0
    kinds = frozenset({"P"})
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind == "P" and not chunk.modifier:
            end = list_end(chunks, at, kinds)
            while _unknown_item(chunks, end, sentence):
                end = list_end(chunks, end + 3, kinds)
            items = [item for item in chunks[at:end] if item.kind == "P"]
            if any(item.modifier for item in items):
                while items and items[-1].modifier:
                    items.pop()
                end = chunks.index(items[-1]) + 1 if items else at + 1
            if len(items) > 1 and at and chunks[at - 1].kind == "V" and _begins_clause(chunks, end, sentence):
                items.pop()
                end = chunks.index(items[-1]) + 1
            if len(items) > 1:
                places = tuple(dict.fromkeys(place for item in items for place in item.places))
                chunk = Chunk(
                    "P",
                    chunk.i,
                    chunks[end - 1].j,
                    places=places,
                    near=chunk.near,
                    partial=chunk.partial,
                )
                chunk.begin = chunk.i
            made.append(chunk)
            at = end
            continue
        made.append(chunk)
        at += 1
    return made


def _begins_clause(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """ "Take Kunduz, Kabul on Monday said": does a verb follow the last of what a verb acts on, past a time?"""
    start = at
    while at < len(chunks) and chunks[at].kind in {"p", "d", "w", "x"}:
        if chunks[at].kind == "x" and sentence.lows[chunks[at].i] not in _TIMES:
            return False
        at += 1
    return start < at < len(chunks) and chunks[at].kind in {"SP", "V", "v", "aux"}


_TIMES = frozenset("same next following day days night morning evening afternoon hours later week".split())
_WINDS = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west".split()
)
