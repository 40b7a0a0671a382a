"""The line in which the operator types what to search for, filter by, note down or run."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Static

from tui.line import Line
from tui.messages import Left, Typed


class Prompt(Horizontal):
    """Hidden until asked for; tells what is typed as it is typed, and gives the focus back at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", show=False, id="prompt.finish", priority=True),
        Binding("escape", "leave", show=False, id="prompt.leave"),
        Binding("tab,shift+tab", "leave", show=False, id="prompt.tab"),
    ]

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.purpose = ""
        self.display = False
        self._before: Widget | None = None
        """Who had the focus when the prompt was opened."""

    def compose(self) -> ComposeResult:
        yield Static("", id="prompt-purpose", markup=False)
        yield Line(id="prompt-line")

    def ask(self, purpose: str, label: str, words: str = "") -> None:
        """Show the line with a label and the words it had."""
        self.purpose = purpose
        self.query_one("#prompt-purpose", Static).update(f"{label} ")
        line = self.query_one(Line)
        with self.prevent(Line.Changed):
            line.value = words
        line.cursor_position = len(words)
        self.display = True
        if self.screen.focused is not line:
            self._before = self.screen.focused
        self.screen.set_focus(line)

    @on(Line.Changed)
    def _typed(self, event: Line.Changed) -> None:
        event.stop()
        if self.purpose:
            self.post_message(Typed(self.purpose, event.value, done=False))

    def action_finish(self) -> None:
        """That was all of it."""
        self.post_message(Typed(self.purpose, self.query_one(Line).value, done=True))
        self._close()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.post_message(Left(self.purpose))
        self._close()

    def _close(self) -> None:
        self.purpose = ""
        self.display = False
        self.screen.set_focus(self._before)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is typed text; the line itself keeps to its first line."""
        event.stop()
