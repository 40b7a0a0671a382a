"""What a trigger governs: its object and its prepositional phrases, before it and behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.subjects import PHRASES, PREDICATES, VERBS, antecedent, is_name_of, predicate
from feeds.tracker.tokens import Sentence

_TOWNS: Final = frozenset("town city hub centre center capital port junction crossroads stronghold".split())
"""What may stand right before a name, and say that it is a town's."""


_AFTER_NAME: Final = frozenset({",", ".", "p", "b", "near", ";", "—", "–"})
"""What may follow a name set apart by commas; behind "…, Herat next" it is no apposition."""


@dataclass(frozen=True, slots=True)
class Argument:
    """Something behind a trigger: the preposition that governs it (empty: the direct object) and the chunk."""

    preposition: str
    chunk: Chunk


def arguments(chunks: list[Chunk], at: int, sentence: Sentence) -> list[Argument]:
    """The direct object and the prepositional phrases of the trigger ``at``, to the end of its clause."""
    found: list[Argument] = []
    trigger = chunks[at]
    event = trigger.kind == "N" and trigger.value in {"fight", "battle"}
    passed = False
    preposition = ""
    last = ""
    position = at + 1
    while position < len(chunks):
        chunk = chunks[position]
        low = sentence.lows[chunk.i]
        following = chunks[position + 1] if position + 1 < len(chunks) else None
        if chunk.kind == "P" and chunk.adverb == "there":
            found.append(Argument("in", chunk))
            position += 1
            continue
        if (
            chunk.kind == "x"
            and low in NUMBERS
            and not found
            and sentence.lows[chunk.j : chunk.j + 1] == ("of",)
        ):
            position += 2  # "control four of Syria's main cities"
            continue
        if chunk.kind in {"p", "near"} and (
            (low == "of" and chunks[position - 1].kind == "num")
            or (low == "at" and following is not None and sentence.lows[following.i] == "least")
        ):
            position += 1 if low == "of" else 2
            continue
        if chunk.kind in {"p", "near"}:
            if low == "out" or (low == "of" and preposition == "out"):
                preposition = "out" if low == "out" else "from"
            elif low == "of" and sentence.lows[chunk.i - 1] == "out":
                preposition = "from"
            elif preposition in {"in", "inside"} and low in {"around"}:
                pass
            elif low == "of" and not found and sentence.lows[trigger.j - 1] == "out":
                preposition = "from"
            else:
                preposition = (
                    "near" if chunk.kind == "near" else chunk.value if chunk.j - chunk.i > 1 else low
                )
        elif (
            chunk.kind == "b"
            and low in {"after", "before", "since", "amid", "until"}
            and following is not None
            and following.kind in PHRASES
        ):
            preposition = low
        elif (
            chunk.kind == "S"
            and following is not None
            and following.kind == "P"
            and sentence.lows[chunk.j - 1] == "'s"
        ):
            pass  # "enter Ukraine's second city Kharkiv"
        elif chunk.kind in {"x", "S", "R"} and following is not None and following.kind == "'s":
            pass  # "the country's 34 capitals", "the army's last stronghold, El Fasher"
        elif (
            chunk.kind in {"x", "num"}
            and following is not None
            and (
                following.kind in {"P", "R", "F"}
                or (following.kind == "S" and not sentence.words[chunk.i][0].isupper())
            )
            and (preposition or not found)
        ):
            pass  # "in embattled Kunduz": the adjective is not what the preposition governs
        elif (
            chunk.kind == "v" and low == "back" and found and following is not None and following.kind == "p"
        ):
            pass  # "hands Lashio back to the junta"
        elif event and chunk.kind == "x" and chunks[position - 1].kind == "c":
            pass  # "gunfire and explosions shook Khartoum"
        elif (
            chunk.kind in {"x", "-", "num", "R", "PART"}
            and not found
            and _leads_to_town(chunks, position, sentence)
        ):
            pass  # "stormed the northern Burkina Faso town of Djibo", "seize gold-trading town Bara"
        elif chunk.kind == "V" and chunk.form == "ing" and preposition and _is_soldiers(following):
            pass  # "takes over Deir ez-Zor from departing army"
        elif chunk.kind in PHRASES:
            if (
                preposition
                or not found
                or (passed and not any(one.preposition == "" for one in found))
                or (found[0].preposition == "" and len(found) < 6)
            ):
                found.append(Argument(_normal(preposition), chunk))
            last, preposition = preposition, ""
        elif chunk.kind == "'s":
            pass
        elif chunk.kind == "," and following is not None and sentence.lows[following.i] == "then":
            position += 1  # "take Ghazni, then Herat"
        elif chunk.kind == "," and (named := _including(chunks, position, found, sentence)) is not None:
            found[0] = Argument("", named)  # "retaken all of Kyiv region, including Bucha and Irpin"
            break
        elif chunk.kind == ",":
            if (
                not found
                and following is not None
                and following.kind == "P"
                and sentence.lows[chunk.i - 1] in _TOWNS
                and (position + 2 >= len(chunks) or chunks[position + 2].kind in _AFTER_NAME)
                and sentence.lows[following.j : following.j + 1] != ("next",)
            ):
                pass  # "seize third Afghan provincial capital, Kunduz"
            elif (
                trigger.form == "lit"
                and position + 3 < len(chunks)
                and chunks[position + 1].value == "and"
                and sentence.lows[chunks[position + 2].i] == "of"
                and chunks[position + 3].kind == "P"
            ):
                position += 2  # "in control of Maidan Shahr, capital of Wardak, and of Khost"
            elif _goes_on_as_list(chunks, position, found):
                position += 1  # "took Feroz Koh, in the centre, and Pul-e-Alam"
            elif following is None or following.kind not in {"p"}:
                break
        elif chunk.kind == "c":
            if (
                chunk.value not in {"and", "or"}
                or following is None
                or following.kind not in PHRASES | {"p", "near"}
            ):
                break
            if not event and _starts_clause(chunks, position + 1):
                break
            direct = (
                following.kind == "P" and found and found[0].preposition == "" and found[0].chunk.kind == "P"
            )
            preposition = preposition or (last if following.kind in PHRASES and not direct else "")
        elif (event and chunk.kind in VERBS) or (event and chunk.kind == "aux"):
            event, passed = False, True
        elif passed and chunk.kind == "aux" and chunks[position - 1].kind == "aux":
            pass  # "clashes have been under way inside the town"
        elif chunk.kind == "aux" and low in {"is", "are", "was", "were"}:
            break
        else:
            break
        position += 1
    return found


def _leads_to_town(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Do only words without a meaning of their own stand before "the town of Djibo", "rail hub Kupiansk"?"""
    while at < len(chunks) and chunks[at].kind in {"x", "num", "-", "R", "PART"}:
        at += 1
    ranked = at + 1 < len(chunks) and chunks[at].kind == "," and sentence.lows[chunks[at].i - 1] in _TOWNS
    at += ranked  # "third Afghan provincial capital, Kunduz"
    if at >= len(chunks) or chunks[at].kind != "P":
        return False
    around = sentence.lows[chunks[at].i - 1 - ranked : chunks[at].j]
    return chunks[at].value == "of" or not _TOWNS.isdisjoint(around)


def _including(chunks: list[Chunk], comma: int, found: list[Argument], sentence: Sentence) -> Chunk | None:
    """The places that what is taken is said to include."""
    if (
        len(found) != 1
        or found[0].preposition not in {"", "of"}
        or found[0].chunk.kind not in {"R", "x", "REG"}
    ):
        return None
    if sentence.lows[chunks[comma].j : chunks[comma].j + 1] != ("including",):
        return None
    named = next((one for one in chunks[comma + 1 : comma + 3] if one.kind == "P"), None)
    return named if named is not None and not (named.near or named.modifier or named.partial) else None


def _is_soldiers(chunk: Chunk | None) -> bool:
    return chunk is not None and chunk.kind == "S" and not chunk.modifier


def _goes_on_as_list(chunks: list[Chunk], comma: int, found: list[Argument]) -> bool:
    """Does ", and Pul-e-Alam" go on with a list of objects whose first was a place?"""
    place = chunks[comma + 2] if comma + 2 < len(chunks) else None
    if place is None or place.kind != "P" or place.near or place.modifier or chunks[comma + 1].value != "and":
        return False
    direct = bool(found) and found[0].preposition == "" and found[0].chunk.kind == "P"
    return (
        direct
        and not _starts_clause(chunks, comma + 2)
        and (comma + 3 >= len(chunks) or chunks[comma + 3].kind not in {"aux", "V", "v", "SP"})
    )


def relative_object(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """The place that a verb without object takes from before: "Kunduz, which the Taliban captured", "the city they took"."""
    look = at - 1
    while look >= 0 and chunks[look].kind in {"x", "p", "near", "num"}:
        look -= 1
    if look < 1 or chunks[look].kind not in {"S", "PR"}:
        return None
    before = look - 1
    if chunks[before].kind == "b" and sentence.lows[chunks[before].i] in {"which", "that"}:
        if sentence.lows[chunks[before].i] == "that" and is_name_of(chunks, before - 1, sentence):
            return None
        found = antecedent(chunks, before - 1)
        if found is not None and _is_predicate(found, chunks[at], sentence):
            found = predicate(chunks, chunks.index(found) - 1, sentence, 0)  # "Mazar is the last city that …"
        if found is None or found.kind not in {"P", "S"}:
            found = _apposed(chunks, before - 1) or found
        return found if found is not None and found.kind == "P" else None
    if before > 0 and _is_predicate(chunks[before], chunks[at], sentence) and chunks[before].kind == "Q":
        return predicate(chunks, before - 1, sentence, 0)  # "Kabul and Khost are the only cities it holds"
    if before > 1 and chunks[before].kind == "x" and sentence.lows[chunks[before].j - 1] in PREDICATES:
        apposed = chunks[before - 2]  # "Sar-e Pol, a city the Taliban had taken on Sunday"
        named = chunks[before - 1].kind == "," and apposed.kind == "P" and not apposed.modifier
        return replace(apposed, near=False) if named else None
    governed = before > 0 and chunks[before - 1].kind in {"p", "near"}
    return (
        chunks[before]
        if chunks[before].kind == "P" and not chunks[before].modifier and not governed
        else None
    )


def _is_predicate(chunk: Chunk, verb: Chunk, sentence: Sentence) -> bool:
    """Does a noun say what a place before it is? Of several, when they are held: those once taken may be lost again."""
    if chunk.kind == "Q":
        return verb.value == "hold"
    return chunk.kind == "x" and sentence.lows[chunk.j - 1] in PREDICATES


def _apposed(chunks: list[Chunk], at: int) -> Chunk | None:
    """The place of "Sheberghan, the home town of the former vice-president, which they captured"."""
    if chunks[at].kind != ",":
        return None
    for look in range(at - 1, max(-1, at - 10), -1):
        if chunks[look].kind in {"V", "SP", "v", "b", ";"}:
            return None
        if chunks[look].kind == "P" and chunks[look + 1].kind == "," and not chunks[look].modifier:
            return None if chunks[look].near else chunks[look]
    return None


def where(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """The place of "Kunduz, where the two sides fought"."""
    for look in range(at - 1, 0, -1):
        if chunks[look].kind == "b":
            if sentence.lows[chunks[look].i] != "where":
                return None
            found = antecedent(chunks, look - 1)
            return found if found is not None and found.kind == "P" and not found.near else None
    return None


def fronted(chunks: list[Chunk], at: int, sentence: Sentence) -> Chunk | None:
    """The place of "In Kandahar, fighting continued": a phrase before the clause, when nothing else is named between."""
    if len(chunks) > 2 and chunks[0].kind == "P" and chunks[1].kind == ":" and not chunks[0].modifier:
        return chunks[0]  # "Daraa: opposition fighters in control"
    if [one.kind for one in chunks[1:4]] == ["'s", "P", ":"] and chunks[0].kind in {"x", "R"}:
        return chunks[2]  # "Sudan's El Fasher: mass graves after RSF takeover"
    if (
        len(chunks) < 3
        or chunks[0].kind != "p"
        or sentence.lows[chunks[0].i] not in {"in", "inside", "at", "across"}
    ):
        return None
    place = chunks[1]
    if (
        place.kind != "P"
        or place.near
        or place.modifier
        or any(chunk.kind in {"P", "R", "FC", "near"} for chunk in chunks[2:at])
    ):
        return None
    return place


def _starts_clause(chunks: list[Chunk], at: int) -> bool:
    """Does a noun phrase here have its own verb, past "on the same day"?"""
    verb = at + 1
    if [chunk.value for chunk in chunks[verb + 1 : verb + 2]] == ["same"]:
        verb += 1
    while verb < len(chunks) and chunks[verb].value in {"same", "day"}:
        verb += 1
    return (
        verb < len(chunks)
        and chunks[at].kind in PHRASES
        and chunks[verb].kind in VERBS
        and chunks[verb].form != "ing"
        and not chunks[verb].infinitive
    )


def _normal(preposition: str) -> str:
    return {
        "toward": "towards",
        "to": "to",
        "inside": "in",
        "within": "in",
        "across": "in",
        "throughout": "in",
        "onto": "into",
        "over": "over",
        "above": "over",
        "atop": "over",
        "upon": "on",
        "in": "in",
    }.get(preposition, preposition)
