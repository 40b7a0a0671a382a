"""Reading a watch term: every mistake is one line with the position, counted from 1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from feeds.errors import TermError
from feeds.watch.terms import (
    AND,
    LEAST_VARIED,
    NOT,
    OPERATORS,
    OR,
    Expression,
    Phrase,
    all_of,
    any_of,
    holds,
    none_of,
)

LONGEST: Final = 2000
"""Characters that a term may have."""
_DEEPEST: Final = 40
_TOKEN: Final = re.compile(
    r"""(?P<open>\() | (?P<close>\)) | (?P<quoted>["“”„](?P<inside>[^"“”„]*)(?P<end>["“”„]?))
    | (?P<tilde>~) | (?P<word>[^\s()"“”„~][^\s()"“”„]*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    """``open``, ``close``, ``quoted``, ``tilde``, ``word``, ``operator`` or ``end``."""
    text: str
    at: int
    """Position in the term, from 0."""


def parse(text: str) -> Expression:
    """What a term says; TermError with the position and what is wrong there."""
    if len(text) > LONGEST:
        raise TermError(f"position {LONGEST + 1}: a term has at most {LONGEST:,} characters; make it two")
    reader = _Reader(_tokens(text))
    expression = reader.either()
    rest = reader.ahead
    if rest.kind == "close":
        raise _wrong(rest, "this parenthesis was never opened")
    if rest.kind != "end":
        raise _wrong(rest, f"put AND or OR before {_shown(rest)}")
    if holds(expression, lambda _: False):
        at = next(token for token in reader.tokens if token.text == NOT and token.kind == "operator")
        raise _wrong(at, "a term must name something to find; this one is true where nothing is found")
    return expression


class _Reader:
    """Descends through the grammar: either = both (OR both)*, both = one (AND? one)*, one = NOT one | (either) | phrase."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self._next = 0
        self._depth = 0

    @property
    def ahead(self) -> _Token:
        """The token that comes next."""
        return self.tokens[self._next]

    def either(self) -> Expression:
        """Parts joined by OR."""
        parts = [self._both()]
        while self._take_operator(OR):
            parts.append(self._both())
        return any_of(parts)

    def _both(self) -> Expression:
        parts = [self._one()]
        while self._take_operator(AND) or self._is_operator(NOT):
            parts.append(self._one())
        return all_of(parts)

    def _one(self) -> Expression:
        token = self.ahead
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _wrong(token, f"more than {_DEEPEST} parentheses and NOTs inside one another")
        try:
            if self._take_operator(NOT):
                return none_of(self._one())
            if token.kind == "open":
                return self._inside(token)
            return self._phrase()
        finally:
            self._depth -= 1

    def _inside(self, opened: _Token) -> Expression:
        self._next += 1
        inner = self.either()
        if self.ahead.kind == "end":
            raise _wrong(opened, "this parenthesis is never closed")
        if self.ahead.kind != "close":
            raise _wrong(self.ahead, f"put AND or OR before {_shown(self.ahead)}")
        self._next += 1
        return inner

    def _phrase(self) -> Phrase:
        first = self.ahead
        if first.kind not in ("word", "quoted", "tilde"):
            raise self._nothing(first)
        self._next += 1
        if first.kind == "quoted":
            return _phrase_of(first, first.text)
        if first.kind == "tilde":
            return self._varied(first)
        words = [first.text]
        while self.ahead.kind == "word":
            words.append(self.ahead.text)
            self._next += 1
        return _phrase_of(first, " ".join(words))

    def _varied(self, tilde: _Token) -> Phrase:
        word = self.ahead
        if word.kind != "word" or word.at != tilde.at + 1:
            raise _wrong(tilde, "~ stands right before one word, without quotes")
        self._next += 1
        if self.ahead.kind == "word":
            raise _wrong(tilde, f"~ works on one word alone; put AND or OR before {_shown(self.ahead)}")
        phrase = Phrase(word.text, variants=True)
        letters = phrase.folded
        if not letters.isalpha():
            raise _wrong(
                word, f"~ works on one word of letters alone; {_shown(word)} has something else in it"
            )
        if len(letters) < LEAST_VARIED:
            raise _wrong(word, f"~ needs {LEAST_VARIED} letters or more: near {_shown(word)} lie other words")
        return phrase

    def _nothing(self, token: _Token) -> TermError:
        """The complaint where something to find should stand."""
        before = self.tokens[self._next - 1] if self._next else None
        if before is None and token.kind == "end":
            return _wrong(token, "the term is empty")
        if before is not None and before.kind == "operator":
            return _wrong(before, f"{before.text} has nothing behind it")
        if token.kind == "operator":
            return _wrong(
                token, f"{token.text} has nothing before it; write it in quotes if the word is meant"
            )
        if token.kind == "close" and before is None:
            return _wrong(token, "this parenthesis was never opened")
        return _wrong(before or token, "there is nothing in this parenthesis")

    def _is_operator(self, word: str) -> bool:
        return self.ahead.kind == "operator" and self.ahead.text == word

    def _take_operator(self, word: str) -> bool:
        taken = self._is_operator(word)
        self._next += taken
        return taken


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text):
        kind = "quoted" if found["quoted"] is not None else str(found.lastgroup)
        token = _Token(kind, found["inside"] if kind == "quoted" else found[0], found.start())
        if kind == "quoted" and not found["end"]:
            raise _wrong(token, "this quotation mark is never closed")
        if kind == "word" and found[0] in OPERATORS:
            token = _Token("operator", found[0], found.start())
        tokens.append(token)
    return [*tokens, _Token("end", "", len(text.rstrip()))]


def _phrase_of(token: _Token, said: str) -> Phrase:
    """A phrase as it was written; stars at its ends leave its borders open."""
    text = " ".join(said.split())
    bare = text.removeprefix("*").removesuffix("*").strip()
    if "*" in bare:
        raise _wrong(token, "* stands at the beginning or at the end of a phrase")
    phrase = Phrase(bare, open_start=text.startswith("*"), open_end=text.endswith("*"))
    if not phrase.folded:
        raise _wrong(token, f"there is no letter or digit to find in {_shown(token)}")
    return phrase


def _shown(token: _Token) -> str:
    """A token in a complaint, short."""
    text = token.text if len(token.text) <= 30 else f"{token.text[:29]}…"
    return {"open": "the parenthesis", "tilde": "~"}.get(token.kind, f"“{text}”")


def _wrong(token: _Token, what: str) -> TermError:
    return TermError(f"position {token.at + 1}: {what}")
