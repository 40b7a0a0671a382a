"""Printing for a terminal or a pipe: columns in cells, sentences wrapped, JSON; every word of a feed made safe."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence

from feeds.safetext import one_line
from tui.cells import fit, right, width, wrap


def terminal_width() -> int:
    """Columns to wrap at: the terminal's, or 80 where there is none and ``COLUMNS`` does not say."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def say(text: str = "") -> None:
    """Print one line of our own words."""
    print(text)


def say_json(value: object) -> None:
    """Print one JSON value, indented for people; other scripts stay readable where stdout can carry them."""
    print(json.dumps(value, ensure_ascii=not _carries_unicode(), indent=2))


def json_line(value: Mapping[str, object]) -> str:
    """One JSON object on one line, for pipes."""
    return json.dumps(value, ensure_ascii=not _carries_unicode())


def count_of(number: int, one: str, many: str = "") -> str:
    """``1 story``, ``2 stories``; of a word that only takes an s the second form need not be given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def plain_glyphs() -> bool:
    """True when stdout cannot carry the board's glyphs, so that their ASCII forms are wanted."""
    return not _carries_unicode()


def wrapped(text: str, *, indent: str = "", cells: int | None = None) -> str:
    """Text of a feed, safe and wrapped at the terminal's width, each line indented."""
    clean = one_line(text)
    room = (cells or terminal_width()) - width(indent)
    return "\n".join(indent + clean[start:end] for start, end in wrap(clean, room))


def table(
    rows: Iterable[Sequence[str]],
    heads: Sequence[str] = (),
    *,
    numbers: Sequence[int] = (),
    cells: int | None = None,
) -> str:
    """Rows in columns two spaces apart; ``numbers`` names the columns set to the right.

    On a terminal the last column is cut at its width; in a pipe nothing is cut.
    """
    lines = [[one_line(cell) for cell in row] for row in rows]
    if heads:
        lines.insert(0, list(heads))
    if not lines:
        return ""
    widths = [max(width(line[column]) for line in lines) for column in range(len(lines[0]))]
    limit = cells if cells is not None else (terminal_width() if sys.stdout.isatty() else 0)
    return "\n".join(_row(line, widths, numbers, limit) for line in lines)


def _row(line: Sequence[str], widths: Sequence[int], numbers: Sequence[int], limit: int) -> str:
    set_ = (
        right(cell, cells) if column in numbers else fit(cell, cells)
        for column, (cell, cells) in enumerate(zip(line, widths, strict=True))
    )
    text = "  ".join(set_).rstrip()
    return fit(text, limit).rstrip() if limit and width(text) > limit else text


def _carries_unicode() -> bool:
    return (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "").startswith("utf")
