"""Which theme is painted: what the operator chose, as far as the terminal and NO_COLOR allow it."""

from __future__ import annotations

import os
from typing import Final

from tui.styling import ANSI, CONTRAST, DARK, LIGHT

NAMES: Final = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "ansi": ANSI}
"""Names that people type, and those of the themes."""
CHOICES: Final = (
    ("", "by the terminal", "Dark; the terminal's own colours where it has few, or NO_COLOR is set."),
    ("dark", "dark", "Light words on a dark ground."),
    ("light", "light", "Dark words on a light ground."),
    ("contrast", "high contrast", "White and strong colours on black, for tired eyes and bad screens."),
    (
        "ansi",
        "the terminal's own colours",
        "As your terminal is set up; states are told by letters and signs.",
    ),
)
"""Name, title and words of each choice."""


def theme_of(asked: str, kept: str = "") -> str:
    """The theme to paint when one was asked for at the start, and one is kept on the desk; either may be empty.

    A terminal of few colours gets its own colours unless another theme was named; NO_COLOR gives way only to a theme
    asked for at the start.
    """
    if not asked and ("NO_COLOR" in os.environ or (not kept and few_colours())):
        return ANSI
    name = asked or kept
    return NAMES.get(name, name) or DARK


def few_colours() -> bool:
    """Whether to paint with the terminal's own colours: NO_COLOR is set, or it has 16 colours at most."""
    if "NO_COLOR" in os.environ:
        return True
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return False
    term = os.environ.get("TERM", "")
    return not (
        "256" in term or "direct" in term or term.startswith(("xterm-kitty", "alacritty", "foot", "wezterm"))
    )
