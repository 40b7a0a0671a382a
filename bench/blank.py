"""The least that Textual can show, to start beside the viewer: ``python -m bench.blank``."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Blank(App[None]):
    """One word on an empty screen."""

    def compose(self) -> ComposeResult:
        """Show the word that the bench waits for."""
        yield Static("ready", markup=False)


if __name__ == "__main__":
    Blank().run()
