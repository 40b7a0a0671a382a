"""The main screen as a picture, at three sizes and without colour."""

from __future__ import annotations

from typing import Protocol

import pytest
from textual.app import App

from tests.tui.samples import THEATRE, thursday
from tests.tui.screen import Clicker, with_options
from tui.app import WarwatchApp


class Compare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: App[None], *, terminal_size: tuple[int, int] = ...) -> bool: ...


@pytest.mark.parametrize(
    ("size", "theme"),
    [((80, 24), "dark"), ((120, 40), "dark"), ((200, 60), "dark"), ((80, 24), "light"), ((80, 24), "ansi")],
)
def test_the_main_screen(snap_compare: Compare, size: tuple[int, int], theme: str) -> None:
    app = WarwatchApp(thursday(), THEATRE, Clicker(), with_options(theme=theme))
    assert snap_compare(app, terminal_size=size)
