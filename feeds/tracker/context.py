"""What a story has named so far, for "the city", "the provincial capital", "it" and "they"."""

from __future__ import annotations

from feeds.tracker.actors import acts, governed, speaking, speaks
from feeds.tracker.chunks import Chunk
from feeds.tracker.focus import Focus
from feeds.tracker.pronouns import resolve_possessive, resolve_pronoun
from feeds.tracker.tokens import Sentence

_MEANT = frozenset({"P", "R", "O", "FC", "C", "F", "S", "K", "Q", "b", "PO", "TH", "H", "PR"})
"""Kinds that name or mean somebody or some place."""
_LANDSCAPES = frozenset(
    {"valley", "river", "countryside", "desert", "front", "axis", "direction", "lake", "dam", "basin"}
)
"""Words that make a region's name a landscape: its capital is not "the capital" then."""


class Context(Focus):
    """Reads a story's sentences in their order: every anaphor gets its place or side, and the focus moves on."""

    __slots__ = ()

    def heed(self, chunks: list[Chunk], sentence: Sentence) -> None:
        """Keeps who acted in a sentence that names no place, for "they" in the next."""
        for at, chunk in enumerate(chunks):
            if chunk.side not in {"", "own", "enemy"} and acts(chunks, at):
                self.act(chunks, at, sentence)
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
                if chunk.places and not self.is_town(chunk.places[-1]):
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
        self.thing = False
        before = chunks[at - 1] if at else None
        after = chunks[at + 1].kind if at + 1 < len(chunks) else ""
        if self.place and (
            (chunk.modifier and after != "'s")
            or _is_aside(chunks, at, sentence.lows[chunks[at - 1].i], sentence.lows[chunks[at - 1].i - 1])
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
            chunk.side = self.own(chunks, at, sentence)
        elif chunk.kind == "K" and not chunk.side:
            if chunk.value == "official" and sentence.lows[chunk.i - 1] in {"their", "its"}:
                nearest = (one.side for one in reversed(chunks[:at]) if one.kind == "S" and one.side)
                chunk.side = next(nearest, self.side)  # "their spokesman said"
        elif chunk.kind != "H" and chunk.side and acts(chunks, at):
            self.act(chunks, at, sentence)

    def _facility(self, chunk: Chunk) -> None:
        """An airport of a city moves the focus; one inside the city spoken of is that city's."""
        self.thing = bool(chunk.places) and not (self.plain and self.place in chunk.places)
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
            self._city(chunk, chunks, sentence)
        elif chunk.kind == "Q":
            if self.several and not {"both", "all"}.isdisjoint(sentence.lows[max(0, chunk.i - 2) : chunk.j]):
                chunk.kind, chunk.places = "P", self.several  # "both towns were under its control"
        elif chunk.kind == "b":
            if sentence.lows[chunk.i] == "where":
                before = next((one for one in reversed(chunks[:at]) if one.kind != ","), None)
                if before is not None and before.kind == "P" and len(before.places) == 1:
                    self.place, self.foreign = before.places[0], False
        elif chunk.kind == "PO":
            resolve_possessive(self, chunk, chunks, sentence)
        elif chunk.kind == "TH":
            self._there(chunk, chunks, at)
        elif chunk.kind == "PR":
            resolve_pronoun(self, chunk, chunks, at, sentence)

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

    def _city(self, chunk: Chunk, chunks: list[Chunk], sentence: Sentence) -> None:
        """The place of "the city", "the provincial capital", "this town"."""
        capital = "capital" in chunk.value
        if self.foreign and not (self.national and chunk.adverb == "own"):
            chunk.kind = "x"
            return
        target = self.place
        if capital and self.region:
            target = self.region
        elif chunk.value.endswith((" capital", " seat")) and self.capital and self.is_town(target):
            target = self.capital  # "… in Sake, 25 km from Goma. The provincial capital could be next"
        elif chunk.value == "capital" and self.national:
            target = self.national
        elif chunk.adverb == "this" and self.home:
            target = self.home
        elif chunk.value == "town" and target == self.national and self.town:
            target = self.town
        target = target or _quoted_from(chunk, chunks, sentence)
        if not target:
            chunk.kind = "x"
            return
        chunk.kind, chunk.places = "P", (target,)
        self.place = target

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


def _quoted_from(city: Chunk, chunks: list[Chunk], sentence: Sentence) -> str:
    """The one city where he is who is quoted first: "The city has fallen," a soldier in El Fasher said; else empty."""
    if city.i > 2 or sentence.words[:1] != ('"',) or not any(one.kind == "SP" for one in chunks):
        return ""
    named = {place for one in chunks if one.kind == "P" and not one.near for place in one.places}
    return next(iter(named)) if len(named) == 1 else ""


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
    if (
        low == "in"
        and heard
        and heard[-1].kind in {"SP", "K", "x"}
        and any(one.kind == "SP" for one in heard)
    ):
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
    return not {"battle", "fight", "approach", "enter"}.isdisjoint(chunk.meanings)


def _leaves(chunks: list[Chunk], at: int) -> bool:
    """Is a place left by a side, "withdrew from", "expelled from"? Then it is what is spoken of."""
    if {"leave", "redeploy", "expel"}.isdisjoint(chunks[at].meanings):
        return False
    who = next((one for one in reversed(chunks[:at]) if one.kind in {"S", "K", "MIL", "CROWD", "b"}), None)
    return who is not None and bool(who.side)
