"""Small looks at the chunks around a mention of a place."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence


def low_at(sentence: Sentence, chunks: list[Chunk], at: int) -> str:
    """The first token of a chunk, folded; empty outside the sentence."""
    return sentence.lows[chunks[at].i] if 0 <= at < len(chunks) else ""


def kind_at(chunks: list[Chunk], at: int) -> str:
    """The kind of a chunk; empty outside the sentence."""
    return chunks[at].kind if 0 <= at < len(chunks) else ""


def is_separator(chunks: list[Chunk], at: int) -> bool:
    """Is this a comma or an "and" between two items of a list?"""
    return kind_at(chunks, at) in {",", "c", "&"} and (
        chunks[at].kind != "c" or chunks[at].value in {"and", "or", "&"}
    )


def list_end(chunks: list[Chunk], at: int, kinds: frozenset[str]) -> int:
    """Position behind the last item of a list of places that starts here."""
    end = at + 1
    while True:
        look = end
        while look < len(chunks) and look - end < 2 and is_separator(chunks, look):
            look += 1
        if look > end and kind_at(chunks, look) == "d":
            look += 1
        if look > end and kind_at(chunks, look) in kinds:
            end = look + 1
        else:
            return end


def touches(sentence: Sentence, dash: Chunk) -> bool:
    """Does a hyphen join the words around it, without blanks?"""
    at = dash.i
    if at == 0 or at + 1 >= len(sentence.offsets):
        return False
    return (
        sentence.offsets[at] == sentence.offsets[at - 1] + len(sentence.words[at - 1])
        and sentence.offsets[at + 1] == sentence.offsets[at] + 1
    )


def is_part(chunk: Chunk, sentence: Sentence) -> bool:
    """Is this a word for a part of a city: parts, districts, neighbourhoods?"""
    return chunk.kind == "PART" or (
        chunk.kind == "REG"
        and sentence.lows[chunk.j - 1]
        in {"district", "districts", "area", "areas", "sector", "front", "axis"}
    )


def noun_phrase(made: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> int:
    """Where the article and adjectives begin that stand before what comes next."""
    back = len(made)
    for look in range(back - 1, max(-1, back - 4), -1):  # "the refinery town of"
        if made[look].kind == "d":
            return look
        if made[look].kind not in {"x", "num", "OUT"}:
            break
    while back and (
        made[back - 1].kind == "d"
        or (
            made[back - 1].kind in {"x", "w", "num"}
            and low_at(sentence, made, back - 1) in lexicon.adjectives
        )
    ):
        back -= 1
        if made[back].kind == "d":
            break
    return back
