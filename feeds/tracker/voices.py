"""By whose word: the speaker of a claim, and whether he gains if believed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Final

from feeds.evidence import HOLDS
from feeds.theatres.model import Theatre
from feeds.tracker.actors import headed_by
from feeds.tracker.chunks import Chunk, position
from feeds.tracker.lexicon import DATA
from feeds.tracker.subjects import subject
from feeds.tracker.tokens import Sentence

_WEIGHTS: Final = tomllib.loads((DATA / "weights.toml").read_text("utf-8"))
VOICES: Final[dict[str, float]] = _WEIGHTS["voices"]
"""Weight of each voice, 0 to 1."""
MODALITY: Final[dict[str, float]] = _WEIGHTS["modality"]
"""Factor of each modality."""
LIMITS: Final[dict[str, float]] = _WEIGHTS["limits"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says what a sentence says."""

    words: str = ""
    """As the sentence names him; empty when the outlet speaks itself."""
    side: str = ""
    kind: str = ""
    """``official``, ``witness``, ``third``, ``media`` or empty."""
    claims: bool = False
    """True when he is said to claim it, not to say or confirm it."""


NOBODY: Final = Speaker()
_PAUSES: Final = frozenset({",", ";", ".", "—", "–", '"', "“", "”"})
_SAYING: Final = frozenset({"V", "v", "SP", "aux", "N"})
_DASHES: Final = frozenset({"-", "–", "—", ":"})
_MESSAGES: Final = frozenset("message statement letter post video address broadcast recording".split())
_CREDIT: Final = 4
"""Pieces of a credit at the end of a headline at most."""
_APPOSED: Final = 9
"""Pieces behind a speech verb in which a name's office stands."""
_SPEAKERS: Final = {False: frozenset({"K", "S"}), True: frozenset({"K", "S", "O", "x"})}
"""Who may stand behind a speech verb: without a doubt, and where nothing else can follow."""


def speaker_of(trigger: Chunk, chunks: list[Chunk], sentence: Sentence, theatre: Theatre) -> Speaker:
    """The speaker whose words a trigger stands in, or :data:`NOBODY`."""
    if sentence.lows[trigger.i].startswith("claim"):
        claimant = next(
            (
                chunk
                for chunk in reversed(chunks)
                if chunk.kind == "S" and chunk.side and chunk.j <= trigger.begin
            ),
            None,
        )
        if claimant is not None:
            return Speaker(_words(claimant, sentence), claimant.side, "official", claims=True)
    before: Speaker | None = None
    after: Speaker | None = None
    head = headed_by(chunks)
    if head is not None:
        before = _speaker(head, sentence, theatre)  # "Barzani: Sinjar is free"
    for at, chunk in enumerate(chunks):
        quoted = chunk.kind == "SP" and sentence.lows[chunk.i].startswith("quot")
        if quoted or (chunk.kind == "SP" and not (chunk.passive and not _has_by(chunks, at, sentence))):
            speaker = (
                _quoted(chunks, at, sentence, theatre)
                if quoted
                else _subject_of_speech(chunks, at, sentence, theatre)
            )
            if speaker is None:
                continue
            if chunk.i < trigger.begin:
                if not _turned(sentence, chunk.j, trigger.begin):
                    before = speaker
            elif after is None:
                after = speaker
        elif chunk.kind == "x" and sentence.lows[chunk.i] == "according":
            found = next(
                (
                    later
                    for later in chunks[at + 1 : at + 4]
                    if later.kind in {"K", "S", "x"} and later.kind != "p"
                ),
                None,
            )
            if found is not None and after is None:
                after = _speaker(found, sentence, theatre)
    if before is None and after is None:
        return _credited(trigger, chunks, sentence, theatre) or _noun_claim(trigger, chunks, sentence)
    return before or after or NOBODY


def _credited(trigger: Chunk, chunks: list[Chunk], sentence: Sentence, theatre: Theatre) -> Speaker | None:
    """Whom a headline names at its end: "Taliban seize Kandahar - officials", "Kandahar has fallen: Taliban spokesman"."""
    at = next((look for look in range(len(chunks) - 1, 0, -1) if chunks[look].kind in _DASHES), 0)
    tail = [chunk for chunk in chunks[at + 1 :] if chunk.kind not in {"d", "."}]
    if not at or chunks[at].i < trigger.j or not 0 < len(tail) <= _CREDIT:
        return None
    if any(chunk.kind not in {"K", "S", "x", "O", "ADJ", "FC", "c"} for chunk in tail):
        return None
    named = next((chunk for chunk in tail if chunk.kind in {"K", "O"}), None)
    found = named or next((chunk for chunk in tail if chunk.kind == "S"), None)
    return _speaker(found, sentence, theatre) if found is not None else None


def _noun_claim(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> Speaker:
    """ "Taliban claims of capturing…", "according to…" without a verb."""
    for at, chunk in enumerate(chunks):
        if chunk.j > trigger.begin:
            break
        if sentence.lows[chunk.i] in {"claim", "claims"} and at and chunks[at - 1].kind == "S":
            return Speaker(_words(chunks[at - 1], sentence), chunks[at - 1].side, "official", claims=True)
    return NOBODY


def _quoted(chunks: list[Chunk], at: int, sentence: Sentence, theatre: Theatre) -> Speaker | None:
    """Who is quoted: "state media quoted the governor as saying", "the governor was quoted as saying"."""
    if chunks[at].passive:
        found = subject(chunks, at, sentence)
    else:
        found = chunks[at + 1] if at + 1 < len(chunks) else None
    return _speaker(found, sentence, theatre) if found is not None else None


def _has_by(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    return at + 1 < len(chunks) and sentence.lows[chunks[at + 1].i] == "by"


def _turned(sentence: Sentence, start: int, end: int) -> bool:
    """Has another voice begun between a speech verb and a trigger?"""
    lows = sentence.lows
    return any(
        low in {";", "but", "while"} or (low == "as" and lows[at + 1 : at + 2] != ("saying",))
        for at, low in enumerate(lows[start:end], start)
    )


def _subject_of_speech(chunks: list[Chunk], at: int, sentence: Sentence, theatre: Theatre) -> Speaker | None:
    turned = _is_turned_round(chunks, at)
    found = None if turned else subject(chunks, at, sentence)
    if at and sentence.lows[chunks[at - 1].j - 1] in _MESSAGES and (found is None or found.kind == "x"):
        author = (one for one in chunks[:at] if one.kind in {"K", "S"} and one.side)
        found = next(author, found)  # "Hemedti put out an audio message admitting that"
    if found is not None and found.kind == "FC":
        return Speaker(_words(found, sentence), "", "third")
    if found is None or found.kind not in {"K", "S", "P", "x", "O", "PR", "MIL"}:
        following = chunks[at + 1] if at + 1 < len(chunks) else None
        found = following if following is not None and following.kind in _SPEAKERS[turned] else found
    if found is None:
        return None
    if found.kind in {"x", "MIL"} and sentence.lows[found.j - 1] in {"group", "movement", "militia"}:
        named = (one for one in reversed(chunks[:at]) if one.kind == "S" and one.side)
        found = next(named, found)  # "RSF takes El Obeid, group says"
    if turned and found.kind == "x":  # "said Abdul Naser, a member of the provincial council"
        found = next((one for one in chunks[at + 1 : at + _APPOSED] if one.kind in {"K", "O"}), found)
    verb = chunks[at]
    found = _better_witness(found, chunks)
    speaker = _speaker(found, sentence, theatre)
    return (
        Speaker(speaker.words, speaker.side, speaker.kind, claims=verb.value == "claim") if speaker else None
    )


def _is_turned_round(chunks: list[Chunk], at: int) -> bool:
    """Does who speaks stand behind the verb: "Taliban take Farah, says lawmaker", and nothing else is said there?"""
    if not at or chunks[at - 1].kind not in _PAUSES or chunks[at].passive:
        return False
    rest = next((one.kind for one in chunks[at + 1 :] if one.kind in _PAUSES or one.kind in _SAYING), "")
    return at + 1 < len(chunks) and chunks[at + 1].kind not in _PAUSES and rest not in _SAYING


def _better_witness(found: Chunk, chunks: list[Chunk]) -> Chunk:
    """Of "a government official and the fighters themselves said" the one who speaks first."""
    at = position(found, chunks)
    if at > 1 and chunks[at - 1].kind == "c" and chunks[at - 2].kind in {"K", "S"}:
        return chunks[at - 2]
    return found


def _speaker(chunk: Chunk, sentence: Sentence, theatre: Theatre) -> Speaker | None:
    words = _words(chunk, sentence)
    if chunk.kind == "K":
        return Speaker(words, chunk.side, chunk.value or "official")
    if chunk.kind == "S":
        return Speaker(words, chunk.side, "official")
    if chunk.kind == "O":
        return Speaker(words, "", "third")
    if chunk.kind == "P" and len(chunk.places) == 1:
        place = theatre.by_id.get(chunk.places[0])
        if place is not None and place.kind == "national":
            return Speaker(words, theatre.defender, "official")
        return None
    if chunk.kind == "x" and sentence.words[chunk.i][0].isupper():
        return Speaker(words, "", "official")
    return None


def _words(chunk: Chunk, sentence: Sentence) -> str:
    start = sentence.offsets[chunk.i] - sentence.start
    end = sentence.offsets[chunk.j - 1] + len(sentence.words[chunk.j - 1]) - sentence.start
    return sentence.text[start:end]


def voice_of(speaker: Speaker, label: str, side: str) -> str:
    """The voice: does this speaker gain if it is believed that ``side`` holds the place?"""
    if not speaker.kind:
        return "reporter"
    if label == HOLDS and speaker.side and side:
        return "self-serving" if speaker.side == side else "against-interest"
    if speaker.kind == "witness":
        return "witness"
    if speaker.kind == "third":
        return "third-party"
    if speaker.kind == "media":
        return "reporter"
    return "official"
