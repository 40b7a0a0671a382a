"""The last gate for feed text: what reaches the terminal, a title, a toast or a link passes here.

Textual does not sanitise and reads a ``str`` as markup in many places. So feed text travels only as
:class:`~textual.content.Content` or as painted strips, and one line filter removes what slipped through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

from feeds.safetext import safe_url, strip_hostile
from tui.cells import Run, line

_HOSTILE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""What no line on the screen may hold; every character here is of no width or draws none."""


class Gate(LineFilter):
    """Removes control characters, bidi overrides and invisible characters from painted lines.

    Segments that Textual itself marked as control codes are left as they are.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments without what is hostile; most lines are returned as they came."""
        for text, _, control in segments:
            if not control and not (text.isascii() and text.isprintable()) and _HOSTILE.search(text):
                return [self._clean(segment) for segment in segments]
        return segments

    def _clean(self, segment: Segment) -> Segment:
        if segment.control:
            return segment
        return Segment(_HOSTILE.sub("", segment.text), segment.style)


class PlainBorders(LineFilter):
    """Draws lines, bars and marks with ASCII characters, for terminals without Unicode."""

    _TABLE: Final = str.maketrans(
        {
            **dict.fromkeys("─━═╌┄╴╶▁▔▂▄▀", "-"),
            **dict.fromkeys("│┃║▏▕▎▌▐", "|"),
            **dict.fromkeys("┌┐└┘├┤┬┴┼╭╮╯╰╔╗╚╝", "+"),
            **dict.fromkeys("█▇▆▅▃", "#"),
            "…": ".", "·": ".", "•": "*", "▸": ">", "→": ">", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"',
        }
    )  # fmt: skip

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments with our own drawing characters in ASCII; words of other scripts stay."""
        if all(control or text.isascii() for text, _, control in segments):
            return segments
        return [Segment(text.translate(self._TABLE), style, control) for text, style, control in segments]


GATE: Final = Gate()
PLAIN_BORDERS: Final = PlainBorders()


def words(text: str) -> Content:
    """Feed text as content that is never read as markup."""
    return Content(line(text))


def content(runs: Iterable[Run]) -> Content:
    """Runs with Textual style words (``bold``, ``$w-muted``) as content; the texts are cleaned."""
    return Content.assemble(*((flat(text), style) if style else flat(text) for text, style in runs))


def lines(each_line: Iterable[Iterable[Run]]) -> Content:
    """Lines of runs as one content."""
    return Content("\n").join([content(runs) for runs in each_line])


def flat(text: str) -> str:
    """Text on one clean line, with all the spaces that hold columns apart."""
    if text.isascii() and text.isprintable():
        return text
    return strip_hostile(text).replace("\n", " ")


def link(url: str) -> str:
    """The address when it may be opened or copied: http or https; empty otherwise."""
    return safe_url(url)
