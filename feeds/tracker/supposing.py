"""Has it happened, or is it only supposed: "could be cut off and fall", "should it fall", "the loss of X would"?"""

from __future__ import annotations

from typing import Final

from feeds.tracker.chunks import Chunk, position
from feeds.tracker.closed import MODALS
from feeds.tracker.tokens import Sentence

_BEGINS: Final = frozenset("begin start launch mount unleash resume open".split())


def should_it(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "Should El Fasher, besieged for a year, fall": a condition in the form of a question."""
    at = next((look for look in range(trigger.begin - 1, -1, -1) if sentence.lows[look] == "should"), None)
    if at is None or at + 1 >= trigger.begin:
        return False
    within = [one for one in chunks if at < one.i < trigger.begin]
    if not within or within[0].kind not in {"P", "C", "S", "PR", "d", "x"}:
        return False
    return not any(one.kind in {"V", "v", "SP"} and one.form not in {"pp", "part", "ing"} for one in within)


def had_it(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "Had Kunduz fallen, the north would have been lost": it has not."""
    if trigger.form not in {"pp", "part"} or MODALS.isdisjoint(sentence.lows[trigger.j :]):
        return False
    before = [one for one in chunks if one.i < trigger.begin]
    opens = next((at for at in range(len(before) - 1, -1, -1) if sentence.lows[before[at].i] == "had"), None)
    if opens is None or (opens and before[opens - 1].kind not in {",", '"', ";", "c"}):
        return False
    return bool(before[opens + 1 :]) and before[opens + 1].kind in {"P", "C", "S", "PR", "d", "K"}


def with_it(trigger: Chunk, sentence: Sentence) -> bool:
    """ "With Kandahar taken, the rest would follow", "Kandahar taken, …": not yet."""
    if trigger.form not in {"pp", "part"} or trigger.begin != trigger.i or trigger.i > 4:
        return False
    return then_would(trigger, sentence)


def then_would(trigger: Chunk, sentence: Sentence) -> bool:
    """Does what it would lead to come right behind it: ", the Taliban would have an airport"?"""
    behind = sentence.lows[trigger.j : trigger.j + 6]
    return behind[:1] == (",",) and "would" in behind


def is_foreseen(trigger: Chunk, sentence: Sentence) -> bool:
    """ "The plan: they take Kandahar first", "imagine that Kabul falls", "Kabul falls within 90 days": a present yet to come."""
    lows, begin = sentence.lows, trigger.begin
    if trigger.kind != "V" or trigger.infinitive or trigger.modal:
        return False
    opens = lows[0] in _IMAGINE and begin <= _NEAR_OPENING and lows[1] not in {":", ","}
    if opens and (trigger.perfect or trigger.form in {"s", "base"}):
        return True
    if trigger.form not in {"s", "base"}:
        return False
    for at in range(begin):
        if lows[at] in _FORESIGHT and _leads_to(lows, at + 1, begin):
            return True
        if lows[at] in _FORESEES and begin - at <= _NEAR_OPENING and lows[at + 1] not in {",", "it"}:
            return "as" not in lows[max(0, at - 2) : at]
        if lows[at : at + 3] == ("what", "comes", "next") and ":" in lows[at:begin]:
            return True
    return trigger.value != "hold" and _has_deadline(lows[trigger.j : trigger.j + 9])


def _leads_to(lows: tuple[str, ...], at: int, begin: int) -> bool:
    """Does a plan or a fear go on to what it is of: a colon, "that", "is that", ", in June:"?"""
    if lows[at : at + 1] in {("is",), ("was",)}:
        at += 1
    if lows[at] in {":", "that"} and at < begin:
        return True
    return lows[at] == "," and ":" in lows[at : min(begin, at + 5)]


def _has_deadline(behind: tuple[str, ...]) -> bool:
    """ "Within 90 days", "by Christmas", "before the weekend": nobody writes so of what happened."""
    for at, low in enumerate(behind):
        if low == "within" and behind[at + 2 : at + 3] in {("months",), ("days",)}:
            number = behind[at + 1]
            return behind[at + 2] == "months" or (number.isdecimal() and int(number) >= _FAR)
        if low == "by" and behind[at + 1 : at + 2] in _SEASONS:
            return True
        if low in {"by", "before"} and behind[at + 1 : at + 3] == ("the", "weekend"):
            return True
        if low in {",", ";", ":", "."}:
            return False
    return False


_NEAR_OPENING: Final = 8
_FAR: Final = 30
"""Days within which nothing is told that has happened."""
_IMAGINE: Final = frozenset("say imagine picture suppose assume".split())
_FORESIGHT: Final = frozenset(
    """plan plans scenario scenarios forecast prediction predictions nightmare nightmares fear fears dream dreams
    hope hopes bet wager prophecy vision hypothesis""".split()
)
"""What is followed by what has not happened."""
_FORESEES: Final = frozenset(
    """bet bets betting wager wagers wagered gamble gambles gambling predict predicts predicted predicting foresee foresees
    foresaw forecasts envisage envisages envisaged envisions dreamed dreamt prays prayed imagines imagined""".split()
)
_SEASONS: Final = frozenset(
    (word,)
    for word in """christmas winter spring summer autumn easter ramadan january february march april june july august
    september october november december""".split()
)


def is_saying(trigger: Chunk, sentence: Sentence) -> bool:
    """ "The army that loses Kandahar loses the war": whichever it may be."""
    if trigger.kind != "V" or trigger.form != "s" or trigger.begin != trigger.i or not trigger.i:
        return False
    lows = sentence.lows
    return lows[trigger.i - 1] in {"that", "who"} and lows[trigger.i] in lows[trigger.j : trigger.j + 5]


def would_be(trigger: Chunk, sentence: Sentence) -> bool:
    """ "It would be the fourth capital to fall", "is set to become the tenth": ranked, and yet to come."""
    before = sentence.lows[max(0, trigger.begin - 12) : trigger.begin]
    for at in range(len(before) - 1, 0, -1):
        if before[at] in {"be", "become"}:
            return before[at - 1] in MODALS or before[at - 2 : at] in _YET_TO or before[at - 1] == "likely"
        if before[at] in {",", ";", ":"}:
            return False
    return False


_YET_TO: Final = frozenset(
    (word, "to") for word in "set likely expected poised due about close going threatens bound".split()
)


def before_it(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "Thousands want to leave before Kabul falls", "last big city before Kabul falls": Kabul has not."""
    if trigger.kind != "V" or trigger.form not in {"s", "base"}:
        return False
    at = position(trigger, chunks)
    if at < 2:
        return False
    return chunks[at - 1].kind == "P" and sentence.lows[chunks[at - 1].i - 1] == "before"


def leader_of(trigger: Chunk, chunks: list[Chunk]) -> Chunk | None:
    """The verb before, whose "could" or "managed to" a bare second one shares: "could be cut off within a month and fall"."""
    if trigger.form != "base":
        return None
    at = position(trigger, chunks)
    if at == 0 or chunks[at - 1].kind != "c":
        return None
    return next((one for one in reversed(chunks[:at]) if one.kind in {"V", "v", "SP"}), None)


def may_become(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "It could become the last capital captured by"."""
    verb = next((one for one in reversed(chunks) if one.kind in {"V", "v", "SP"} and one.i < trigger.i), None)
    return verb is not None and verb.modal and sentence.lows[verb.i] == "become"


def let_it(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "It will not let Butembo fall"."""
    at = position(trigger, chunks)
    while at > 0 and chunks[at - 1].kind in {"P", "x", "S", "PR", "C"}:
        at -= 1
    before = chunks[at - 1] if at else None
    return before is not None and sentence.lows[before.j - 1] in {"let", "lets", "letting"}


def is_to_come(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "The battle for Kherson is near", "will begin their assault on": not yet."""
    behind = sentence.lows[trigger.j : trigger.j + 9]
    if any(
        behind[at] in {"matter", "question"} and behind[at + 1 : at + 3] == ("of", "time")
        for at in range(len(behind))
    ):
        return True  # "the capture of Pokrovsk is a matter of time"
    if trigger.value not in {"battle", "fight", "attack", "assault", "approach"}:
        return False
    behind = behind[:6]
    if any(
        low in {"is", "are"}
        and behind[at + 1 : at + 2] in {("near",), ("coming",), ("imminent",), ("ahead",)}
        for at, low in enumerate(behind)
    ):
        return True
    verb = next((one for one in reversed(chunks) if one.kind in {"V", "v"} and one.j <= trigger.begin), None)
    return verb is not None and verb.modal and sentence.lows[verb.i] in _BEGINS and trigger.begin - verb.j < 4


def is_supposed(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """Is it "the loss of El Fasher would complete …"? Then it has not happened."""
    relative = False
    for chunk in chunks:
        if chunk.i < trigger.j:
            continue
        if chunk.kind == "b":
            low = sentence.lows[chunk.i]
            if low in {"as", "while", "because", "when", "after", "before"}:
                return False
            relative = relative or low in {"which", "who", "that", "where"}
        elif chunk.kind == "aux" and not relative and sentence.words[chunk.i] in MODALS:
            return True
        elif chunk.kind in {"V", "v", "SP"}:
            if not relative:
                if sentence.lows[chunk.i] in {"heard", "seen", "felt"}:
                    return False  # "gunfire could be heard"
                return chunk.modal and chunk.adverb in {"would", "could", "might", "may", "will"}
            relative = False
    return False
