"""From clean text to sentences and tokens, every one with its offsets into the story's text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

_PLAIN: Final = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "‑": "-",
        "\xa0": " ",
        "#": " ",
    }
)

_TOKEN: Final = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., U.N.
    r"|\d[\d,.]*\d|\d"
    r"|[^\W\d_]+(?:'(?![sS]\b)[^\W\d_]+)*"  # words, hasn't, Sana'a
    r"|'[sS]\b"
    r"|[^\s\w]|_"
)
_BREAK: Final = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(\[]*[A-Z0-9À-Þ])|\n+|;\s")
_NO_BREAK: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Brig|Capt|Gov|Sen|Rep|St|No|Prof|Rev|Jr|Sr|vs|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept|Sep|Oct|Nov|Dec|Pres|Adm|Cpl|Pvt|Min|Amb|al|etc|e\.g|i\.e)|\b[A-Z]|\b[A-Z]\.[A-Z])\.$"
)
_DATELINE: Final = re.compile(
    r"\s*(?:[A-Z][A-Z'’.-]+(?:[ -][A-Z][A-Z'’.-]+|[ -][ei]-?[A-Z]+)*)(?:[,/] ?[A-Za-z][\w. /]{1,30})*\s*(?:\([^)]{2,40}\))?\s*(?:[–—]|--?)\s+"
    r"|\s*[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){0,3}(?:, [A-Z][\w. ]{2,24}?)*\s*\([A-Z][\w .,/]{1,30}\)\s*(?:[–—:]|--?)\s+"
    r"|\s*\([A-Z][\w .]{1,30}\)\s*(?:[–—]|--?)\s+"
)
_AGENCY: Final = re.compile(
    r"\([A-Z]|, (?:\d{1,2} )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: \d{1,2})? *[-–—]"
)
"""An agency or a day in a dateline: no entry of a factbox has them."""
_DASHED: Final = re.compile(r"[:–—-]")
"""Without one of these near its beginning a sentence has no dateline and no heading."""
_STAMP: Final = re.compile(
    r"\s*(?:[-*•·▪►–—]\s+)?(?:\(?\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?\)?(?:\s?(?:GMT|UTC|BST|CET|CEST|EET|EEST|ET|EST|EDT|AEST|AFT|[A-Z]{3,4}T))?\s*(?:[-–—:|]\s+|\s+))"
    r"|\s*[*•·▪►]\s+|\s*-\s+(?=[A-Z])"
)
"""The time of a live blog's entry, the mark before an item of a list."""
_FLASH: Final = re.compile(
    r"\s*[*\[]*(?:BREAKING(?: NEWS)?|JUST IN|URGENT|FLASH|ALERT|DEVELOPING)[\]*!]*(?:\s*[:|–—-]+)?\s+(?=\S)"
)
"""What a wire puts before a headline that cannot wait."""
_ENTRY: Final = re.compile(
    r"[-*•–—\s]*(?P<name>[A-Z][\w'’-]+(?:(?:, | and |[ -])[\w'’-]+){0,9}?)(?: \([\w .'-]+\))?\s*(?:[–—:]|(?<= )--?)\s+"
)


_FEW_QUOTED = 4
"""Words in quotation marks that are part of their clause, and no speech of their own."""
_GOES_ON = frozenset({"of", "over", "in", "from", "to", "by", "the", "control", "city"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a story, tokenised."""

    start: int
    """Offset of its first character in the story's text."""
    end: int
    text: str
    words: tuple[str, ...]
    """Tokens as they stand."""
    lows: tuple[str, ...]
    """Tokens lower-cased, without diacritics: what the vocabulary is matched against."""
    offsets: tuple[int, ...]
    """Offset of each token in the story's text."""
    title: bool = False
    paragraph: int = 0
    """Number of the paragraph, the title being 0."""
    entry: str = ""
    """What stands before a dash or colon at its beginning, as in a factbox: "KUNDUZ - …"."""
    body: int = 0
    """Number of the first token behind that."""
    dateline: str = ""
    """What stands before the dash of a dateline: "GOMA (Agency)"."""


def _unquoted(tokens: list[re.Match[str]]) -> list[re.Match[str]]:
    """The tokens without quotation marks around a few words of a clause: ``"fully in control" of Mekelle``."""
    marks = [at for at, token in enumerate(tokens) if token[0] == '"']
    if len(marks) < 2:
        return tokens
    gone: set[int] = set()
    for first, last in zip(marks[::2], marks[1::2], strict=False):
        behind = tokens[last + 1][0] if last + 1 < len(tokens) else ""
        short = 1 < last - first <= _FEW_QUOTED + 1
        if short and behind in _GOES_ON and all(one[0][0].isalnum() for one in tokens[first + 1 : last]):
            gone |= {first, last}
    return [token for at, token in enumerate(tokens) if at not in gone]


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word lower-cased and without diacritics, as the vocabulary is written."""
    low = word.lower()
    if low.isascii():
        return low
    spread = unicodedata.normalize("NFKD", low)
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def plain(text: str) -> str:
    """The text with typographic quotes made plain and without hash signs, character for character: offsets stay."""
    return text.translate(_PLAIN)


def split(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, paragraph) of each sentence of a text that went through :func:`plain`."""
    start = 0
    paragraph = 0
    for found in _BREAK.finditer(text):
        mark = found.group()
        if (
            mark[0] == "."
            and len(mark) == 1
            and _NO_BREAK.search(text, max(start, found.start() - 8), found.end())
        ):
            continue
        if text[start : found.end()].strip():
            yield start, found.end(), paragraph
        start = found.end()
        if "\n" in mark:
            paragraph += 1
    if text[start:].strip():
        yield start, len(text), paragraph


def sentence(text: str, start: int, end: int, paragraph: int) -> Sentence:
    """The sentence that stands at these offsets, without its dateline, tokenised."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    begin = start
    entry = ""
    opens = start == 0 or text[start - 1] == "\n"
    dashed = _DASHED.search(text, start, min(end, start + 90))
    dateline = _DATELINE.match(text, start, min(end, start + 90)) if opens and dashed else None
    if dateline:
        begin = dateline.end()
    stamp = _STAMP.match(text, start, min(end, start + 30)) if opens else None
    if stamp:
        start = stamp.end()
        begin = max(begin, start)
    flash = _FLASH.match(text, begin, min(end, begin + 30)) if opens else None
    if flash:
        begin = flash.end()
    headed = _ENTRY.match(text, start, min(end, start + 60)) if dashed else None
    if headed and dateline and _AGENCY.search(text, dateline.start(), dateline.end()):
        headed = None  # "GOMA, Democratic Republic of Congo (Agency) -" heads no entry
    if headed:
        entry, begin = headed["name"], start if headed.end() >= begin else begin
    tokens = _unquoted(list(_TOKEN.finditer(text, begin, end)))
    if not text.isascii():  # a mark that stands alone folds to nothing
        tokens = [found for found in tokens if fold(found[0])]
    words = [found[0] for found in tokens]
    offsets = [found.start() for found in tokens]
    return Sentence(
        start=start,
        end=end,
        text=text[start:end],
        words=tuple(words),
        lows=tuple([word.lower() for word in words] if text.isascii() else map(fold, words)),
        offsets=tuple(offsets),
        title=paragraph == 0 and (start == 0 or _goes_on(text, start)),
        paragraph=paragraph,
        entry=entry,
        body=sum(offset < headed.end() for offset in offsets) if headed else 0,
        dateline=text[dateline.start() : dateline.end()] if dateline else "",
    )


def _goes_on(text: str, start: int) -> bool:
    """Does a headline go on here behind a semicolon: "RSF claims El Fasher; army says it holds city"?"""
    before = text[:start].rstrip()
    return before.endswith(";") and not _BREAK.search(before, 0, len(before) - 1)


def without_entry(parsed: Sentence) -> Sentence:
    """The sentence without the heading that it opens with."""
    at = parsed.body
    return replace(
        parsed, words=parsed.words[at:], lows=parsed.lows[at:], offsets=parsed.offsets[at:], body=0
    )


def words_of(phrase: str) -> tuple[str, ...]:
    """A vocabulary phrase as the tokens that match it, hyphens left out."""
    return tuple(fold(word) for word in _TOKEN.findall(plain(phrase)) if word != "-")
