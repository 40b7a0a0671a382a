"""Thousands of terms in one pass: every phrase of all of them at once, then the terms whose phrases were found.

The pass runs over the text with a space for everything that is no letter or digit, and patterns have spaces at their
ends, so that borders of words cost nothing. Of phrases of several words, what stands between is compared afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from ahocorasick_rs import AhoCorasick

from feeds.watch.folding import Folded, fold
from feeds.watch.terms import And, Expression, Not, Or, Phrase, phrases

if TYPE_CHECKING:
    from feeds.watch.variants import Variants

Spans: TypeAlias = tuple[tuple[int, int], ...]
"""Places in a text, in order: start and end in characters."""

MOST_SPANS: Final = 50
"""Places kept of one term in one text: what more there is, a reader sees by then."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one pass over a text came to."""

    terms: dict[str, Spans]
    """Ids of the terms that are true of it, and where the words that speak for them stand."""
    names: dict[str, Spans]
    """The names found among those given beside the terms."""


@dataclass(slots=True)
class _Pattern:
    """A string looked for, and what stands for it."""

    text: str
    exact: str
    """What must stand there in the exactly folded text; empty where the pattern alone is enough."""
    before: int
    """What to add to where it begins: the space put before the text moves everything by one, its own is no part of the hit."""
    behind: int
    """The same for where it ends."""
    wide: bool
    """True when the hit reaches to the borders of the words that it is part of."""
    phrases: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Term:
    """A term that is more than a single phrase."""

    id: str
    true: Callable[[Container[int]], bool]
    """Whether it is true where the phrases of these numbers are found."""
    wanted: tuple[int, ...]
    """Numbers of the phrases that speak for it."""


class Matcher:
    """Terms, and names that cost nothing more, at work."""

    def __init__(self, terms: Mapping[str, Expression], names: Iterable[str] = ()) -> None:
        """``terms`` by id; ``names`` are found as whole words like phrases, for instance names of places."""
        self._numbers: dict[Phrase, int] = {}
        self._simple: dict[int, list[str]] = {}
        self._terms: dict[int, list[_Term]] = {}
        used = Counter(phrase for expression in terms.values() for phrase, _ in phrases(expression))
        for id_, expression in terms.items():
            self._take(id_, expression, used)
        self._patterns = _patterns(self._numbers, names)
        self._varied = [number for phrase, number in self._numbers.items() if phrase.variants]
        self._variants = _variants([phrase.folded for phrase in self._numbers if phrase.variants])
        self._search = AhoCorasick([pattern.text for pattern in self._patterns])

    def hits(self, text: str) -> dict[str, Spans]:
        """The terms that are true of a text, and where the words that speak for them stand."""
        return self.look(text).terms

    def look(self, text: str) -> Found:
        """The terms and the names in a text."""
        folded = fold(text)
        places, names = self._places(folded)
        if self._variants is not None:
            self._vary(folded, places)
        if not places and not names:
            return Found({}, {})
        return Found(
            {id_: _spans(folded, spans) for id_, spans in self._true_of(places).items()},
            {name: _spans(folded, spans) for name, spans in names.items()},
        )

    def _take(self, id_: str, expression: Expression, used: Mapping[Phrase, int]) -> None:
        numbered = [
            (self._numbers.setdefault(phrase, len(self._numbers)), wanted)
            for phrase, wanted in phrases(expression)
        ]
        speaking = tuple(dict.fromkeys(number for number, wanted in numbered if wanted))
        if isinstance(expression, Phrase):
            self._simple.setdefault(speaking[0], []).append(id_)
            return
        term = _Term(id_, self._compiled(expression), speaking)
        for phrase in _guard(expression, used) or ():
            self._terms.setdefault(self._numbers[phrase], []).append(term)

    def _places(
        self, folded: Folded
    ) -> tuple[dict[int, list[tuple[int, int]]], dict[str, list[tuple[int, int]]]]:
        """Where each phrase and each name stands in the folded text."""
        phrases_: dict[int, list[tuple[int, int]]] = {}
        names: dict[str, list[tuple[int, int]]] = {}
        patterns, exact = self._patterns, folded.exact
        for number, start, end in self._search.find_matches_as_indexes(f" {folded.plain} ", overlapping=True):
            pattern = patterns[number]
            span = (start + pattern.before, end + pattern.behind)
            if pattern.exact and exact[span[0] : span[1]] != pattern.exact:
                continue
            if pattern.wide:
                span = _whole_words(folded.plain, *span)
            for phrase in pattern.phrases:
                phrases_.setdefault(phrase, []).append(span)
            for name in pattern.names:
                names.setdefault(name, []).append(span)
        return phrases_, names

    def _vary(self, folded: Folded, places: dict[int, list[tuple[int, int]]]) -> None:
        """Add where words stand that are spellings of a word with ``~``."""
        assert self._variants is not None
        plain = f" {folded.plain} "
        for word, numbers in self._variants.among(set(plain.split())):
            spans = [(at, at + len(word)) for at in _places_of(f" {word} ", plain)]
            for number in numbers:
                places.setdefault(self._varied[number], []).extend(spans)

    def _compiled(self, expression: Expression) -> Callable[[Container[int]], bool]:
        """The expression as one call: it is asked for every story in which one of its words stands."""
        match expression:
            case Phrase():
                number = self._numbers[expression]
                return lambda found: number in found
            case Not(part):
                inner = self._compiled(part)
                return lambda found: not inner(found)
            case And(parts):
                all_ = [self._compiled(part) for part in parts]
                return lambda found: all(part(found) for part in all_)
            case Or(parts):
                any_ = [self._compiled(part) for part in parts]
                return lambda found: any(part(found) for part in any_)

    def _true_of(self, places: dict[int, list[tuple[int, int]]]) -> dict[str, list[tuple[int, int]]]:
        true: dict[str, list[tuple[int, int]]] = {}
        asked: set[str] = set()
        for number, spans in places.items():
            for id_ in self._simple.get(number, ()):
                true[id_] = spans
            for term in self._terms.get(number, ()):
                if term.id in asked:
                    continue
                asked.add(term.id)
                if term.true(places):
                    true[term.id] = [span for one in term.wanted for span in places.get(one, ())]
        return true


def _guard(
    expression: Expression, used: Mapping[Phrase, int], *, wanted: bool = True
) -> frozenset[Phrase] | None:
    """Phrases of which one at least stands in every text that the expression is true of; None when there are none such.

    Of the parts of an AND one is enough, and the one whose phrases the fewest terms use is best: "fell" stands in a
    thousand terms, and the town beside it in one.
    """
    match expression:
        case Phrase():
            return frozenset([expression]) if wanted else None
        case Not(part):
            return _guard(part, used, wanted=not wanted)
        case And(parts) | Or(parts):
            guards = [_guard(part, used, wanted=wanted) for part in parts]
            sure = [guard for guard in guards if guard is not None]
            if isinstance(expression, And) == wanted:
                return min(sure, key=lambda guard: sum(used[phrase] for phrase in guard), default=None)
            return frozenset().union(*sure) if len(sure) == len(guards) else None


def _variants(words: Sequence[str]) -> Variants | None:
    if not words:
        return None
    from feeds.watch.variants import Variants  # rapidfuzz, which most desks never need

    return Variants(words)


def _patterns(numbers: Mapping[Phrase, int], names: Iterable[str]) -> list[_Pattern]:
    """One pattern for all that look the same to a reader; words with ``~`` are compared apart."""
    found: dict[tuple[str, str, bool], _Pattern] = {}

    def pattern_of(phrase: Phrase) -> _Pattern:
        text, folded = phrase.pattern, phrase.folded
        exact = folded if " " in text.strip() else ""
        before, behind = -(text[0] != " "), -1 - (text[-1] == " ")
        wide = phrase.open_start or phrase.open_end
        return found.setdefault((text, exact, wide), _Pattern(text, exact, before, behind, wide))

    for phrase, number in numbers.items():
        if not phrase.variants:
            pattern_of(phrase).phrases.append(number)
    for name in dict.fromkeys(names):
        phrase = Phrase(name)
        if phrase.folded:
            pattern_of(phrase).names.append(name)
    return list(found.values())


def _spans(folded: Folded, spans: Iterable[tuple[int, int]]) -> Spans:
    return tuple(folded.span(start, end) for start, end in sorted(set(spans))[:MOST_SPANS])


def _places_of(word: str, plain: str) -> Iterator[int]:
    """Where a word begins, counted without the space before the text."""
    at = plain.find(word)
    while at >= 0:
        yield at
        at = plain.find(word, at + 1)


def _whole_words(plain: str, start: int, end: int) -> tuple[int, int]:
    behind = plain.find(" ", end)
    return plain.rfind(" ", 0, start) + 1, len(plain) if behind < 0 else behind
