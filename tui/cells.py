"""Text measured in terminal cells, never in characters: padding, cropping and wrapping for wide scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from rich.cells import cell_len, set_cell_size

from feeds.safetext import one_line, strip_hostile

Run = tuple[str, str]
"""A piece of a line and the name of its style (see :data:`tui.styling.STYLE_NAMES`)."""

ELLIPSIS: Final = "…"
_EVEN: Final = re.compile(
    r"[ -~\u00a1-\u00ac\u00ae-\u02ec\u0370-\u0481\u048a-\u04ff\u2010-\u2027\u2030-\u205e]*"
)
"""Letters of one cell each: Latin, Greek, Cyrillic, and the dashes and quotation marks between them."""


def width(text: str) -> int:
    """Cells that the text takes in a terminal."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, cells: int) -> str:
    """The text in exactly that many cells: padded on the right, or cropped with an ellipsis."""
    if cells <= 0:
        return ""
    taken = width(text)
    if taken <= cells:
        return text + " " * (cells - taken)
    return set_cell_size(text, cells - 1) + ELLIPSIS


def right(text: str, cells: int) -> str:
    """The text in exactly that many cells, against the right edge."""
    taken = width(text)
    return " " * (cells - taken) + text if taken <= cells else fit(text, cells)


def line(text: str) -> str:
    """Text of a feed as one clean line."""
    if text.isascii() and text.isprintable():
        return text
    return one_line(text)


def block(text: str) -> str:
    """Text of a feed with its paragraphs, clean."""
    return strip_hostile(text)


def wrap(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Start and end offsets of each line when the text is wrapped at that many cells.

    Lines break at spaces, at newlines, and inside a word only when it is wider than the line.
    """
    cells = max(cells, 2)
    position = 0
    for paragraph in text.split("\n"):
        yield from _wrap_paragraph(text, position, position + len(paragraph), cells)
        position += len(paragraph) + 1


def _wrap_paragraph(text: str, start: int, end: int, cells: int) -> Iterator[tuple[int, int]]:
    if start == end:
        yield start, end
        return
    even = _EVEN.fullmatch(text, start, end) is not None
    while start < end:
        stop = min(start + cells, end) if even else _fitting(text, start, end, cells)
        if stop < end and text[stop] != " " and (space := text.rfind(" ", start, stop)) > start:
            stop = space
        yield start, stop
        start = stop
        while start < end and text[start] == " ":
            start += 1


def _fitting(text: str, start: int, end: int, cells: int) -> int:
    """Where the text from ``start`` on has filled so many cells; one letter at least goes before that."""
    taken = 0
    for at in range(start, end):
        taken += width(text[at])
        if taken > cells:
            return max(at, start + 1)
    return end


def runs_width(runs: Sequence[Run]) -> int:
    """Cells that a line of runs takes."""
    return sum(width(text) for text, _ in runs)


def cut_runs(
    text: str, start: int, end: int, spans: list[tuple[int, int, str]], plain: str = ""
) -> list[Run]:
    """The part ``text[start:end]`` as runs, styled where the spans (start, end, style; in order) cover it."""
    runs: list[Run] = []
    at = start
    for begin, finish, style in spans:
        begin, finish = max(begin, at), min(finish, end)  # noqa: PLW2901 - clipped to this line
        if finish <= begin:
            continue
        if begin > at:
            runs.append((text[at:begin], plain))
        runs.append((text[begin:finish], style))
        at = finish
    if at < end:
        runs.append((text[at:end], plain))
    return runs


def cut_line(runs: Sequence[Run], cells: int) -> list[Run]:
    """The line, cropped with an ellipsis where it is wider than that many cells."""
    left, kept = cells, []
    for text, style in runs:
        taken = width(text)
        if taken > left:
            kept.append((fit(text, left), style))
            break
        kept.append((text, style))
        left -= taken
    return kept


def joined(runs: Sequence[Run]) -> list[Run]:
    """The runs with neighbours of one style in one piece: each change of style costs some 40 bytes."""
    pieces: list[Run] = []
    for text, style in runs:
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + text, style)
        elif text:
            pieces.append((text, style))
    return pieces


def alike(one: Sequence[Run], two: Sequence[Run]) -> int:
    """Cells at the beginning of two lines that hold the same in the same style."""
    pairs = zip(
        *([(each, style) for text, style in runs for each in text] for runs in (one, two)), strict=False
    )
    return sum(width(old[0]) for old, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
