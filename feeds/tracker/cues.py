"""Words that change what a trigger near them means, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that changes what a trigger near it means."""

    name: str
    i: int
    j: int


@dataclass(slots=True)
class Mood:
    """What became of the trigger's meaning, and through which words."""

    possible: bool = False
    hedged: bool = False
    negated: bool = False
    historic: bool = False
    unclear: bool = False
    denied: bool = False
    ended: bool = False
    """"No longer": negated, and a change."""
    distant: bool = False
    """Is the attack one by missiles, drones or shells, or one bomb with its gunfire? Nobody enters."""
    cues: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The word that evidence carries."""
        if self.negated or self.denied:
            return "negated"
        if self.possible:
            return "possible"
        return "hedged" if self.hedged else "asserted"


def find_cues(sentence: Sentence, lexicon: Lexicon) -> list[Cue]:
    """Every cue in the sentence, longest first at each token."""
    found: list[Cue] = []
    lows, cues = sentence.lows, lexicon.cues
    root = cues.root
    behind = 0
    for at, low in enumerate(lows):
        if low in root and at >= behind:
            end, entries = cues.longest(lows, at)
            if entries:
                found += [Cue(entry.tag, at, end) for entry in entries]
                behind = end
    return found


def act(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:
    """Lets one cue act on a trigger of its clause; True when it did. All but a hedge act only on what follows them."""
    if cue.name == "hedges":
        result.hedged = True
        return True
    acts = _ACTS.get(cue.name)
    return acts is not None and cue.j <= trigger.i and acts(cue, trigger, result, sentence)


def was_done(cues: list[Cue], trigger: Chunk) -> bool:
    """Does a word before say that it came to pass: "managed to", "was able to"?"""
    return any(cue.name == "done" and 0 <= trigger.begin - cue.j <= 3 for cue in cues)


def _condition(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:
    """ "If Herat falls", "once it falls"."""
    low, gap = sentence.lows[cue.i], trigger.begin - cue.j
    if low == "once" and (trigger.form not in {"base", "s"} or gap > 6):
        return False
    if low == "should" and cue.i != 0:
        return False
    if gap > 12 or (trigger.kind == "N" and gap > 5):
        return False
    result.possible = True
    if trigger.perfect and "had" in sentence.lows[trigger.begin : trigger.i]:
        result.unclear = True  # "if Kyiv had been taken in three days": it was not
    return True


def _awaited(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:
    """ "When Herat falls", "until the city is taken", not "when it fell": a present that is yet to come."""
    if trigger.kind != "V" or trigger.begin - cue.j > _SUBJECT:
        return False
    if sentence.title and sentence.lows[cue.i] == "after":
        return False  # in a headline that is what has happened: "thousands flee after Kabul falls"
    now = trigger.form in {"s", "base"} or sentence.lows[trigger.begin] in {"is", "are"}
    result.possible = result.possible or now
    return now


def _almost(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:  # noqa: ARG001 - as the others
    """ "Nearly captured"."""
    if trigger.begin - cue.j > 3:
        return False
    result.possible = True
    return True


def _intent(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:
    """ "Vowed to retake", "plans for the capture of", "fears that it has fallen"."""
    low, gap = sentence.lows[cue.i], trigger.begin - cue.j
    if gap <= 9 and trigger.form == "base" and sentence.lows[cue.j : cue.j + 1] == ("that",):
        result.possible = True  # "demanded that the governor hand the city over"
        return True
    wished = trigger.infinitive or trigger.kind == "N" or trigger.form == "ing"
    if wished and gap <= 5 and _BREAKS.isdisjoint(sentence.lows[cue.j : trigger.begin]):
        if trigger.kind == "N" and trigger.value == "leave" and low.startswith("order"):
            return False  # who orders the withdrawal is gone
        result.possible = True
        if cue.i > 0 and sentence.lows[cue.i - 1] in {"no", "without"}:
            result.unclear = True  # "no plan to take it by force": nothing is said
        return True
    if trigger.kind == "V" and not trigger.infinitive and low.startswith("fear") and gap <= 6:
        result.hedged = True
        return True
    return False


def _failure(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:
    """ "Failed to take", "without entering"."""
    gap = trigger.begin - cue.j
    wished = trigger.infinitive or trigger.form == "ing"
    if gap > 7 or not (wished or trigger.kind == "N" or gap <= 2):
        return False
    if sentence.lows[cue.i] == "without" and gap > 1:
        return False
    result.negated = True
    result.possible = result.possible or wished
    return True


def _negation(cue: Cue, trigger: Chunk, result: Mood, sentence: Sentence) -> bool:  # noqa: ARG001 - as the others
    """ "No fighting"."""
    if trigger.kind != "N" or trigger.begin - cue.j > 2:
        return False
    result.negated = True
    return True


_ACTS: Final[dict[str, Callable[[Cue, Chunk, Mood, Sentence], bool]]] = {
    "conditions": _condition,
    "awaited": _awaited,
    "almost": _almost,
    "intents": _intent,
    "failures": _failure,
    "negations": _negation,
}
_SUBJECT: Final = 6
"""Words that may stand between "when" and its verb."""
_BREAKS: Final = frozenset({",", "after", "following", "into", "about"})
"""Words between an intent and a trigger that part the two."""
