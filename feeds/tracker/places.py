"""Which place is meant: the city, its region, something inside it, or a government named by its capital.

This pays most of all: "Kandahar province" is not Kandahar, nor is its airport, nor a writer called Farah.
Each pass takes the chunks of a sentence and gives them back with one question settled.
"""

from __future__ import annotations

from feeds.tracker.anaphors import settle_anaphors
from feeds.tracker.appositions import join_lists, swallow_appositions
from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.regions import settle_capitals, settle_regions
from feeds.tracker.tokens import Sentence
from feeds.tracker.vicinity import settle_cities, settle_facilities, settle_names, settle_vicinity


def merge_places(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The chunks with every mention of a place settled and lists of places joined."""
    for step in (
        settle_cities,
        settle_regions,
        settle_capitals,
        settle_facilities,
        settle_vicinity,
        settle_names,
        settle_anaphors,
        swallow_appositions,
        join_lists,
    ):
        chunks = step(chunks, sentence, lexicon)
    return chunks
