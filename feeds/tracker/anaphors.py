""" "The city", "the provincial capital": mentions that take their name from elsewhere."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.mentions import kind_at, low_at
from feeds.tracker.tokens import Sentence


def settle_anaphors(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "The city", "the provincial capital": a place named before, or right behind."""
    made: list[Chunk] = []
    at = 0
    implying = not lexicon.implying.isdisjoint(sentence.lows)
    while at < len(chunks):
        chunk = chunks[at]
        if implying and _implied(chunks, at, made, sentence, lexicon):
            at += 1
            made.append(chunk)
            continue
        if chunk.kind in {"CITY", "CITIES"}:
            back = len(made) - 1
            foreign = False
            while (
                back >= 0
                and made[back].kind in {"x", "w", "num", "PART", "d", "V", "v", "ADJ"}
                and (
                    low_at(sentence, made, back) in lexicon.adjectives
                    or low_at(sentence, made, back) in lexicon.foreign_adjectives
                    or made[back].kind == "d"
                )
            ):
                if made[back].kind in {"V", "v"} and kind_at(made, back - 1) != "d":
                    break  # "captured two more capitals": a verb, not an adjective
                foreign = foreign or (low_at(sentence, made, back) in lexicon.foreign_adjectives)
                back -= 1
                if made[back + 1].kind == "d":
                    break
            if not (back + 1 < len(made) and made[back + 1].kind == "d"):  # "the Turkmen town"
                for look in (back, back - 1):
                    if (
                        look > 0
                        and made[look].kind == "x"
                        and made[look - 1].kind == "d"
                        and low_at(sentence, made, look - 1) == "the"
                        and not made[look].side
                    ):
                        back = look - 2
                        break
            of_region = (
                low_at(sentence, chunks, at + 1) == "of"
                and kind_at(chunks, at + 2) == "d"
                and kind_at(chunks, at + 3) == "REG"
            )
            counted = of_region or (
                low_at(sentence, chunks, at + 1) == "of" and kind_at(chunks, at + 2) == "num"
            )
            ranked = any(
                lexicon.ranks.intersection(sentence.lows[piece.i : piece.j]) for piece in made[back + 1 :]
            )
            determined = (
                not ranked
                and back + 1 < len(made)
                and made[back + 1].kind == "d"
                and low_at(sentence, made, back + 1) in {"the", "this", "that"}
            )
            start = min(len(made), back + 1)
            near = chunk.near or any(piece.near for piece in made[start:])
            partial = chunk.partial
            behind = at + 1
            if (
                kind_at(chunks, behind) in {",", "of"}
                and kind_at(chunks, behind + 1) == "P"
                and low_at(sentence, chunks, behind) == "of"
            ):
                behind += 1
            target = chunks[behind] if behind < len(chunks) else None
            if (
                kind_at(chunks, at + 1) == ","
                and kind_at(chunks, at + 2) == "P"
                and determined
                and chunk.kind == "CITY"
            ):
                target, behind = chunks[at + 2], at + 2
            named = _named_behind(chunks, at, made, start, sentence)
            if named:
                target, behind = chunks[named], named
            if target is not None and target.kind == "P" and (not foreign) and (behind <= at + 2 or named):
                begin = made[start].i if start < len(made) else chunk.i
                del made[start:]
                target.i = begin
                target.near, target.partial = target.near or near, target.partial or partial
                at = behind
                continue
            plain = kind_at(chunks, at + 1) in {"x"} and chunk.kind == "CITY" and not determined
            bare = sentence.lows[chunk.i : chunk.j] in {("capital",), ("city",)} and kind_at(
                made, len(made) - 1
            ) in {
                "V",
                "p",
                "SP",
                "near",
            }
            if (
                sentence.title
                and not determined
                and not ranked
                and chunk.kind == "CITY"
                and low_at(sentence, made, start) not in {"a", "an"}
                and (0 < len(sentence.entry.split()) < 5 or bare)
                and kind_at(chunks, at + 1) in {"", "p", "b", ",", "V"}
            ):
                determined = True
            if (
                chunk.kind == "CITY"
                and determined
                and not foreign
                and not plain
                and (counted or low_at(sentence, chunks, at + 1) != "of")
                and (
                    kind_at(chunks, at + 1) not in {"K", "'s", "x"}
                    or (kind_at(chunks, at + 1) == "'s" and kind_at(chunks, at + 2) in {"N", "V"})
                )
            ):
                chunk.adverb = "this" if low_at(sentence, made, start) == "this" else ""
                del made[start:]
                chunk.kind, chunk.near, chunk.partial = "C", near, partial
                chunk.value = (
                    sentence.lows[chunk.j - 1]
                    if chunk.j - chunk.i == 1
                    else " ".join(sentence.lows[chunk.i : chunk.j])
                )
                chunk.i = chunk.begin = chunk.i
            elif chunk.kind == "CITIES":
                chunk.kind = "Q"
                del made[start:]
            else:
                chunk.kind = "x"
        made.append(chunk)
        at += 1
    return made


def _named_behind(chunks: list[Chunk], at: int, made: list[Chunk], start: int, sentence: Sentence) -> int:
    """Where the name stands in "the army's last stronghold in Darfur, El Fasher," and "a provincial capital in the southwest, Zaranj,"; 0 if nowhere."""
    owned = kind_at(made, start) == "d" or kind_at(made, start - 1) in {"'s", "S", "ADJ", "HELD"}
    if chunks[at].kind != "CITY" or not owned:
        return 0
    look = at + 1
    if low_at(sentence, chunks, look) in {"in", "on", "of"}:
        look += 1
        while look - at < 6 and kind_at(chunks, look) in {"d", "x", "R", "w", "near", "FC", "P"}:
            look += 1
    if kind_at(chunks, look) != "," or kind_at(chunks, look + 1) != "P" or chunks[look + 1].modifier:
        return 0
    return look + 1 if kind_at(chunks, look + 2) in {"", ",", ".", "p", "—", "–"} else 0


def _implied(chunks: list[Chunk], at: int, made: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "In the southern neighbourhoods", "its outskirts": a part or an edge of the city spoken of before."""
    chunk = chunks[at]
    low = sentence.lows[chunk.j - 1]
    if low not in lexicon.inside and low not in lexicon.edges:
        return False
    if chunk.kind not in {"PART", "x", "OUT", "INN", "REG"} or low_at(sentence, chunks, at + 1) == "of":
        return False
    back = len(made) - 1
    while (
        back >= 0
        and made[back].kind in {"x", "w", "num"}
        and low_at(sentence, made, back) in (lexicon.adjectives | lexicon.partial_adjectives)
    ):
        back -= 1
    if (
        kind_at(made, back) != "d"
        and kind_at(made, back) != "num"
        and low_at(sentence, made, back) not in {"two", "three", "several", "some"}
    ):
        return False
    del made[back:]
    chunk.kind, chunk.value = "C", "part"
    chunk.near, chunk.partial = low in lexicon.edges, low in lexicon.inside
    return True
