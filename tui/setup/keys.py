"""The section of the keys: every command, and the key that the operator wants for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from feeds.desk import Desk
from feeds.errors import InputError
from tui.cells import line
from tui.commands import COMMANDS, Command
from tui.keymap import Keymap, key_name
from tui.keymap import command as command_of
from tui.setup.section import Entry
from tui.setup.steps import Errand, KeyWanted, Said, Step


class KeysSection:
    """The commands in the order of their table."""

    title: ClassVar[str] = "Keys"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (("", 2), ("keys", 18), ("command", 24), ("", 0))
    deeds: ClassVar[Mapping[str, str]] = {"open": "another key", "remove": "usual key"}

    def __init__(self, desk: Desk, keymap: Callable[[], Keymap]) -> None:
        """``keymap`` gives the keys as they are now."""
        self._desk, self._keymap = desk, keymap

    def count(self) -> str:
        own = sum(not self._keymap().is_usual(each) for each in COMMANDS)
        return f"{own} of your own" if own else "the usual"

    def about(self) -> str:
        return "what you change is marked *; Ctrl-Q always quits"

    def nothing(self) -> Sequence[str]:
        return ()

    def entries(self) -> Sequence[Entry]:
        keymap = self._keymap()
        return [
            Entry(
                each.id,
                (
                    (" " if keymap.is_usual(each) else "*", "mark"),
                    (keymap.shown(each), "strong"),
                    (each.title, ""),
                    (each.help, "muted"),
                ),
            )
            for each in COMMANDS
        ]

    def look(self) -> Errand | None:
        return None

    def do(self, deed: str, key: str) -> Step:
        wanted = command_of(key)
        if deed == "open":
            return self._another(wanted)
        if self._keymap().is_usual(wanted):
            return Said(f"{wanted.title} has its usual keys.")
        return self._usual(wanted)

    def _another(self, wanted: Command) -> Step:
        def done(key: str) -> Step:
            others = self._keymap().of(wanted)[1:]
            keys = (key, *(each for each in others if each != key))
            if wrong := self._keymap().refusal(wanted.id, keys):
                raise InputError(wrong)
            if taken := next((each for each in self._desk.views() if each.key == key), None):
                raise InputError(
                    f"{key_name(key)} opens the view {line(taken.name)}; give that another key first"
                )
            self._desk.set_keys(wanted.id, keys)
            return Said(f"{key_name(key)} does it now: {wanted.title}.")

        now = self._keymap().shown(wanted)
        return KeyWanted(
            f"Another key for: {wanted.title}",
            (wanted.help, f"Now: {now}", "Press the key. Esc leaves all as it is."),
            done,
        )

    def _usual(self, wanted: Command) -> Step:
        if wrong := self._keymap().refusal(wanted.id, wanted.keys):
            raise InputError(wrong)
        self._desk.set_keys(wanted.id, None)
        return Said(f"{wanted.title} has its usual keys again.")
