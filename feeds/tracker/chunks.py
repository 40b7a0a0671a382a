"""From tokens to atoms: the smallest pieces that the vocabulary knows, before phrases are built from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.tracker.closed import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    NOUNS_IN_LY,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
)
from feeds.tracker.homographs import before_soldiers, hands_over, reads_as_verb, written_so
from feeds.tracker.lexicon import Entry, Lexicon, Trie
from feeds.tracker.tokens import Sentence

_OF_A_MONTH: Final = frozenset("in since until last early late mid by this from before after through".split())
_ARTICLES: Final = frozenset({"the", "a", "an"})
_LOWER_PARTIES: Final = frozenset({"foreign", "coalition", "allied", "international", "peacekeeping"})


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

    @property
    def meanings(self) -> tuple[str, ...]:
        """Of a verb: every class it may belong to, the likeliest first."""
        return (self.value, *self.others)


def position(wanted: Chunk, chunks: list[Chunk]) -> int:
    """Where a chunk stands among the others of its sentence; 0 when it was made apart from them."""
    return next((at for at, chunk in enumerate(chunks) if chunk is wanted), 0)


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
        node = root.get(low)
        if node is not None:
            end, entries = words.longest(lows, at) if node.next else (at + 1, node.entries)
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
    if sentence.words[at:end] == ("March",) and at and sentence.lows[at - 1] in _OF_A_MONTH:
        return None  # "won back in March"
    if sentence.lows[at:end] == ("back",) and sentence.lows[end : end + 1] in _BACK:
        return None  # "are back in the town"
    tags: dict[str, Entry] = {}
    for entry in entries:
        if entry.form == "caps" and not written_so(sentence.words[at]):
            continue  # "is" is not IS
        tags.setdefault(entry.tag, entry)
    capital = sentence.words[at][0].isupper()
    if "P" in tags or "R" in tags:
        if not (capital or sentence.words[end - 1][0].isupper()):
            return None
        if "ADJ" in tags and before_soldiers(sentence, end, words):
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
        if hands_over(sentence, at, end):
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
            if reads_as_verb(sentence, at, end, verb)
            else _noun(entries, at, end)
        )
    if verb and verb.form == "base" and at > 0 and sentence.lows[at - 1] in _ARTICLES:
        verb = None  # "the camp"
    if verb and verb.form == "base" and at > 1 and sentence.lows[at - 2 : at] in _BACKED:
        return Chunk("MIL", at, end)  # "Kurdish-led force"
    if verb and not (verb.form == "base" and sentence.lows[end : end + 1] == ("of",)):
        return _verb(entries, verb, at, end)
    speech = tags.get("SP")
    if (
        speech
        and "REG" in tags
        and at
        and (sentence.words[at - 1][0].isupper() or sentence.lows[at - 1] in _ARTICLES)
    ):
        speech = None  # "North Kordofan state"
    if speech:
        return Chunk("SP", at, end, speech.value, speech.form)
    if noun:
        return _noun(entries, at, end)
    for tag in _LAST:
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


_BACK: Final = frozenset({("in",), ("at",), ("under",), ("on",), ("inside",)})
_BACKED: Final = frozenset(("-", by) for by in ("led", "backed", "aligned", "allied", "dominated"))
_MET: Final = frozenset(
    (word,)
    for word in "meeting met without no little any fierce stiff facing encountering encountered offered much some".split()
)


_NOUNS: Final = tuple("MIL SPK WIT THIRD MEDIA CTRL NEAR INN OUT CITY CITIES REG CROWD FC PART".split())
"""Nouns by their tags, the one that counts first where a word is several."""
_LAST: Final = ("WEAK", *_NOUNS)
_ALONE: Final = frozenset(_NOUNS)


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
