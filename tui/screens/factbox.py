"""The factbox over the main screen: read it, turn its form, put it on the terminal's clipboard."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.clipboard import fitting
from tui.display import lines

FORMS: Mapping[str, str] = {"txt": "text", "md": "Markdown"}
"""The forms that it can be read in, and their names for people."""


class FactboxScreen(ModalScreen[None]):
    """Over the main screen until Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", id="factbox.close", show=False),
        Binding("y", "copy", "Copy", id="factbox.copy", show=False),
        Binding("f", "turn", "Form", id="factbox.form", show=False),
        Binding("j,down", "scroll(1)", show=False, id="factbox.down"),
        Binding("k,up", "scroll(-1)", show=False, id="factbox.up"),
        Binding("space,pagedown,ctrl+d", "scroll(15)", show=False, id="factbox.page-down"),
        Binding("pageup,ctrl+u", "scroll(-15)", show=False, id="factbox.page-up"),
        Binding("g,home", "end(-1)", show=False, id="factbox.top"),
        Binding("G,end", "end(1)", show=False, id="factbox.bottom"),
    ]

    def __init__(self, texts: Mapping[str, str], *, ascii_only: bool) -> None:
        """``texts`` by form; see :data:`FORMS`."""
        super().__init__()
        self._texts, self._ascii = texts, ascii_only
        self._form = "txt"

    def compose(self) -> ComposeResult:
        with Vertical(id="factbox") as box:
            box.border_title = "Factbox: y copies, f turns the form, Esc closes"
            with VerticalScroll(id="factbox-text", can_focus=False):
                yield Static(id="factbox-words")

    def on_mount(self) -> None:
        """Show the text."""
        self.set_class(self._ascii, "-ascii")
        self._show("")

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()

    def action_turn(self) -> None:
        """Show the next form."""
        forms = list(FORMS)
        self._form = forms[(forms.index(self._form) + 1) % len(forms)]
        self._show(f"{FORMS[self._form]}: y copies it so")

    def action_copy(self) -> None:
        """Put it on the terminal's clipboard, as much as fits."""
        text, left_out = fitting(self._texts[self._form])
        self.app.copy_to_clipboard(text)
        count = text.count("\n")
        said = f"Copied {count:,} lines as {FORMS[self._form]}"
        if left_out:
            said += f"; {left_out:,} lines did not fit: warwatch report -o FILE writes all"
        self._say(said)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text by so many lines."""
        self.query_one("#factbox-text").scroll_relative(y=lines, animate=False)

    def action_end(self, way: int) -> None:
        """To the beginning or the end."""
        text = self.query_one("#factbox-text")
        if way < 0:
            text.scroll_home(animate=False)
        else:
            text.scroll_end(animate=False)

    def _show(self, said: str) -> None:
        paper = lines([[(line, "")] for line in self._texts[self._form].splitlines()])
        self.query_one("#factbox-words", Static).update(paper)
        self.query_one("#factbox-text").scroll_home(animate=False)
        self._say(said)

    def _say(self, words: str) -> None:
        self.query_one("#factbox", Vertical).border_subtitle = words
