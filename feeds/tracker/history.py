"""Is it told as history: another year, "decades ago", "a year after losing it"?"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.counts import NUMBERS
from feeds.tracker.cues import Cue
from feeds.tracker.denial import ENDS
from feeds.tracker.tokens import Sentence

_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d$")
_ANY_YEAR: Final = re.compile(r"\b[12]\d\d\d\b")
_NOT_NOUNS: Final = frozenset({"and", "or", "when", "but", "to", "by", "after", "before", "that", "as"})
_OLD_YEAR: Final = re.compile(r"1[0-7]\d\d$")
_STATES: Final = frozenset({"hold", "control", "besiege"})
_OWN: Final = 8
"""Words before a verb in which its subject stands, at most."""
_NEAR: Final = 14
"""Words between a verb and what dates it, at most."""


def is_history(trigger: Chunk, cues: list[Cue], chunks: list[Chunk], sentence: Sentence, today: date) -> bool:
    """Is it told as history: another year, or words for long ago?"""
    return (
        _is_of_another_year(trigger, chunks, sentence, today)
        or _is_named_battle(trigger, sentence)
        or _is_years_after(trigger, chunks, sentence)
        or _is_measure(trigger, sentence)
        or _is_over(trigger, sentence)
        or _is_remembered(trigger, sentence)
        or _once(trigger, sentence)
        or _lasted(trigger, chunks, sentence)
        or _is_of_a_life(trigger, sentence)
        or any(_is_long_ago(cue, trigger, chunks, sentence) for cue in cues)
    )


def _is_of_another_year(trigger: Chunk, chunks: list[Chunk], sentence: Sentence, today: date) -> bool:
    """Does a year before this one stand with the trigger, and not with another verb?"""
    if not _ANY_YEAR.search(sentence.text):
        return False
    trigger_words = sentence.lows[trigger.begin : trigger.j]
    for at, word in enumerate(sentence.words):
        before = sentence.lows[at - 1] if at else ""
        old = _OLD_YEAR.match(word) and before in {"in", "until", "since", "by", "from", "of"}
        if (
            not (old or _YEAR.match(word))
            or int(word) >= today.year
            or before in {"$", "€", "£"}
            or sentence.lows[at - 2 : at] == ("time", "since")  # "for the first time since 2016"
            or _only_names(at, trigger, chunks, sentence)
        ):
            continue
        follows = at >= trigger.j
        first, last = (trigger.j, at) if follows else (at + 1, trigger.begin)
        # "gathering around Kunduz, which they held in 2015": the year is another verb's
        another = any(chunk.kind == "V" and trigger.j <= chunk.i < at for chunk in chunks)
        lasts = _is_since(at, sentence) and "when" not in sentence.lows[at : trigger.begin]
        occupied = trigger.perfect and trigger.value == "take" and trigger_words[-1:] == ("occupied",)
        if lasts and (trigger.value in _STATES or occupied) and "had" not in trigger_words:
            continue  # "has been blockaded since 2023", "since late May 2023"
        own = any(one.kind in {"H", "HELD"} and at - _OPENING <= one.j <= at for one in chunks)
        if own and not follows and _is_since(at, sentence) and sentence.lows[at + 1] == ",":
            continue  # "Mogok, under its control since July 2024, was handed over"
        opens = at <= 1 and before in {"in", "by"}
        if not follows and not opens and _of_clause_before(at, chunks, sentence):
            continue  # "Aleppo, which he had taken in 2016, was gone"
        near = opens or last - first + (not follows) <= _NEAR
        if near and not another and ENDS.isdisjoint(sentence.lows[first:last]):
            return True
    return False


def _is_remembered(trigger: Chunk, sentence: Sentence) -> bool:
    """ "Kabulis recall the night they took it", "it is ten years this month since they captured it"."""
    if trigger.form not in {"past", "pp", "part"}:
        return False
    ahead = sentence.lows[: trigger.begin]
    if not _REMEMBERS.isdisjoint(ahead):
        return True
    return ahead[:2] == ("it", "is") and "years" in ahead[2:5] and "since" in ahead[3:]


_REMEMBERS: Final = frozenset({"recall", "recalls", "remember", "remembers"})


def _is_since(at: int, sentence: Sentence) -> bool:
    """Is a year what something lasts since: "since 2023", "since late May 2023"?"""
    ahead = sentence.lows[max(0, at - 4) : at]
    back = len(ahead) - 1
    while back >= 0 and (ahead[back] in _OF_A_YEAR or ahead[back].isdecimal()):
        back -= 1
    return back >= 0 and ahead[back] == "since"


_OPENING: Final = 4
"""Words between a state and the year since when it has lasted: "under its control since late May 2023"."""
_OF_A_YEAR: Final = frozenset(
    """january february march april may june july august september october november december late early mid the beginning
    end start of spring summer autumn winter""".split()
)


def _of_clause_before(at: int, chunks: list[Chunk], sentence: Sentence) -> bool:
    """Does a year stand in a clause of its own, with its own verb, that a comma ends before the trigger?"""
    if sentence.lows[at + 1 : at + 2] != (",",):
        return False
    relative = next(
        (
            look
            for look in range(at - 1, -1, -1)
            if sentence.lows[look] in {"which", "who", "whom", "where"} or sentence.lows[look] == ","
        ),
        None,
    )
    if relative is None or sentence.lows[relative] == ",":
        return False
    return any(chunk.kind in {"V", "v"} and relative < chunk.i < at for chunk in chunks)


def _only_names(at: int, trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """Does a year only tell which thing is meant: "cradle of the 2011 uprising"? In "the 2015 seizure of Kunduz" it tells more."""
    after = sentence.lows[at + 1 : at + 2]
    return (
        bool(after)
        and at > 0
        and sentence.lows[at - 1] in {"of", "the"}
        and after[0].isalpha()
        and after[0] not in _NOT_NOUNS
        and not at < trigger.i <= at + 2
        and not any(chunk.begin == at + 1 and chunk.kind in {"V", "v", "SP"} for chunk in chunks)
    )


def _is_of_a_life(trigger: Chunk, sentence: Sentence) -> bool:
    """ "She was four years old when Kabul fell": dated by somebody's age."""
    before = sentence.lows[: trigger.begin]
    return any(
        before[at] == "when" and not _AGES.isdisjoint(before[max(0, at - 5) : at])
        for at in range(len(before))
    )


_AGES: Final = frozenset(
    {"old", "aged", "child", "boy", "girl", "baby", "teenager", "born", "schoolboy", "schoolgirl"}
)


def _is_named_battle(trigger: Chunk, sentence: Sentence) -> bool:
    """ "The Battle of Adwa" has a capital because it is over."""
    return (
        trigger.value == "battle"
        and trigger.i > 0
        and sentence.words[trigger.i] == "Battle"
        and not sentence.title
    )


def _is_years_after(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "A year after losing it", "two decades since it was captured", "a year after the RSF seized it"."""
    for at in range(trigger.begin - 1, max(0, trigger.begin - _OWN) - 1, -1):
        low = sentence.lows[at]
        if low in {"after", "since"}:
            span = sentence.lows[at - 1] if at else ""
            lost = trigger.value == "lose" and trigger.form == "ing"  # "seven weeks after losing the town"
            return span in {"year", "years", "decade", "decades", "months"} or (span == "weeks" and lost)
        if low in ENDS or low == "," or any(one.kind in {"V", "v", "SP"} and one.i == at for one in chunks):
            return False
    return False


def _dates(lows: tuple[str, ...]) -> bool:
    """Does a date stand behind "back in"?"""
    return any(low.isdigit() or low in _MONTHS or low.endswith("0s") for low in lows)


_MONTHS: Final = frozenset(
    "january february march april may june july august september october november december".split()
)


def _is_measure(trigger: Chunk, sentence: Sentence) -> bool:
    """ "Its biggest gain since it took Bakhmut", "the first since the fall of Kunduz": only a measure of time."""
    at = next(
        (
            look
            for look in range(trigger.begin - 1, max(-1, trigger.begin - 6), -1)
            if sentence.lows[look] == "since"
        ),
        None,
    )
    return at is not None and not _SUPERLATIVES.isdisjoint(sentence.lows[max(0, at - 8) : at])


def _is_over(trigger: Chunk, sentence: Sentence) -> bool:
    """ "Almost 3,000 people were killed in the battle for Goma", "a captain who had fought in Herat", "a decade in which it was run by"."""
    before = sentence.lows[max(0, trigger.begin - 8) : trigger.begin]
    if trigger.value == "battle" and trigger.kind == "N":
        return before[-2:-1] == ("in",) and not _LOST.isdisjoint(before)
    if trigger.value == "fight" and trigger.kind == "N":
        return before[-2:] == ("in", "the") and "had" in before and not _LOST.isdisjoint(before)
    if trigger.value == "fight" and trigger.kind == "V":
        if sentence.lows[trigger.i] != "fought":
            return False
        group = sentence.lows[trigger.begin : trigger.i]
        long = trigger.begin == trigger.i and not _LONG.isdisjoint(sentence.lows)
        return "had" in group or before[-1:] == ("who",) or long
    return (
        trigger.value == "hold"
        and ("in", "which") in pairwise(before)
        and (trigger.form in {"pp", "past", "part"} and not trigger.perfect)
    )


def _once(trigger: Chunk, sentence: Sentence) -> bool:
    """ "We took Kharkiv once," he said: and have it no more."""
    for at in range(trigger.j, min(len(sentence.lows) - 1, trigger.j + 6)):
        if sentence.lows[at] == "once":
            return sentence.lows[at + 1] in {",", ".", '"', "!"} and sentence.lows[at - 1] != "at"
    return False


def _lasted(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "Overran the city for two weeks", "held it for three days": it came to an end."""
    if (
        trigger.kind != "V"
        or trigger.value not in {"take", "hold", "fall", "holdout", "besiege"}
        or trigger.perfect
    ):
        return False
    if trigger.form not in {"past", "pp", "part"} or trigger.modal or trigger.infinitive:
        return False
    for at in range(trigger.j, min(len(sentence.lows), trigger.j + 10)):
        low = sentence.lows[at]
        if low in ENDS or low == "," or any(one.kind in {"V", "v", "SP"} and one.i == at for one in chunks):
            return False
        if low == "for" and not _UNITS.isdisjoint(sentence.lows[at + 2 : at + 5]):
            return (
                sentence.lows[at + 1].isdigit()
                or sentence.lows[at + 1] in _COUNTS
                or sentence.lows[at + 1] in NUMBERS
            )
    return False


_UNITS: Final = frozenset("hours days weeks months years".split())
_COUNTS: Final = frozenset(
    "two three four five six seven eight nine ten several some a about only almost nearly more".split()
)
_SUPERLATIVES: Final = frozenset(
    "biggest largest first worst most greatest deadliest boldest fiercest heaviest bloodiest only best highest".split()
)
_LONG: Final = frozenset({"years", "months", "weeks", "until", "before", "earlier", "once", "days"})
"""Beside one of these "fought" tells how it was: "they fought for weeks before …"."""
_LOST: Final = frozenset("killed died dead wounded injured fought lost perished".split())


def _is_anothers(cue: Cue, trigger: Chunk, sentence: Sentence) -> bool:
    """Does a cue stand in a relative clause that a comma ends before the trigger?"""
    ahead = sentence.lows[: cue.i]
    opens = max((at for at, low in enumerate(ahead) if low in _RELATIVES), default=-1)
    return opens >= 0 and "," not in ahead[opens:] and "," in sentence.lows[cue.j : trigger.begin]


_RELATIVES: Final = frozenset({"who", "which", "whose", "where"})


def _is_long_ago(cue: Cue, trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """Does a cue of history belong to the trigger?"""
    if cue.name != "history" or abs(cue.i - trigger.i) > _NEAR or trigger.i < cue.i < trigger.j:
        return False  # "won back in March"
    if cue.j <= trigger.begin and _of_clause_before(cue.j - 1, chunks, sentence):
        return False  # "Fayzabad, which held out in the nineties, fell"
    if cue.j <= trigger.begin and _is_anothers(cue, trigger, sentence):
        return False  # "Djibo, home of singers who once captured hearts, has been cut off"
    if cue.i >= trigger.j and sentence.lows[cue.j - 1] == "since":
        return False  # "is outside government control for the first time since"
    since = next((at for at in range(trigger.j, cue.j) if sentence.lows[at] == "since"), None)
    if since is not None and any(chunk.kind in {"V", "v"} and chunk.i > since for chunk in chunks):
        return False  # "are in the city for the first time since they were driven out years ago"
    if sentence.lows[cue.j : cue.j + 1] == ("of",) and sentence.lows[cue.i] in {"century", "centuries"}:
        return False  # "ending half a century of his family's rule"
    if sentence.lows[cue.j : cue.j + 1] in {("twitter",), ("known",), ("called",), ("named",)}:
        return False  # "said on X, formerly Twitter, that …"
    if sentence.lows[cue.i : cue.j] == ("back", "in") and not _dates(sentence.lows[cue.j : cue.j + 2]):
        return False  # "back in army hands"
    if sentence.lows[cue.i] == "last" and "since" in sentence.lows[max(0, cue.i - 3) : cue.i]:
        return False  # "encircled since May last year" goes on
    # "captured Kunduz, a prize they had taken twice before": another verb's past
    return not any(
        chunk.kind == "V"
        and trigger.j <= chunk.begin < cue.i
        and "," in sentence.lows[trigger.j : chunk.begin]
        for chunk in chunks
    )
