"""The little language of watch terms: what a term says, how it is read, how it is written.

Kabul airport                      the phrase, whole words, any case, with or without hyphen and accents
"Kabul airport" AND NOT drill      NOT binds closest, then AND, then OR; operators are in capitals
(Herat OR Ghazni) AND (fell OR captured)
~Zelenskyy                         the word and spellings near it; one word of 7 letters or more
bomb*   *stan                      words that begin, or end, like this
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from feeds.watch.folding import fold, unspaced

LEAST_VARIED: Final = 7
"""Letters that a word must have for ``~``: among shorter ones, Ghazni is a variant of Ghani."""
AND: Final = "AND"
OR: Final = "OR"
NOT: Final = "NOT"
OPERATORS: Final = frozenset({AND, OR, NOT})


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in the text one behind the other."""

    text: str
    """As it was written, single spaces between words."""
    variants: bool = False
    """True for spellings near the word too."""
    open_start: bool = False
    """True when the first word may begin with other letters."""
    open_end: bool = False
    """True when the last word may go on."""

    @property
    def folded(self) -> str:
        """The phrase as texts are folded, from its first letter or digit to its last; empty when it has none."""
        both = fold(self.text)
        start = len(both.plain) - len(both.plain.lstrip())
        return both.exact[start : len(both.plain.rstrip())]

    @property
    def pattern(self) -> str:
        """What to look for in a plainly folded text with a space at both ends: spaces hold the borders of words."""
        plain = fold(self.folded).plain
        start = "" if self.open_start or unspaced(plain[0]) else " "
        end = "" if self.open_end or unspaced(plain[-1]) else " "
        return f"{start}{plain}{end}"

    def __str__(self) -> str:
        text = f"{'*' * self.open_start}{self.text}{'*' * self.open_end}"
        if self.variants:
            return f"~{text}"
        bare = self.text not in OPERATORS and not any(c.isspace() or c in '()"“”„~' for c in self.text)
        return text if bare else f'"{text}"'


@dataclass(frozen=True, slots=True)
class Not:
    """True where a part is not."""

    part: Expression

    def __str__(self) -> str:
        return f"NOT {_closed(self.part, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """True where all parts are; none of them is an And."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " AND ".join(_closed(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """True where any part is; none of them is an Or."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.parts)


Expression: TypeAlias = Phrase | Not | And | Or


def all_of(parts: Iterable[Expression]) -> Expression:
    """The parts joined by AND, a single one as it is."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: Iterable[Expression]) -> Expression:
    """The parts joined by OR, a single one as it is."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def none_of(part: Expression) -> Expression:
    """The contrary of a part; that of a contrary is the part itself."""
    return part.part if isinstance(part, Not) else Not(part)


def holds(expression: Expression, found: Callable[[Phrase], bool]) -> bool:
    """Whether an expression is true of a text, given which phrases are found in it."""
    match expression:
        case Phrase():
            return found(expression)
        case Not(part):
            return not holds(part, found)
        case And(parts):
            return all(holds(part, found) for part in parts)
        case Or(parts):
            return any(holds(part, found) for part in parts)


def phrases(expression: Expression, *, wanted: bool = True) -> Iterator[tuple[Phrase, bool]]:
    """Every phrase, in order, and whether finding it speaks for the term (it is under no NOT, or under two)."""
    match expression:
        case Phrase():
            yield expression, wanted
        case Not(part):
            yield from phrases(part, wanted=not wanted)
        case And(parts) | Or(parts):
            for part in parts:
                yield from phrases(part, wanted=wanted)


def term_id(expression: Expression) -> str:
    """Twelve hexadecimal digits that name what a term finds: case and accents make no difference, the words do."""
    return hashlib.sha256(str(_bare(expression)).encode()).hexdigest()[:12]


def _bare(expression: Expression) -> Expression:
    match expression:
        case Phrase():
            return Phrase(expression.folded, expression.variants, expression.open_start, expression.open_end)
        case Not(part):
            return Not(_bare(part))
        case And(parts):
            return And(tuple(map(_bare, parts)))
        case Or(parts):
            return Or(tuple(map(_bare, parts)))


def _closed(part: Expression, *looser: type) -> str:
    return f"({part})" if isinstance(part, looser) else str(part)
