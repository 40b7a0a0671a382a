"""A sentence with all that is needed to judge it, and what judging gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Cue, Mood
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.modality import mood
from feeds.tracker.rules import Rule
from feeds.tracker.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Claim:
    """What one trigger says of one place."""

    place: str
    label: str
    side: str
    change: bool
    weight: float
    rule: str
    agent: str
    trigger: Chunk
    mood: Mood


@dataclass(slots=True)
class Match:
    """A rule that fits a trigger, with what filled its roles."""

    rule: Rule
    places: Chunk
    left: Chunk | None
    filled: dict[str, Chunk]
    named: tuple[str, ...] = ()
    """Sides that the sentence names."""

    @property
    def agent(self) -> str:
        """The side that acts, or empty."""
        for chunk in (self.filled.get("by"), self.left if not self.rule.passive else None):
            if chunk is not None and chunk.side:
                return chunk.side
        return ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with all that is needed to judge it."""

    chunks: list[Chunk]
    cues: list[Cue]
    sentence: Sentence
    theatre: Theatre
    today: date
    lexicon: Lexicon

    def mood(self, trigger: Chunk) -> Mood:
        """How a trigger of this sentence is meant."""
        return mood(trigger, self.chunks, self.cues, self.sentence, self.today, self.lexicon)

    def first_holder(self, place: str) -> str:
        """The side that held a place at the theatre's start; empty when nobody did."""
        known = self.theatre.by_id.get(place)
        return known.holder if known is not None else ""

    def side_named(self, token: int, *tags: str) -> str:
        """The side that the words from a token on name, as one of some tags of the lexicon; empty for none."""
        entries = self.lexicon.words.longest(self.sentence.lows, token)[1]
        return next((entry.value for entry in entries if entry.tag in tags), "")

    def names_capital(self, places: Iterable[str]) -> bool:
        """Is a region's capital among some places, whose name may mean the region?"""
        known = [self.theatre.by_id.get(one) for one in places]
        return any(one is not None and one.kind == "capital" for one in known)

    def names_seat(self, places: Iterable[str]) -> bool:
        """Is the country's own capital among some places?"""
        known = [self.theatre.by_id.get(one) for one in places]
        return any(one is not None and one.kind == "national" for one in known)
