"""From tokens to atoms: the smallest pieces that the vocabulary knows, before phrases are built from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.tracker.lexicon import Entry, Lexicon, Trie
from feeds.tracker.tokens import Sentence

AUXILIARIES: Final = frozenset(
    "is are was were be been being am 's 're get gets got gotten has have had having 've do does did hasn't haven't hadn't isn't "
    "aren't wasn't weren't didn't doesn't don't".split()
)
BE: Final = frozenset(
    "is are was were be been being am 're isn't aren't wasn't weren't get gets got gotten".split()
)
MODALS: Final = frozenset(
    "could may might would will can should must shall 'll 'd couldn't wouldn't won't can't cannot shouldn't mightn't".split()
)
NEGATIONS: Final = frozenset(
    "not never no longer hasn't haven't hadn't isn't aren't wasn't weren't didn't doesn't don't couldn't wouldn't won't can't cannot n't".split()
)
ADVERBS: Final = frozenset(
    "also now already just still finally even then again ever soon later reportedly apparently almost nearly all but since only "
    "both have long once briefly yet largely today yesterday overnight thus too once more longer firmly fully so far in fact".split()
)
PREPOSITIONS: Final = frozenset(
    "in on at by for from to of into onto with within inside over against after before since until through throughout across towards "
    "toward upon amid during under between among despite following without via beyond out up around near outside along".split()
)
SUBORDINATORS: Final = frozenset(
    "while as when because although though whereas where if unless whether that who which whose whom since after before until amid".split()
)
CONJUNCTIONS: Final = frozenset(["and", "or", "but", "&", "nor", "then"])
DETERMINERS: Final = frozenset(
    "the a an this that these those its their his her our another some any all both each every no".split()
)
NOUNS_IN_LY: Final = frozenset(
    "july assembly family supply rally ally italy monopoly reply anomaly sicily elderly homily butterfly".split()
)
"""Words in -ly that are no adverbs."""
_ARTICLES: Final = frozenset({"the", "a", "an"})
_LOWER_PARTIES: Final = frozenset({"foreign", "coalition", "allied", "international", "peacekeeping"})
PRONOUNS: Final = frozenset("they he she it them we who".split())


@dataclass(slots=True)
class Chunk:
    """A piece of a sentence: tokens ``i`` to ``j`` and what they are.

    Kinds: ``P`` place, ``R`` region, ``F`` facility, ``C`` "the city", ``Q`` "two more cities", ``S`` side, ``K`` speaker,
    ``O`` another party, ``H`` "under X's control", ``HELD`` "X-held", ``V`` trigger verb, ``N`` trigger noun, ``SP`` speech
    verb, ``v`` other verb, ``PR`` pronoun, ``p`` preposition, ``c`` conjunction, ``b`` subordinator, ``near``, ``'s``,
    punctuation as itself, ``x`` anything else.
    """

    kind: str
    i: int
    j: int
    value: str = ""
    form: str = ""
    side: str = ""
    places: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    """Places whose region this can also name."""
    near: bool = False
    partial: bool = False
    modifier: bool = False
    """True when it only qualifies the noun behind it: "Kunduz residents"."""
    weak: bool = False
    passive: bool = False
    perfect: bool = False
    infinitive: bool = False
    modal: bool = False
    negated: bool = False
    adverb: str = ""
    begin: int = -1
    """Of a verb: where its group begins, auxiliaries included."""
    others: tuple[str, ...] = ()
    """Of a verb: further classes it may belong to: to push is to expel and to approach."""

    def __post_init__(self) -> None:
        if self.begin < 0:
            self.begin = self.i


def atoms(sentence: Sentence, lexicon: Lexicon) -> list[Chunk]:
    """The sentence as atoms, each token in exactly one."""
    found = []
    lows = sentence.lows
    at = 0
    size = len(lows)
    words = lexicon.words
    root, kinds = words.root, lexicon.kinds
    while at < size:
        chunk = None
        low = lows[at]
        if low in root:
            end, entries = words.longest(lows, at)
            chunk = _known(sentence, at, end, entries, words) if entries else None
        if chunk is None:
            kind = kinds.get(low, "v")
            chunk = _plain(sentence, at, lexicon) if kind == "v" else Chunk(kind, at, at + 1, low)
        found.append(chunk)
        at = chunk.j
    return found


def _known(sentence: Sentence, at: int, end: int, entries: tuple[Entry, ...], words: Trie) -> Chunk | None:
    if len(entries) == 1:
        entry = entries[0]
        if entry.tag in _ALONE:  # the commonest case: one meaning that no neighbour changes
            return Chunk("near" if entry.tag == "NEAR" else entry.tag, at, end, entry.value)
    if sentence.lows[at:end] == ("back",) and sentence.lows[end : end + 1] in _BACK:
        return None  # "are back in the town"
    tags: dict[str, Entry] = {}
    for entry in entries:
        if entry.form == "caps" and not _written_so(sentence.words[at]):
            continue  # "is" is not IS
        tags.setdefault(entry.tag, entry)
    capital = sentence.words[at][0].isupper()
    if "P" in tags or "R" in tags:
        if not (capital or sentence.words[end - 1][0].isupper()):
            return None
        if "ADJ" in tags and _before_soldiers(sentence, end, words):
            return Chunk("ADJ", at, end, side=tags["ADJ"].value)  # "Kachin fighters"
        return _named(at, end, entries)
    for tag in ("SIDE", "OFF", "ADJ", "OTHER"):
        named = tags.get(tag)
        if named is not None:
            if sentence.lows[at:end] == ("resistance",) and sentence.lows[max(0, at - 1) : at] in _MET:
                continue  # "without meeting resistance": nobody's name
            if tag == "OTHER" and not capital and sentence.lows[at] not in _LOWER_PARTIES:
                continue
            chunk = Chunk(tag, at, end, side=named.value if tag != "OTHER" else "")
            if tag == "SIDE" and "ADJ" in tags:
                chunk.value = "adj"
            if tag == "OFF" and "SPK" in tags:
                chunk.value = "spk"
            return chunk
    if "V" in tags and ("WEAK" in tags or "MIL" in tags) and tags["V"].form in {"s", "base"}:
        del tags["V"]
    if "CTRL" in tags and "V" in tags and tags["V"].form in {"s", "base"} and "N" not in tags:
        if _hands_over(sentence, at, end):
            del tags["CTRL"]
        else:
            del tags["V"]
    if "NEAR" in tags and sentence.lows[at] == "near":
        return Chunk("near", at, end, "near")
    if "ENEMY" in tags:
        return Chunk("S", at, end, side="enemy")
    if "X" in tags:
        return Chunk("x", at, end, "plain")
    if "PREP" in tags:
        return Chunk("p", at, end, tags["PREP"].value)
    verb, noun = tags.get("V"), tags.get("N")
    if verb and noun:
        return (
            _verb(entries, verb, at, end)
            if _reads_as_verb(sentence, at, end, verb)
            else _noun(entries, at, end)
        )
    if verb and verb.form == "base" and at > 0 and sentence.lows[at - 1] in _ARTICLES:
        verb = None  # "the camp"
    if verb and not (verb.form == "base" and sentence.lows[end : end + 1] == ("of",)):
        return _verb(entries, verb, at, end)
    speech = tags.get("SP")
    if speech:
        return Chunk("SP", at, end, speech.value, speech.form)
    if noun:
        return _noun(entries, at, end)
    for tag in (
        "WEAK",
        "MIL",
        "SPK",
        "WIT",
        "THIRD",
        "MEDIA",
        "CTRL",
        "NEAR",
        "INN",
        "OUT",
        "CITY",
        "CITIES",
        "REG",
        "CROWD",
        "FC",
        "PART",
    ):
        known = tags.get(tag)
        if known is not None:
            side = known.value if tag == "WEAK" else ""
            chunk = Chunk("near" if tag == "NEAR" else tag, at, end, known.value, side=side)
            if tag == "WEAK" and "MIL" in tags:
                chunk.value = "military"
            if tag == "PART" and "REG" in tags:
                chunk.value = "REG"
            return chunk
    other = tags.get("v")
    if other and not (other.form == "base" and at > 0 and sentence.lows[at - 1] in DETERMINERS):
        return Chunk("v", at, end, form=other.form)
    return None


def _before_soldiers(sentence: Sentence, end: int, words: Trie) -> bool:
    """Does a word for soldiers or those who speak for them follow?"""
    if end >= len(sentence.lows):
        return False
    following = words.longest(sentence.lows, end)[1]
    return any(entry.tag in {"MIL", "WEAK", "SPK"} for entry in following)


def _hands_over(sentence: Sentence, at: int, end: int) -> bool:
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


_BACK: Final = frozenset({("in",), ("at",), ("under",), ("on",), ("inside",)})
_MET: Final = frozenset(
    (word,)
    for word in "meeting met without no little any fierce stiff facing encountering encountered offered much some".split()
)


_ALONE: Final = frozenset(
    (
        "MIL",
        "SPK",
        "WIT",
        "THIRD",
        "MEDIA",
        "CTRL",
        "NEAR",
        "INN",
        "OUT",
        "CITY",
        "CITIES",
        "REG",
        "CROWD",
        "FC",
        "PART",
    )
)


def _written_so(word: str) -> bool:
    """Is it an abbreviation as it is written: RSF, and Isis or Fano, but not "is"?"""
    return word.isupper() or (len(word) > 3 and word[0].isupper())


def _named(at: int, end: int, entries: tuple[Entry, ...]) -> Chunk:
    places = tuple(entry.value for entry in entries if entry.tag == "P")
    regions = tuple(entry.value for entry in entries if entry.tag == "R")
    if places:
        return Chunk("P", at, end, places=places[:1], regions=regions[:1])
    return Chunk("R", at, end, regions=regions[:1])


def _verb(entries: tuple[Entry, ...], first: Entry, at: int, end: int) -> Chunk:
    verbs = [entry for entry in entries if entry.tag == "V"]
    forms = {entry.form for entry in verbs if entry.value == first.value}
    form = "pp" if forms >= {"base", "part"} or forms >= {"base", "pp"} else first.form
    others = tuple(dict.fromkeys(entry.value for entry in verbs if entry.value != first.value))
    return Chunk("V", at, end, first.value, form, others=others)


def _noun(entries: tuple[Entry, ...], at: int, end: int) -> Chunk:
    nouns = [entry.value for entry in entries if entry.tag == "N"]
    return Chunk("N", at, end, nouns[0], others=tuple(nouns[1:]))


def _reads_as_verb(sentence: Sentence, at: int, end: int, verb: Entry) -> bool:
    """Is "attack", "fall", "control" here a verb? By its neighbours."""
    if verb.form in {"past", "part"} and verb.form != "base":
        return True
    lows = sentence.lows
    before = lows[at - 1] if at else ""
    after = lows[end] if end < len(lows) else ""
    if verb.value == "fight" and verb.form == "base" and after == "for" and _is_noun_fight(lows, at, end):
        return False  # "expects hard fight for Kherson", "battle for Kherson is near"
    if verb.value == "fight" and after == "between":
        return False  # "clashes between"
    if after == "of" and verb.form in {"base", "s"}:
        return False  # "Fall of Herat leaves the government reeling"
    if verb.form in {"pp"}:
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
_FIGHT_BEHIND: Final = frozenset(
    "is was looms rages begins nears intensifies continues heats enters starts over".split()
)


def _plain(sentence: Sentence, at: int, lexicon: Lexicon) -> Chunk:
    low = sentence.lows[at]
    kind = lexicon.kinds.get(low)
    if kind is None:
        kind = lexicon.kinds[low] = _kind(low, lexicon)
    if kind == "v":
        if sentence.words[at][0].islower():
            return Chunk("v", at, at + 1, form="pp")
        kind = "x"
    return Chunk(kind, at, at + 1, low)


def _kind(low: str, lexicon: Lexicon) -> str:
    """The kind of a token that the vocabulary does not know; ``v`` for a participle, if it is not a name."""
    for kind, words in _CLOSED:
        if low in words:
            return kind
    if low in lexicon.function or (low.endswith("ly") and len(low) > 4 and low not in NOUNS_IN_LY):
        return "w"
    if low.endswith("ed") and len(low) > 4 and low not in lexicon.adjectives:
        return "v"
    if low[0].isalpha():
        return "x"
    return "num" if low[0].isdigit() else low


_CLOSED: Final = (
    ("b", SUBORDINATORS - (PREPOSITIONS - {"after", "before", "since", "until", "amid"})),
    ("p", PREPOSITIONS),
    ("c", CONJUNCTIONS),
    ("TH", frozenset({"there"})),
    ("PO", frozenset({"theirs", "ours"})),
    ("PR", PRONOUNS),
    ("'s", frozenset({"'s"})),
    ("aux", MODALS | AUXILIARIES),
    ("d", DETERMINERS),
    ("w", ADVERBS),
)
"""Closed classes, the first that has a token wins."""
