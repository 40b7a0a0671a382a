"""The line in which the operator types what to search for, filter by, note down or run."""

from __future__ import annotations

from typing import ClassVar, Final, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from tui.cells import Run, cut_line
from tui.display import content
from tui.line import Line
from tui.messages import Left, Typed
from tui.views.completing import Offer


class PromptHelp(Protocol):
    """Knows what may stand in a line."""

    def offer(self, line: str, cursor: int) -> Offer:
        """What may stand where the cursor is."""

    def wrong(self, line: str) -> str:
        """What of the line cannot be understood, and where; empty when all of it can."""


_SHOWN: Final = 40
"""Candidates shown at most."""


class Prompt(Vertical):
    """Hidden until asked for; tells what is typed as it is typed, and gives the focus back at once.

    Where there is something to complete, a line under it shows what may stand there, or what is wrong: Tab puts the first
    candidate in, and again the next one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "finish", show=False, id="prompt.finish", priority=True),
        Binding("escape", "leave", show=False, id="prompt.leave"),
        Binding("tab", "complete(1)", show=False, id="prompt.complete", priority=True),
        Binding("shift+tab", "complete(-1)", show=False, id="prompt.complete-back", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.purpose = ""
        self.display = False
        self._before: Widget | None = None
        """Who had the focus when the prompt was opened."""
        self._helper: PromptHelp | None = None
        self._turning: tuple[Offer, str, int, int] | None = None
        """What Tab turns through: the offer, the line and the cursor before it, and the candidate that is in."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="prompt-row"):
            yield Static("", id="prompt-purpose", markup=False)
            yield Line(id="prompt-line")
        yield Static("", id="prompt-menu", markup=False)

    def ask(self, purpose: str, label: str, words: str = "", helper: PromptHelp | None = None) -> None:
        """Show the line with a label and the words it had; ``helper`` completes it."""
        self.purpose, self._helper, self._turning = purpose, helper, None
        self.query_one("#prompt-menu", Static).display = helper is not None
        self.query_one("#prompt-purpose", Static).update(f"{label} ")
        line = self.query_one(Line)
        with self.prevent(Line.Changed):
            line.value = words
        line.cursor_position = len(words)
        self.display = True
        if self.screen.focused is not line:
            self._before = self.screen.focused
        self.screen.set_focus(line)
        self._show_menu()

    @on(Line.Changed)
    def _typed(self, event: Line.Changed) -> None:
        event.stop()
        if self._turning is not None and event.value != self._turned()[0]:
            self._turning = None
        self._show_menu()
        if self.purpose:
            self.post_message(Typed(self.purpose, event.value, done=False))

    def action_complete(self, step: int) -> None:
        """Put in the next candidate (1) or the one before (-1); without any, the line is left."""
        if self._helper is None:
            self.action_leave()
            return
        if self._turning is not None:
            offer, before, cursor, index = self._turning
            index = (index + step) % len(offer.candidates)
        else:
            line = self.query_one(Line)
            before, cursor = line.value, line.cursor_position
            offer, index = self._helper.offer(before, cursor), 0 if step > 0 else -1
        if not offer.candidates:
            return
        self._turning = (offer, before, cursor, index % len(offer.candidates))
        words, at = self._turned()
        line = self.query_one(Line)
        line.value = words
        line.cursor_position = at
        if len(offer.candidates) == 1:
            self._turning = None  # what may follow it is offered next
            self._show_menu()

    def _turned(self) -> tuple[str, int]:
        """The line with the candidate that is in, and where the cursor stands."""
        assert self._turning is not None
        offer, before, cursor, index = self._turning
        return offer.take(before, cursor, index)

    def _show_menu(self) -> None:
        """Say what is wrong with the line, or show what may stand where the cursor is."""
        if self._helper is None:
            return
        line = self.query_one(Line)
        if self._turning is not None:
            found, chosen = self._turning[0], self._turning[3]
        else:
            found, chosen = self._helper.offer(line.value, line.cursor_position), -1
        runs: list[Run] = []
        if self._turning is None and (wrong := self._helper.wrong(line.value)):
            runs += [(f" {wrong} ", "bold $w-mark"), (" ", "")]
        first = max(0, chosen - 3)
        for at, each in enumerate(found.candidates[first : first + _SHOWN], start=first):
            runs += [(" ", ""), (each, "bold reverse" if at == chosen else "$w-muted")]
        runs = cut_line(
            runs or [(" Tab completes", "$w-muted")], max(self.size.width or self.app.size.width, 20)
        )
        self.query_one("#prompt-menu", Static).update(content(runs))

    def action_finish(self) -> None:
        """That was all of it."""
        self.post_message(Typed(self.purpose, self.query_one(Line).value, done=True))
        self._close()

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.post_message(Left(self.purpose))
        self._close()

    def _close(self) -> None:
        self.purpose, self._helper, self._turning = "", None, None
        self.display = False
        self.screen.set_focus(self._before)

    def on_paste(self, event: events.Paste) -> None:
        """Pasted text is typed text; the line itself keeps to its first line."""
        event.stop()
