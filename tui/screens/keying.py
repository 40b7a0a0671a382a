"""A dialog that waits for one key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from feeds.errors import WarwatchError
from tui.display import lines, words
from tui.setup import KeyWanted, Step


class KeyScreen(ModalScreen[None]):
    """The next key is taken as it is; Esc leaves everything as it was, and a key that cannot be had is refused.

    The app hands it each key before any binding is looked at.
    """

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self, wanted: KeyWanted, done: Callable[[Step], Awaitable[None]], *, ascii_only: bool
    ) -> None:
        """``done`` is told what comes next, after the dialog closed."""
        super().__init__()
        self._wanted, self._done = wanted, done
        self.set_class(ascii_only, "-ascii")

    def compose(self) -> ComposeResult:
        with Vertical(id="keying") as box:
            box.border_title = words(self._wanted.title)
            yield Static(lines([[(each, "")] for each in self._wanted.about]))
            yield Static(id="keying-said")

    async def take(self, key: str) -> None:
        """That key was pressed."""
        if key == "escape":
            self.dismiss()
            return
        try:
            step = self._wanted.done(key)
        except WarwatchError as error:
            self.query_one("#keying-said", Static).update(lines([(), [(str(error), "bold $w-mark")]]))
            return
        self.dismiss()
        await self._done(step)
