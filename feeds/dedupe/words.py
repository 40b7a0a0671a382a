"""From a story's title and lead to the words that decide whether two stories tell the same."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from feeds.dedupe.figures import FIGURE
from feeds.dedupe.stems import A_FIGURE, CODES, END, NUMBER, SPELLED, codes_of_script, is_script
from feeds.story import Story

_FLAG: Final = re.compile(
    r"^\W*(?:(?:UPDATE|REFILE|RPT|WRAPUP|ADVISORY)\s*\d*|URGENT|BREAKING(?: NEWS)?|CORRECTED|CORRECTION|WITHDRAWN|EXCLUSIVE"
    r"|ALERT|FLASH|JUST IN|LIVE|WATCH|VIDEO|[1-9](?:st|nd|rd|th) LD|LEAD)\s*(?:\([^)]{1,20}\))?\s*[-–—:|]+\s*",
    re.IGNORECASE,
)
_FLAG_AT_END: Final = re.compile(
    r"\s*[(\[](?:UPDATED?|CORRECTED|CORRECTION|REFILE|RECAST|\d(?:st|nd|rd|th) LD)\s*\d*[)\]]\s*$",
    re.IGNORECASE,
)
_CREDIT_AT_END: Final = re.compile(r"\s+[-–—|]\s+[^-–—|]{2,40}$")
_DATELINE: Final = re.compile(
    r"^\W*(?:[^\W\d_][\w .,'’/-]{1,60}?)?\s*(?:\([^)]{2,40}\)\s*)?[-–—]{1,2}\s+(?=\S)"
    r"|^\W*\((?:Reuters|AP|AFP|dpa|UPI|Xinhua)[^)]{0,20}\)\s*",
)
_LETTERS: Final = r"[^\W\d_](?:(?:\.[^\W\d_](?![^\W_]))+\.?|[^\W_]*(?:['’][^\W_]+)?)"
_TOKEN: Final = re.compile(rf"{_LETTERS}|{FIGURE}|[^\W_]+(?:['’][^\W_]+)?|[.:?!]")
_ASCII_TOKEN: Final = re.compile(
    r"[A-Za-z](?:(?:\.[A-Za-z](?![A-Za-z0-9]))+\.?|[A-Za-z0-9]*(?:'[A-Za-z0-9]+)?)|[0-9][A-Za-z0-9]*(?:'[A-Za-z0-9]+)?|[.:?!]"
)
"""The same for a text of plain letters without figures, in half the time."""
_FIGURES: Final = re.compile(r"[0-9]")
_LEAD_WORDS: Final = 36
_SHORTEST_LEAD: Final = 60
_LEAD_TEXT: Final = 450
_MASKED: Final = A_FIGURE | SPELLED


class Words(NamedTuple):
    """One text as dedupe sees it; words are numbers (see :mod:`feeds.dedupe.stems`)."""

    stems: tuple[int, ...]
    """Every word but stop words, in order; figures kept."""
    names: tuple[int, ...]
    """Those written with a capital inside a sentence: names, mostly."""


def tokens(text: str) -> list[str]:
    """The words of a text as written, and the marks that end a sentence or clause."""
    plain = text.isascii() and _FIGURES.search(text) is None
    return (_ASCII_TOKEN if plain else _TOKEN).findall(text)


def split_words(text: str, most: int = 1000) -> Words:
    """The words of a text in order, ``most`` at most, and which of them look like names."""
    return words_of(tokens(text), text, most)


def words_of(written: list[str], text: str, most: int = 1000) -> Words:
    """The same of a text whose words as written are known."""
    if not text.isascii() and is_script(text):
        return _split_script(written, most)
    codes = list(map(CODES.__getitem__, written))
    stems = [code for code in codes if code > 0]
    if len(stems) > most:
        del stems[most:]
    if text.isupper():
        return Words(tuple(stems), ())
    names = [
        code
        for word, code, before in zip(written[1:], codes[1:], codes, strict=False)
        if code > 0 and before != END and word[0].isupper()
    ]
    return Words(tuple(stems), tuple(dict.fromkeys(names)))


def _split_script(written: list[str], most: int) -> Words:
    stems: list[int] = []
    for word in written:
        found = codes_of_script(word) if is_script(word) else [CODES[word]]
        stems += [code for code in found if code > 0]
    return Words(tuple(stems[:most]), ())


def headline(title: str) -> str:
    """A title without wire flags, and without the outlet's name at its end."""
    while (cut := _FLAG_AT_END.sub("", _FLAG.sub("", title, count=1))) != title and cut:
        title = cut
    if len(title) > 50:
        shorter = _CREDIT_AT_END.sub("", title)
        return shorter if len(shorter) >= 25 else title
    return title


def is_flagged(title: str) -> bool:
    """True when a wire flag (``UPDATE 1-``) says that the title was told before or will be told again."""
    return bool(_FLAG.match(title) or _FLAG_AT_END.search(title))


def lead(text: str) -> str:
    """The first sentences of a text, without dateline."""
    first = text[:_LEAD_TEXT].split("\n\n", 1)[0]
    text = first if len(first) > _SHORTEST_LEAD else text[:_LEAD_TEXT]
    return _DATELINE.sub("", text, count=1) if _DATELINE.match(text[:90]) else text


def lead_words(story: Story) -> tuple[Words, ...]:
    """The words of the lead, the first thirty-six of them, figures made alike.

    Two leads when summary and body open differently: one outlet prints the one, the next the other.
    """
    opening = lead(story.body if len(story.body) > _SHORTEST_LEAD else story.summary or story.body)
    texts = [opening]
    if story.summary and (other := lead(story.summary)) and not opening.startswith(other[:_SHORTEST_LEAD]):
        texts.append(other)
    found = [split_words(text, _LEAD_WORDS) for text in texts]
    return tuple(Words(masked(words.stems), words.names) for words in found)


def masked(stems: tuple[int, ...]) -> tuple[int, ...]:
    """The words with every figure made alike, so that a changed toll is no difference."""
    return tuple([NUMBER if code & _MASKED else code for code in stems])
