"""The words that the tracker knows: vocabulary of the language and names of the theatre, in one trie of tokens."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from feeds.theatres.model import Place, Theatre
from feeds.tracker.tokens import words_of

DATA: Final = Path(__file__).parent / "data"


class Entry(NamedTuple):
    """What one phrase can be."""

    tag: str
    """``V`` trigger verb, ``N`` trigger noun, ``SP`` speech verb, ``v`` other verb, ``P`` place, ``R`` region, ``SIDE`` …"""
    value: str
    """Class of a verb or noun, id of a place or side."""
    form: str = ""
    """Of a verb: ``base``, ``s``, ``past``, ``part``, ``pp`` (past and participle alike), ``ing``."""


@dataclass(slots=True)
class Node:
    """A step of the trie: tokens that may follow, and what the phrase so far can be."""

    next: dict[str, Node] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


class Trie:
    """Phrases of tokens; hyphens in the text are passed over."""

    def __init__(self) -> None:
        self.root: dict[str, Node] = {}

    def add(self, phrase: Iterable[str], entry: Entry) -> None:
        """Remember what a phrase, already in tokens, can be."""
        children = self.root
        node = None
        for word in phrase:
            node = children.setdefault(word, Node())
            children = node.next
        if node is not None and entry not in node.entries:
            node.entries = (*node.entries, entry)

    def longest(self, lows: tuple[str, ...], at: int) -> tuple[int, tuple[Entry, ...]]:
        """(end, entries) of the longest phrase that starts at a token; (at, ()) when there is none."""
        node = self.root.get(lows[at])
        if node is None:
            return at, ()
        if not node.next:
            return at + 1, node.entries
        end, entries = (at + 1, node.entries) if node.entries else (at, ())
        position = at + 1
        size = len(lows)
        while node.next and position < size:
            word = lows[position]
            if word == "-":
                position += 1
                continue
            node = node.next.get(word)
            if node is None:
                break
            position += 1
            if node.entries:
                end, entries = position, node.entries
        return end, entries


@dataclass(slots=True)
class Lexicon:
    """Everything that tags the tokens of one theatre in one language."""

    words: Trie
    cues: Trie
    function: frozenset[str]
    adjectives: frozenset[str]
    partial_adjectives: frozenset[str]
    firm: frozenset[str]
    foreign_adjectives: frozenset[str]
    claim_words: frozenset[str]
    """Nouns for what somebody says: claims, reports, rumours."""
    distant: frozenset[str]
    """Weapons that strike from afar: an attack with them contests nothing."""
    bombs: frozenset[str]
    sounds: frozenset[str]
    """Words for weapons heard, which tell of no fight for the city beside one of ``bombs``."""
    time: frozenset[str]
    """Words that make "on", "before", "since" say when."""
    inside: frozenset[str]
    """Parts that only a city has: streets, neighbourhoods."""
    edges: frozenset[str]
    """Edges that only a city has: outskirts, gates."""
    implying: frozenset[str]
    """``inside`` and ``edges``: words that mean the city spoken of before."""
    ranks: frozenset[str]
    """Words that make "the … capital to fall" a fact."""
    kinds: dict[str, str] = field(default_factory=dict, kw_only=True)
    """Kinds of tokens that the vocabulary does not know, remembered."""
    headings: dict[tuple[str, ...], str]
    """What a heading says of the places under it, by its words."""
    false_words: frozenset[str]
    """What such a noun is called when it is denied."""


def build(theatre: Theatre) -> Lexicon:
    """The lexicon of a theatre: its language's vocabulary and its own names."""
    data = _vocabulary(theatre.vocabulary[0])
    words = Trie()
    for tag, value, phrases in _plain_words(data):
        for phrase in phrases:
            words.add(words_of(phrase), Entry(tag, value))
    irregular = data["irregular"]
    for tag, value, phrases in _verbs(data):
        for phrase in phrases:
            for form, tokens in _forms(phrase, irregular):
                words.add(tokens, Entry(tag, value, form))
    for phrase in data["plain"]["words"]:
        words.add(words_of(phrase), Entry("X", ""))
    for value, phrases in data["prepositions"].items():
        for phrase in phrases:
            words.add(words_of(phrase), Entry("PREP", value))
    for value, phrases in data["literal"].items():
        for phrase in phrases:
            words.add(words_of(phrase), Entry("V", value, "lit"))
    for word in data["other-verbs"]["past"]:
        words.add(words_of(word), Entry("v", "", "pp"))
    for tag, value, name in (*_names(theatre), *_capitals(theatre, data["capital-of"])):
        words.add(words_of(name), Entry(tag, value, "caps" if name.isupper() and len(name) < 6 else ""))
    for name, side in _nations(theatre, data["capital-of"]):
        words.add(words_of(name), Entry("NATION", side))
    cues = Trie()
    for name, phrases in data["cues"].items():
        for phrase in phrases:
            cues.add(words_of(phrase), Entry(name, phrase))
    places = data["places"]
    return Lexicon(
        words=words,
        cues=cues,
        function=frozenset(data["words"]["function"]),
        adjectives=frozenset(places["adjectives"]),
        partial_adjectives=frozenset(places["partial-adjectives"]),
        firm=frozenset(data["control"]["firm"]),
        foreign_adjectives=frozenset(word.lower() for word in places["foreign-adjectives"]),
        claim_words=frozenset(data["speech-words"]["claims"]),
        distant=frozenset(data["distant"]["words"]),
        bombs=frozenset(data["distant"]["bombs"]),
        sounds=frozenset(data["distant"]["sounds"]),
        time=frozenset(data["time"]["words"]),
        inside=frozenset(places["inside"]),
        edges=frozenset(places["edges"]),
        implying=frozenset((*places["inside"], *places["edges"])),
        ranks=frozenset(data["ranks"]["words"]),
        headings={
            words_of(phrase): label for label, phrases in data["headings"].items() for phrase in phrases
        },
        false_words=frozenset(data["speech-words"]["false"]),
    )


@cache
def _vocabulary(language: str) -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((DATA / f"{language}.toml").read_text("utf-8"))


def _plain_words(data: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, list[str]]]:
    for value, phrases in data["nouns"].items():
        yield "N", value, phrases
    places = data["places"]
    for tag, key in (
        ("CITY", "city"),
        ("CITIES", "cities"),
        ("REG", "region"),
        ("OUT", "outer"),
        ("INN", "inner"),
    ):
        yield tag, key, places[key]
    yield "PART", "part", places["parts"]
    yield "NEAR", "near", places["near"]
    yield "FC", "", places["foreign-cities"]
    people = data["people"]
    for tag, key in (
        ("MIL", "military"),
        ("SPK", "speakers"),
        ("WIT", "witness"),
        ("THIRD", "third"),
        ("MEDIA", "media"),
        ("ENEMY", "enemy"),
        ("OTHER", "other-parties"),
        ("CROWD", "crowd"),
    ):
        yield tag, key, people[key]
    yield "CTRL", "", data["control"]["words"]


def _verbs(data: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, str, list[str]]]:
    for value, phrases in data["verbs"].items():
        yield "V", value, phrases
    for value, phrases in data["speech"].items():
        yield "SP", value, phrases
    yield "v", "", data["other-verbs"]["list"]


def _names(theatre: Theatre) -> Iterator[tuple[str, str, str]]:
    for side in theatre.sides:
        for tag, names in (
            ("SIDE", side.nouns),
            ("ADJ", side.adjectives),
            ("WEAK", side.weak_nouns),
            ("OFF", side.officials),
        ):
            for name in names:
                yield tag, side.id, name
    for place in theatre.places:
        for name in (place.name, *place.aliases):
            yield "P", place.id, name
        if place.kind in {"capital", "national"}:
            for name in (place.region, *place.region_aliases):
                yield "R", place.id, name


def _capitals(theatre: Theatre, called: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """ "The Syrian capital", "Sudan's capital", "the Tigrayan capital", and those of neighbours whose names contain these."""
    own = {word for place in theatre.places for word in called.get(_country(place, theatre), ())}
    for place in theatre.places:
        of = place.region if place.kind == "capital" else _country(place, theatre)
        for word in called.get(of, ()) if place.kind != "town" else ():
            for phrase in (f"{word} capital", f"{word}'s capital", f"{word} capital city"):
                yield "P", place.id, phrase
    for word in {word for words in called.values() for word in words} - own:
        if " " in word:
            yield "FC", "", f"{word} capital"  # "the South Sudanese capital" in Sudan's theatre


def _nations(theatre: Theatre, called: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """ "Congo loses Uvira": what a country is called that acts, with the side that sits in its capital."""
    for place in theatre.places:
        for word in called.get(_country(place, theatre), [])[1:]:  # the first is the adjective
            if place.holder:
                yield word, place.holder


def _country(place: Place, theatre: Theatre) -> str:
    """The code of the country whose capital a place is; empty for any other place."""
    if place.kind != "national":
        return ""
    return place.country or (theatre.countries[0] if len(theatre.countries) == 1 else "")


def _forms(phrase: str, irregular: dict[str, list[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every inflected form of a verb phrase, whose first word is the verb."""
    head, _, rest = phrase.partition(" ")
    tail = words_of(rest)
    forms = irregular.get(head) or _regular(head)
    yield "base", (*words_of(head), *tail)
    yield "s", (*words_of(forms[0]), *tail)
    if forms[1] == forms[2]:
        yield "pp", (*words_of(forms[1]), *tail)
    else:
        yield "past", (*words_of(forms[1]), *tail)
        yield "part", (*words_of(forms[2]), *tail)
    yield "ing", (*words_of(forms[3]), *tail)


def _regular(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return [verb + "es", verb + "ed", verb + "ed", verb + "ing"]
    if verb in {"stop", "ship", "plan", "trap", "grab", "step", "snap", "bag"}:
        return [verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    return [verb + "s", verb + "ed", verb + "ed", verb + "ing"]
