"""Words that change what a trigger near them means, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass

from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that changes what a trigger near it means."""

    name: str
    i: int
    j: int


@dataclass(slots=True)
class Mood:
    """What became of the trigger's meaning, and through which words."""

    possible: bool = False
    hedged: bool = False
    negated: bool = False
    historic: bool = False
    unclear: bool = False
    denied: bool = False
    ended: bool = False
    """"No longer": negated, and a change."""
    distant: bool = False
    """Is the attack one by missiles, drones or shells, or one bomb with its gunfire? Nobody enters."""
    cues: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The word that evidence carries."""
        if self.negated or self.denied:
            return "negated"
        if self.possible:
            return "possible"
        return "hedged" if self.hedged else "asserted"


def find_cues(sentence: Sentence, lexicon: Lexicon) -> list[Cue]:
    """Every cue in the sentence, longest first at each token."""
    found: list[Cue] = []
    lows, cues = sentence.lows, lexicon.cues
    root = cues.root
    behind = 0
    for at, low in enumerate(lows):
        if low in root and at >= behind:
            end, entries = cues.longest(lows, at)
            if entries:
                found += [Cue(entry.tag, at, end) for entry in entries]
                behind = end
    return found
