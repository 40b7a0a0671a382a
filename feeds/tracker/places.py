"""Which place is meant: the city, its region, something inside it, or a government named by its capital.

This pays most of all: "Kandahar province" is not Kandahar, nor is its airport, nor a writer called Farah.
Each pass takes the chunks of a sentence and gives them back with one question settled.
"""

from __future__ import annotations

from typing import Final

from feeds.tracker.anaphors import settle_anaphors
from feeds.tracker.appositions import join_lists, settle_divisions, swallow_appositions
from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import ORDINALS
from feeds.tracker.facilities import settle_facilities
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.regions import settle_capitals, settle_regions
from feeds.tracker.tokens import Sentence
from feeds.tracker.vicinity import settle_cities, settle_names, settle_vicinity


def merge_places(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The chunks with every mention of a place settled and lists of places joined.

    A pass that has nothing to settle in this sentence is left out: most have no city, no list, no facility.
    """
    for at, chunk in enumerate(chunks):
        if chunk.kind == "P" and chunk.j - chunk.i > 1 and sentence.lows[chunk.j - 1] == "capital":
            _one_of_many(chunk, sentence, lexicon, chunks[at + 1] if at + 1 < len(chunks) else None)
    kinds = {chunk.kind for chunk in chunks}
    city = "CITY" in kinds or "CITIES" in kinds
    named = "P" in kinds
    if named and city:
        chunks = settle_cities(chunks, sentence, lexicon)
    if named or "R" in kinds:
        chunks = settle_regions(chunks, sentence, lexicon)
    if city:
        chunks = settle_capitals(chunks, sentence, lexicon)
    if named or city or "INN" in kinds or "OUT" in kinds:
        chunks = settle_facilities(chunks, sentence, lexicon)
    if named or city:
        chunks = settle_vicinity(chunks, sentence, lexicon)
    if named:
        chunks = settle_names(chunks, sentence, lexicon)
    if city or not lexicon.implying.isdisjoint(sentence.lows):
        chunks = settle_anaphors(chunks, sentence, lexicon)
    if named or city or "R" in kinds:
        chunks = swallow_appositions(chunks, sentence, lexicon)
        if [chunk.kind for chunk in chunks].count("P") > 1:
            chunks = join_lists(chunks, sentence, lexicon)
    if named and "REG" in kinds:
        chunks = settle_divisions(chunks, sentence)
    return chunks


def _one_of_many(chunk: Chunk, sentence: Sentence, lexicon: Lexicon, behind: Chunk | None) -> None:
    """Makes "second Afghan capital", "key Afghan capital Ghazni" a city without a name of its own: not the country's one."""
    lows = sentence.lows
    before = lows[chunk.i - 1] if chunk.i else ""
    told = before in lexicon.adjectives and before not in {
        "of",
        "besieged",
        "surrounded",
        "fallen",
        "liberated",
    }
    counted = before in ORDINALS or before in _ANY or before in lexicon.partial_adjectives or told
    named = behind is not None and behind.kind == "P" and not set(behind.places) & set(chunk.places)
    if counted or named or lows[chunk.j : chunk.j + 1] == ("of",):
        chunk.kind, chunk.value, chunk.places, chunk.regions, chunk.i = "CITY", "city", (), (), chunk.j - 1


_ANY: Final = frozenset("another a an one every each last next latest any some".split())
