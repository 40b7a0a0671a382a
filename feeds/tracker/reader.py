"""One story in, what it says of the theatre's places out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from feeds.evidence import HOLDS, THREAT, Count, Evidence
from feeds.story import About, Story
from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk, atoms
from feeds.tracker.claims import carried, claims, listing
from feeds.tracker.context import Context
from feeds.tracker.counts import counts
from feeds.tracker.days import event_day
from feeds.tracker.factbox import bare_list, entry_places, heading
from feeds.tracker.lexicon import build
from feeds.tracker.modality import Mood, find_cues
from feeds.tracker.places import merge_places
from feeds.tracker.scene import Claim, Scene
from feeds.tracker.sides import merge_sides
from feeds.tracker.tokens import Sentence, plain, sentence, split, without_entry
from feeds.tracker.verbs import group_verbs
from feeds.tracker.voices import LIMITS, MODALITY, NOBODY, VOICES, Speaker, speaker_of, voice_of

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


@dataclass(frozen=True, slots=True)
class Reading:
    """What the tracker found in one story."""

    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


class Reader:
    """Reads stories for one theatre. Holds nothing between two stories."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.lexicon = build(theatre)

    def read(self, story: Story) -> Reading:
        """The evidence, counts and places of a story, in the order of its text."""
        text = plain(story.text)
        context = Context(self.theatre)
        house = self._house(story.outlet)
        evidence: list[Evidence] = []
        numbers: list[Count] = []
        places: dict[str, None] = {}
        for start, end, paragraph in split(text):
            parsed = sentence(text, start, end, paragraph)
            entry = self._entry(parsed, context)
            if entry and not parsed.title:
                parsed = without_entry(parsed)
            chunks = self.chunks(parsed)
            if entry and chunks and chunks[0].kind in {"V", "v"}:  # "KHOST - Handed over after talks"
                chunks.insert(0, Chunk("P", 0, 0, places=entry, value="of"))
            context.resolve(chunks, parsed)
            for chunk in chunks:
                if chunk.kind in {"P", "F"}:
                    places.update(dict.fromkeys(chunk.places))
            numbers.extend(self._counts(parsed, story, context))
            scene = Scene(
                chunks, find_cues(parsed, self.lexicon), parsed, self.theatre, story.told.date(), self.lexicon
            )
            evidence.extend(self._evidence(scene, story, house))
            evidence.extend(self._carried(scene, context, story, house))
            if context.heading is not None:
                evidence.extend(self._under_heading(scene, entry, context.heading, story, house, evidence))
        return Reading(tuple(evidence), tuple(numbers), _about(places, evidence, numbers))

    def chunks(self, parsed: Sentence) -> list[Chunk]:
        """A sentence as chunks: sides, places and verb groups settled, anaphors not."""
        pieces = atoms(parsed, self.lexicon)
        pieces = merge_sides(pieces, parsed, self.lexicon)
        pieces = merge_places(pieces, parsed, self.lexicon)
        return group_verbs(pieces, parsed, self.lexicon)

    def _entry(self, parsed: Sentence, context: Context) -> tuple[str, ...]:
        """The places that a factbox entry is about; keeps the heading it stands under."""
        said = heading(parsed, self.lexicon, self.theatre)
        if said is not None:
            context.heading, context.place = said, ""
        places = entry_places(parsed, self.lexicon)
        if places:
            context.place = places[0] if len(places) == 1 else ""
            context.foreign, context.region = False, ""
        return places

    def _under_heading(
        self,
        scene: Scene,
        entry: tuple[str, ...],
        said: tuple[str, str],
        story: Story,
        house: Speaker,
        evidence: list[Evidence],
    ) -> list[Evidence]:
        """What a factbox's heading says of an entry or a bare list, unless its own sentence said so already."""
        places = entry or bare_list(scene.chunks)
        label, side = said
        found = []
        for place in places:
            if any(
                piece.start == scene.sentence.start and piece.place == place and piece.label == label
                for piece in evidence
            ):
                continue
            change = label == HOLDS and side == self.theatre.challenger
            claim = Claim(place, label, side, change, 1.0, "heading", "", Chunk("x", 0, 1), Mood())
            found.append(self._piece(claim, house, scene.sentence, story))
        return found

    def _house(self, outlet: str) -> Speaker:
        """Who speaks where nobody is quoted: a side, when the outlet is its mouthpiece."""
        parsed = sentence(outlet, 0, len(outlet), 0)
        if not _MOUTHPIECES.intersection(parsed.lows):
            return NOBODY
        side = next((chunk.side for chunk in atoms(parsed, self.lexicon) if chunk.side), "")
        return Speaker(outlet, side, "official") if side else NOBODY

    def _evidence(self, scene: Scene, story: Story, house: Speaker) -> list[Evidence]:
        if not any(chunk.kind in {"P", "F", "Q"} for chunk in scene.chunks):
            return []
        found = []
        for claim in claims(scene):
            speaker = speaker_of(claim.trigger, scene.chunks, scene.sentence, self.theatre)
            speaker = speaker if speaker.kind else house
            if (
                speaker.side
                and claim.label == HOLDS
                and not claim.agent
                and scene.sentence.lows[claim.trigger.j - 1].startswith("liberat")
            ):
                freed = replace(claim, side=speaker.side)  # who liberates depends on who speaks
                found.append(self._piece(freed, speaker, scene.sentence, story))
                continue
            found.append(self._piece(claim, speaker, scene.sentence, story))
        return found

    def _carried(self, scene: Scene, context: Context, story: Story, house: Speaker) -> list[Evidence]:
        """What the sentence before said of cities that this one names."""
        found = []
        context.carried += 1
        if context.carry is not None and context.carried <= 2:
            places = listing(scene)
            if places is not None:
                label, side = context.carry
                trigger = Chunk("P", places.i, places.j)
                for place in places.places:
                    claim = Claim(place, label, side, True, 0.9, "listed", side, trigger, Mood())
                    found.append(self._piece(claim, house, scene.sentence, story))
        carry = carried(scene)
        if carry is not None:
            context.carry, context.carried = carry, 0
        return found

    def _piece(self, claim: Claim, speaker: Speaker, parsed: Sentence, story: Story) -> Evidence:
        voice = voice_of(speaker, claim.label, claim.side)
        modality = claim.mood.name
        weight = VOICES[voice] * MODALITY[modality] * claim.weight
        if claim.label == THREAT and modality == "possible":
            weight = min(weight, LIMITS["threat-of-capture"])
        trigger = claim.trigger
        begin = parsed.offsets[trigger.i]
        last = trigger.j - 1
        words = story.text[begin : parsed.offsets[last] + len(parsed.words[last])]
        return Evidence(
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
            event_day=event_day(parsed, trigger.i, story.told.date()),
            theatre=self.theatre.id,
            outlet=story.outlet,
            reliability=story.reliability,
            told=story.told,
        )

    def _counts(self, parsed: Sentence, story: Story, context: Context) -> list[Count]:
        return [
            Count(
                story=story.id,
                theatre=self.theatre.id,
                side=context.side or self.theatre.board_side,
                number=number.number,
                of=number.of,
                qualifier=number.qualifier,
                sentence=story.text[parsed.start : parsed.end],
                start=parsed.start,
                end=parsed.end,
                told=story.told,
                outlet=story.outlet,
            )
            for number in counts(parsed.text)
        ]


def _about(places: dict[str, None], evidence: list[Evidence], numbers: list[Count]) -> About:
    said = dict.fromkeys(
        (piece.place, piece.label, piece.side, piece.modality == "negated") for piece in evidence
    )
    return About(tuple(places), tuple(said), tuple(dict.fromkeys(number.number for number in numbers)))
