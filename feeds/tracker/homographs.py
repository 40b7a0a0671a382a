"""Words that are a verb or a noun, a name or a word, by their neighbours: "fall", "control", "hands", IS."""

from __future__ import annotations

from typing import Final

from feeds.tracker.closed import BE, DETERMINERS, MODALS
from feeds.tracker.lexicon import Entry, Trie
from feeds.tracker.tokens import Sentence

_TOLD: Final = frozenset(
    "confirm confirms confirmed announce announces announced admit admits admitted report reports reported acknowledge"
    " acknowledges acknowledged deny denies denied".split()
)


def reads_as_verb(sentence: Sentence, at: int, end: int, verb: Entry) -> bool:
    """Is "attack", "fall", "control" here a verb? By its neighbours."""
    if verb.form in {"past", "part"}:
        return True
    lows = sentence.lows
    before = lows[at - 1] if at else ""
    after = lows[end] if end < len(lows) else ""
    if verb.value == "fight" and verb.form == "base" and after == "for" and _is_noun_fight(lows, at, end):
        return False  # "expects hard fight for Kherson", "battle for Kherson is near"
    if verb.value == "fight" and verb.form == "s" and after in _HAPPENS:
        return False  # "clashes erupt in Kadugli"
    if verb.value == "fight" and after == "between":
        return False  # "clashes between"
    if verb.form == "base" and verb.value == "leave" and before in _TOLD:
        return False  # "Russia confirms retreat from Lyman"
    if after == "of" and verb.form in {"base", "s"}:
        return False  # "Fall of Herat leaves the government reeling"
    if verb.form == "pp":
        return True
    if verb.form == "ing":
        governed = before in BE or before in {"after", "by", "before", "for", "while", "from"}
        if verb.value == "fight":
            return governed and after != "of"
        return (
            after != "of"
            and before not in DETERMINERS
            and before not in {"'s", "of", "heavy", "fierce", "intense", "street", "new"}
        )
    if (
        verb.form in {"s", "base"}
        and (
            after in BE
            or after
            in {"has", "have", "had", "continued", "erupted", "raged", "broke", "began", "intensified"}
            or after.endswith("ed")
        )
        and before not in {"to"}
        and before not in MODALS
    ):
        return False
    if before in DETERMINERS or before in {
        "'s",
        "of",
        "in",
        "for",
        "after",
        "with",
        "under",
        "by",
        "new",
        "major",
        "fresh",
        "heavy",
        "fierce",
        "full",
        "since",
        "during",
        "despite",
    }:
        return False
    if (
        before in {"to", "they", "who", "which", "that", "it"}
        or before in MODALS
        or before in {"now", "still", "also", "did", "not", "don't", "doesn't", "didn't"}
    ):
        return True
    if after in {
        "of",
        "on",
        "against",
        "in",
        "for",
        "by",
        "at",
        "near",
        "towards",
        "toward",
        "outside",
    } and verb.value not in {
        "fall",
        "leave",
        "approach",
        "fight",
    }:
        return False
    return after not in {",", ".", ""} or verb.value in {"fall", "surrender"}


def _is_noun_fight(lows: tuple[str, ...], at: int, end: int) -> bool:
    before = lows[at - 1] if at else ""
    if before in {"to", "they", "who"} or before in MODALS:
        return False
    return (
        before in _FIGHT_BEFORE
        or before.endswith("s'")
        or not _FIGHT_BEHIND.isdisjoint(lows[end + 1 : end + 6])
    )


_FIGHT_BEFORE: Final = frozenset(
    "hard fierce tough heavy key decisive long final says said expects expect fresh bitter bloody crucial".split()
)


_HAPPENS: Final = frozenset(
    "erupt rage continue intensify resume spread flare persist begin escalate break engulf shake rock displace kill".split()
)
_FIGHT_BEHIND: Final = frozenset(
    "is was looms rages begins nears intensifies continues heats enters starts over".split()
)


def hands_over(sentence: Sentence, at: int, end: int) -> bool:
    """Is it "hands city to the Taliban", not "in Taliban hands"?"""
    lows = sentence.lows
    before = lows[max(0, at - 3) : at]
    if (
        lows[at] not in {"hand", "hands"}
        or "in" in before
        or "into" in before
        or before[-1:] in {("the",), ("of",)}
    ):
        return False
    return "to" in lows[end : end + 6] or "over" in lows[end : end + 5]


def before_soldiers(sentence: Sentence, end: int, words: Trie) -> bool:
    """Does a word for soldiers or those who speak for them follow?"""
    if end >= len(sentence.lows):
        return False
    following = words.longest(sentence.lows, end)[1]
    return any(entry.tag in {"MIL", "WEAK", "SPK"} for entry in following)


def written_so(word: str) -> bool:
    """Is it an abbreviation as it is written: RSF, and Isis or Fano, but not "is"?"""
    return word.isupper() or (len(word) > 3 and word[0].isupper())
