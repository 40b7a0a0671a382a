"""What fits on a terminal's clipboard: OSC 52 carries it, and terminals drop what is too long without a word."""

from __future__ import annotations

from typing import Final

MOST: Final = 74_994
"""Bytes of UTF-8 that are sent: 100,000 once coded, the smallest bound that terminals in use have."""


def fitting(text: str, most: int = MOST) -> tuple[str, int]:
    """As many whole lines of the text as fit, and how many lines are left out."""
    if len(text.encode()) <= most:
        return text, 0
    lines = text.splitlines(keepends=True)
    kept, taken = 0, 0
    for line in lines:
        taken += len(line.encode())
        if taken > most:
            break
        kept += 1
    return "".join(lines[:kept]), len(lines) - kept
