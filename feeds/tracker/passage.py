"""One story being read, sentence by sentence, with what it has named and said so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from feeds.evidence import FIGHTING, HOLDS, THREAT, Count, Evidence
from feeds.story import Story
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk, atoms
from feeds.tracker.claims import claims
from feeds.tracker.context import Context
from feeds.tracker.counts import NUMBERS, ORDINALS, Number, counts
from feeds.tracker.cues import Mood, find_cues
from feeds.tracker.days import event_day
from feeds.tracker.factbox import bare_list, entry_places, heading
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.lists import Carry, carried, listing, named_here
from feeds.tracker.nowar import UNSAID, is_of_no_war
from feeds.tracker.overtaken import without_overtaken
from feeds.tracker.places import merge_places
from feeds.tracker.refuting import refuter, was_wrong
from feeds.tracker.scene import Claim, Scene
from feeds.tracker.sharing import ranked_claims
from feeds.tracker.sides import merge_sides
from feeds.tracker.tokens import Sentence, sentence, split, without_entry, words_of
from feeds.tracker.verbs import group_verbs
from feeds.tracker.voices import LIMITS, MODALITY, VOICES, Speaker, speaker_of, voice_of

_MENS = frozenset({"hold-any", "leave-any", "quit-any", "leave-any-from", "leave-any-passive-from"})
"""Rules of soldiers of nobody named."""
_PLACED = frozenset({"P", "R", "CITY", "CITIES", "INN", "FC", "PR", "TH"})
"""Atoms without which a sentence can speak of no place, not even as "it"."""
_SAID = frozenset({"P", "F", "Q", "H", "HELD"})


class Passage:
    """A story on its way through the tracker; :meth:`read` fills ``evidence``, ``counts``, ``places`` and ``scenes``."""

    def __init__(self, theatre: Theatre, lexicon: Lexicon, story: Story, house: Speaker) -> None:
        self.theatre = theatre
        self.lexicon = lexicon
        self.story = story
        self.evidence: list[Evidence] = []
        self.counts: list[Count] = []
        self.places: dict[str, None] = {}
        """Ids of the places named, in order of first mention."""
        self.strong = False
        """Is a side named outright, so that a name borne by others too is the theatre's?"""
        self.scenes: list[tuple[Scene, list[Evidence]]] = []
        """Each sentence with what it gave."""
        self._house = house
        self._told = -1
        """Where the sentence before begins."""
        self._context = Context(theatre, house=house.side)
        self._today = story.told.date()

    def read(self, text: str) -> None:
        """Reads a text that went through :func:`feeds.tracker.tokens.plain`."""
        for start, end, paragraph in split(text):
            self._take(sentence(text, start, end, paragraph))
        self.evidence = without_overtaken(self.evidence)

    def _take(self, parsed: Sentence) -> None:
        context = self._context
        if parsed.dateline:
            context.home = self._home(parsed.dateline)
        entry = self._entry(parsed)
        if entry and not parsed.title:
            parsed = without_entry(parsed)
        pieces = atoms(parsed, self.lexicon)
        if not entry and context.heading is None and _PLACED.isdisjoint([piece.kind for piece in pieces]):
            sides = merge_sides(pieces, parsed, self.lexicon)
            context.heed(sides, parsed)
            self._refute(sides, parsed)
            self._count(parsed)
            return
        chunks = self._chunks(pieces, parsed)
        if (
            entry and chunks and chunks[0].kind in {"V", "v", "H", "HELD", "aux"}
        ):  # "KHOST - Handed over after talks"
            chunks.insert(0, Chunk("P", 0, 0, places=entry, value="of"))
        if _is_headed(chunks):
            del chunks[1]  # "Wad Madani: RSF-controlled since December"
        context.resolve(chunks, parsed)
        for chunk in chunks:
            if chunk.kind == "S" and chunk.side and not chunk.weak:
                self.strong = True
            if chunk.kind in {"P", "F"}:
                self.places.update(dict.fromkeys(chunk.places))
        self._count(parsed)
        concerned = not _SAID.isdisjoint([chunk.kind for chunk in chunks])
        cues = find_cues(parsed, self.lexicon) if concerned else []
        scene = Scene(chunks, cues, parsed, self.theatre, self._today, self.lexicon)
        before = len(self.evidence)
        if concerned:
            self._claim(scene)
            self._carry(scene)
        if context.heading is not None:
            self._listed(scene, entry, context.heading)
        self._refute(chunks, parsed)
        self.scenes.append((scene, self.evidence[before:]))

    def _chunks(self, pieces: list[Chunk], parsed: Sentence) -> list[Chunk]:
        """A sentence as chunks: sides, places and verb groups settled, anaphors not."""
        pieces = merge_sides(pieces, parsed, self.lexicon)
        pieces = merge_places(pieces, parsed, self.lexicon)
        return group_verbs(pieces, parsed, self.lexicon)

    def _home(self, dateline: str) -> str:
        """The place that a dateline names, for "this city"; empty when it is none of the theatre's."""
        words = words_of(dateline)
        entries = self.lexicon.words.longest(words, 0)[1] if words else ()
        return next((entry.value for entry in entries if entry.tag == "P"), "")

    def _entry(self, parsed: Sentence) -> tuple[str, ...]:
        """The places that a factbox entry is about; keeps the heading it stands under."""
        context = self._context
        said = heading(parsed, self.lexicon, self.theatre)
        if said is not None:
            context.heading, context.place = said, ""
        places = entry_places(parsed, self.lexicon)
        if places:
            context.place = places[0] if len(places) == 1 else ""
            context.foreign, context.region = False, ""
        return places

    def _claim(self, scene: Scene) -> None:
        """What the sentence's own words claim."""
        before = self.scenes[-1][0].sentence.text if self.scenes else ""
        for claim in claims(scene):
            if is_of_no_war(claim, scene, before, self.story.text):
                continue
            speaker = speaker_of(claim.trigger, scene.chunks, scene.sentence, self.theatre)
            speaker = speaker if speaker.kind else self._house
            if (
                claim.mood.negated
                and not claim.mood.ended  # "no longer controls it" says that another does
                and claim.label == HOLDS
                and claim.agent
                and speaker.side == claim.agent != claim.side
            ):
                continue  # "we have not captured it" leaves open who holds it
            announced = claim.rule in {"take-of-bare", "retake-of-bare"} and _announced(claim.trigger, scene)
            if announced and speaker.side and not claim.agent and claim.label == HOLDS:
                claim = replace(claim, side=speaker.side)  # noqa: PLW2901 - "the army announced the capture of Bara"
            admitted = (
                claim.rule in {"lose-passive", "abandon-bare"}
                and speaker.side == claim.side
                and not claim.mood.negated
            )
            if claim.rule in _MENS:
                if not speaker.side:
                    continue  # "troops" of nobody are whose they are who tells of them
                left = claim.rule != "hold-any"
                claim = replace(claim, side=self.theatre.opponent(speaker.side) if left else speaker.side)  # noqa: PLW2901
            if (claim.rule == "loss-of" or admitted) and speaker.side and not claim.mood.denied:
                loser = speaker.side  # "the RSF admits the loss of Wad Madani"
                claim = replace(claim, side=self.theatre.opponent(loser))  # noqa: PLW2901
            if (
                claim.rule == "retake-of-bare"
                and not claim.agent
                and (pleased := _pleased(claim.trigger, scene))
            ):
                claim = replace(claim, side=pleased)  # noqa: PLW2901
            if claim.rule == "retake-any" and not speaker.side and _frees(claim.trigger, scene):
                continue  # who is liberated by nameless units depends on who speaks
            freed = scene.sentence.lows[claim.trigger.j - 1].startswith(("liberat", "freed"))
            if (
                claim.mood.denied
                and speaker.side
                and not speaker.claims
                and claim.label == HOLDS
                and not claim.agent
            ):
                self._add(replace(claim, side=speaker.side), speaker, scene)  # who denies the loss holds it
            elif freed and speaker.side and claim.label == HOLDS and not claim.agent:
                self._add(
                    replace(claim, side=speaker.side), speaker, scene
                )  # who liberates depends on who speaks
            else:
                self._add(self._as_told(claim), speaker, scene)

    def _as_told(self, claim: Claim) -> Claim:
        """A fall of which nobody is named to profit is his whom the same story has named before: "the town is gone"."""
        if claim.agent or claim.label != HOLDS or not claim.change or claim.mood.denied or claim.mood.negated:
            return claim
        if claim.rule not in UNSAID:
            return claim
        told = next((one for one in self.evidence if one.place == claim.place and one.label == HOLDS), None)
        return claim if told is None or not told.change else replace(claim, side=told.side)

    def _carry(self, scene: Scene) -> None:
        """What a sentence before said of cities that this one names: "… two more capitals. These are …"."""
        context = self._context
        context.carried += 1
        if context.carry is not None and context.carried <= 2:
            places = listing(scene)
            label, side = context.carry
            for place in places.places if places is not None else ():
                trigger = Chunk("P", places.i, places.j) if places is not None else Chunk("P", 0, 1)
                self._add(
                    Claim(place, label, side, True, 0.9, "listed", side, trigger, Mood()), self._house, scene
                )
            for claim in ranked_claims(scene, side):
                if (claim.place, HOLDS) not in self._said_in(scene.sentence):
                    self._add(claim, self._house, scene)
        carry = carried(scene)
        if carry is not None:
            self._name(carry, scene)
        fresh = [piece for piece in self.evidence if piece.start == scene.sentence.start and piece.change]
        if fresh:
            self._followed(scene, fresh[-1].side)
        if carry is None and fresh and fresh[-1].modality in {"asserted", "hedged"}:
            context.carry, context.carried = (HOLDS, fresh[-1].side), 0
        elif carry is not None:
            context.carry, context.carried = (carry.label, carry.side), 0

    def _name(self, carry: Carry, scene: Scene) -> None:
        """What a sentence says of the cities that it counts and then names: "… three capitals: Qalat, Nili and Farah"."""
        places, own = named_here(scene), self._said_in(scene.sentence)
        speaker = speaker_of(carry.trigger, scene.chunks, scene.sentence, self.theatre)
        change = carry.trigger.value != "hold"
        for place in places.places if places is not None else ():
            if (place, carry.label) not in own:
                mood = scene.mood(carry.trigger)
                claim = Claim(
                    place, carry.label, carry.side, change, 0.9, "named", carry.side, carry.trigger, mood
                )
                self._add(claim, speaker if speaker.kind else self._house, scene)

    def _followed(self, scene: Scene, side: str) -> None:
        """ "… and Hama followed on Thursday": the same befell it."""
        chunks, lows = scene.chunks, scene.sentence.lows
        for at, chunk in enumerate(chunks[:-1]):
            verb = chunks[at + 1]
            after = chunks[at + 2].kind if at + 2 < len(chunks) else "."
            if (
                chunk.kind == "P"
                and not chunk.modifier
                and not chunk.near
                and lows[verb.j - 1] == "followed"
                and after in {".", ",", "p", "b", "c"}
            ):
                for place in chunk.places:
                    claim = Claim(place, HOLDS, side, True, 0.9, "followed", side, verb, Mood())
                    self._add(claim, self._house, scene)

    def _refute(self, chunks: list[Chunk], parsed: Sentence) -> None:
        """Turns round what one side claimed in the sentence before, or in this one, where another side rejects it."""
        told, self._told = self._told, parsed.start
        if was_wrong(parsed) and refuter(chunks, parsed, self.lexicon, self.theatre) is None:
            self._take_back(told)
        claimed = [
            piece
            for piece in self.evidence
            if piece.label == HOLDS and piece.start in {told, parsed.start} and piece.voice == "self-serving"
        ]
        if not claimed or all(piece.modality == "negated" for piece in claimed):
            return
        denier = refuter(chunks, parsed, self.lexicon, self.theatre)
        if denier is None:
            return
        for piece in claimed:
            defends = denier.side == self.theatre.defender or (
                piece.change and "still" not in piece.sentence.split()
            )  # "says it still holds it; the RSF denies this" takes nothing from who retook it
            if piece.modality == "negated" or piece.side == denier.side or not defends:
                continue
            self.evidence = [
                one
                for one in self.evidence
                if not (
                    one.place == piece.place
                    and one.label == HOLDS
                    and one.side == piece.side
                    and one.voice == "self-serving"
                )
            ]
            words = " ".join(parsed.words[denier.i : denier.j])
            self.evidence.append(
                replace(
                    piece,
                    side=denier.side,
                    change=False,
                    sentence=self.story.text[parsed.start : parsed.end],
                    start=parsed.start,
                    end=parsed.end,
                    rule="refuted",
                    agent="",
                    speaker=words,
                    modality="negated",
                    weight=round(VOICES["self-serving"] * MODALITY["negated"], 4),
                )
            )

    def _take_back(self, told: int) -> None:
        """Forgets what somebody was heard to say in the sentence that begins there, and what was not so."""
        heard = any(
            chunk.kind == "SP"
            for scene, _ in self.scenes[-2:]
            if scene.sentence.start == told
            for chunk in scene.chunks
        )
        if heard:
            self.evidence = [one for one in self.evidence if one.start != told]

    def _listed(self, scene: Scene, entry: tuple[str, ...], said: tuple[str, str, str]) -> None:
        """What a factbox's heading says of an entry or a bare list, unless its own sentence said so already."""
        label, side, words = said
        own = self._said_in(scene.sentence)
        if label == FIGHTING and any(
            chunk.kind == "N" and scene.mood(chunk).negated for chunk in scene.chunks
        ):
            return  # "KABUL - No fighting" in the list of the cities under attack
        for place in entry or bare_list(scene.chunks):
            if (place, label) in own:
                continue
            change = label == HOLDS and side == self.theatre.challenger
            claim = Claim(place, label, side, change, 1.0, "heading", "", Chunk("x", 0, 1), Mood())
            self._add(claim, self._house, scene, words)

    def _said_in(self, parsed: Sentence) -> set[tuple[str, str]]:
        return {(piece.place, piece.label) for piece in self.evidence if piece.start == parsed.start}

    def _add(self, claim: Claim, speaker: Speaker, scene: Scene, words: str = "") -> None:
        """Makes a claim evidence: its sentence, its voice, its weight; ``words`` where others than the trigger's fired."""
        story, parsed = self.story, scene.sentence
        voice = voice_of(speaker, claim.label, claim.side)
        modality = claim.mood.name
        weight = VOICES[voice] * MODALITY[modality] * claim.weight
        if claim.label == THREAT and modality == "possible":
            weight = min(weight, LIMITS["threat-of-capture"])
        trigger = claim.trigger
        last = trigger.j - 1
        words = (
            words or story.text[parsed.offsets[trigger.i] : parsed.offsets[last] + len(parsed.words[last])]
        )
        self.evidence.append(
            Evidence(
                story=story.id,
                place=claim.place,
                label=claim.label,
                side=claim.side,
                change=claim.change,
                sentence=story.text[parsed.start : parsed.end],
                start=parsed.start,
                end=parsed.end,
                triggers=(words, *claim.mood.cues),
                rule=claim.rule,
                agent=claim.agent,
                speaker=speaker.words,
                voice=voice,
                modality=modality,
                weight=round(weight, 4),
                event_day=event_day(parsed, trigger.i, self._today),
                theatre=self.theatre.id,
                outlet=story.outlet,
                reliability=story.reliability,
                told=story.told,
            )
        )

    def _count(self, parsed: Sentence) -> None:
        story = self.story
        self.counts += (
            Count(
                story=story.id,
                theatre=self.theatre.id,
                side=self._context.side or self.theatre.board_side,
                number=number.number,
                of=number.of,
                qualifier=number.qualifier,
                sentence=story.text[parsed.start : parsed.end],
                start=parsed.start,
                end=parsed.end,
                told=story.told,
                outlet=story.outlet,
            )
            for number in _numbers(parsed)
        )


def _is_headed(chunks: list[Chunk]) -> bool:
    """Does a colon stand between a place and how it stands there?"""
    if len(chunks) < 3 or chunks[0].kind != "P" or chunks[1].kind != ":":
        return False
    return chunks[2].kind in {"H", "HELD", "aux"} or chunks[2].form in {"pp", "part", "lit"}


def _frees(trigger: Chunk, scene: Scene) -> bool:
    """Is it "liberated", "freed", not "recaptured"?"""
    return any(low.startswith(("liberat", "free")) for low in scene.sentence.lows[trigger.i : trigger.j])


def _pleased(trigger: Chunk, scene: Scene) -> str:
    """ "Putin congratulates troops on the liberation of Lyman": the side of who is glad of it; empty when nobody is."""
    for at in range(trigger.begin):
        if scene.sentence.lows[at].startswith(_GLAD):
            return next(
                (one.side for one in scene.chunks if one.kind in {"K", "S"} and one.side and one.j <= at), ""
            )
    return ""


_GLAD = ("congratulat", "hail", "prais", "celebrat", "salut", "toast")


def _announced(trigger: Chunk, scene: Scene) -> bool:
    """Is a capture what a speaker announces, claims or declares, as his own side does?"""
    before = next((one for one in reversed(scene.chunks) if one.j <= trigger.begin), None)
    word = scene.sentence.lows[before.i] if before is not None and before.kind == "SP" else ""
    return word.startswith(("announc", "claim", "declar", "proclaim"))


def _numbers(parsed: Sentence) -> Iterable[Number]:
    lows = parsed.lows
    if _COUNTED.isdisjoint(lows) or (
        _COUNTING.isdisjoint(lows) and not any(low[0].isdigit() for low in lows)
    ):
        return ()
    return counts(parsed.text)


_COUNTING = frozenset({*NUMBERS, *ORDINALS, "thirty"})
_COUNTED = frozenset({"capital", "capitals", "city", "centre", "centres", "center", "centers"})
