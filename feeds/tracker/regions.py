"""Regions and their capitals: "Kandahar province" is not Kandahar, "the capital of Helmand" is Lashkar Gah."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.mentions import is_part, kind_at, list_end, low_at, noun_phrase
from feeds.tracker.tokens import Sentence

NAMED = frozenset({"P", "R"})


def settle_regions(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "Herat, Zabul and Farah provinces", "province of Kandahar", "Kandahar and Helmand", "southern Herat"."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        if chunks[at].kind not in NAMED:
            made.append(chunks[at])
            at += 1
            continue
        end = list_end(chunks, at, NAMED)
        items = [chunk for chunk in chunks[at:end] if chunk.kind in NAMED]
        behind = chunks[end] if end < len(chunks) else None
        swallow = 0
        is_region = False
        if (
            behind is not None
            and (behind.kind == "REG" or (behind.kind == "PART" and behind.value == "REG"))
            and _region_word(chunks, end, sentence)
        ):
            is_region, swallow = True, 1
            if not sentence.lows[behind.j - 1].endswith("s"):
                _as_region(items[-1:])
            else:
                _as_region(items)
        elif _before_is_region(made, sentence):
            is_region = True
            _as_region(items)
        elif (
            len(items) > 1 and any(item.kind == "R" for item in items) and not _capital_before(made, sentence)
        ):
            _as_region([item for item in items if item.regions])
        elif (
            _direction_before(made, sentence)
            and items[0].regions
            and items[0].kind == "P"
            and items[0].j - items[0].i == _words(items[0])
        ):
            _as_region(items[:1])
        if is_region and swallow and behind is not None:
            items[-1].j = behind.j
        made.extend(chunks[at:end])
        at = end + swallow
    return made


def _words(chunk: Chunk) -> int:
    return chunk.j - chunk.i


def _region_word(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    low = sentence.lows[chunks[at].j - 1]
    if low in {"river", "lake", "front", "axis", "direction", "sector", "dam"}:
        return True
    behind = low_at(sentence, chunks, at + 1)
    return low not in {"state", "area", "areas", "division", "department"} or behind not in {
        "radio",
        "television",
    }


def _as_region(items: list[Chunk]) -> None:
    for item in items:
        item.kind = "R"
        item.regions = item.regions or item.places
        item.places = ()


def _before_is_region(made: list[Chunk], sentence: Sentence) -> bool:
    at = len(made) - 1
    if at >= 0 and made[at].kind == "d":
        at -= 1
    return (
        low_at(sentence, made, at) == "of"
        and kind_at(made, at - 1) == "REG"
        and not is_part(made[at - 1], sentence)
    )


def _capital_before(made: list[Chunk], sentence: Sentence) -> bool:
    at = len(made) - 1
    return low_at(sentence, made, at) == "of" and kind_at(made, at - 1) in {"CITY", "CITIES"}


def _direction_before(made: list[Chunk], sentence: Sentence) -> bool:
    low = low_at(sentence, made, len(made) - 1)
    if made and made[-1].j - made[-1].i > 1:
        return False
    return low in {
        "northern",
        "southern",
        "eastern",
        "western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "rural",
        "greater",
        "southcentral",
    }


def settle_capitals(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "The capital of Helmand", "Helmand's provincial capital", "capitals of A, B and C", "city of Kunduz"."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind in {"CITY", "CITIES"} and low_at(sentence, chunks, at + 1) == "of":
            start = at + 2
            while (
                start < len(chunks)
                and (kind_at(chunks, start) == "d" or low_at(sentence, chunks, start) in lexicon.adjectives)
                and chunks[start].kind not in NAMED
            ):
                start += 1
            if kind_at(chunks, start) in NAMED:
                end = list_end(chunks, start, NAMED)
                items = [item for item in chunks[start:end] if item.kind in NAMED]
                capital = sentence.lows[chunk.j - 1] in {"capital", "capitals", "centre", "center", "seat"}
                usable = all(item.places or (capital and item.regions) for item in items)
                if usable:
                    begin = noun_phrase(made, sentence, lexicon)
                    chunk.i = made[begin].i if begin < len(made) else chunk.i
                    del made[begin:]
                    places = tuple(
                        (item.regions or item.places)[0] if capital else item.places[0] for item in items
                    )
                    made.append(Chunk("P", chunk.i, chunks[end - 1].j, places=places, value="of"))
                    at = end
                    continue
        possessor = made[-1] if made else None
        if chunk.kind == "CITY" and "capital" in sentence.lows[chunk.j - 1]:
            back = len(made) - 1
            while (
                back >= 0
                and low_at(sentence, made, back) in lexicon.adjectives
                and made[back].kind not in NAMED
            ):
                back -= 1
            if back >= 0 and made[back].kind == "'s":
                back -= 1
            if (
                back >= 0
                and made[back].kind in NAMED
                and (made[back].regions or made[back].kind == "R")
                and back >= len(made) - 4
            ):
                owner = made[back]
                place = (owner.regions or owner.places)[0]
                del made[back + 1 :]
                made[back] = Chunk("P", owner.i, chunk.j, places=(place,), value="of")
                at += 1
                continue
        del possessor
        made.append(chunk)
        at += 1
    return made
