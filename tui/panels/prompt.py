"""The line in which the operator types what to search or filter for."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui.messages import Left, Typed


class Prompt(Horizontal):
    """Hidden until asked for; tells what is typed as it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, id="prompt.leave"),
        Binding("tab,shift+tab", "leave", show=False, id="prompt.tab"),
    ]

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.purpose = ""
        self.display = False

    def compose(self) -> ComposeResult:
        yield Static("", id="prompt-purpose", markup=False)
        line = Input(compact=True, id="prompt-line", select_on_focus=False)
        line.cursor_blink = False
        yield line

    def ask(self, purpose: str, label: str, words: str = "") -> None:
        """Show the line with a label and the words it had."""
        self.purpose = purpose
        self.query_one("#prompt-purpose", Static).update(f"{label} ")
        line = self.query_one(Input)
        with self.prevent(Input.Changed):
            line.value = words
        line.cursor_position = len(words)
        self.display = True
        line.focus()

    def close(self) -> None:
        """Hide the line."""
        self.purpose = ""
        self.display = False

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if self.purpose:
            self.post_message(Typed(self.purpose, event.value, done=False))

    @on(Input.Submitted)
    def _done(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Typed(self.purpose, event.value, done=True))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.post_message(Left(self.purpose))

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is typed text; the input itself keeps to its first line."""
        event.stop()
