"""Pieces of a tinted line: text, the style of its ink, and the state that tints the ground under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BORDER: Final = "border"
"""Ink and ground of a border between provinces."""
UNFOLLOWED: Final = "unfollowed"
"""Ground of a province without a capital on the board."""
CHOSEN: Final = "chosen"
"""Ink of what the cursor stands on."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Cells of one look."""

    text: str
    ink: str
    """A style of :data:`tui.styling.STYLE_NAMES`, ``tint-…`` for the colour of a ground, ``border``, or empty."""
    ground: str = ""
    """A state, ``unfollowed`` or ``border``; empty for the list's own ground."""
