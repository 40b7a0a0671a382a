"""Which place is meant: the city, its region, something inside it, or a government named by its capital.

This pays most of all: "Kandahar province" is not Kandahar, nor is its airport, nor a writer called Farah.
Each pass below takes the chunks of a sentence and gives them back with one question settled.
"""

from __future__ import annotations

from collections.abc import Callable

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence

Pass = Callable[[list[Chunk], Sentence, Lexicon], list[Chunk]]

_NAMED = frozenset({"P", "R"})
_DISTANCES = frozenset({"away", "kilometres", "kilometers", "km", "miles", "car", "drive", "minutes", "hour", "hours", "metres", "meters"})


def merge_places(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The chunks with every mention of a place settled and lists of places joined."""
    for step in (_city_behind, _regions, _capitals, _facilities, _near, _names, _anaphors, _appositions, _lists):
        chunks = step(chunks, sentence, lexicon)
    return chunks


def _low(sentence: Sentence, chunks: list[Chunk], at: int) -> str:
    return sentence.lows[chunks[at].i] if 0 <= at < len(chunks) else ""


def _kind(chunks: list[Chunk], at: int) -> str:
    return chunks[at].kind if 0 <= at < len(chunks) else ""


def _is_separator(chunks: list[Chunk], at: int) -> bool:
    return _kind(chunks, at) in {",", "c", "&"} and (chunks[at].kind != "c" or chunks[at].value in {"and", "or", "&"})


def _list_end(chunks: list[Chunk], at: int, kinds: frozenset[str]) -> int:
    """Position behind the last item of a list of places that starts here."""
    end = at + 1
    while True:
        look = end
        while look < len(chunks) and look - end < 2 and _is_separator(chunks, look):
            look += 1
        if look > end and _kind(chunks, look) == "d":
            look += 1
        if look > end and _kind(chunks, look) in kinds:
            end = look + 1
        else:
            return end


def _city_behind(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"Kunduz city" is the city, whatever else is called Kunduz."""
    made: list[Chunk] = []
    for at, chunk in enumerate(chunks):
        before = made[-1] if made else None
        if chunk.kind == "CITY" and before is not None and before.kind == "P" and _low(sentence, chunks, at) in {"city", "town"} and _low(sentence, chunks, at + 1) not in {"of", "hall"} and _kind(chunks, at + 1) not in {"INN"}:
            before.j, before.regions = chunk.j, ()
            continue
        made.append(chunk)
    return made


def _regions(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"Herat, Zabul and Farah provinces", "province of Kandahar", "Kandahar and Helmand", "southern Herat"."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        if chunks[at].kind not in _NAMED:
            made.append(chunks[at])
            at += 1
            continue
        end = _list_end(chunks, at, _NAMED)
        items = [chunk for chunk in chunks[at:end] if chunk.kind in _NAMED]
        behind = chunks[end] if end < len(chunks) else None
        swallow = 0
        is_region = False
        if behind is not None and (behind.kind == "REG" or (behind.kind == "PART" and behind.value == "REG")) and _region_word(chunks, end, sentence):
            is_region, swallow = True, 1
            if not sentence.lows[behind.j - 1].endswith("s"):
                _as_region(items[-1:])
            else:
                _as_region(items)
        elif _before_is_region(made, sentence):
            is_region = True
            _as_region(items)
        elif len(items) > 1 and any(item.kind == "R" for item in items) and not _capital_before(made, sentence):
            _as_region([item for item in items if item.regions])
        elif _direction_before(made, sentence) and items[0].regions and items[0].kind == "P" and items[0].j - items[0].i == _words(items[0]):
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
    return low not in {"state", "area", "areas", "division", "department"} or _low(sentence, chunks, at + 1) not in {"radio", "television"}


def _as_region(items: list[Chunk]) -> None:
    for item in items:
        item.kind = "R"
        item.regions = item.regions or item.places
        item.places = ()


def _before_is_region(made: list[Chunk], sentence: Sentence) -> bool:
    at = len(made) - 1
    if at >= 0 and made[at].kind == "d":
        at -= 1
    return _low(sentence, made, at) == "of" and _kind(made, at - 1) == "REG" and not _is_part(made[at - 1], sentence)


def _is_part(chunk: Chunk, sentence: Sentence) -> bool:
    return chunk.kind == "PART" or (chunk.kind == "REG" and sentence.lows[chunk.j - 1] in {"district", "districts", "area", "areas", "sector", "front", "axis"})


def _capital_before(made: list[Chunk], sentence: Sentence) -> bool:
    at = len(made) - 1
    return _low(sentence, made, at) == "of" and _kind(made, at - 1) in {"CITY", "CITIES"}


def _direction_before(made: list[Chunk], sentence: Sentence) -> bool:
    low = _low(sentence, made, len(made) - 1)
    if made and made[-1].j - made[-1].i > 1:
        return False
    return low in {"northern", "southern", "eastern", "western", "northeastern", "northwestern", "southeastern", "southwestern", "rural", "greater", "southcentral"}


def _capitals(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"The capital of Helmand", "Helmand's provincial capital", "capitals of A, B and C", "city of Kunduz"."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind in {"CITY", "CITIES"} and _low(sentence, chunks, at + 1) == "of":
            start = at + 2
            while start < len(chunks) and (_kind(chunks, start) == "d" or _low(sentence, chunks, start) in lexicon.adjectives) and chunks[start].kind not in _NAMED:
                start += 1
            if _kind(chunks, start) in _NAMED:
                end = _list_end(chunks, start, _NAMED)
                items = [item for item in chunks[start:end] if item.kind in _NAMED]
                capital = sentence.lows[chunk.j - 1] in {"capital", "capitals", "centre", "center", "seat"}
                usable = all(item.places or (capital and item.regions) for item in items)
                if usable:
                    begin = _noun_phrase(made, sentence, lexicon)
                    chunk.i = made[begin].i if begin < len(made) else chunk.i
                    del made[begin:]
                    places = tuple((item.regions or item.places)[0] if capital else item.places[0] for item in items)
                    made.append(Chunk("P", chunk.i, chunks[end - 1].j, places=places, plural=len(places) > 1, value="of"))
                    at = end
                    continue
        possessor = made[-1] if made else None
        if chunk.kind == "CITY" and "capital" in sentence.lows[chunk.j - 1]:
            back = len(made) - 1
            while back >= 0 and _low(sentence, made, back) in lexicon.adjectives and made[back].kind not in _NAMED:
                back -= 1
            if back >= 0 and made[back].kind == "'s":
                back -= 1
            if back >= 0 and made[back].kind in _NAMED and (made[back].regions or made[back].kind == "R") and back >= len(made) - 4:
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


def _noun_phrase(made: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> int:
    """Where the article and adjectives begin that stand before what comes next."""
    back = len(made)
    while back and (made[back - 1].kind == "d" or (made[back - 1].kind in {"x", "w", "num", "v", "V"} and _low(sentence, made, back - 1) in lexicon.adjectives)):
        back -= 1
        if made[back].kind == "d":
            break
    return back


def _facilities(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"Kabul airport", "Kandahar's main prison", "the governor's office in Taloqan", "Kunduz residents"."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind == "P" and chunk.value != "of":
            look = at + 1
            possessive = _kind(chunks, look) == "'s"
            look += possessive
            middle = look
            while _low(sentence, chunks, look) in lexicon.adjectives and _kind(chunks, look) not in {"INN", "OUT", "CITY", "P"} and look - middle < 3:
                look += 1
            kind = _kind(chunks, look)
            if kind in {"INN", "OUT"} and (kind == "INN" or _low(sentence, chunks, look) != "gate"):
                made.append(Chunk("F", chunk.i, chunks[look].j, value=kind, places=chunk.places))
                at = look + 1
                continue
            if kind in {"K", "S"} and (possessive or look == at + 1):
                chunk.modifier = True
            elif possessive and kind == "CITIES":
                chunk.modifier = True
        elif chunk.kind in {"INN", "OUT"}:
            end = at + 1
            if _low(sentence, chunks, end) in {"in", "of", "at", "inside"}:
                end += 1
                while _kind(chunks, end) == "d" or (_low(sentence, chunks, end) in lexicon.adjectives and _kind(chunks, end) not in {"P", "CITY"}):
                    end += 1
                if _kind(chunks, end) == "P":
                    made.append(Chunk("F", chunk.i, chunks[end].j, value=chunk.kind, places=chunks[end].places))
                    at = end + 1
                    continue
                if _kind(chunks, end) == "CITY":
                    made.append(Chunk("F", chunk.i, chunks[end].j, value=chunk.kind))
                    at = end + 1
                    continue
            before = made[-1] if made else None
            if before is not None and before.kind == "CITY":
                made.pop()
                chunk = Chunk("F", before.i, chunk.j, value=chunk.kind)
            else:
                chunk = Chunk("F", chunk.i, chunk.j, value=chunk.kind)
        made.append(chunk)
        at += 1
    return made


def _whole(made: list[Chunk], sentence: Sentence) -> None:
    """Takes "all of", "the whole of" before a place away: that is the place."""
    if len(made) > 1 and _low(sentence, made, len(made) - 1) == "of" and _low(sentence, made, len(made) - 2) in {"all", "whole", "entirety", "rest"}:
        del made[-2:]


def _near(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"On the outskirts of Jalalabad" is not in it; "parts of Herat" is not Herat."""
    made: list[Chunk] = []
    for at, chunk in enumerate(chunks):
        if _is_part(chunk, sentence) and len(made) > 1 and made[-1].kind == "'s" and made[-2].kind in {"P", "CITY"}:
            made.pop()
            made[-1].partial, made[-1].j = True, chunk.j
            continue
        if chunk.kind in {"P", "CITY"}:
            _whole(made, sentence)
            back = len(made) - 1
            while back >= 0 and (made[back].kind == "d" or (_low(sentence, made, back) in lexicon.adjectives and made[back].kind in {"x", "w", "num"} and _low(sentence, made, back) not in lexicon.partial_adjectives and _low(sentence, made, back) != "of")):
                back -= 1
            low = _low(sentence, made, back)
            if back >= 0 and made[back].kind == "near" and _low(sentence, made, back) in lexicon.partial_adjectives and _kind(made, back - 1) == "d":
                chunk.partial = True  # "in the south of Manbij"
                made[back].kind = "p"
            elif back >= 0 and made[back].kind == "near":
                chunk.near = True
                made[back].kind = "p"
            elif low == "from" and _low(sentence, made, back - 1) in _DISTANCES:
                chunk.near = True
            elif low in {"of", "in", "inside", "across"} and _part_before(made, back, sentence, lexicon):
                chunk.partial = True
                back -= 1
                while back > 0 and made[back - 1].kind in {"x", "w", "num", "d", "PART"} and (_low(sentence, made, back - 1) in lexicon.adjectives or made[back - 1].kind in {"num", "PART"} or _low(sentence, made, back - 1) in {"several", "some", "the", "more"}):
                    back -= 1
                chunk.i = made[back].i
                del made[back:]
            elif low in {"central", "downtown", "inner", "half"} or (low in lexicon.partial_adjectives and chunk.kind == "P" and back == len(made) - 1 and not chunk.regions and _kind(made, back - 1) != "d"):
                chunk.partial = True
        made.append(chunk)
        del at
    return made


def _part_before(made: list[Chunk], back: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    look = back - 1
    if look >= 0 and _is_part(made[look], sentence):
        return not (look and _low(sentence, made, look - 1) in {"every", "all", "any"})
    return _kind(made, look) == "w" and _low(sentence, made, look) in {"most", "much", "some", "all"} and _low(sentence, made, look) != "all"


def _names(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"Farah Stockman", "Kunduz residents", "Kabul-based", "Nuruddin Farah": a place's name inside another's."""
    shouting = sentence.text.isupper()
    titled = sentence.title and _title_case(sentence)
    for at, chunk in enumerate(chunks):
        if chunk.kind != "P" or chunk.value == "of":
            continue
        behind = _kind(chunks, at + 1)
        if behind == "x" and _low(sentence, chunks, at + 1) not in lexicon.function:
            chunk.modifier = True
        elif behind in {"OUT", "INN", "CROWD", "SPK", "K", "O", "MIL", "F", "CITIES", "SIDE", "FC", "CTRL"} and behind != "FC":
            chunk.modifier = True
        elif behind == "-" and at + 2 < len(chunks) and chunks[at + 2].i == chunks[at + 1].j and _touches(sentence, chunks[at + 1]):
            chunk.modifier = True
        before = chunks[at - 1] if at else None
        if before is None or shouting:
            continue
        if before.kind == "x" and before.i > 0 and sentence.words[before.i][0].isupper() and not titled and not before.side and before.value not in lexicon.adjectives and before.value not in lexicon.foreign_adjectives:
            chunk.modifier = True
        if before.kind == "-" and _touches(sentence, before) and at > 1 and chunks[at - 2].kind in {"x", "P", "w"}:
            chunk.modifier = True
    return chunks


def _touches(sentence: Sentence, dash: Chunk) -> bool:
    """Does a hyphen join the words around it, without blanks?"""
    at = dash.i
    if at == 0 or at + 1 >= len(sentence.offsets):
        return False
    return sentence.offsets[at] == sentence.offsets[at - 1] + len(sentence.words[at - 1]) and sentence.offsets[at + 1] == sentence.offsets[at] + 1


def _title_case(sentence: Sentence) -> bool:
    letters = [word for word in sentence.words if word[0].isalpha() and len(word) > 3]
    return bool(letters) and sum(word[0].isupper() for word in letters) >= 0.8 * len(letters)


def _anaphors(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"The city", "the provincial capital": a place named before, or right behind."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind in {"CITY", "CITIES"}:
            back = len(made) - 1
            foreign = False
            while back >= 0 and made[back].kind in {"x", "w", "num", "PART", "d", "V", "v", "ADJ"} and (_low(sentence, made, back) in lexicon.adjectives or _low(sentence, made, back) in lexicon.foreign_adjectives or made[back].kind == "d"):
                foreign = foreign or (_low(sentence, made, back) in lexicon.foreign_adjectives)
                back -= 1
                if made[back + 1].kind == "d":
                    break
            if not (back + 1 < len(made) and made[back + 1].kind == "d"):  # "the Turkmen town"
                for look in (back, back - 1):
                    if look > 0 and made[look].kind == "x" and made[look - 1].kind == "d" and _low(sentence, made, look - 1) == "the" and not made[look].side:
                        back = look - 2
                        break
            counted = _low(sentence, chunks, at + 1) == "of" and _kind(chunks, at + 2) == "num"
            ranked = any(lexicon.ranks.intersection(sentence.lows[piece.i : piece.j]) for piece in made[back + 1 :])
            determined = not ranked and back + 1 < len(made) and made[back + 1].kind == "d" and _low(sentence, made, back + 1) in {"the", "this", "that"}
            start = back + 1 if len(made) > back + 1 else len(made)
            near = chunk.near or any(piece.near for piece in made[start:])
            partial = chunk.partial
            behind = at + 1
            if _kind(chunks, behind) in {",", "of"} and _kind(chunks, behind + 1) == "P" and _low(sentence, chunks, behind) == "of":
                behind += 1
            target = chunks[behind] if behind < len(chunks) else None
            if _kind(chunks, at + 1) == "," and _kind(chunks, at + 2) == "P" and determined and chunk.kind == "CITY":
                target, behind = chunks[at + 2], at + 2
            if target is not None and target.kind == "P" and (not foreign) and behind <= at + 2:
                begin = made[start].i if start < len(made) else chunk.i
                del made[start:]
                target.i = begin
                target.near, target.partial = target.near or near, target.partial or partial
                at = behind
                continue
            plain = _kind(chunks, at + 1) in {"x"} and chunk.kind == "CITY" and not determined
            if sentence.title and not determined and chunk.kind == "CITY" and sentence.entry and _kind(chunks, at + 1) in {"", "p", "b", ",", "V"}:
                determined = True
            if chunk.kind == "CITY" and determined and not foreign and not plain and (counted or _low(sentence, chunks, at + 1) != "of") and _kind(chunks, at + 1) not in {"K", "'s", "x"}:
                del made[start:]
                chunk.kind, chunk.near, chunk.partial = "C", near, partial
                chunk.value = sentence.lows[chunk.j - 1] if chunk.j - chunk.i == 1 else " ".join(sentence.lows[chunk.i : chunk.j])
                chunk.i = chunk.begin = chunk.i
            elif chunk.kind == "CITIES":
                chunk.kind = "Q"
                del made[start:]
            else:
                chunk.kind = "x"
        made.append(chunk)
        at += 1
    return made


def _appositions(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"Mihtarlam, the capital of Laghman province,", "Aybak, 300km north of Kabul," and "(pop. 50,000)" go."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        made.append(chunk)
        at += 1
        if chunk.kind != "P" or chunk.near:
            continue
        while True:
            end = _apposition_end(chunks, at, chunk, sentence, lexicon)
            if end == at:
                break
            chunk.j = chunks[end - 1].j
            at = end
    return made


def _apposition_end(chunks: list[Chunk], at: int, place: Chunk, sentence: Sentence, lexicon: Lexicon) -> int:
    if _kind(chunks, at) == "(":
        for look in range(at + 1, min(at + 10, len(chunks))):
            if chunks[look].kind == ")":
                return look + 1
        return at
    if _kind(chunks, at) not in {",", "-", "–", "—"} or (_kind(chunks, at) == "-" and _touches(sentence, chunks[at])):
        return at
    look = at + 1
    first = chunks[look] if look < len(chunks) else None
    if first is None:
        return at
    if first.kind == "P" and first.value == "of" and set(first.places) == set(place.places):
        behind = _kind(chunks, look + 1)
        return _closing(chunks, look + 1) if behind not in {"c", "w"} else at
    if first.kind == "R":
        return _closing(chunks, look + 1) if _kind(chunks, look + 1) in {",", ".", ")", "–", "—", "-"} or _kind(chunks, look + 1) == "" else at
    steps = look
    seen_capital = False
    while steps < len(chunks) and steps - look < 12:
        kind = chunks[steps].kind
        if kind == "-" and _touches(sentence, chunks[steps]):
            steps += 1
            continue
        if kind in {"V", "SP", "S", "K", "b", "H", "HELD", "aux", "N", ".", "PR", "Q"} or (kind == "v" and chunks[steps].form != "pp") or (kind == "c" and chunks[steps].value == "but"):
            return at
        if kind == "P" and not (chunks[steps].near or set(chunks[steps].places) == set(place.places)):
            return at
        seen_capital = seen_capital or kind in {"C", "R"} or (kind == "P" and (chunks[steps].near or chunks[steps].value == "of")) or _low(sentence, chunks, steps) in {"city", "capital", "town", "km", "kilometres", "miles", "kilometers", "population", "hub", "home", "largest", "biggest", "known", "north", "south", "east", "west", "hometown", "birthplace", "afghanistan", "ukraine", "syria", "sudan", "stronghold"}
        if kind in {",", "–", "—"} or (kind == "-" and steps > look):
            return _closing(chunks, steps) if seen_capital else at
        steps += 1
    return at


def _closing(chunks: list[Chunk], at: int) -> int:
    """Behind the closing comma of an apposition, unless the comma goes on as a list."""
    if _kind(chunks, at) in {",", "–", "—", "-"} and not (_kind(chunks, at + 1) in {"P", "c"} and _kind(chunks, at + 1) == "P"):
        if _kind(chunks, at + 1) == "c" and _kind(chunks, at + 2) == "P":
            return at
        return at + 1
    return at


def _lists(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """"Kunduz, Sar-e Pol and Taloqan" act as one."""
    made: list[Chunk] = []
    at = 0
    kinds = frozenset({"P"})
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind == "P" and not chunk.modifier:
            end = _list_end(chunks, at, kinds)
            items = [item for item in chunks[at:end] if item.kind == "P"]
            if any(item.modifier for item in items):
                while items and items[-1].modifier:
                    items.pop()
                end = chunks.index(items[-1]) + 1 if items else at + 1
            if len(items) > 1:
                places = tuple(dict.fromkeys(place for item in items for place in item.places))
                chunk = Chunk("P", chunk.i, chunks[end - 1].j, places=places, near=chunk.near, partial=chunk.partial, plural=len(places) > 1)
                chunk.begin = chunk.i
            made.append(chunk)
            at = end
            continue
        made.append(chunk)
        at += 1
    return made
