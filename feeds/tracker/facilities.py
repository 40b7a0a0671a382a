"""Airports, prisons, offices: inside a city, or outside it."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.mentions import kind_at, low_at
from feeds.tracker.tokens import Sentence

_POSTS = frozenset({"base", "barracks", "garrison"})
"""Posts of soldiers: in a city, they are inside it."""


def settle_facilities(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "Kabul airport", "Kandahar's main prison", "the governor's office in Taloqan", "Kunduz residents"."""
    made: list[Chunk] = []
    at = 0
    while at < len(chunks):
        chunk = chunks[at]
        if chunk.kind not in {"P", "INN", "OUT"}:
            made.append(chunk)
            at += 1
            continue
        if chunk.kind == "P" and chunk.value != "of":
            look = at + 1
            possessive = kind_at(chunks, look) == "'s"
            look += possessive
            middle = look
            while (
                low_at(sentence, chunks, look) in lexicon.adjectives
                and kind_at(chunks, look) not in {"INN", "OUT", "CITY", "P"}
                and look - middle < 3
            ):
                look += 1
            kind = kind_at(chunks, look)
            if kind in {"INN", "OUT"} and (kind == "INN" or low_at(sentence, chunks, look) != "gate"):
                made.append(Chunk("F", chunk.i, chunks[look].j, value=kind, places=chunk.places))
                at = look + 1
                continue
            if (kind in {"K", "S"} and (possessive or look == at + 1)) or (possessive and kind == "CITIES"):
                chunk.modifier = True
        elif (
            chunk.kind == "INN"
            and low_at(sentence, chunks, at + 1) == "of"
            and "headquarters" in sentence.lows[chunk.i : chunk.j]
        ):
            end = _unit_end(chunks, at + 2, sentence)
            if end:  # "the headquarters of the 16th Division in Nyala"
                made.append(Chunk("F", chunk.i, chunks[end].j, value="INN", places=chunks[end].places))
                at = end + 1
                continue
            chunk.kind = "x"  # "the headquarters of the 46th Regiment"
        elif chunk.kind == "OUT" and kind_at(chunks, at + 1) == "CITY":
            chunk.kind = "x"  # "the refinery town"
        elif chunk.kind in {"INN", "OUT"}:
            end = at + 1
            if low_at(sentence, chunks, end) in {"in", "of", "at", "inside"}:
                end += 1
                while kind_at(chunks, end) == "d" or (
                    low_at(sentence, chunks, end) in lexicon.adjectives
                    and kind_at(chunks, end) not in {"P", "CITY"}
                ):
                    end += 1
                if (
                    kind_at(chunks, end) == "P"
                    and sentence.lows[chunk.j - 1] in _POSTS
                    and low_at(sentence, chunks, at + 1) in {"in", "inside"}
                ):
                    chunk.kind = "INN"
                if kind_at(chunks, end) == "P":
                    if made and made[-1].kind == "'s":
                        made.pop()
                    if made and chunk.kind == "INN" and made[-1].kind in {"S", "K"}:
                        made.pop()  # "stormed the garrison headquarters in Zalingei"
                    made.append(
                        Chunk("F", chunk.i, chunks[end].j, chunk.kind, places=chunks[end].places, adverb="in")
                    )
                    at = end + 1
                    continue
                if kind_at(chunks, end) == "CITY":
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


def _unit_end(chunks: list[Chunk], at: int, sentence: Sentence) -> int:
    """Where the city stands in "(the headquarters of) the 16th Infantry Division in Nyala"; 0 when there is none."""
    for look in range(at, min(len(chunks) - 1, at + 8)):
        if chunks[look].kind == "p" and sentence.lows[chunks[look].i] in {"in", "inside"}:
            return look + 1 if chunks[look + 1].kind == "P" else 0
        if chunks[look].kind not in {"d", "x", "w", "num", "MIL", "S", "K", "'s", "OUT", "-", "N"}:
            return 0
    return 0
