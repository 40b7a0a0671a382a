"""A denial turns a claim round: "denied that", "reports that … were untrue"."""

from __future__ import annotations

from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Mood
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence

_CALLED: Final = frozenset(
    {"called", "calls", "calling", "described", "branded", "labelled", "ridiculed", "mocked"}
)
_PUT_ABOUT: Final = frozenset({("put", "about"), ("spread", "by"), ("circulated", "by"), ("peddled", "by")})
ENDS: Final = frozenset({"but", ";", "however", "while", "although", "though", "whereas"})


def deny(
    trigger: Chunk, chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon, result: Mood, why: list[str]
) -> None:
    """A denial before a trigger turns it round, unless the sentence has turned since."""
    for chunk in chunks:
        if chunk.j > trigger.begin:
            break
        if chunk.kind == "SP" and chunk.value != "deny" and chunk.form == "ing" and result.denied:
            result.denied = False  # "dismissed the report, insisting that …"
        if chunk.kind == "SP" and chunk.value == "deny":
            if _ends_between(chunk, trigger, chunks, sentence):
                continue
            if chunk.negated or "nor" in sentence.lows[: chunk.i]:
                result.hedged = True
                continue
            result.denied = True
            why.append(sentence.words[chunk.i])
        elif chunk.kind == "b" and sentence.lows[max(0, chunk.i - 1) : chunk.i + 1] == ("and", "that"):
            result.denied = False  # "no evidence for the claim, and that Ukrainian forces held it"
        elif (
            sentence.lows[chunk.i] in {"denial", "denials"}
            or (
                sentence.lows[chunk.i] in {"truth", "evidence"}
                and "no" in sentence.lows[max(0, chunk.i - 2) : chunk.i]
            )
            or _says_false(chunk, sentence, lexicon)
        ):
            result.denied = True
            why.append(sentence.words[chunk.i])
    if trigger.kind == "N" and _is_denied(trigger, sentence):
        result.denied = True
        why.append("denied")
    if not {"falsely", "wrongly", "mistakenly"}.isdisjoint(sentence.lows[: trigger.begin]):
        result.unclear = True
    if not result.denied:
        _called_false(trigger, sentence, lexicon, result, why)


def _is_denied(trigger: Chunk, sentence: Sentence) -> bool:
    """ "The city's fall was denied by officials"."""
    behind = sentence.lows[trigger.j : trigger.j + 4]
    verb = next(
        (at for at, low in enumerate(behind) if low in {"denied", "rejected", "dismissed", "refuted"}), 0
    )
    return verb > 0 and all(low in _BEEN for low in behind[:verb])


_BEEN: Final = frozenset(
    "was were has have had been is are being later quickly swiftly immediately flatly".split()
)


def _says_false(chunk: Chunk, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "It is not true that", "it was false that": what follows is denied."""
    if sentence.lows[chunk.j : chunk.j + 1] != ("that",):
        return False
    word, before = sentence.lows[chunk.j - 1], sentence.lows[max(0, chunk.j - 3) : chunk.j - 1]
    negated = not {"not", "n't", "isn't", "wasn't", "never"}.isdisjoint(before)
    return negated if word in {"true", "correct", "accurate"} else word in lexicon.false_words and not negated


def _ends_between(denial: Chunk, trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """Has the sentence turned between a denial and a trigger? An "and" inside a list of places does not turn it."""
    if any(word in ENDS or word == "saying" for word in sentence.lows[denial.j : trigger.begin]):
        return True
    said = False
    for chunk in chunks:
        if denial.j <= chunk.i < trigger.begin:
            if said and chunk.kind == "b" and sentence.lows[chunk.i] == "as":
                return True  # "denies that it has fallen as fighters storm it"
            said = said or chunk.kind in {"V", "N"}
    return any(
        chunk.kind == "c" and chunk.value == "and" for chunk in chunks if denial.j <= chunk.i < trigger.begin
    )


def _called_false(trigger: Chunk, sentence: Sentence, lexicon: Lexicon, result: Mood, why: list[str]) -> None:
    """ "Reports that Kunduz had fallen were untrue", "called claims of its capture baseless"."""
    said = next(
        (
            at
            for at in range(max(0, trigger.begin - 28), trigger.begin)
            if sentence.lows[at] in lexicon.claim_words
            and (at >= trigger.begin - 8 or sentence.lows[at + 1] in {"that", "of", "by", "from"})
        ),
        None,
    )
    if said is None:
        return
    between = sentence.lows[said : trigger.begin]
    turned = not (ENDS | {"saying", "adding", "insisting"}).isdisjoint(between)
    if not turned and not _CALLED.isdisjoint(sentence.lows[max(0, said - 4) : said]):
        result.denied = True  # "called Taliban claims to have entered it "media war""
        why.append(sentence.words[said])
        return
    for at in range(trigger.j, min(len(sentence.lows), trigger.j + 14)):
        if sentence.lows[at] in ENDS:
            return
        if (
            sentence.lows[at] in lexicon.false_words
            or (sentence.lows[at] == "true" and sentence.lows[at - 1] == "not")
            or sentence.lows[at : at + 2] in _PUT_ABOUT
        ):
            result.denied = True
            why.append(sentence.words[at])
            return
