"""Names of the styles that lines are painted with; their colours are in ``tui/styles`` and the themes here."""

from __future__ import annotations

from typing import Final

from rich.style import Style
from textual.app import App
from textual.theme import Theme

STYLE_NAMES: Final = frozenset(
    {
        "cursor", "cursor-idle", "muted", "strong", "heading", "match", "trigger", "place", "mark", "unread", "read",
        "urgent", "glow", "good", "bad", "captured", "disputed", "claimed", "contested", "threatened", "retaken", "held",
        "unknown",
    }
)  # fmt: skip
"""Inks; each is a component class of the app."""

SLOW_LINK: Final = "-slow-link"
"""Class of the app while as little as possible is to be sent."""
QUIET: Final = frozenset({"muted", "strong", "heading", "place", "unread", "read", "trigger"})
"""Inks that only help the eye: on a slow link they are left out, since each change of ink costs some 40 bytes."""

TINT_NAMES: Final = frozenset(
    {
        "captured", "disputed", "claimed", "contested", "threatened", "retaken", "held", "unknown", "unfollowed",
        "border", "ground",
    }
)  # fmt: skip
"""Grounds of the map and the timeline; each is a component class of the app."""

COMPONENTS: Final = frozenset(
    {f"ink--{name}" for name in STYLE_NAMES} | {f"tint--{name}" for name in TINT_NAMES}
)
"""Held by the app, once: each widget that had them would be given all of them again whenever the focus moves."""


def component(app: App[object], name: str, *, of: str = "ink") -> Style:
    """An ink (``of="ink"``) or a ground (``of="tint"``) as the theme in force has it."""
    return app.get_component_styles(f"{of}--{name}").rich_style


_DARK: Final = {
    "w-captured": "#ff7b72",
    "w-disputed": "#d2a8ff",
    "w-claimed": "#e3b341",
    "w-contested": "#ffa657",
    "w-threatened": "#f2e27a",
    "w-retaken": "#56d4dd",
    "w-held": "#7ee787",
    "w-unknown": "#9aa4af",
    "w-muted": "#9aa4af",
    "w-trigger": "#ffa657",
    "w-place": "#79c0ff",
    "w-mark": "#ffd33d",
    "w-cursor": "#e6edf3",
    "w-cursor-background": "#1f4f8f",
    "w-idle-background": "#2a323d",
    "w-frame": "#3d4652",
    "w-frame-focus": "#79c0ff",
    "w-bar-background": "#1b222b",
}
_LIGHT: Final = {
    "w-captured": "#b3131f",
    "w-disputed": "#7334b8",
    "w-claimed": "#7a5200",
    "w-contested": "#a04100",
    "w-threatened": "#6b5900",
    "w-retaken": "#0b6570",
    "w-held": "#1a6b32",
    "w-unknown": "#57606a",
    "w-muted": "#57606a",
    "w-trigger": "#a04100",
    "w-place": "#0a53b3",
    "w-mark": "#8a4b00",
    "w-cursor": "#ffffff",
    "w-cursor-background": "#1f4f8f",
    "w-idle-background": "#d8dee6",
    "w-frame": "#b4bdc7",
    "w-frame-focus": "#0a53b3",
    "w-bar-background": "#e6ebf0",
}
_CONTRAST: Final = {
    "w-captured": "#ff9a9a",
    "w-disputed": "#e6c3ff",
    "w-claimed": "#ffd75e",
    "w-contested": "#ffbe7d",
    "w-threatened": "#fff38a",
    "w-retaken": "#7df3ff",
    "w-held": "#9dff9d",
    "w-unknown": "#d8d8d8",
    "w-muted": "#d8d8d8",
    "w-trigger": "#ffbe7d",
    "w-place": "#a8d8ff",
    "w-mark": "#ffff5f",
    "w-cursor": "#000000",
    "w-cursor-background": "#ffff5f",
    "w-idle-background": "#3a3a3a",
    "w-frame": "#8a8a8a",
    "w-frame-focus": "#ffffff",
    "w-bar-background": "#000000",
}
_ANSI: Final = {
    "w-captured": "ansi_red",
    "w-disputed": "ansi_magenta",
    "w-claimed": "ansi_yellow",
    "w-contested": "ansi_yellow",
    "w-threatened": "ansi_cyan",
    "w-retaken": "ansi_cyan",
    "w-held": "ansi_green",
    "w-unknown": "ansi_default",
    "w-muted": "ansi_default",
    "w-trigger": "ansi_yellow",
    "w-place": "ansi_cyan",
    "w-mark": "ansi_yellow",
    "w-cursor": "ansi_default",
    "w-cursor-background": "ansi_default",
    "w-idle-background": "ansi_default",
    "w-frame": "ansi_default",
    "w-frame-focus": "ansi_cyan",
    "w-bar-background": "ansi_default",
}

_SHARES: Final = {
    "captured": 0.28, "disputed": 0.25, "claimed": 0.2, "contested": 0.23, "threatened": 0.18, "retaken": 0.2,
    "held": 0.12, "unknown": 0.09, "unfollowed": 0.04,
}  # fmt: skip
"""How much of a state's colour goes into the ground of its provinces: the graver, the more."""


def _tints(colours: dict[str, str], ground: str, share: float = 1.0) -> dict[str, str]:
    """Grounds of the map: the states' colours let into the ground of the screen."""
    tints = {
        f"w-tint-{state}": _mixed(colours.get(f"w-{state}", colours["w-muted"]), ground, share * part)
        for state, part in _SHARES.items()
    }
    return {**tints, "w-tint-ground": ground, "w-border": _mixed(colours["w-muted"], ground, 0.75)}


def _mixed(colour: str, ground: str, share: float) -> str:
    """One colour let into another, both as ``#rrggbb``."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(above * share + below * (1 - share)):02x}" for above, below in pairs)


_DARK.update(_tints(_DARK, "#0d1117"))
_LIGHT.update(_tints(_LIGHT, "#fbfcfd", 0.6))
_CONTRAST.update(_tints(_CONTRAST, "#000000", 0.8))
# A terminal with its own colours shows the state by letters: its grounds are too loud to read on.
_ANSI.update(dict.fromkeys((*_tints(_DARK, "#000000"),), "ansi_default"))

DARK: Final = "warwatch-dark"
LIGHT: Final = "warwatch-light"
CONTRAST: Final = "warwatch-contrast"
ANSI: Final = "warwatch-ansi"

THEMES: Final = (
    Theme(
        name=DARK,
        primary="#79c0ff",
        secondary="#56d4dd",
        warning="#e3b341",
        error="#ff7b72",
        success="#7ee787",
        accent="#ffa657",
        foreground="#e6edf3",
        background="#0d1117",
        surface="#0d1117",
        panel="#1b222b",
        dark=True,
        variables=_DARK,
    ),
    Theme(
        name=LIGHT,
        primary="#0a53b3",
        secondary="#0b6570",
        warning="#7a5200",
        error="#b3131f",
        success="#1a6b32",
        accent="#a04100",
        foreground="#1b222b",
        background="#fbfcfd",
        surface="#fbfcfd",
        panel="#e6ebf0",
        dark=False,
        variables=_LIGHT,
    ),
    Theme(
        name=CONTRAST,
        primary="#a8d8ff",
        secondary="#7df3ff",
        warning="#ffd75e",
        error="#ff9a9a",
        success="#9dff9d",
        accent="#ffbe7d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#000000",
        dark=True,
        variables=_CONTRAST,
    ),
    Theme(
        name=ANSI,
        ansi=True,
        primary="ansi_blue",
        secondary="ansi_cyan",
        warning="ansi_yellow",
        error="ansi_red",
        success="ansi_green",
        accent="ansi_green",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        dark=True,
        variables={
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
            "border-blurred": "ansi_black",
            "block-cursor-foreground": "ansi_black",
            "block-cursor-background": "ansi_white",
            "input-cursor-background": "ansi_black",
            "input-cursor-foreground": "ansi_bright_white",
            "input-cursor-text-style": "reverse",
            **_ANSI,
        },
    ),
)


def fallback_variables() -> dict[str, str]:
    """Values of our colour variables for a theme that is not ours."""
    return dict(_DARK)
