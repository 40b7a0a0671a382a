"""The section of the themes: in which colours the screen is painted."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from feeds.desk import Desk
from tui.settings import THEME
from tui.setup.section import Entry
from tui.setup.steps import Errand, Said, Step
from tui.styling import ANSI
from tui.themes import CHOICES, theme_of


class ThemesSection:
    """The themes; the chosen one is painted at once."""

    title: ClassVar[str] = "Theme"
    columns: ClassVar[tuple[tuple[str, int], ...]] = (("", 2), ("theme", 28), ("", 0))
    deeds: ClassVar[Mapping[str, str]] = {"open": "choose"}

    def __init__(self, desk: Desk, paint: Callable[[str], None], asked: str = "") -> None:
        """``paint`` shows a theme; ``asked`` is the one named at the start, if any."""
        self._desk, self._paint, self._asked = desk, paint, asked

    def count(self) -> str:
        return next((title for name, title, _ in CHOICES if name == self._kept), self._kept)

    def about(self) -> str:
        if self._asked:
            return "--theme named one at this start; a choice here counts from now on"
        return (
            "NO_COLOR is set: it counts, whatever is chosen"
            if "NO_COLOR" in os.environ
            else "kept for you alone"
        )

    def nothing(self) -> Sequence[str]:
        return ()

    def entries(self) -> Sequence[Entry]:
        return [
            Entry(name, (("*" if name == self._kept else " ", "mark"), (title, ""), (words, "muted")))
            for name, title, words in CHOICES
        ]

    def look(self) -> Errand | None:
        return None

    def do(self, deed: str, key: str) -> Step:  # noqa: ARG002 - there is one deed
        before, after = theme_of(self._asked, self._kept), theme_of(self._asked, key)
        self._desk.set_preference(THEME, key)
        self._paint(key)
        title = next(title for name, title, _ in CHOICES if name == key)
        # A terminal's own colours are chosen when the screen opens.
        late = ", from the next start" if before != after and ANSI in (before, after) else ""
        return Said(f"Theme: {title}{late}.")

    @property
    def _kept(self) -> str:
        kept = self._desk.preference(THEME, "")
        return kept if isinstance(kept, str) else ""
