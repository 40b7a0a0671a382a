"""The dialog in which a standing is set by hand: what, why, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from feeds.evidence import STATES
from feeds.theatres.model import Theatre
from tui.cells import Run
from tui.display import lines
from tui.line import Line
from tui.views.board import BoardRow
from tui.views.overriding import Missing, Override, read_override

FIELDS = (
    ("override-standing", "state and holder"),
    ("override-reason", "reason"),
    ("override-until", "until (12h, 3d, 18:00; empty: until lifted)"),
)


class OverrideScreen(ModalScreen[None]):
    """Three lines; Enter goes to the next and, on the last, sets it. Esc leaves everything as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", show=False, id="override.next", priority=True),
        Binding("tab,down", "turn(1)", show=False, id="override.down", priority=True),
        Binding("shift+tab,up", "turn(-1)", show=False, id="override.up", priority=True),
        Binding("escape", "close", "Close", show=False, id="override.close"),
    ]

    def __init__(
        self,
        row: BoardRow,
        theatre: Theatre,
        now: datetime,
        done: Callable[[Override], None],
        *,
        ascii_only: bool,
    ) -> None:
        super().__init__()
        self._row, self._theatre, self._now, self._done = row, theatre, now, done
        self.set_class(ascii_only, "-ascii")

    def compose(self) -> ComposeResult:
        with Vertical(id="override") as box:
            box.border_title = f"Set {self._row.place.name} by hand: Enter goes on, Esc leaves".replace(
                "[", "("
            )
            yield Static(id="override-help")
            for name, title in FIELDS:
                yield Static(title, markup=False, classes="override-title")
                yield Line(id=name)
            yield Static(id="override-wrong")

    def begin(self) -> None:
        """Fill in what the board says now, and start at the first line."""
        standing = self._row.standing
        sides = ", ".join(side.id for side in self._theatre.sides)
        says: list[list[Run]] = [
            [("the board says  ", "$w-muted"), (f"{standing.state} {standing.holder}", "bold")],
            [("states  ", "$w-muted"), (", ".join(STATES), "")],
            [("holders  ", "$w-muted"), (sides, "")],
        ]
        self.query_one("#override-help", Static).update(lines(says))
        first = self.query_one("#override-standing", Line)
        first.value = f"{standing.state} {standing.holder}"
        first.cursor_position = len(first.value)
        self.set_focus(first)

    def action_next(self) -> None:
        """On to the next line, unless this one cannot be understood; on the last, set it."""
        at = self._at
        standing, reason, until = (self.query_one(f"#{name}", Line).value for name, _ in FIELDS)
        read = read_override(standing, reason, until, self._theatre, self._now)
        if isinstance(read, Override) and at + 1 == len(FIELDS):
            self._done(read)
            self.dismiss()
            return
        wrong = read if isinstance(read, Missing) and read.field <= at else None
        self._go(wrong.field if wrong else at + 1)
        self.query_one("#override-wrong", Static).update(
            lines([[(wrong.words, "bold $w-mark")]] if wrong else [])
        )

    @property
    def _at(self) -> int:
        names = [name for name, _ in FIELDS]
        return names.index(self.focused.id) if self.focused and self.focused.id in names else 0

    def _go(self, at: int) -> None:
        self.set_focus(self.query_one(f"#{FIELDS[at % len(FIELDS)][0]}"))

    def action_turn(self, step: int) -> None:
        """To the next line (1) or the one before (-1)."""
        self._go(self._at + step)

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.dismiss()
