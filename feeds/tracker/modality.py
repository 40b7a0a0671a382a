"""Did it happen? Negation, doubt, wish and condition around a trigger.

After NegEx and ConText (Chapman 2001, Harkema 2009): a cue has a direction, a scope and words that end it.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import NEGATIONS
from feeds.tracker.cues import Cue, Mood
from feeds.tracker.denial import ENDS, deny
from feeds.tracker.history import is_history
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.supposing import (
    before_it,
    had_it,
    is_supposed,
    is_to_come,
    leader_of,
    let_it,
    may_become,
    should_it,
    would_be,
)
from feeds.tracker.tokens import Sentence

_MAY_HAVE: Final = frozenset({"may", "might", "could", "can"})
_LIFTED: Final = frozenset(
    "broke break broken breaking lift lifted lifting lifts end ended ending ends relieved".split()
)
_ENDED: Final = frozenset({"over", "lifted", "broken", "ended", "broke"})
_RANKED: Final = frozenset(
    {
        "capital",
        "capitals",
        "city",
        "cities",
        "town",
        "towns",
        "one",
        "ones",
        "to",
        "centre",
        "center",
        "stronghold",
    }
)
_CHANGES: Final = frozenset(
    {"take", "fall", "lose", "surrender", "abandon", "retake", "enter", "leave", "expel", "attack", "holdout"}
)


def mood(
    trigger: Chunk, chunks: list[Chunk], cues: list[Cue], sentence: Sentence, today: date, lexicon: Lexicon
) -> Mood:
    """How a trigger is meant."""
    left, right = _clause(trigger, chunks, sentence)
    result = Mood(negated=trigger.negated, ended=trigger.adverb == "no longer")
    why = []
    if trigger.modal:
        if trigger.perfect and trigger.adverb in _MAY_HAVE:
            result.hedged = True
        else:
            result.possible = True
        why.append(trigger.adverb)
    if trigger.passive and sentence.lows[trigger.begin] == "be" and not (trigger.modal or trigger.infinitive):
        result.possible = True  # "could be cut off within a month and be taken within three"
    leader = leader_of(trigger, chunks)
    if leader is not None and leader.modal:
        result.possible = True
        why.append(leader.adverb)
    if (
        trigger.begin == trigger.i
        and trigger.form in {"pp", "part"}
        and may_become(trigger, chunks, sentence)
    ):
        result.possible = True  # "could become the last capital captured by"
    if should_it(trigger, chunks, sentence):
        result.possible = True
        why.append("should")
    if had_it(trigger, chunks, sentence):
        result.possible = result.unclear = True
        why.append("had")
    if {"neither", "nor"} <= set(sentence.lows[: trigger.begin]) and _SAYS_NOTHING & set(sentence.lows):
        result.unclear = True  # "neither confirmed nor denied the loss of"
    if _neither(trigger, chunks, sentence):
        result.negated = True
    if before_it(trigger, chunks, sentence):
        result.unclear = True
    if trigger.form == "base" and let_it(trigger, chunks, sentence):
        result.unclear = True
        why.append("let")
    near = [cue for cue in cues if left <= cue.i < right]
    why += [" ".join(sentence.words[cue.i : cue.j]) for cue in near if _apply(cue, trigger, result, sentence)]
    if trigger.value == "fight" and sentence.lows[max(0, trigger.begin - 1)] in {
        "keep",
        "keeps",
        "kept",
        "keeping",
    }:
        result.possible = False  # "vows to keep fighting for Bakhmut"
    elif trigger.infinitive and is_ranked(trigger, sentence, lexicon):
        result.possible = would_be(trigger, sentence)
    elif trigger.infinitive and not (
        result.possible
        or result.negated
        or _was_done(near, trigger)
        or (leader is not None and _was_done(cues, leader))
    ):
        result.possible = not trigger.perfect
    if trigger.infinitive and NEGATIONS.intersection(
        sentence.lows[max(0, trigger.begin - 4) : trigger.begin]
    ):
        result.negated = result.possible = True
        # "promised not to take it", "no plan to take it": nothing is said
        ahead = sentence.lows[max(0, trigger.begin - 3) : trigger.begin]
        result.unclear = "no" in ahead or ahead[-1:] == ("not",)
    if _not_believed(trigger, sentence):
        result.unclear = True
    if trigger.negated and trigger.passive and "never" in sentence.lows[trigger.begin : trigger.i]:
        result.unclear = True  # "the city was never occupied": of no day
    if _no_one(trigger, chunks, sentence):
        result.negated = True
    if sentence.lows[max(0, trigger.begin - 2) : trigger.begin][-1:] == ("nobody",):
        result.unclear = True  # "nobody can take it"
    if _is_told_of(trigger, sentence):
        result.unclear = True
    deny(trigger, chunks, sentence, lexicon, result, why)
    if sentence.words and sentence.words[-1] == "?" and trigger.value in _CHANGES:
        result.possible = True
    if any(cue.name == "unclear" for cue in cues):
        result.unclear = True
    if trigger.value in {"attack", "assail"}:
        result.distant = not lexicon.distant.isdisjoint(sentence.lows)
    elif trigger.value == "enter":
        result.distant = not lexicon.bombs.isdisjoint(sentence.lows) and "exploded" in sentence.lows
    elif sentence.lows[trigger.i] in lexicon.sounds:
        result.distant = not lexicon.bombs.isdisjoint(sentence.lows)
    if trigger.kind == "N" and _is_hearsay(trigger, sentence, lexicon):
        result.hedged = True
        why.append("report")
    if trigger.kind == "N":
        result.negated = result.negated or "no" in sentence.lows[max(0, trigger.begin - 3) : trigger.begin]
        result.possible = result.possible or is_supposed(trigger, chunks, sentence)
        result.possible = result.possible or is_to_come(trigger, chunks, sentence)
    if (
        trigger.kind == "N"
        and trigger.value == "besiege"
        and not _LIFTED.isdisjoint(sentence.lows[max(0, trigger.begin - 5) : trigger.begin])
    ):
        result.negated = True  # "broke the two-month siege of Amerli"
    if (
        trigger.kind == "N"
        and trigger.value == "besiege"
        and _ENDED.intersection(sentence.lows[trigger.j : trigger.j + 9])
    ):
        result.negated = True
    if trigger.value in {"fight", "battle"} and _is_finished(trigger, sentence):
        result.negated = True
    if trigger.perfect and "until" in sentence.lows[trigger.j : trigger.j + 4]:
        result.historic = True  # "which had been under siege until February"
    if is_history(trigger, cues, chunks, sentence, today):
        result.historic = True
    if (
        trigger.value == "hold"
        and sentence.lows[trigger.i] in {"ran", "ruled", "governed", "administered"}
        and not trigger.passive
    ):
        result.historic = True
    if trigger.value == "hold" and trigger.perfect and "had" in sentence.lows[trigger.begin : trigger.i]:
        result.historic = True  # "who had held it for five days": no longer
    result.cues = tuple(why)
    return result


def _no_one(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "No enemy had come within five kilometres"."""
    before = next((one for one in reversed(chunks) if one.j <= trigger.begin), None)
    return (
        before is not None
        and before.kind == "S"
        and before.i > 0
        and sentence.lows[before.i - 1] == "no"
        and trigger.kind == "V"
    )


_SAYS_NOTHING: Final = frozenset({"confirmed", "confirm", "confirming", "confirms"})


def _neither(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> bool:
    """ "Neither Kandahar nor Herat has fallen"."""
    ahead = sentence.lows[: trigger.begin]
    if "neither" not in ahead or "nor" not in ahead:
        return False
    at = ahead.index("neither") + 1
    return any(chunk.kind == "P" and chunk.i <= at < chunk.j for chunk in chunks)


def _is_told_of(trigger: Chunk, sentence: Sentence) -> bool:
    """ "A film about the siege of Aleppo", "the play tells how Raqqa fell"."""
    opens = sentence.lows[:3]
    if not _WORKS.isdisjoint(opens) and trigger.begin > 2:
        return True
    ahead = sentence.lows[: trigger.begin]
    passed_on = not _PASSED_ON.isdisjoint(ahead) or ("shared", "as") in pairwise(ahead)
    if passed_on and not _PICTURES.isdisjoint(opens):
        return True
    before = sentence.lows[max(0, trigger.begin - 5) : trigger.begin]
    return "about" in before and not {"film", "series", *_WORKS}.isdisjoint(before)


_PICTURES: Final = frozenset(
    "video videos clip clips photo photos image images footage picture pictures".split()
)
_PASSED_ON: Final = frozenset(
    "old doctored misleading miscaptioned mislabelled purporting claiming purports".split()
)
"""What is said of pictures that show another day or place."""
_WORKS: Final = frozenset(
    "documentary book novel memoir play exhibition museum poem song anniversary".split()
)


def _not_believed(trigger: Chunk, sentence: Sentence) -> bool:
    """ "He does not think that they will march on it", "nobody expects it to fall": what is said of it is nothing."""
    for at in range(max(1, trigger.begin - 12), trigger.begin):
        if sentence.lows[at] in _OPINIONS:
            before = sentence.lows[max(0, at - 3) : at]
            return not _NOBODY.isdisjoint(before) and "that" not in before
    return False


_OPINIONS: Final = frozenset("think thinks believe believes believed expect expects expected thought".split())
_NOBODY: Final = frozenset("not n't never nobody none few no don't doesn't didn't".split())


def is_ranked(trigger: Chunk, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Is it "the sixth capital to fall"? Then it has fallen."""
    before = sentence.lows[max(0, trigger.begin - 9) : trigger.begin]
    if "next" in before:
        at = before.index("next")
        return bool(at) and before[at - 1] in {"was", "were"}
    return trigger.value in {"fall", "take", "retake", "surrender", "pass", "lose"} and any(
        low in lexicon.ranks and (at + 1 == len(before) or _RANKED.intersection(before[at + 1 :]))
        for at, low in enumerate(before)
    )


def _is_hearsay(trigger: Chunk, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "A newspaper report of the city's fall", "rumours of the capture of Gardez": not the outlet's own word."""
    before = sentence.lows[max(0, trigger.begin - 7) : trigger.begin]
    return any(
        low in lexicon.claim_words and before[at + 1 : at + 2] in {("of",), ("about",)}
        for at, low in enumerate(before)
    )


def _is_finished(trigger: Chunk, sentence: Sentence) -> bool:
    """ "The fighting for Lashio, which began on 2 July, is over": the first verb of its own clause says so."""
    if trigger.kind != "N":
        return False
    for at in range(trigger.j, min(len(sentence.lows), trigger.j + 22)):
        low, before = sentence.lows[at], sentence.lows[at - 1]
        if low == "over" and before in {"is", "was", "now"}:
            return True
        if low in _STOPPED and before not in {"not", "never", "and"}:
            return True
        if low in ENDS or low in {"said", "as", "after", "who"}:
            return False
    return False


_STOPPED: Final = frozenset("ended ceased stopped subsided abated".split())


def _clause(trigger: Chunk, chunks: list[Chunk], sentence: Sentence) -> tuple[int, int]:
    """Token bounds of the clause that a trigger stands in."""
    left, right = 0, len(sentence.lows)
    for chunk in chunks:
        if chunk.kind in {"b", "c", ";", ":", "—", "–"}:
            low = sentence.lows[chunk.i]
            ends = (
                low in ENDS
                or chunk.kind in {";", ":", "—", "–"}
                or (
                    chunk.kind == "b"
                    and low in {"as", "when", "after", "before", "because", "where", "since", "who", "which"}
                )
            )
            if ends and chunk.i < trigger.begin:
                left = chunk.j if low not in {"if", "unless", "whether"} else chunk.i
            elif ends and chunk.i >= trigger.j:
                right = min(right, chunk.i)
    return left, right


def _apply(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:
    """Lets one cue act on a trigger; True when it did."""
    gap = trigger.begin - cue.j
    before = cue.j <= trigger.i
    if cue.name == "hedges":
        result.hedged = True
        return True
    if cue.name == "conditions" and before:
        low = sentence.lows[cue.i]
        if low == "once" and (trigger.form not in {"base", "s"} or gap > 6):
            return False
        if low == "should" and cue.i != 0:
            return False
        if gap > 12 or (trigger.kind == "N" and gap > 5):
            return False
        result.possible = True
        return True
    if (
        cue.name == "intents"
        and before
        and gap <= 9
        and trigger.form == "base"
        and sentence.lows[cue.j : cue.j + 1] == ("that",)
    ):
        result.possible = True  # "demanded that the governor hand the city over"
        return True
    if cue.name == "almost" and before and gap <= 3:
        result.possible = True
        return True
    if (
        cue.name == "intents"
        and before
        and gap <= 5
        and (trigger.infinitive or trigger.kind == "N" or trigger.form == "ing")
        and not _verb_between(cue, trigger, sentence)
    ):
        if trigger.kind == "N" and trigger.value == "leave" and sentence.lows[cue.i].startswith("order"):
            return False  # who orders the withdrawal is gone
        result.possible = True
        if cue.i > 0 and sentence.lows[cue.i - 1] in {"no", "without"}:
            result.unclear = True  # "no plan to take it by force": nothing is said
        return True
    if (
        cue.name == "intents"
        and before
        and trigger.kind == "V"
        and not trigger.infinitive
        and sentence.lows[cue.i].startswith("fear")
        and gap <= 6
    ):
        result.hedged = True
        return True
    if (
        cue.name == "failures"
        and before
        and gap <= 7
        and (trigger.infinitive or trigger.form == "ing" or trigger.kind == "N" or gap <= 2)
    ):
        low = sentence.lows[cue.i]
        if low == "without" and gap > 1:
            return False
        result.negated = True
        if trigger.infinitive or trigger.form == "ing":
            result.possible = True
        return True
    if cue.name == "negations" and before and gap <= 2 and trigger.kind == "N":
        result.negated = True
        return True
    return False


def _verb_between(cue: Cue, trigger: Chunk, sentence: Sentence) -> bool:
    between = sentence.lows[cue.j : trigger.begin]
    return not {",", "after", "following", "into", "about"}.isdisjoint(between)


def _was_done(cues: list[Cue], trigger: Chunk) -> bool:
    return any(cue.name == "done" and 0 <= trigger.begin - cue.j <= 3 for cue in cues)
