"""Which language a text is in, told well enough to know which vocabulary reads it, or that none does."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from feeds.story import Story

_VOCABULARY: Final = "en"
"""The language that the tracker has words for."""
_SAMPLE: Final = 400
"""Characters looked at; the lead is in the same language as the rest."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_LEAST_HITS: Final = 3
_LEAST_SHARE: Final = 0.15
"""Share of its words that must be a language's commonest ones."""
_AHEAD: Final = 1.5
"""How many times as many hits as the next language the surest must have."""
_LEAST_LETTERS: Final = 8
_FOREIGN: Final = 0.4
"""Share of letters that must be in another script for it to be the text's."""
_TELLING: Final = 0.01
"""Share of letters that must be a language's own for it to be that one."""


def language_of(text: str) -> str:
    """The language of a text, as a BCP 47 tag such as ``en``; empty when one cannot be sure."""
    sample = text[:_SAMPLE]
    if len(sample) - len(sample.encode("ascii", "ignore")) >= _LEAST_LETTERS:
        foreign = _by_script(sample)
        if foreign:
            return foreign
    return _by_words(sample)


def _by_words(sample: str) -> str:
    words, known = _WORD.findall(sample.lower()), _words()
    hits: dict[str, int] = {}  # a Counter takes twice as long
    for word in words:
        for language in known.get(word, ()):
            hits[language] = hits.get(language, 0) + 1
    if not hits:
        return ""
    best = max(hits, key=hits.__getitem__)
    most = hits.pop(best)
    second = max(hits.values(), default=0)
    sure = most >= _LEAST_HITS and most >= _LEAST_SHARE * len(words) and most >= _AHEAD * second
    return best if sure else ""


def _by_script(sample: str) -> str:
    letters = sum(map(str.isalpha, sample))
    for script, (pattern, language) in _scripts().items():
        own = len(pattern.findall(sample))
        if own >= _LEAST_LETTERS and own >= (_FOREIGN / 4 if script == "Kana" else _FOREIGN) * letters:
            return language or _by_letters(sample, own, script)
    return ""


def _by_letters(sample: str, letters: int, script: str) -> str:
    pattern = _scripts()[script][0]
    for language, own in _table()["letters"].items():
        if pattern.match(own) and sum(map(sample.count, own)) >= max(1, _TELLING * letters):
            return language
    return _table()["otherwise"][script]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """The languages that each common word is one of."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _table()["words"].items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _scripts() -> dict[str, tuple[re.Pattern[str], str]]:
    """A pattern for one letter of each script, and the language where the script tells it."""
    found: dict[str, tuple[re.Pattern[str], str]] = {}
    for script, parts in _table()["scripts"].items():
        blocks = [part for part in parts if not part.isascii()]
        language = next((part for part in parts if part.isascii()), "")
        ranges = "".join(f"{block[0]}-{block[-1]}" for block in blocks)
        found[script] = re.compile(f"[{ranges}]"), language
    return found


def foreign_language(story: Story) -> str:
    """The language of a story that no vocabulary reads; empty when it is read, in doubt too.

    What a feed says of its language counts only when the words say it as well.
    """
    if not story.language or story.language.lower().partition("-")[0] == _VOCABULARY:
        return ""
    found = language_of(f"{story.title}\n{story.text}")
    return found if found != _VOCABULARY else ""
