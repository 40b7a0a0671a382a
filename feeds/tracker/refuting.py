"""A denial of what was said before: "The governor denied the claim", "Kyiv called that a lie"."""

from __future__ import annotations

from typing import Final

from feeds.theatres.model import Theatre
from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import NEGATIONS
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence

_POINTERS: Final = frozenset({"this", "that", "it", "them"})
_SKIPPED: Final = frozenset(
    "the these those any all both such latest earlier rebel rebels' militants' group's its their his enemy".split()
)
_SAID: Final = frozenset({"statement", "statements", "account", "accounts", "version", "news", "allegation"})
_CALLS: Final = frozenset(
    "call calls called calling describe describes described brand branded label labelled".split()
)
_STOPS: Final = frozenset(
    {"", ".", ",", ";", "and", "but", "as", "on", "saying", "insisting", "in", "to", '"', "later", "outright"}
)
_CLAUSE: Final = frozenset("had has have was were is would could will did does 's".split())
"""Behind "denied it" these begin a denial of its own: "denied it had shelled the hospital"."""
_NOT_TRUE: Final = frozenset({"true", "correct", "accurate", "so"})


def refuter(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon, theatre: Theatre) -> Chunk | None:
    """Who rejects what was said before, with his side; None when nobody does."""
    lows = sentence.lows
    for at, chunk in enumerate(chunks):
        if chunk.kind == "SP" and chunk.value == "deny" and not chunk.negated and not _negated(lows, chunk.i):
            if lows[chunk.j : chunk.j + 1] == ("by",):
                if at and _points(lows, 0, chunk.i, lexicon):
                    return _named(chunks[at + 1 :], theatre)
            elif _object(lows, chunk.j, lexicon) or _a_claim(chunks, at, lows, lexicon):
                return _named(chunks[:at][::-1], theatre)
    false = next((at for at, low in enumerate(lows) if _is_false(lows, at, lexicon)), None)
    if false is None or not _points(lows, 0, false, lexicon):
        return None
    if _CALLS.isdisjoint(lows[:false]) and not any(chunk.kind == "SP" for chunk in chunks):
        return None
    saying = [
        at
        for at, chunk in enumerate(chunks)
        if chunk.i < false and (chunk.kind == "SP" or lows[chunk.i] in _CALLS)
    ]
    denier = _named(chunks[: saying[-1]][::-1], theatre) if saying else None
    return denier or _named(chunks, theatre)


def _a_claim(chunks: list[Chunk], at: int, lows: tuple[str, ...], lexicon: Lexicon) -> bool:
    """ "…, a claim that Kyiv rejected", "an assertion denied by the army" said of the clause before."""
    who = chunks[at - 1] if at else None
    if who is None or who.kind not in {"S", "K", "P"}:
        return False
    before = [low for low in lows[max(0, who.i - 3) : who.i] if low not in {"that", "which", "the"}]
    return bool(before) and (before[-1] in lexicon.claim_words or before[-1] in _SAID)


def was_wrong(sentence: Sentence) -> bool:
    """ "The radio was wrong", "That was not true", "It was a lie": what somebody was just heard to say was not so."""
    lows = sentence.lows
    be = next((at for at, low in enumerate(lows[:4]) if low in _BE), None)
    if not be or not _WHAT.issuperset(lows[:be]):
        return False
    rest = lows[be + 1 : be + 4]
    in_error = ("in", "error") in {rest[:2], rest[1:3]}  # "it was issued in error"
    return in_error or not _WRONG.isdisjoint(rest[:1]) or rest[:2] in _NOT_SO


_BE: Final = frozenset({"was", "were", "is", "are"})
_WHAT: Final = frozenset(
    "the this that it they these those both radio station report reports rumour rumours rumor rumors claim claims news post "
    "posts message messages broadcast video bulletin alert".split()
)
_WRONG: Final = frozenset({"wrong", "false", "untrue", "mistaken", "nonsense", "fake"})
_NOT_SO: Final = {
    ("not", "true"),
    ("a", "lie"),
    ("not", "so"),
    ("a", "hoax"),
    ("a", "rumour"),
    ("a", "rumor"),
}


def _negated(lows: tuple[str, ...], at: int) -> bool:
    """ "Neither confirmed nor denied it", "did not deny it"."""
    before = lows[max(0, at - 3) : at]
    return not NEGATIONS.isdisjoint(before) or "nor" in before or "neither" in lows[:at]


def _object(lows: tuple[str, ...], at: int, lexicon: Lexicon) -> bool:
    """Is what is denied "this", "the claim", or left out, and not something of its own: "denied that hundreds …"?"""
    size = len(lows)
    start = at
    while at < size and (lows[at] in _SKIPPED or lows[at] == "'s") and at - start < 3:
        at += 1
    low = lows[at] if at < size else ""
    after = lows[at + 1] if at + 1 < size else ""
    if low == "it":
        return after not in _CLAUSE
    if low in _POINTERS:
        return after in _STOPS
    if low in lexicon.claim_words or low in _SAID:
        return after in _STOPS
    return start == at and low in {"", "."}


def _points(lows: tuple[str, ...], start: int, end: int, lexicon: Lexicon) -> bool:
    """Does the sentence speak of what was said before, and not of a claim of its own: "claims that Herat …"?"""
    for at in range(start, end):
        if lows[at] in {"this", "it"} or (
            lows[at] == "that" and (at == 0 or lows[at - 1] in _CALLS | {"said", "says"})
        ):
            return True
        if lows[at] in lexicon.claim_words and lows[at + 1 : at + 2] not in {("that",), ("of",)}:
            return True
    return False


def _is_false(lows: tuple[str, ...], at: int, lexicon: Lexicon) -> bool:
    if lows[at] in _NOT_TRUE:
        return "not" in lows[max(0, at - 2) : at] or "n't" in lows[max(0, at - 2) : at]
    if lows[at] not in lexicon.false_words or lows[at] in lexicon.claim_words:
        return False
    return lows[at] not in {"denied", "denies", "rejected", "dismissed", "refuted", "rubbished", "wrong"}


def _named(chunks: list[Chunk], theatre: Theatre) -> Chunk | None:
    """The first of the chunks that names a side or its capital."""
    for chunk in chunks:
        if chunk.kind in {"S", "K"} and chunk.side in theatre.side_by_id:
            return chunk
        if chunk.kind == "P" and len(chunk.places) == 1:
            place = theatre.by_id.get(chunk.places[0])
            if place is not None and place.kind == "national":
                return Chunk("K", chunk.i, chunk.j, "official", side=theatre.defender)
    return None
