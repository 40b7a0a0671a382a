"""What the operator set up, as the screen needs it: read from the desk, and read again when its file changed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from feeds.desk import Desk, SavedView
from feeds.errors import DeskError
from feeds.story import Subscription
from feeds.watched import WatchTerm
from tui.keymap import USUAL, Keymap
from tui.views.names import groups_of

CHOICES: Final = "screen"
"""Under which name the desk keeps what was chosen by keys in the screen."""
THEME: Final = "theme"
"""Under which name the desk keeps the theme."""


class Settings:
    """Feeds, terms, views and keys of one desk; of none, where the viewer has no desk."""

    def __init__(self, desk: Desk | None = None) -> None:
        self.desk = desk
        self.subscriptions: tuple[Subscription, ...] = ()
        self.terms: tuple[WatchTerm, ...] = ()
        self.views: tuple[SavedView, ...] = ()
        self.keymap: Keymap = USUAL
        self.theme = ""
        """Name of the theme that was chosen; empty to go by the terminal."""
        self.choices: Mapping[str, str] = {}
        """What was chosen by keys in the screen, by its name: ``board.order``, ``map.mode``."""
        self.trouble = ""
        """What is wrong with the desk, in one line; said once by the screen."""
        self._stamp: tuple[int, int] | None = None
        self.read()

    def read(self) -> bool:
        """Read the desk again if its file changed; True when it had. A desk that is broken leaves all as it was."""
        stamp = _stamp(self.desk.path) if self.desk else None
        if self.desk is None or stamp == self._stamp:
            return False
        self._stamp = stamp
        try:
            self._take(self.desk)
        except DeskError as error:
            self.trouble = str(error)
            return False
        return True

    def _take(self, desk: Desk) -> None:
        subscriptions, terms, views = desk.subscriptions(), desk.watch_terms(), desk.views()
        keymap, theme = Keymap(desk.keys()), desk.preference(THEME, "")
        self.subscriptions, self.terms, self.views = tuple(subscriptions), tuple(terms), tuple(views)
        self.keymap = keymap
        self.theme = theme if isinstance(theme, str) else ""
        choices = desk.preference(CHOICES, {})
        self.choices = dict(choices) if isinstance(choices, dict) else {}
        if keymap.complaints:
            self.trouble = f"Keys on the desk: {keymap.complaints[0]}"

    def chosen(self, name: str, among: Sequence[str]) -> str:
        """What was chosen under a name, if it is one of these; the first of them where nothing was."""
        value = self.choices.get(name, "")
        return value if value in among else among[0]

    def keep(self, name: str, value: str) -> None:
        """Keep a choice on the desk; a desk that cannot be written keeps nothing, and the screen goes on."""
        self.choices = {**self.choices, name: value}
        if self.desk is not None and not self.desk.read_only:
            try:
                self.desk.set_preference(CHOICES, dict(self.choices))
            except DeskError as error:
                self.trouble = str(error)

    def view(self, name: str) -> SavedView | None:
        """The saved view of that name, whatever its case; None when there is none."""
        return next((each for each in self.views if each.name.casefold() == name.casefold()), None)

    def groups(self) -> Mapping[str, frozenset[str]]:
        """The outlets of each group of feeds, and of the groups above it."""
        return groups_of(self.subscriptions)


def _stamp(path: Path) -> tuple[int, int] | None:
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_ino
    return None
