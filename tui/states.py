"""How each state of a standing is told: by letter, glyph, word and style, so that colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Look:
    """The face of one state."""

    state: str
    letter: str
    glyph: str
    """One cell wide in every terminal: none is of ambiguous width."""
    ascii: str
    style: str
    """Name of a style in ``tui/styles/warwatch.tcss``."""
    order: int
    """Gravest first."""
    telling: bool
    """True when a newcomer must see it; False for what is quiet."""
    meaning: str
    """One line for the help."""


LOOKS: Final = (
    Look("captured", "X", "✕", "X", "captured", 0, True, "reports weigh that the attacker holds it"),
    Look("disputed", "D", "◪", "%", "disputed", 1, True, "both sides are said to hold it"),
    Look("claimed", "C", "◔", "?", "claimed", 2, True, "the attacker's claim, nobody else confirms"),
    Look("contested", "F", "⊘", "/", "contested", 3, True, "fighting in or for the city"),
    Look("threatened", "T", "▵", "~", "threatened", 4, True, "surrounded, or said to be next"),
    Look("retaken", "R", "↺", "<", "retaken", 5, True, "taken, and taken back"),
    Look("held", "H", "∙", ".", "held", 6, False, "its holder at the start still holds it"),
    Look("unknown", "U", "◌", "-", "unknown", 7, False, "no report yet"),
)
"""Every state, gravest first."""

_BY_STATE: Final = {look.state: look for look in LOOKS}


def look_of(state: str) -> Look:
    """The face of a state; that of ``unknown`` for a state this version does not know."""
    return _BY_STATE.get(state, LOOKS[-1])


def glyph_of(state: str, *, ascii_only: bool) -> str:
    """The glyph of a state in one cell."""
    look = look_of(state)
    return look.ascii if ascii_only else look.glyph
