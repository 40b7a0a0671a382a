"""One story in, what it says of the theatre's places out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from feeds.evidence import Count, Evidence, about_of
from feeds.story import About, Story
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import atoms
from feeds.tracker.explain import explain
from feeds.tracker.lexicon import Lexicon, build
from feeds.tracker.mention import Mentions
from feeds.tracker.passage import Passage
from feeds.tracker.sides import merge_sides
from feeds.tracker.tokens import plain, sentence
from feeds.tracker.voices import NOBODY, Speaker

_MOUTHPIECES = frozenset(
    {
        "statement",
        "statements",
        "ministry",
        "emirate",
        "staff",
        "spokesman",
        "spokesperson",
        "press",
        "office",
        "command",
    }
)
"""Words that make an outlet a mouthpiece when a side's name stands beside them: "Taliban statement"."""


_STATEMENT = re.compile(r"\b(?:statement|communiqu[eé]|bulletin|press release|announcement)\b", re.IGNORECASE)
"""Words that make a text its speaker's own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tracker found in one story."""

    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


_NOTHING = Reading()


class Reader:
    """Reads stories for one theatre. Holds nothing between two stories but who speaks through an outlet."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.lexicon = build(theatre)
        self._mentions = Mentions(theatre)
        self._houses: dict[tuple[str, str], Speaker] = {}
        self._lexicons: dict[date | None, Lexicon] = {None: self.lexicon}
        """By the first day of an era, made when the first story of that era comes."""

    def read(self, story: Story) -> Reading:
        """The evidence, counts and places of a story, in the order of its text."""
        text = plain(story.text)
        if not self._mentions.may_concern(text):
            return _NOTHING
        passage = self._passage(story)
        passage.read(text)
        absent = set() if passage.strong else self._mentions.untied(passage.places, text)
        evidence = tuple(piece for piece in passage.evidence if piece.place not in absent)
        places = tuple(place for place in passage.places if place not in absent)
        return Reading(evidence, tuple(passage.counts), about_of(places, evidence, passage.counts))

    def explain(self, story: Story) -> str:
        """How each sentence was read: its chunks, the rule that fired, the cues that changed it, and why the rest gave nothing."""
        text = plain(story.text)
        passage = self._passage(story)
        passage.read(text)
        return explain(passage, self._mentions.untied(passage.places, text))

    def _passage(self, story: Story) -> Passage:
        theatre, lexicon, era = self._then(_day(story))
        key = (story.outlet, era)
        if key not in self._houses:
            self._houses[key] = self._house(story.outlet, lexicon)
        house = self._houses[key]
        if house is NOBODY and _STATEMENT.search(story.title):
            house = self._statement(story.title, lexicon)
        return Passage(theatre, lexicon, story, house)

    def _statement(self, title: str, lexicon: Lexicon) -> Speaker:
        """Who speaks in a text that its title calls a statement of his: "Statement of the General Command on …"."""
        head = plain(title.partition("\n")[0])
        parsed = sentence(head, 0, len(head), 0)
        chunks = merge_sides(atoms(parsed, lexicon), parsed, lexicon)
        if any(chunk.kind in {"V", "SP", "N"} for chunk in chunks):
            return NOBODY
        named = [chunk for chunk in chunks if chunk.kind in {"S", "K"} and chunk.side]
        if len({chunk.side for chunk in named}) != 1:
            return NOBODY
        first = named[0]
        return Speaker(" ".join(parsed.words[first.i : first.j]), first.side, "official")

    def _then(self, day: date | None) -> tuple[Theatre, Lexicon, str]:
        """The theatre and its words as they were on a day, at the start for none, and the era's first day."""
        begins = next((era.day for era in reversed(self.theatre.eras) if day and era.day <= day), None)
        theatre = self.theatre.on(day)
        if begins not in self._lexicons:
            self._lexicons[begins] = build(theatre)
        return theatre, self._lexicons[begins], str(begins or "")

    def _house(self, outlet: str, lexicon: Lexicon) -> Speaker:
        """Who speaks where nobody is quoted: a side, when the outlet is its mouthpiece."""
        parsed = sentence(outlet, 0, len(outlet), 0)
        if not _MOUTHPIECES.intersection(parsed.lows):
            return NOBODY
        side = next((chunk.side for chunk in atoms(parsed, lexicon) if chunk.side), "")
        return Speaker(outlet, side, "official") if side else NOBODY


def _day(story: Story) -> date | None:
    """The day whose words a story speaks in.

    What a feed brings undated is new. A text that somebody hands in undated may be as old as the war, and is taken to
    be: None, the theatre's start.
    """
    return story.told.date() if story.published or story.feed else None
