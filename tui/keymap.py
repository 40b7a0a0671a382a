"""Keys: bindings made from the command table, their names for people, and clashes found before they bite."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from textual.binding import Binding, BindingType

from tui.cells import line
from tui.commands import COMMANDS, EVERYWHERE, LISTS, MAP, PICTURES, SETUP, Command

WAY_OUT: Final = "ctrl+q"
"""Hard-wired to quit by Textual; no key map takes it."""

KEPT: Final = {
    WAY_OUT: "the way out",
    "ctrl+c": "the terminal's own",
    "ctrl+m": "the same as Enter in a terminal",
    "ctrl+i": "the same as Tab in a terminal",
    "ctrl+h": "the same as Backspace in a terminal",
    "ctrl+j": "the same as Enter in a terminal",
    "ctrl+left_square_bracket": "the same as Esc in a terminal",
}
"""Keys that no key map takes, and why."""
_KEY: Final = re.compile(r"(?:(?:ctrl|shift|alt|super|meta)\+)*[a-zA-Z0-9_\u00a1-\uffff]{1,40}")
"""A key in Textual's names."""

_SHOWN: Final = {
    "comma": ",",
    "full_stop": ".",
    "semicolon": ";",
    "apostrophe": "'",
    "quotation_mark": '"',
    "number_sign": "#",
    "dollar_sign": "$",
    "percent_sign": "%",
    "ampersand": "&",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "at": "@",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "grave_accent": "`",
    "tilde": "~",
    "circumflex_accent": "^",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "delete": "Del",
    "insert": "Ins",
    "backspace": "Backspace",
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
    if key.startswith("ctrl+"):
        return "Ctrl-" + key.removeprefix("ctrl+")
    return key.upper() if re.fullmatch(r"f\d+", key) else key


class Keymap:
    """Which keys each command has: its usual ones, or those that the operator gave it."""

    def __init__(self, given: Mapping[str, Sequence[str]] | None = None) -> None:
        """``given`` are keys by the id of a command. What cannot be is left out, with one line in :attr:`complaints`."""
        usual = {each.id: each.keys for each in COMMANDS}
        wanted = {id_: tuple(keys) for id_, keys in (given or {}).items()}
        self._keys = {**usual, **{id_: keys for id_, keys in wanted.items() if id_ in usual}}
        self.complaints: tuple[str, ...] = ()
        # Two commands may have swapped their keys, so that all are taken before any is looked at.
        while wrong := {id_: said for id_, keys in wanted.items() if (said := self.refusal(id_, keys))}:
            id_, said = wrong.popitem()
            self.complaints += (said,)
            del wanted[id_]
            if id_ in usual:
                self._keys[id_] = usual[id_]

    def of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command in Textual's names, the one to show first."""
        return self._keys[command.id]

    def keys_of(self, id_: str) -> tuple[str, ...]:
        """The keys of the command with that id; KeyError when there is none."""
        return self._keys[id_]

    def shown(self, command: Command) -> str:
        """All keys of a command as people write them."""
        return " ".join(key_name(key) for key in self.of(command))

    def is_usual(self, command: Command) -> bool:
        """Whether a command has the keys that it comes with."""
        return self.of(command) == command.keys

    def changed(self) -> dict[str, str]:
        """The keys that are others than usual, as Textual's key maps want them."""
        return {each.id: ",".join(self.of(each)) for each in COMMANDS if not self.is_usual(each)}

    def refusal(self, id_: str, keys: Sequence[str]) -> str:
        """Why a command cannot have these keys, in one line; empty when it can."""
        wanted = next((each for each in COMMANDS if each.id == id_), None)
        if wanted is None:
            return f"no command is called {line(id_)}"
        if not keys:
            return f"{wanted.title} would have no key left"
        for key in keys:
            if key in KEPT:
                return f"{key_name(key)} is {KEPT[key]} and cannot be given away"
            if not _KEY.fullmatch(key):
                return f"{line(key)} is no key that a terminal sends"
            owner = self.owner(key, wanted)
            if owner is not None:
                return f"{key_name(key)} is the key of {owner.title}; give that another key first"
        return ""

    def owner(self, key: str, wanted: Command) -> Command | None:
        """The command that has a key where another one wants it; None when the key is free there."""
        scope = _scope(wanted.where)
        others = (each for each in COMMANDS if each.id != wanted.id and _scope(each.where) & scope)
        return next((each for each in others if key in self.of(each)), None)


USUAL: Final = Keymap()
"""Every command with the keys that it comes with."""


def _scope(where: str) -> frozenset[str]:
    """The screens on which a command's keys count."""
    if where == LISTS:
        return frozenset((SETUP, EVERYWHERE))
    return frozenset((SETUP,)) if where == SETUP else frozenset((EVERYWHERE,))


def bindings(where: str) -> list[BindingType]:
    """Textual's bindings for the commands of one place."""
    return [
        Binding(",".join(command.keys), command.action, command.title, show=False, id=command.id)
        for command in COMMANDS
        if command.where == where
    ]


def clashes(commands: Iterable[Command] = COMMANDS) -> list[str]:
    """One line for each key that two commands want at the same time, and for the way out when taken."""
    taken: dict[tuple[str, str], str] = {(WAY_OUT, screen): "the way out" for screen in (EVERYWHERE, SETUP)}
    found = []
    for command in commands:
        for key in command.keys:
            for screen in _scope(command.where):
                if (key, screen) in taken:
                    found.append(f"{key_name(key)}: {command.id} and {taken[key, screen]}")
                taken[key, screen] = command.id
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


def setup_bindings() -> list[BindingType]:
    """Bindings of what works where things are set up."""
    return bindings(SETUP)


def picture_bindings() -> list[BindingType]:
    """Bindings of what works on the map and on the timeline."""
    return bindings(PICTURES)


def map_bindings() -> list[BindingType]:
    """Bindings of what works on the map."""
    return [*bindings(PICTURES), *bindings(MAP)]
