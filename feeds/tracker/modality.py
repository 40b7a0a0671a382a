"""Did it happen? Negation, doubt, wish and condition around a trigger.

After NegEx and ConText (Chapman 2001, Harkema 2009): a cue has a direction, a scope and words that end it.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import NEGATIONS
from feeds.tracker.cues import Cue, Mood, act, was_done
from feeds.tracker.denial import ENDS, deny
from feeds.tracker.history import is_history
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.supposing import (
    before_it,
    had_it,
    is_foreseen,
    is_saying,
    is_supposed,
    is_to_come,
    leader_of,
    let_it,
    may_become,
    should_it,
    with_it,
    would_be,
)
from feeds.tracker.tokens import Sentence
from feeds.tracker.unsaid import is_unsaid

_MAY_HAVE: Final = frozenset({"may", "might", "could", "can"})
_LIFTED: Final = frozenset(
    "broke break breaks broken breaking lift lifted lifting lifts end ended ending ends relieved".split()
)
_CONFIRMED: Final = frozenset({"confirmed", "confirm", "confirming", "confirms"})
_KEEP: Final = frozenset({"keep", "keeps", "kept", "keeping"})
_RULED: Final = frozenset({"ran", "ruled", "governed", "administered"})
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
    result = Mood(negated=trigger.negated, ended=trigger.adverb == "no longer")
    why: list[str] = []
    leader = leader_of(trigger, chunks)
    _by_its_group(trigger, leader, result, why, sentence)
    _by_its_clause(trigger, chunks, sentence, result, why)
    left, right = _clause(trigger, chunks, sentence)
    near = [cue for cue in cues if left <= cue.i < right]
    why += [" ".join(sentence.words[cue.i : cue.j]) for cue in near if act(cue, trigger, result, sentence)]
    done = was_done(near, trigger) or (leader is not None and was_done(cues, leader))
    _by_its_infinitive(trigger, sentence, lexicon, result, done=done)
    if _says_nothing(trigger, sentence):
        result.unclear = True
    if _no_one(trigger, chunks, sentence):
        result.negated = True
    deny(trigger, chunks, sentence, lexicon, result, why)
    asked = sentence.words and sentence.words[-1] == "?"
    asked = asked and not {",", "next"}.issubset(sentence.lows[trigger.j :])  # "Bukavu falls, Burundi next?"
    if asked and (trigger.value in _CHANGES or trigger.value == "give-way"):
        result.possible = True
    if any(cue.name == "unclear" for cue in cues):
        result.unclear = True
    if not _AWAITED.isdisjoint(ahead := sentence.lows[: trigger.begin]):  # few sentences have one
        heard = not _HEARD.isdisjoint(pairwise(ahead[-8:]))  # "expected to hear that it had been taken"
        result.possible = result.possible or heard
    result.distant = _is_distant(trigger, sentence, lexicon)
    if trigger.kind == "N":
        _of_a_noun(trigger, chunks, sentence, lexicon, result, why)
    if _is_over(trigger, sentence) or is_history(trigger, cues, chunks, sentence, today):
        result.historic = True
    result.cues = tuple(why)
    return result


def _by_its_group(
    trigger: Chunk, leader: Chunk | None, result: Mood, why: list[str], sentence: Sentence
) -> None:
    """What its own auxiliaries, or those of the verb that leads it, say: "may have fallen", "could be taken"."""
    if trigger.modal:
        if trigger.perfect and trigger.adverb in _MAY_HAVE:
            result.hedged = True
        else:
            result.possible = True
        why.append(trigger.adverb)
    bare = (
        trigger.form == "lit" and sentence.lows[trigger.i - 1] == "be"
    )  # "could be cut off and be gone in ninety"
    if (bare or (trigger.passive and sentence.lows[trigger.begin] == "be")) and not (
        trigger.modal or trigger.infinitive
    ):
        result.possible = True  # "could be cut off within a month and be taken within three"
    if leader is not None and leader.modal:
        result.possible = True
        why.append(leader.adverb)


def _by_its_clause(
    trigger: Chunk, chunks: list[Chunk], sentence: Sentence, result: Mood, why: list[str]
) -> None:
    """What the clause that it stands in makes of it: "should it fall", "had it fallen", "neither … nor", "before it falls"."""
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
    if with_it(trigger, sentence):
        result.possible = True
        why.append("would")
    if is_foreseen(trigger, sentence):
        result.possible = True
    if is_saying(trigger, sentence):
        result.unclear = True
    ahead = sentence.lows[: trigger.begin]
    if sentence.lows[trigger.j : trigger.j + 1] == ("neither",):
        result.negated = True  # "have taken neither Kandahar nor Herat"
    if "neither" in ahead and "nor" in ahead:
        at = ahead.index("neither") + 1
        if any(chunk.kind == "P" and chunk.i <= at < chunk.j for chunk in chunks):
            result.negated = True  # "neither Kandahar nor Herat has fallen"
        if not _CONFIRMED.isdisjoint(sentence.lows):
            result.unclear = True  # "neither confirmed nor denied the loss of"
    if before_it(trigger, chunks, sentence):
        result.unclear = True
    if trigger.form == "base" and let_it(trigger, chunks, sentence):
        result.unclear = True
        why.append("let")


def _by_its_infinitive(
    trigger: Chunk, sentence: Sentence, lexicon: Lexicon, result: Mood, *, done: bool
) -> None:
    """ "To take it" is a wish, unless it is ranked ("the sixth to fall") or a word before says that it was ``done``."""
    if trigger.value == "fight" and sentence.lows[max(0, trigger.begin - 1)] in _KEEP:
        result.possible = False  # "vows to keep fighting for Bakhmut"
    elif trigger.infinitive and is_ranked(trigger, sentence, lexicon):
        result.possible = would_be(trigger, sentence)
    elif trigger.infinitive and not (result.possible or result.negated or done):
        result.possible = not trigger.perfect
    if trigger.infinitive and NEGATIONS.intersection(
        sentence.lows[max(0, trigger.begin - 4) : trigger.begin]
    ):
        result.negated = result.possible = True
        # "promised not to take it", "no plan to take it": nothing is said
        ahead = sentence.lows[max(0, trigger.begin - 3) : trigger.begin]
        result.unclear = "no" in ahead or ahead[-1:] == ("not",)


def _says_nothing(trigger: Chunk, sentence: Sentence) -> bool:
    """Is it only thought of, told of, or put aside: "nobody can take it", "was never occupied"?"""
    if trigger.negated and trigger.passive and "never" in sentence.lows[trigger.begin : trigger.i]:
        return True  # "the city was never occupied": of no day
    ahead = sentence.lows[max(0, trigger.begin - 4) : trigger.begin]
    if "nobody" in ahead or ("no", "one") in pairwise(ahead):
        return True  # "nobody can take it", "nobody is going to storm it"
    if _not_believed(trigger, sentence) or _is_told_of(trigger, sentence):
        return True
    return _is_mended(trigger, sentence) or is_unsaid(trigger, sentence)


def _is_mended(trigger: Chunk, sentence: Sentence) -> bool:
    """ "A caption that said Homs had been captured was corrected"."""
    return not _PRINTED.isdisjoint(sentence.lows[: min(trigger.begin, 4)]) and not _MENDED.isdisjoint(
        sentence.lows[trigger.j :]
    )


def _is_distant(trigger: Chunk, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Is an attack one from afar, or one bomb?"""
    if trigger.value in {"attack", "assail"}:
        return not lexicon.distant.isdisjoint(sentence.lows)
    if trigger.value == "enter":
        return not lexicon.bombs.isdisjoint(sentence.lows) and "exploded" in sentence.lows
    return sentence.lows[trigger.i] in lexicon.sounds and not lexicon.bombs.isdisjoint(sentence.lows)


def _of_a_noun(
    trigger: Chunk, chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon, result: Mood, why: list[str]
) -> None:
    """What stands around "the fall of", "the siege of", "the fighting in"."""
    if _is_hearsay(trigger, sentence, lexicon):
        result.hedged = True
        why.append("report")
    ahead = sentence.lows[max(0, trigger.begin - 6) : trigger.begin]
    result.negated = result.negated or "no" in ahead[-3:] or not _NO_SIGN.isdisjoint(pairwise(ahead))
    result.possible = result.possible or is_supposed(trigger, chunks, sentence)
    result.possible = result.possible or is_to_come(trigger, chunks, sentence)
    behind = sentence.lows[trigger.j : trigger.j + 12]
    if any(pair in pairwise(behind) for pair in _MATTERS):
        result.possible = True  # "the fall of Kabul is a matter of weeks", "a question of fuel"
    if trigger.value in {"battle", "fight"} and not _COMES.isdisjoint(behind[:8]):
        result.possible = True  # "battle for Sittwe looms"
    if ("years", "on") in pairwise(behind):
        result.historic = True  # "the retreat from Kherson, two years on"
    if not _HAD.isdisjoint(behind[:6]) and not _PREVENTED.isdisjoint(behind[:8]):
        result.negated = True  # "the capture of Ghazni had been prevented"
    if trigger.value == "besiege" and (
        not _LIFTED.isdisjoint(sentence.lows[max(0, trigger.begin - 5) : trigger.begin])
        or not _ENDED.isdisjoint(sentence.lows[trigger.j : trigger.j + 9])
    ):
        result.negated = True  # "broke the two-month siege of Amerli"
    if trigger.value in {"fight", "battle"} and _is_finished(trigger, sentence):
        result.negated = True


def _is_over(trigger: Chunk, sentence: Sentence) -> bool:
    """Do its own words say that it is past: "had been under siege until February", "had held it for five days"?"""
    if trigger.perfect and "until" in sentence.lows[trigger.j : trigger.j + 4]:
        return True
    if trigger.value == "besiege" and trigger.perfect and not trigger.passive and not trigger.negated:
        # "fighters who had besieged it for two years were pushed back"
        return sentence.lows[max(0, trigger.begin - 1) : trigger.begin + 1] in {
            ("who", "had"),
            ("which", "had"),
        }
    if trigger.value != "hold":
        return False
    if trigger.perfect and "had" in sentence.lows[trigger.begin : trigger.i]:
        return True
    return sentence.lows[trigger.i] in _RULED and not (trigger.passive or trigger.perfect)


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


def _is_told_of(trigger: Chunk, sentence: Sentence) -> bool:
    """ "A film about the siege of Aleppo", "the play tells how Raqqa fell"."""
    opens = sentence.lows[:3]
    if sentence.words[trigger.j : trigger.j + 1] == ('"',) and _is_phrase(trigger, sentence):
        return True  # "My mother never said 'when Kabul fell'"
    if not _WORKS.isdisjoint(opens) and trigger.begin > 2:
        return True
    if sentence.title and opens[:1] == ("how",) and trigger.begin < _HOW:
        return True  # "How Kherson fell: inquiry hears why …"
    if sentence.title and (opens[:2] in _PLAYED or opens[:1] in _MADE_UP):
        return True  # "War game: Taliban take Kabul", "Sponsored: …"
    ahead = sentence.lows[: trigger.begin]
    passed_on = not _PASSED_ON.isdisjoint(ahead) or ("shared", "as") in pairwise(ahead)
    if passed_on and not _PICTURES.isdisjoint(opens):
        return True
    before = sentence.lows[max(0, trigger.begin - 5) : trigger.begin]
    return "about" in before and not {"film", "series", *_WORKS}.isdisjoint(before)


def _is_phrase(trigger: Chunk, sentence: Sentence) -> bool:
    """Does a quotation mark stand right before the "when" of a trigger's clause?"""
    for at in range(trigger.begin - 1, max(0, trigger.begin - 6), -1):
        if sentence.lows[at] in {"when", "before", "after", "since"}:
            return sentence.words[at - 1] == '"'
    return False


_PICTURES: Final = frozenset(
    "video videos clip clips photo photos image images footage picture pictures".split()
)
_PASSED_ON: Final = frozenset(
    "old doctored misleading miscaptioned mislabelled purporting claiming purports".split()
)
"""What is said of pictures that show another day or place."""
_HOW: Final = 5
"""Words of a headline in which "how" governs what follows."""
_PLAYED: Final = frozenset({("war", "game"), ("video", "game"), ("war", "games"), ("board", "game")})
_MADE_UP: Final = frozenset(
    {("wargame",), ("sponsored",), ("advertisement",), ("quiz",), ("trailer",), ("fiction",)}
)
_WORKS: Final = frozenset(
    "documentary book novel memoir play exhibition museum poem song anniversary drama opera film movie thriller musical serial".split()
)


def _not_believed(trigger: Chunk, sentence: Sentence) -> bool:
    """ "He does not think that they will march on it", "nobody expects it to fall": what is said of it is nothing."""
    for at in range(max(1, trigger.begin - 12), trigger.begin):
        if sentence.lows[at] in _OPINIONS:
            before = sentence.lows[max(0, at - 3) : at]
            return not _NOBODY.isdisjoint(before) and "that" not in before
    return False


_NO_SIGN: Final = frozenset(("no", of) for of in ("sign", "signs", "evidence", "indication", "indications"))
_COMES: Final = frozenset({"looms", "loom", "looming", "nears", "awaits"})
_HEARD: Final = frozenset({("to", "hear"), ("to", "learn"), ("to", "read")})
_AWAITED: Final = frozenset(
    "expect expects expected hope hopes hoped want wants wanted waiting waits".split()
)
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
    for at in range(trigger.j, min(len(sentence.lows), trigger.j + 22)):
        low, before = sentence.lows[at], sentence.lows[at - 1]
        if low == "over" and before in {"is", "was", "now"}:
            return True
        if low in _STOPPED and before not in {"not", "never", "and"}:
            return True
        if low in ENDS or low in {"said", "as", "after", "who"}:
            return False
    return False


_MATTERS: Final = (("matter", "of"), ("question", "of"))
_HAD: Final = frozenset({"had", "has", "have", "was", "were", "is", "been"})
_PREVENTED: Final = frozenset("prevented averted avoided foiled thwarted postponed".split())
_STOPPED: Final = frozenset("ended ceased stopped subsided abated".split())


_PRINTED: Final = frozenset("caption post tweet headline graphic bulletin broadcast message map".split())
_MENDED: Final = frozenset("corrected deleted withdrawn retracted removed wrong false fake outdated".split())
_KEPT: Final = frozenset({"if", "unless", "whether", "when", "whenever", "until", "till", "after"})
"""Words that begin a clause and are part of it: cues."""


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
                left = chunk.j if low not in _KEPT else chunk.i
            elif ends and chunk.i >= trigger.j:
                right = min(right, chunk.i)
    return left, right
