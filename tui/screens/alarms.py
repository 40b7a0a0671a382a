"""The alerts, newest first, each with its proof; one key acknowledges them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from feeds.archive.outgoing import Notice
from tui.cells import Run, line, wrap
from tui.display import lines


def alarm_lines(notices: Sequence[Notice], cells: int) -> Iterator[list[Run]]:
    """The alerts in lines of so many cells."""
    from feeds.alerts.letters import letter_of

    for notice in notices:
        seen = f"seen by {line(notice.who)}" if notice.acknowledged else "OPEN"
        yield [
            (f"{notice.seq}  {notice.at:%d %b %H:%M}Z  {notice.severity}  ", "bold"),
            (seen, "$w-muted" if notice.acknowledged else "bold $w-captured"),
        ]
        for number, each in enumerate(letter_of(notice).text.strip().split("\n")):
            clean = line(each)
            for start, end in wrap(clean, max(cells - 2, 20)):
                yield [("  " + clean[start:end], "" if number else "bold")]
        yield []


class AlarmsScreen(ModalScreen[None]):
    """Over the main screen until Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", id="alarms.close", show=False),
        Binding("a", "acknowledge", "Acknowledge", id="alarms.acknowledge", show=False),
        Binding("down,j", "scroll(1)", show=False, id="alarms.down"),
        Binding("up,k", "scroll(-1)", show=False, id="alarms.up"),
        Binding("pagedown,ctrl+d", "scroll(10)", show=False, id="alarms.page-down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", show=False, id="alarms.page-up", priority=True),
    ]

    def __init__(self, notices: Sequence[Notice], seen: Callable[[], None], *, ascii_only: bool) -> None:
        """``seen`` is called when the operator acknowledges all that is open."""
        super().__init__()
        self._notices, self._seen, self._ascii = notices, seen, ascii_only

    def compose(self) -> ComposeResult:
        with Vertical(id="alarms") as box:
            open_ = sum(notice.acknowledged is None for notice in self._notices)
            box.border_title = (
                f"Alerts: {open_} open, a acknowledges all, Esc closes"
                if open_
                else "Alerts: none open, Esc closes"
            )
            with VerticalScroll(id="alarms-text", can_focus=False):
                yield Static(id="alarms-words")

    def on_mount(self) -> None:
        """Show them."""
        self.set_class(self._ascii, "-ascii")
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        found = list(alarm_lines(self._notices, self.query_one("#alarms-text").size.width))
        nothing: list[list[Run]] = [
            [("No alert yet.", "bold")],
            [
                (
                    "A city that changes hands, a watch term that matters, a feed that falls silent makes one.",
                    "",
                )
            ],
            [("What is alerted:  warwatch alerts rules     where it goes:  warwatch alerts sinks", "")],
        ]
        self.query_one("#alarms-words", Static).update(lines(found or nothing))

    def action_acknowledge(self) -> None:
        """Somebody has seen them."""
        self._seen()
        self.dismiss()

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Scroll by so many lines."""
        self.query_one("#alarms-text").scroll_relative(y=rows, animate=False)
