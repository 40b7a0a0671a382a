"""What a text says otherwise than the one before it, word by word; told by signs, not by colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from tui.cells import Run, line

CONTEXT: Final = 4
"""Words that stay on both sides of a change."""
MOST: Final = 4_000
"""Words of a text that are held against the other's; what comes after them is not looked at."""


def word_difference(before: str, after: str) -> list[Run]:
    """The changed places with a few words around them: ``[-taken out-]``, ``{+put in+}``, ``…`` for what is the same."""
    from difflib import SequenceMatcher  # read when somebody looks at a text that changed

    old, new = line(before).split()[:MOST], line(after).split()[:MOST]
    runs: list[Run] = []
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            runs.append((_context(old[a:b], first=not number, last=number == len(steps) - 1), "muted"))
            continue
        if b > a:
            runs.append((f"[-{' '.join(old[a:b])}-] ", "bad"))
        if d > c:
            runs.append((f"{{+{' '.join(new[c:d])}+}} ", "good"))
    return runs if any(style != "muted" for _, style in runs) else []


def changed_words(before: str, after: str) -> int:
    """Words that one text has and the other has not, wherever they stand."""
    old, new = (Counter(line(text).split()[:MOST]) for text in (before, after))
    return (old - new).total() + (new - old).total()


def _context(words: Sequence[str], *, first: bool, last: bool) -> str:
    """The words next to a change, the others as an ellipsis."""
    return " ".join(_kept(words, first=first, last=last)) + " "


def _kept(words: Sequence[str], *, first: bool, last: bool) -> Iterator[str]:
    lead, tail = 0 if first else CONTEXT, 0 if last else CONTEXT
    if len(words) <= lead + tail + 1:
        yield from words
        return
    yield from words[:lead]
    yield "…"
    yield from words[len(words) - tail :]
