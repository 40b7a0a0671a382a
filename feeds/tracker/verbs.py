"""Verb groups: auxiliaries, modals, negation and adverbs gathered into the verb that they belong to."""

from __future__ import annotations

from feeds.tracker.chunks import Chunk
from feeds.tracker.closed import ADVERBS, BE, MODALS, NEGATIONS, NOUNS_IN_LY
from feeds.tracker.lexicon import Lexicon
from feeds.tracker.tokens import Sentence

_VERBS = frozenset({"V", "SP", "v"})
_STAYS = frozenset("remain remains remained remaining stay stays stayed".split())
_EVENTS = frozenset({"V", "SP", "v", "N"})
_HAVE = frozenset("has have had having 've hasn't haven't hadn't".split())
_UNDER = {"besiege": "besiege", "attack": "assail", "approach": "besiege"}
"""What "under siege", "under attack", "under threat" say, as passive verbs."""
_INTRANSITIVE = frozenset(
    {"give-way", "fall", "surrender", "leave", "holdout", "approach", "enter", "fight", "disarm"}
)
"""Classes whose bare past is active: "Bamyan surrendered"."""
_SILENT = frozenset({"d", "w", '"', "'", "(", ")", "CTRL"})
_WHEN = frozenset(
    {
        "of",
        "as",
        "on",
        "before",
        "after",
        "since",
        "until",
        "by",
        "in",
        "at",
        "during",
        "for",
        "from",
        "within",
        "over",
    }
)
_FALSE_FALL = frozenset(
    "silent short ill apart behind back asleep victim flat foul prey sharply steeply slightly steadily dramatically % percent down on off over between "
    "under within below through out from by".split()
)
_FALLEN_IN = frozenset({"love", "line", "step", "place", "with", "value", "price", "rank", "ruins"})
_INTO_WHOSE = frozenset({"hand", "hands", "control", "grip", "grasp", "clutches", "possession"})
"""Of what one falls into, whose it is: not darkness, not disrepair."""
_TO_ONLY = frozenset({"pass", "passes", "passed", "passing", "go", "goes", "went", "gone", "going"})
"""Verbs that tell of a fall only with "to": "passed to the Taliban"."""
_WINS = frozenset({"win", "wins", "won", "winning"})
_AWAY = frozenset({"over", "back"})
_FALSE_TAKE = frozenset(
    "place part note aim cover refuge shelter advantage steps office off care heart issue responsibility".split()
)


def group_verbs(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The chunks with each verb group as one, and without the words that carry no argument."""
    made: list[Chunk] = []
    for at, chunk in enumerate(chunks):
        if chunk.kind not in _EVENTS:
            made.append(chunk)
            continue
        behind = chunks[at + 1].kind if at + 1 < len(chunks) else ""
        if (
            chunk.kind in {"V", "v"}
            and chunk.form in {"pp", "part"}
            and behind == "P"
            and made
            and made[-1].kind in {"p", "d", "near"}
        ):
            continue  # "in occupied Kherson": an adjective
        if chunk.kind == "N" and chunk.value in _UNDER and _under(made, sentence):
            chunk.kind, chunk.value, chunk.passive = "V", _UNDER[chunk.value], True
            chunk.form = "part"
            _gather(made, chunk, sentence)
            chunk.passive = True
        elif chunk.kind in _VERBS:
            if chunk.kind == "V" and _false_trigger(chunks, at, sentence, lexicon):
                chunk.kind, chunk.value = "v", ""
            if sentence.lows[chunk.i] in _WINS and "back" in sentence.lows[chunk.j : chunk.j + 5]:
                chunk.value = "retake"  # "won the town back"
            if chunk.value == "hand" and not _AWAY.isdisjoint(sentence.lows[chunk.j : chunk.j + 6]):
                chunk.others = (*chunk.others, "surrender")  # "handed the city over"
            _gather(made, chunk, sentence)
            _share(made, chunk)
        made.append(chunk)
    return _without_time(made, sentence, lexicon)


def _without_time(chunks: list[Chunk], sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The chunks that carry an argument: without articles and adverbs, without "on Monday" and "before dawn"."""
    kept: list[Chunk] = []
    dated = False
    for chunk in chunks:
        if chunk.kind in _SILENT or (dated and chunk.kind == "num"):
            timed = sentence.lows[chunk.i] in lexicon.time
            if timed:
                while (
                    kept
                    and (
                        kept[-1].kind == "num"
                        or (kept[-1].kind in {"p", "b"} and sentence.lows[kept[-1].i] in _WHEN)
                    )
                    and kept[-1].j >= chunk.i - 3
                ):
                    kept.pop()
            dated = timed or (dated and chunk.kind in {"num", "d"})
            continue
        dated = False
        kept.append(chunk)
    return kept


def _share(made: list[Chunk], verb: Chunk) -> None:
    """Gives "was encircled and captured", "could be encircled and captured" to the second verb too."""
    if verb.passive or verb.perfect or verb.modal or verb.infinitive:
        return
    if not made or made[-1].kind != "c":
        return
    first = next((chunk for chunk in reversed(made) if chunk.kind in _VERBS), None)
    if verb.form == "base" and verb.kind != "SP" and first is not None and first.form == "base":
        verb.modal, verb.infinitive, verb.negated = first.modal, first.infinitive, first.negated
        verb.adverb = verb.adverb or first.adverb  # "could isolate Kabul and take it"
        return
    if verb.form not in {"pp", "part"} or verb.begin != verb.i:
        return
    if first is not None and first.form in {"pp", "part"} and (first.passive or first.modal or first.negated):
        verb.passive, verb.modal, verb.adverb, verb.negated = (
            first.passive,
            first.modal,
            first.adverb,
            first.negated and not first.adverb,
        )


def _under(made: list[Chunk], sentence: Sentence) -> bool:
    """Takes the "under" of "under siege", "under heavy attack" away and says whether there was one."""
    look = len(made) - 1
    while look >= 0 and made[look].kind in {"d", "x", "w"} and len(made) - look < 4:
        look -= 1
    if look >= 0 and sentence.lows[made[look].i] == "under":
        del made[look:]
        if made and made[-1].kind == "V" and made[-1].value == "pass":
            made.pop()
        return True
    return False


def _gather(made: list[Chunk], verb: Chunk, sentence: Sentence) -> None:
    """Takes the auxiliaries before a verb into it."""
    be = False
    while made:
        before = made[-1]
        low = sentence.lows[before.i]
        if (
            before.kind in {"V", "v"}
            and low in _STAYS
            and verb.form in {"pp", "part"}
            and before.j == verb.begin
        ):
            verb.passive, verb.modal, verb.negated = True, before.modal, before.negated
            verb.perfect, verb.begin = before.perfect, before.begin
            made.pop()  # "remains besieged"
            return
        if before.kind == '"':
            quotes = made.pop()  # had been "liberated"
            if not made or made[-1].kind not in {"aux", "w"}:
                made.append(quotes)
                break
            continue
        if before.kind == "aux":
            be = be or low in BE
            verb.perfect = verb.perfect or low in _HAVE
            verb.modal = verb.modal or low in MODALS
            verb.negated = verb.negated or low in NEGATIONS
            if low in MODALS:
                verb.adverb = low
        elif verb.form == "lit" and low in {"be", "to"} and before.kind == "aux":
            pass
        elif (
            before.kind == "w"
            and (low in ADVERBS or (low.endswith("ly") and low not in NOUNS_IN_LY) or low in NEGATIONS)
        ) or low in {
            "not",
            "never",
        }:
            verb.negated = verb.negated or low in {"not", "never"}
            if low == "longer" and before.i and sentence.lows[before.i - 1] == "no":
                verb.negated = True
                verb.adverb = "no longer"
        elif (before.kind == "d" and low in {"no", "both", "all", "each"}) or (
            low == "but" and sentence.lows[before.i - 1] == "all"
        ):
            pass  # "have all but surrounded"
        elif (before.kind == "p" and low == "to" and verb.form == "base") or (
            before.kind == "p" and low == "to" and (be or verb.perfect)
        ):
            verb.infinitive = True
            verb.begin = before.i
            made.pop()
            break
        else:
            break
        verb.begin = before.i
        made.pop()
    if be and verb.form in {"pp", "part"}:
        verb.passive = True
    if be and verb.form == "base" and sentence.lows[verb.i] in {"overrun"}:
        verb.passive = True


def _false_trigger(chunks: list[Chunk], at: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "Fell silent", "took place", "held talks": the verb alone, in another sense."""
    verb = chunks[at]
    after = chunks[at + 1] if at + 1 < len(chunks) else None
    if "gone" in verb.others and verb.value == "fall" and sentence.lows[verb.j : verb.j + 1] != ("to",):
        verb.value, verb.others, verb.form = "gone", (), "lit"
        return False
    low = sentence.lows[verb.j] if verb.j < len(sentence.lows) else ""
    ahead = sentence.lows[max(0, verb.i - 6) : verb.i]
    if verb.value == "fall" and ahead[-1:] == ("to",) and lexicon.ranks.intersection(ahead):
        return False  # "the first capital to go"
    if (
        verb.value == "fall"
        and sentence.lows[verb.i] in _TO_ONLY
        and not (
            after is not None and after.kind in {"p", "H"} and (low in {"to", "over"} or after.kind == "H")
        )
    ):
        return True
    if verb.value == "fall" and low in {"in", "into"}:
        beyond = sentence.lows[verb.j + 1 : verb.j + 6]
        if low == "in":
            return not _FALLEN_IN.isdisjoint(beyond[:1])
        return (after is None or after.kind != "H") and _INTO_WHOSE.isdisjoint(beyond)
    if verb.value == "fall" and (low in _FALSE_FALL or (after is not None and after.kind == "num")):
        return not (
            low in {"from", "by", "within", "under", "on"} and _goes_on(chunks, at + 1, sentence, lexicon)
        )
    return verb.value == "take" and low in _FALSE_TAKE


def _goes_on(chunks: list[Chunk], at: int, sentence: Sentence, lexicon: Lexicon) -> bool:
    """Is "fell on Friday", "fell within hours", "fell under Taliban control" still a fall?"""
    if at < len(chunks) and chunks[at].kind == "H":
        return True
    low = sentence.lows[chunks[at].i] if at < len(chunks) else ""
    after = sentence.lows[chunks[at].j] if at < len(chunks) and chunks[at].j < len(sentence.lows) else ""
    at_first = chunks[at].j + 1 if at < len(chunks) else len(sentence.lows)
    if low == "on" and after == "the":
        return not lexicon.time.isdisjoint(sentence.lows[at_first : at_first + 3])  # "on the first of April"
    if low == "on":
        return after in lexicon.time or after in {"early", "late"} or after[:1].isdigit()
    if low == "within":
        return after in lexicon.time or after in {"a", "two", "three", "six"} or after[:1].isdigit()
    if low == "by":
        return after in lexicon.time or after == "the"
    return False


_DRIVEN = frozenset(
    "driven ousted expelled chased evicted forced dislodged flushed thrown kicked ejected routed purged".split()
)
"""Participles of those who are driven out, where no auxiliary says so: who drives has an object right behind."""


def is_passive(chunks: list[Chunk], at: int, sentence: Sentence) -> bool:
    """Is a participle without auxiliary passive here? "Kunduz captured by", "captured on Sunday"."""
    verb = chunks[at]
    if verb.passive:
        return True
    if verb.perfect or verb.form not in {"pp", "part", "base"} or verb.infinitive or verb.modal:
        return False
    if verb.value in _INTRANSITIVE:
        return False
    after = chunks[at + 1] if at + 1 < len(chunks) else None
    if verb.form != "base" and after is not None and after.kind == "p" and sentence.lows[after.i] == "by":
        return True
    if at == 0:
        return verb.form in {"pp", "part"} and any(chunk.kind == "," for chunk in chunks[1:9])
    if verb.value == "expel" and sentence.lows[verb.i] in _DRIVEN and after is not None and after.kind == "p":
        return True  # "Rebels chased out of Bor, army says"
    before = chunks[at - 1]
    if before.kind == "," and at > 1:
        before = chunks[at - 2]
    behind = chunks[at + 2] if at + 2 < len(chunks) else None
    spans = (
        after is not None
        and after.kind in {"x", "num"}
        and behind is not None
        and sentence.lows[behind.i] in {"after", "before", "since"}
    )  # "Kunduz captured two days after Zaranj"
    has_object = (
        not spans
        and after is not None
        and after.kind
        in {
            "P",
            "C",
            "Q",
            "S",
            "F",
            "R",
            "x",
            "K",
            "O",
            "PR",
            "N",
            "num",
            "CROWD",
        }
    )
    if verb.value == "repel" and verb.form in {"pp", "part"} and before.kind == "S":
        return not has_object  # "Taliban repelled in Kandahar"
    return verb.form in {"pp", "part"} and before.kind in {"P", "C", "Q", "F", "R"} and not has_object
