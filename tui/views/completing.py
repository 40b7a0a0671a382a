"""Completion of a filter while it is typed: first the names of fields and marks, then the values that there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tui.views.filtering import BARE_MARKS, FIELDS, quoted
from tui.views.names import Names

MOST: Final = 200
"""Candidates that are kept; a screen shows the first of them."""
_PIECE: Final = re.compile(r'(?P<sign>!?-?)(?:(?P<field>[a-z]+):)?(?P<value>"[^"]*|[^\s"]*)$')
"""The piece of a line that the cursor stands at the end of."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand in the place of what is being typed."""

    start: int
    """Offset of what is replaced; it ends at the cursor."""
    candidates: tuple[str, ...]
    """What may stand there, likeliest first."""

    def take(self, line: str, cursor: int, index: int) -> tuple[str, int]:
        """The line with a candidate put in, and where the cursor stands then: behind it, ready for the next piece."""
        put = self.candidates[index]
        rest = line[cursor:]
        if not put.endswith(":") and not rest.startswith(" "):
            put += " "
        return line[: self.start] + put + rest, self.start + len(put)


NOTHING: Final = Offer(0, ())


def offer(line: str, cursor: int, names: Names) -> Offer:
    """What may stand where the cursor is; nothing inside an expression or where nothing fits."""
    before = line[:cursor]
    start = piece_start(before)
    found = _PIECE.fullmatch(before[start:])
    if found is None or before[start:].lstrip("!-").startswith("/"):
        return NOTHING
    name, typed = found["field"], found["value"].lstrip('"').casefold()
    if name is None:
        whole = (*(f"{each}:" for each in FIELDS), *BARE_MARKS)
        fitting = _fitting(typed, whole) if typed else list(whole)
        return Offer(start + len(found["sign"]), tuple(each for each in fitting if each != typed))
    if name not in FIELDS:
        return NOTHING
    values = [quoted(each) for each in _fitting(typed, names.values(name))]
    at = start + len(found["sign"]) + len(name) + 1
    return Offer(at, tuple(each for each in values[:MOST] if each != found["value"]))


def piece_start(before: str) -> int:
    """Where the piece at the end begins: behind the last space that is in no quotes."""
    open_, start = False, 0
    for at, character in enumerate(before):
        if character == '"':
            open_ = not open_
        elif character.isspace() and not open_:
            start = at + 1
    return start


def _fitting(typed: str, values: tuple[str, ...]) -> list[str]:
    """Those that begin so, then those that hold it, each in its own order."""
    begins = [each for each in values if each.casefold().startswith(typed)]
    begun = set(begins)
    return begins + [each for each in values if each not in begun and typed in each.casefold()]
