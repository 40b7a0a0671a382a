"""Is it told as history: another year, "decades ago", "a year after losing it"?"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.cues import Cue
from feeds.tracker.denial import ENDS
from feeds.tracker.tokens import Sentence

_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d$")
_ANY_YEAR: Final = re.compile(r"\b[12]\d\d\d\b")
_NOT_NOUNS: Final = frozenset({"and", "or", "when", "but", "to", "by", "after", "before", "that", "as"})
_OLD_YEAR: Final = re.compile(r"1[0-7]\d\d$")


def is_history(trigger: Chunk, cues: list[Cue], chunks: list[Chunk], sentence: Sentence, today: date) -> bool:
    """Is it told as history: another year, or words for long ago?"""
    for at, word in enumerate(sentence.words) if _ANY_YEAR.search(sentence.text) else ():
        old = (
            _OLD_YEAR.match(word)
            and at > 0
            and sentence.lows[at - 1] in {"in", "until", "since", "by", "from", "of"}
        )
        before, after = (sentence.lows[at - 1] if at else ""), sentence.lows[at + 1 : at + 2]
        names_it = at < trigger.i <= at + 2  # "the 2015 seizure of Kunduz"
        verb = any(chunk.begin == at + 1 and chunk.kind in {"V", "v", "SP"} for chunk in chunks)
        if (
            not names_it
            and not verb
            and before in {"of", "the"}
            and after
            and after[0].isalpha()
            and after[0] not in _NOT_NOUNS
        ):
            continue  # "cradle of the 2011 uprising"
        if (
            (old or _YEAR.match(word))
            and int(word) < today.year
            and (at == 0 or sentence.lows[at - 1] not in {"$", "€", "£"})
        ):
            span = at - trigger.j if at >= trigger.j else trigger.begin - at
            between = (
                sentence.lows[trigger.j : at] if at >= trigger.j else sentence.lows[at + 1 : trigger.begin]
            )
            other = any(
                chunk.kind == "V" and trigger.j <= chunk.i < at for chunk in chunks
            )  # "gathering around Kunduz, which they held in 2015": the year is another verb's
            if span <= 14 and not other and not any(stop in ENDS for stop in between):
                return True
    if (
        trigger.value == "battle"
        and trigger.i
        and sentence.words[trigger.i] == "Battle"
        and not sentence.title
    ):
        return True  # "the Battle of Adwa" has a capital because it is over
    ahead = sentence.lows[max(0, trigger.begin - 3) : trigger.begin]
    if "after" in ahead or "since" in ahead:
        at = max(0, trigger.begin - 3) + max(
            place for place, low in enumerate(ahead) if low in {"after", "since"}
        )
        if at and sentence.lows[at - 1] in {"year", "years", "decade", "decades", "months"}:
            return True
    return any(
        cue.name == "history"
        and abs(cue.i - trigger.i) <= 14
        and not (
            sentence.lows[cue.i] == "last" and "since" in sentence.lows[max(0, cue.i - 3) : cue.i]
        )  # "encircled since May last year" goes on
        and not (
            cue.i > trigger.j
            and any(
                chunk.kind == "V"
                and trigger.j <= chunk.begin < cue.i
                and "," in sentence.lows[trigger.j : chunk.begin]
                for chunk in chunks
            )
        )  # "captured Kunduz, a prize they had taken twice before": another verb's past
        for cue in cues
    )
