"""The factbox over the main screen: read it, turn its form, put it on the terminal's clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.cells import wrap
from tui.clipboard import fitting
from tui.display import lines

_MARKS: Final = re.compile(r"\s*(?:[*-] )?")
"""What a line begins with before its words."""
FORMS: Mapping[str, str] = {"txt": "text", "md": "Markdown"}
"""The forms that it can be read in, and their names for people."""


def hung(line: str, cells: int) -> Iterator[str]:
    """A line in pieces of at most that many cells, the later ones under the words of the first and not under its mark."""
    found = _MARKS.match(line)
    marks = found[0] if found and len(found[0]) <= cells // 2 else ""
    words = line[len(marks) :]
    for start, end in wrap(words, cells - len(marks)):
        yield (" " * len(marks) if start else marks) + words[start:end]


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

    def on_resize(self) -> None:
        """Wrap it for the size of the terminal."""
        self.call_after_refresh(self._show, "", stay=True)

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

    def _show(self, said: str, *, stay: bool = False) -> None:
        cells = self.query_one("#factbox-text").scrollable_content_region.width
        paper = [[(each, "")] for line in self._texts[self._form].splitlines() for each in hung(line, cells)]
        self.query_one("#factbox-words", Static).update(lines(paper))
        if not stay:
            self.query_one("#factbox-text").scroll_home(animate=False)
        self._say(said)

    def _say(self, words: str) -> None:
        self.query_one("#factbox", Vertical).border_subtitle = words
