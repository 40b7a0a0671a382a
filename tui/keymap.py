"""Keys: bindings made from the command table, their names for people, and clashes found before they bite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.binding import Binding, BindingType

from tui.commands import COMMANDS, EVERYWHERE, LISTS, MAP, PICTURES, Command

WAY_OUT: Final = "ctrl+q"
"""Hard-wired to quit by Textual; no key map takes it."""

_SHOWN: Final = {
    "slash": "/",
    "backslash": "\\",
    "question_mark": "?",
    "colon": ":",
    "space": "Space",
    "asterisk": "*",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "vertical_line": "|",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "down": "Down",
    "up": "Up",
    "f1": "F1",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "left": "Left",
    "right": "Right",
    "shift+up": "Shift-Up",
    "shift+down": "Shift-Down",
}


def key_name(key: str) -> str:
    """A key as people write it: ``Ctrl-d``, ``/``, ``Enter``."""
    if key in _SHOWN:
        return _SHOWN[key]
    return "Ctrl-" + key.removeprefix("ctrl+") if key.startswith("ctrl+") else key


def keys_of(command: Command) -> str:
    """All keys of a command as people write them."""
    return " ".join(key_name(key) for key in command.keys)


def bindings(where: str) -> list[BindingType]:
    """Textual's bindings for the commands of one place."""
    return [
        Binding(",".join(command.keys), command.action, command.title, show=False, id=command.id)
        for command in COMMANDS
        if command.where == where
    ]


def clashes(commands: Iterable[Command] = COMMANDS) -> list[str]:
    """One line for each key that two commands want at the same time, and for the way out when taken."""
    taken: dict[str, str] = {WAY_OUT: "the way out"}
    found = []
    for command in commands:
        for key in command.keys:
            if key in taken:
                found.append(f"{key_name(key)}: {command.id} and {taken[key]}")
            taken[key] = command.id
    return found


def command(id: str) -> Command:  # noqa: A002 - commands are known by their id
    """The command with that id; KeyError when there is none."""
    return next(each for each in COMMANDS if each.id == id)


def screen_bindings() -> list[BindingType]:
    """Bindings of what works everywhere."""
    return bindings(EVERYWHERE)


def list_bindings() -> list[BindingType]:
    """Bindings of what works in the focused list."""
    return bindings(LISTS)


def picture_bindings() -> list[BindingType]:
    """Bindings of what works on the map and on the timeline."""
    return bindings(PICTURES)


def map_bindings() -> list[BindingType]:
    """Bindings of what works on the map."""
    return [*bindings(PICTURES), *bindings(MAP)]
