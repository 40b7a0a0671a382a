"""What a story is about just now: the city spoken of, who acted, who spoke."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from feeds.theatres.model import Theatre
from feeds.tracker.actors import headed_by, speaking, whose
from feeds.tracker.chunks import Chunk
from feeds.tracker.tokens import Sentence

_YIELDING = frozenset({"leave", "quit", "abandon", "surrender", "lose", "disarm", "redeploy"})
"""What those do of whom "it fell to them" is not said."""


@dataclass(slots=True)
class Focus:
    """The focus of a story, sentence by sentence."""

    theatre: Theatre
    place: str = ""
    """The city last spoken of; empty when several were."""
    house: str = ""
    """Side whose mouthpiece the outlet is; empty for most."""
    plain: bool = False
    """Was that city spoken of itself, not only as where something happened? Only then "it" may be the city."""
    thing: bool = False
    """Was a prison, a dam or an airport spoken of since?"""
    region: str = ""
    """Capital of the region last named, when it was named after the city."""
    side: str = ""
    first: str = ""
    """Who acts first in the sentence: "fresh from Kunduz, which they took a day earlier, the insurgents …"."""
    before: str = ""
    """Who had acted when the sentence began: "Goma, which the army had held for years, fell to them"."""
    yielding: str = ""
    """The side that was last said to leave, or was named by the way: not the one that "it fell to them" means."""
    spoke: str = ""
    """The side of him who was last heard: "our" means his when "he" goes on."""
    heading: tuple[str, str, str] | None = None
    """(label, side, its words) that the last heading gives to the places listed under it."""
    carry: tuple[str, str] | None = None
    """(label, side) said of cities not named yet: "two more capitals fell. These are …"."""
    carried: int = 0
    """Sentences since then."""
    foreign: bool = False
    """True when the last city named is none of the theatre's."""
    home: str = ""
    """The place of the dateline: "this city"."""
    several: tuple[str, ...] = ()
    """The cities last named together: "both towns"."""
    capital: str = ""
    """The seat of a division that was last spoken of."""
    town: str = ""
    """The city last spoken of that is not the national capital: "the town"."""
    named: set[str] = field(default_factory=set)
    """Sides named by a word that means no other."""
    national: str = field(init=False)

    def __post_init__(self) -> None:
        self.national = next((place.id for place in self.theatre.places if place.kind == "national"), "")

    def act(self, chunks: list[Chunk], at: int, sentence: Sentence) -> None:
        """Keeps who acts, and whether he only leaves or is named by the way."""
        self.side = chunks[at].side
        self.yielding = self.side if _yields(chunks, at, sentence) else ""

    def ours(self, chunks: list[Chunk]) -> str:
        """The side of whoever says "we": of him who is named as speaking, before a colon too, or spoke last."""
        head = headed_by(chunks)
        known = speaking(chunks) or (head.side if head is not None else "") or self.house
        return known if known or _by_another(chunks) else self.spoke

    def own(self, chunks: list[Chunk], at: int, sentence: Sentence) -> str:
        """The side that "our fighters", "its troops" or "under its control" belong to."""
        chunk, before = chunks[at], chunks[:at]
        if "our" in sentence.lows[max(0, chunk.i - 2) : chunk.j]:
            return self.ours(chunks) or ("" if _by_another(chunks) else self.side)
        if chunk.kind == "H":
            if _left_over(before, sentence):
                return ""
            return whose(before) or self.side or self.first
        nearest = (one.side for one in reversed(before) if one.kind in {"S", "K"} and one.side)
        return next(nearest, self.speaker(before))

    def speaker(self, before: list[Chunk]) -> str:
        """The side of a capital that speaks for its country, "Kyiv said its troops", or whoever acted last."""
        capital = next(
            (chunk for chunk in before if chunk.kind == "P" and self.national in chunk.places), None
        )
        return self.theatre.defender if capital is not None and self.national else self.side

    def seat_speaks(self, chunks: list[Chunk]) -> str:
        """The defender, where the country's capital speaks for him: "still ours, says Kyiv"."""
        for one, beside in pairwise(chunks):
            if {one.kind, beside.kind} == {"SP", "P"}:
                seat = one if one.kind == "P" else beside
                return self.theatre.defender if self.national and self.national in seat.places else ""
        return ""

    def is_town(self, place: str) -> bool:
        """Is a place no seat of a division?"""
        known = self.theatre.by_id.get(place)
        return known is not None and known.kind == "town"


def _left_over(before: list[Chunk], sentence: Sentence) -> bool:
    """Is it what one side leaves another with: "recaptured Sennar from the RSF, leaving Wad Madani … in its hands"?"""
    robbed = any(
        one.kind == "S"
        and sentence.lows[one.i - 1] in {"from", "the"}
        and "from" in sentence.lows[max(0, one.i - 2) : one.i]
        for one in before
    )
    return robbed and "leaving" in sentence.lows[: before[-1].j]


def _yields(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Is a side named by the way, "which the army had held for years,", or as who leaves: "the soldiers fled and"?"""
    verb = chunks[at + 1] if at + 1 < len(chunks) else None
    if verb is not None and verb.kind == "V" and not _YIELDING.isdisjoint(verb.meanings):
        return True
    before = chunks[max(0, at - 2) : at]
    return (
        len(before) == 2
        and before[0].kind == ","
        and before[1].kind == "b"
        and sentence.lows[before[1].i] in {"which", "where", "that"}
    )


def _by_another(chunks: list[Chunk]) -> bool:
    """Does somebody speak of whom nobody knows the side: no "he" who was named before?"""
    for at, chunk in enumerate(chunks):
        if chunk.kind == "SP":
            beside = [*chunks[max(0, at - 1) : at], *chunks[at + 1 : at + 2]]
            return not any(one.kind == "PR" for one in beside)
    return False
