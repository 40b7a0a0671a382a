""" "The city", "the provincial capital": mentions that take their name from elsewhere."""

from __future__ import annotations

from typing import Final, NamedTuple

from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.mentions import kind_at, low_at
from feeds.tracker.tokens import Sentence

_BARE: Final = frozenset({("capital",), ("city",), ("town",)})
_STILL: Final = frozenset({"still", "now", "remains"})
_CITIES: Final = frozenset({"CITY", "CITIES"})


class _Phrase(NamedTuple):
    """What stands before "city" and belongs to it: "the provincial", "three more", "this"."""

    start: int
    """Where it begins among the chunks made so far."""
    foreign: bool
    """Does a word in it say that it is none of the theatre's: "the Qatari capital"?"""
    ranked: bool
    """Is it "the sixth", "another"?"""
    determined: bool
    """Is it "the", "this" or "that" one?"""
    near: bool


def settle_anaphors(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """ "The city", "the provincial capital": a place named before, or right behind."""
    made: list[Chunk] = []
    at = 0
    implying = not lexicon.implying.isdisjoint(sentence.lows)
    while at < len(chunks):
        chunk = chunks[at]
        if not (implying and _implied(chunks, at, made, sentence, lexicon)) and chunk.kind in _CITIES:
            phrase = _phrase(chunk, made, sentence, lexicon)
            named = _name_of(chunks, at, made, phrase, sentence)
            if named:
                target = chunks[named]
                target.i = made[phrase.start].i if phrase.start < len(made) else chunk.i
                target.near, target.partial = target.near or phrase.near, target.partial or chunk.partial
                del made[phrase.start :]
                at = named
                continue
            _settle(chunks, at, made, phrase, sentence)
        made.append(chunk)
        at += 1
    return made


def _phrase(chunk: Chunk, made: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> _Phrase:
    back = len(made) - 1
    foreign = False
    while back >= 0 and made[back].kind in {"x", "w", "num", "PART", "d", "V", "v", "ADJ"}:
        low = low_at(sentence, made, back)
        if made[back].kind != "d" and low not in lexicon.adjectives and low not in lexicon.foreign_adjectives:
            break
        if made[back].kind in {"V", "v"} and kind_at(made, back - 1) != "d":
            break  # "captured two more capitals": a verb, not an adjective
        foreign = foreign or low in lexicon.foreign_adjectives
        back -= 1
        if made[back + 1].kind == "d":
            break
    if kind_at(made, back) == "R" and kind_at(made, back - 1) == "d" and chunk.kind == "CITY":
        back -= 2  # "the South Kordofan town"
    if kind_at(made, back + 1) != "d":  # "the Turkmen town"
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
    start = back + 1
    ranked = any(lexicon.ranks.intersection(sentence.lows[piece.i : piece.j]) for piece in made[start:])
    determined = kind_at(made, start) == "d" and low_at(sentence, made, start) in {"the", "this", "that"}
    near = chunk.near or any(piece.near for piece in made[start:])
    return _Phrase(start, foreign, ranked, determined and not ranked, near)


def _name_of(chunks: list[Chunk], at: int, made: list[Chunk], phrase: _Phrase, sentence: Sentence) -> int:
    """Where the name stands that the phrase itself has: "the capital, Kabul", "the port city Hodeidah"; 0 if nowhere."""
    if phrase.foreign:
        return 0
    named = _named_behind(chunks, at, made, phrase.start, sentence)
    if named:
        return named
    behind = at + 1
    if phrase.determined and chunks[at].kind == "CITY" and kind_at(chunks, behind) == ",":
        behind += 1
    return behind if kind_at(chunks, behind) == "P" else 0


def _settle(chunks: list[Chunk], at: int, made: list[Chunk], phrase: _Phrase, sentence: Sentence) -> None:
    """Makes "the city" an anaphor, "two more cities" a number of them, and any other a common word."""
    chunk, start = chunks[at], phrase.start
    if chunk.kind == "CITIES":
        chunk.kind = "Q"
        del made[start:]
        return
    if not _is_meant(chunks, at, made, phrase, sentence):
        chunk.kind = "x"
        return
    chunk.adverb = "this" if low_at(sentence, made, start) == "this" else ""
    del made[start:]
    chunk.kind, chunk.near = "C", phrase.near
    chunk.value = " ".join(sentence.lows[chunk.i : chunk.j])
    chunk.begin = chunk.i


def _is_meant(chunks: list[Chunk], at: int, made: list[Chunk], phrase: _Phrase, sentence: Sentence) -> bool:
    """Is it one city that was spoken of before?"""
    behind = kind_at(chunks, at + 1)
    if phrase.foreign or not (phrase.determined or _is_headline_s(chunks, at, made, phrase, sentence)):
        return False
    if low_at(sentence, chunks, at + 1) == "of":
        region = kind_at(chunks, at + 2) == "d" and kind_at(chunks, at + 3) == "REG"
        return region or kind_at(chunks, at + 2) == "num"
    if behind == "'s":
        return kind_at(chunks, at + 2) in {"N", "V"}
    dated = low_at(sentence, chunks, at + 1) in NUMBERS  # "returned to the city eight months after"
    return dated or behind not in {"K", "x"}


def _is_headline_s(
    chunks: list[Chunk], at: int, made: list[Chunk], phrase: _Phrase, sentence: Sentence
) -> bool:
    """Is it "the city" as headlines write it: "Rebels enter capital"?"""
    chunk = chunks[at]
    bare = sentence.lows[chunk.i : chunk.j] in _BARE and kind_at(made, len(made) - 1) in {
        "V",
        "p",
        "SP",
        "near",
    }
    return (
        sentence.title
        and not phrase.ranked
        and low_at(sentence, made, phrase.start) not in {"a", "an"}
        and (0 < len(sentence.entry.split()) < 5 or bare)
        and (
            kind_at(chunks, at + 1) in {"", "p", "b", ",", "V", "aux" if bare else ""}
            or low_at(sentence, chunks, at + 1) in _STILL
        )
    )


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
