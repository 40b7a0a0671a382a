"""What a story has named so far, for "the city", "the provincial capital", "it" and "they"."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from feeds.theatres.model import Theatre
from feeds.tracker.actors import acts, governed, headed_by, of_another, speaking, speaks, whose
from feeds.tracker.chunks import Chunk
from feeds.tracker.subjects import antecedent
from feeds.tracker.tokens import Sentence

_MEANT = frozenset({"P", "R", "O", "FC", "C", "F", "S", "K", "Q", "b", "PO", "TH", "H", "PR"})
"""Kinds that name or mean somebody or some place."""
_LANDSCAPES = frozenset(
    {"valley", "river", "countryside", "desert", "front", "axis", "direction", "lake", "dam", "basin"}
)
"""Words that make a region's name a landscape: its capital is not "the capital" then."""

_YIELDING = frozenset({"leave", "quit", "abandon", "surrender", "lose", "disarm", "redeploy"})
"""What those do of whom "it fell to them" is not said."""


@dataclass(slots=True)
class Context:
    """The focus of a story, sentence by sentence."""

    theatre: Theatre
    place: str = ""
    """The city last spoken of; empty when several were."""
    house: str = ""
    """Side whose mouthpiece the outlet is; empty for most."""
    plain: bool = False
    """Was that city spoken of itself, not only as where something happened? Only then "it" may be the city."""
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

    def heed(self, chunks: list[Chunk], sentence: Sentence) -> None:
        """Keeps who acted in a sentence that names no place, for "they" in the next."""
        for at, chunk in enumerate(chunks):
            if chunk.side not in {"", "own", "enemy"} and acts(chunks, at):
                self._act(chunks, at, sentence)
        self.carried += 1

    def resolve(self, chunks: list[Chunk], sentence: Sentence) -> None:
        """Gives every anaphor of a sentence its place, and moves the focus on."""
        self.spoke = speaking(chunks) or self.spoke
        if self.theatre.shared_words:
            self._share(chunks, sentence)
        sides = self.theatre.side_by_id
        self.first = next(
            (one.side for at, one in enumerate(chunks) if one.side in sides and acts(chunks, at)), ""
        )
        subject_done = False
        self.before = self.side
        for at, chunk in enumerate(chunks):
            if chunk.kind not in _MEANT:
                continue
            if chunk.kind == "P" and self.national in chunk.places and speaks(chunks, at):
                chunk.modifier = True  # "Kinshasa says that fighting continues in the city"
            elif chunk.kind == "P":
                if chunk.places and not self._is_town(chunk.places[-1]):
                    self.capital = chunk.places[-1]
                subject_done = self._place(chunks, at, sentence, subject_done=subject_done)
            elif chunk.kind in {"S", "K", "O", "H"}:
                self._party(chunks, at, sentence)
            elif chunk.kind == "F":
                self._facility(chunk)
            else:
                self._anaphor(chunks, at, sentence)
        if self.first:
            self.side = self.first  # "they" in the next sentence are those whom this one began with

    def _place(self, chunks: list[Chunk], at: int, sentence: Sentence, *, subject_done: bool) -> bool:
        """Moves the focus to a place, unless it is only named by the way; True once the sentence has its subject."""
        chunk = chunks[at]
        before = chunks[at - 1] if at else None
        after = chunks[at + 1].kind if at + 1 < len(chunks) else ""
        if self.place and (
            (chunk.modifier and after != "'s") or _is_aside(chunks, at, sentence.lows[chunks[at - 1].i], sentence.lows[chunks[at - 1].i - 1])
        ):
            return subject_done
        self._focus(chunk, subject_done)
        self.plain = (
            before is None
            or at == 1
            or before.kind in {"V", "b"}
            or (before.kind == "p" and chunks[at - 2].kind in {"N", "V"})
            or sentence.lows[before.i] == "of"
        )
        return subject_done or not chunk.near

    def _party(self, chunks: list[Chunk], at: int, sentence: Sentence) -> None:
        """Says whose "our", "their" and "enemy" are, and keeps who acted."""
        chunk = chunks[at]
        if chunk.kind == "O":
            if at + 1 < len(chunks) and chunks[at + 1].kind in {"V", "v"} and not governed(chunks, at):
                self.side = ""  # "the French freed Gao, they …"
        elif chunk.kind == "S" and chunk.side == "enemy":
            heard = (one.side for one in reversed(chunks[:at]) if one.kind == "K" and one.side)
            speaker = next(heard, "") or self.house or speaking(chunks)
            chunk.side = self.theatre.opponent(speaker) if speaker else ""
        elif chunk.kind != "K" and chunk.side == "own":
            chunk.side = self._own(chunks, at, sentence)
        elif chunk.kind == "K" and not chunk.side:
            if chunk.value == "official" and sentence.lows[chunk.i - 1] in {"their", "its"}:
                nearest = (one.side for one in reversed(chunks[:at]) if one.kind == "S" and one.side)
                chunk.side = next(nearest, self.side)  # "their spokesman said"
        elif chunk.kind != "H" and chunk.side and acts(chunks, at):
            self._act(chunks, at, sentence)

    def _act(self, chunks: list[Chunk], at: int, sentence: Sentence) -> None:
        self.side = chunks[at].side
        self.yielding = self.side if _yields(chunks, at, sentence) else ""

    def _ours(self, chunks: list[Chunk]) -> str:
        """The side of whoever says "we": of him who is named as speaking, before a colon too, or spoke last."""
        head = headed_by(chunks)
        known = speaking(chunks) or (head.side if head is not None else "") or self.house
        return known if known or _by_another(chunks) else self.spoke

    def _own(self, chunks: list[Chunk], at: int, sentence: Sentence) -> str:
        """The side that "our fighters", "its troops" or "under its control" belong to."""
        chunk, before = chunks[at], chunks[:at]
        if "our" in sentence.lows[max(0, chunk.i - 2) : chunk.j]:
            return self._ours(chunks) or ("" if _by_another(chunks) else self.side)
        if chunk.kind == "H":
            return whose(before) or self.side or self.first
        nearest = (one.side for one in reversed(before) if one.kind in {"S", "K"} and one.side)
        return next(nearest, self._speaker(before))

    def _facility(self, chunk: Chunk) -> None:
        """An airport of a city moves the focus; one inside the city spoken of is that city's."""
        if chunk.places and (chunk.value == "INN" or not self.place):
            self.place, self.foreign = chunk.places[0], False
        elif not chunk.places and self.place and chunk.value == "INN":
            chunk.places = (self.place,)

    def _anaphor(self, chunks: list[Chunk], at: int, sentence: Sentence) -> None:
        """Words that stand for a place or a side, and names that take the focus away from the cities."""
        chunk = chunks[at]
        if chunk.kind == "R":
            if chunk.regions and sentence.lows[chunk.j - 1] not in _LANDSCAPES:
                self.region = chunk.regions[0]
        elif chunk.kind == "FC":
            if not (at > 0 and chunks[at - 1].kind == "p" and self.place):
                self.foreign, self.place, self.region = True, "", ""
        elif chunk.kind == "C":
            self._city(chunk)
        elif chunk.kind == "Q":
            if self.several and not {"both", "all"}.isdisjoint(sentence.lows[max(0, chunk.i - 2) : chunk.j]):
                chunk.kind, chunk.places = "P", self.several  # "both towns were under its control"
        elif chunk.kind == "b":
            if sentence.lows[chunk.i] == "where":
                before = next((one for one in reversed(chunks[:at]) if one.kind != ","), None)
                if before is not None and before.kind == "P" and len(before.places) == 1:
                    self.place, self.foreign = before.places[0], False
        elif chunk.kind == "PO":
            self._possessed(chunk, chunks, sentence)
        elif chunk.kind == "TH":
            self._there(chunk, chunks, at)
        elif chunk.kind == "PR":
            self._pronoun(chunk, chunks, at, sentence)

    def _share(self, chunks: list[Chunk], sentence: Sentence) -> None:
        """Gives "jihadists" to the one side so called that the story has named, if it has not named the other."""
        shared = self.theatre.shared_words
        loose: list[tuple[Chunk, str]] = []
        for chunk in chunks:
            if chunk.kind in {"S", "K"} and chunk.side in self.theatre.side_by_id:
                words = " ".join(sentence.lows[chunk.i : chunk.j])
                if words in shared:
                    loose.append((chunk, words))
                elif not chunk.weak:
                    self.named.add(chunk.side)
        for chunk, words in loose:
            meant = [side for side in shared[words] if side in self.named]
            if len(meant) == 1 and chunk.side not in self.named:
                chunk.side = meant[0]

    def _focus(self, chunk: Chunk, subject_done: bool) -> None:
        if chunk.near and self.place:
            return
        self.foreign = False
        if len(chunk.places) == 1:
            if not (subject_done and self.place in chunk.places):
                self.place = chunk.places[0]
                self.town = self.place if self.place != self.national else self.town
        else:
            self.place = self.town = ""
            self.several = chunk.places
        self.region = ""

    def _is_town(self, place: str) -> bool:
        known = self.theatre.by_id.get(place)
        return known is not None and known.kind == "town"

    def _city(self, chunk: Chunk) -> None:
        """The place of "the city", "the provincial capital", "this town"."""
        capital = "capital" in chunk.value
        if self.foreign and not (self.national and chunk.adverb == "own"):
            chunk.kind = "x"
            return
        target = self.place
        if capital and self.region:
            target = self.region
        elif chunk.value.endswith((" capital", " seat")) and self.capital and self._is_town(target):
            target = self.capital  # "… in Sake, 25 km from Goma. The provincial capital could be next"
        elif chunk.value == "capital" and self.national:
            target = self.national
        elif chunk.adverb == "this" and self.home:
            target = self.home
        elif chunk.value == "town" and target == self.national and self.town:
            target = self.town
        if not target:
            chunk.kind = "x"
            return
        chunk.kind, chunk.places = "P", (target,)
        self.place = target

    def _speaker(self, before: list[Chunk]) -> str:
        """The side of a capital that speaks for its country, "Kyiv said its troops", or whoever acted last."""
        capital = next(
            (chunk for chunk in before if chunk.kind == "P" and self.national in chunk.places), None
        )
        return self.theatre.defender if capital is not None and self.national else self.side

    def _speaker_of_seat(self, chunks: list[Chunk]) -> str:
        """The defender, where the country's capital speaks for him: "still ours, says Kyiv"."""
        for one, beside in pairwise(chunks):
            if {one.kind, beside.kind} == {"SP", "P"}:
                seat = one if one.kind == "P" else beside
                return self.theatre.defender if self.national and self.national in seat.places else ""
        return ""

    def _there(self, chunk: Chunk, chunks: list[Chunk], at: int) -> None:
        """ "Fighting was going on there": the city last spoken of; "there is" names none."""
        following = chunks[at + 1] if at + 1 < len(chunks) else None
        if (
            self.place
            and not self.foreign
            and at > 0
            and (following is None or following.kind not in {"aux", "V", "v"})
        ):
            chunk.kind, chunk.places, chunk.adverb = "P", (self.place,), "there"
        else:
            chunk.kind = "x"

    def _possessed(self, chunk: Chunk, chunks: list[Chunk], sentence: Sentence) -> None:
        """ "The city is theirs", "the town is ours": whose that is."""
        speaker = self._ours(chunks) or self._speaker_of_seat(chunks)
        theirs = next(
            (
                one.side
                for one, behind in pairwise(chunks)
                if one.kind in {"S", "K"} and one.side and behind.kind == "SP" and behind.i < chunk.i
            ),
            self.side,
        )
        side = theirs if sentence.lows[chunk.i] == "theirs" else speaker
        chunk.kind, chunk.side, chunk.value = ("S", side, "possessive") if side else ("x", "", "")

    def _pronoun(self, chunk: Chunk, chunks: list[Chunk], at: int, sentence: Sentence) -> None:
        low = sentence.lows[chunk.i]
        said = at - 1
        if said > 0 and chunks[said].kind == "b" and sentence.lows[chunks[said].i] == "that":
            said -= 1
        if low in {"it", "they"} and said > 2 and chunks[said].kind == "SP" and chunks[said - 1].kind == "b":
            whom = antecedent(chunks, said - 2)  # "the MNDAA, which said it controlled the town"
            self.side = whom.side if whom is not None and whom.side in self.theatre.side_by_id else self.side
        again = at > 1 and chunks[at - 2].kind == "c" and (
            chunks[at - 1].kind == "SP" or sentence.lows[chunks[at - 1].i] == "that"
        )  # "said that rebels had entered Hama and that it was redeploying"
        if low in {"it", "they"} and again:
            sayers = [
                chunks[look - 1].side
                for look, one in enumerate(chunks[: at - 1])
                if look and one.kind == "SP"
            ]
            self.side = next(
                (side for side in reversed(sayers) if side in self.theatre.side_by_id), self.side
            )
        if of_another(chunks, at, sentence):
            chunk.kind = "x"  # "Washington said it would": none of the sides
        elif low == "we":
            side = self._ours(chunks)
            if side in self.theatre.side_by_id:
                chunk.kind, chunk.side = "S", side  # "we have taken Lyman", his spokesman said
        elif low == "them" and (several := _several(chunks[:at])) is not None:
            chunk.kind, chunk.places = "P", several.places
        elif low == "them" and self.side and self.side == self.yielding:
            side = self.before if self.before != self.yielding else ""
            chunk.kind, chunk.side = ("S", side) if side else ("x", "")
        elif low in {"they", "them", "who", "he"}:
            ahead = self.first if low == "they" and chunks[at - 1].kind == "b" else ""
            if (self.side or ahead) and low != "he":
                chunk.kind, chunk.side = "S", self.side or ahead
            elif self.side:
                chunk.kind, chunk.side, chunk.value = "K", self.side, "official"
        elif low == "it":
            following = chunks[at + 1] if at + 1 < len(chunks) else None
            passive_like = (
                following is not None
                and following.kind == "V"
                and (following.passive or following.value in {"fall", "surrender", "belong"})
            )
            before = chunks[at - 1] if at else None
            if before is not None and before.kind == "SP" and at > 1 and chunks[at - 2].kind == "S":
                passive_like = passive_like and following is not None and following.value != "surrender"
            if (
                before is not None
                and before.kind == "V"
                and before.value
                in {"surrender", "hand", "take", "retake", "hold", "abandon", "enter", "besiege", "lose", "expel"}
                and not before.passive
                and (before.value != "expel" or sentence.lows[chunk.j : chunk.j + 1] == ("of",))
            ):
                passive_like = not self.foreign
                self.plain = (
                    self.plain or before.form == "lit" or before.value not in {"take", "hold", "enter"}
                )
            if (
                before is not None
                and before.kind == "p"
                and at > 1
                and chunks[at - 2].kind in {"V", "N"}
                and self.place
            ):
                passive_like = self.plain = not self.foreign  # "advancing on it"
            far = at > 1 and sentence.lows[chunks[at - 2].j - 1] in {
                "kilometres",
                "kilometers",
                "km",
                "miles",
            }
            if far and self.place and not self.foreign:
                chunk.kind, chunk.places, chunk.near = "P", (self.place,), True
                return
            held = any(later.kind == "H" for later in chunks[at + 1 : at + 3])
            if ((passive_like and self.plain) or held) and self.place and not self.foreign:
                chunk.kind, chunk.places = "P", (self.place,)
            elif self.side:
                chunk.kind, chunk.side = "S", self.side


def _by_another(chunks: list[Chunk]) -> bool:
    """Does somebody speak of whom nobody knows the side: no "he" who was named before?"""
    for at, chunk in enumerate(chunks):
        if chunk.kind == "SP":
            beside = [*chunks[max(0, at - 1) : at], *chunks[at + 1 : at + 2]]
            return not any(one.kind == "PR" for one in beside)
    return False


_PRESS = frozenset({"reporters", "journalists", "press", "correspondents"})


def _is_aside(chunks: list[Chunk], at: int, low: str, last: str) -> bool:
    """Is a place named by the way: "an official in Herat said", "on the road to Herat"?

    ``low`` is the preposition before it, ``last`` the word before that.
    """
    if at == 0 or chunks[at - 1].kind != "p":
        return False
    if low in {"to", "from", "for", "towards", "toward"}:
        aim = chunks[at - 2] if at > 1 else None
        if aim is not None and aim.kind == "p" and at > 2:
            aim = chunks[at - 3]  # "pushed on toward Samarra"
        if (
            aim is None
            or aim.kind not in {"N", "V"}
            or not (_aims(aim) or (low == "from" and _leaves(chunks, at - 2)))
        ):
            return True
    heard = chunks[max(0, at - 3) : at - 1]
    if low == "in" and heard and heard[-1].kind in {"SP", "K", "x"} and any(one.kind == "SP" for one in heard):
        return heard[-1].kind == "SP" or last in _PRESS  # "told reporters in Kinshasa"
    return (
        low in {"in", "from"}
        and at > 1
        and chunks[at - 2].kind == "K"
        and at + 1 < len(chunks)
        and chunks[at + 1].kind == "SP"
    )


def _aims(chunk: Chunk) -> bool:
    """Is it a word of fighting or nearing, whose goal is what is spoken of: "battle for", "pushed on toward"?"""
    return not {"battle", "fight", "approach", "enter"}.isdisjoint((chunk.value, *chunk.others))


def _leaves(chunks: list[Chunk], at: int) -> bool:
    """Is a place left by a side, "withdrew from", "expelled from"? Then it is what is spoken of."""
    if {"leave", "redeploy", "expel"}.isdisjoint((chunks[at].value, *chunks[at].others)):
        return False
    who = next((one for one in reversed(chunks[:at]) if one.kind in {"S", "K", "MIL", "CROWD", "b"}), None)
    return who is not None and bool(who.side)


def _yields(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Is a side named by the way, "which the army had held for years,", or as who leaves: "the soldiers fled and"?"""
    verb = chunks[at + 1] if at + 1 < len(chunks) else None
    if verb is not None and verb.kind == "V" and not _YIELDING.isdisjoint((verb.value, *verb.others)):
        return True
    before = chunks[max(0, at - 2) : at]
    return (
        len(before) == 2
        and before[0].kind == ","
        and before[1].kind == "b"
        and sentence.lows[before[1].i] in {"which", "where", "that"}
    )


def _several(before: list[Chunk]) -> Chunk | None:
    """The cities that "them" means behind a verb of taking: "A and B have been quiet since the Taliban took them"."""
    if (
        not before
        or before[-1].kind != "V"
        or before[-1].value not in {"take", "retake", "hold", "lose", "enter", "surrender"}
    ):
        return None
    return next(
        (one for one in reversed(before) if one.kind == "P" and len(one.places) > 1 and not one.near), None
    )
