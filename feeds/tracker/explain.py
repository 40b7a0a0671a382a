"""What the tracker saw in a story, in words an analyst can argue with."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.evidence import Evidence
from feeds.tracker.chunks import Chunk
from feeds.tracker.matching import find_match
from feeds.tracker.passage import Passage
from feeds.tracker.rules import load_rules
from feeds.tracker.scene import Scene
from feeds.tracker.tokens import Sentence
from feeds.tracker.verbs import is_passive

_NAMES = {
    "P": "place", "R": "region", "F": "facility", "C": "city", "Q": "cities", "S": "side", "K": "speaker", "O": "other party",
    "H": "under control", "HELD": "held", "V": "trigger", "N": "trigger noun", "SP": "says", "v": "verb", "PR": "pronoun",
    "p": "", "near": "near", "FC": "foreign city",
}  # fmt: skip


def explain(passage: Passage, untied: set[str]) -> str:
    """A block of lines for each sentence that names a place: its tags, what fired, what changed it, what gave nothing."""
    blocks = []
    for scene, given in passage.scenes:
        if any(chunk.kind in {"P", "R", "F", "Q", "C"} for chunk in scene.chunks):
            blocks.append("\n".join(_block(scene, given, untied)))
    return "\n\n".join(blocks) if blocks else "no place of the theatre is named"


def _block(scene: Scene, given: list[Evidence], untied: set[str]) -> Iterator[str]:
    yield scene.sentence.text
    yield "  tags   " + " ".join(_tag(chunk, scene.sentence) for chunk in scene.chunks if chunk.i < chunk.j)
    for piece in given:
        said = (
            piece.label
            + (f" {piece.side}" if piece.side else "")
            + (", changed hands" if piece.change else "")
        )
        yield f"  {piece.place}: {said}; rule {piece.rule} on “{piece.triggers[0]}”; weight {piece.weight:.2f}"
        if len(piece.triggers) > 1:
            yield f"         {piece.modality}, by the words: {', '.join(piece.triggers[1:])}"
        elif piece.modality != "asserted":
            yield f"         {piece.modality}"
        yield f"         voice {piece.voice}" + (f": {piece.speaker}" if piece.speaker else "")
        if piece.place in untied:
            yield "         left out: the name is borne elsewhere too, and nothing ties the story to the theatre"
    claimed = {piece.place for piece in given}
    for chunk in scene.chunks:
        if chunk.kind in {"P", "F", "R"}:
            silent = [place for place in (chunk.places or chunk.regions) if place not in claimed]
            if silent:
                yield f"  {', '.join(silent)}: nothing; {_why(chunk, scene)}"


def _tag(chunk: Chunk, sentence: Sentence) -> str:
    words = " ".join(sentence.words[chunk.begin : chunk.j])
    name = _NAMES.get(chunk.kind)
    if not name:
        return words
    detail = (
        chunk.side or chunk.value
        if chunk.kind in {"S", "K", "H", "HELD", "V", "N", "SP"}
        else ",".join(chunk.places)
    )
    marks = [
        word
        for word, on in (
            ("passive", chunk.passive),
            ("not", chunk.negated),
            ("modal", chunk.modal),
            ("near", chunk.near),
            ("part", chunk.partial),
            ("modifier", chunk.modifier),
        )
        if on
    ]
    return f"[{words}|{name}{' ' + detail if detail else ''}{' ' + ' '.join(marks) if marks else ''}]"


def _why(chunk: Chunk, scene: Scene) -> str:
    """Why a place that is named gave nothing."""
    if chunk.kind == "R":
        return "a region is meant, not its capital"
    if chunk.kind == "F":
        return "a facility is meant, not the city"
    if chunk.modifier:
        return "the name only qualifies what stands behind it"
    reasons = []
    table = load_rules()
    for at, trigger in enumerate(scene.chunks):
        if trigger.kind not in {"V", "N"}:
            continue
        noun = trigger.kind == "N"
        passive = not noun and is_passive(scene.chunks, at, scene.sentence)
        names = trigger.meanings
        rules = tuple(
            rule for name in names for rule in table.get((name, noun and name != "fight", passive), ())
        )
        words = " ".join(scene.sentence.words[trigger.begin : trigger.j])
        match = find_match(rules, scene, at)
        if match is None:
            reasons.append(f"“{words}” fits no rule here")
        elif set(match.places.places) & set(chunk.places):
            verdict = scene.mood(trigger)
            told = "history" if verdict.historic else "not known" if verdict.unclear else verdict.name
            reasons.append(f"rule {match.rule.id} on “{words}”, but it is {told}")
    return "; ".join(reasons) or "no word that says who holds it"
