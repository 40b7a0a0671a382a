"""The one list of the screen: it paints the lines in sight and nothing else, for a dozen rows or a million."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.timer import Timer

from tui.cells import Run, fit, width
from tui.keymap import list_bindings
from tui.painting import PaintedLines

SECOND_G_SECONDS: Final = 0.8


class RowList(PaintedLines, can_focus=True, inherit_bindings=False):
    """Lines of runs with a cursor; a panel says what moving means.

    A cursor move repaints two lines; at an edge the list jumps half a page, because a scroll repaints it whole.
    """

    BINDINGS: ClassVar[list[BindingType]] = list_bindings()

    class Selected(Message):
        """The cursor stands on another row, put there by a person or by the list itself."""

        def __init__(self, rows: RowList) -> None:
            self.rows = rows
            super().__init__()

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._first_g: Timer | None = None
        self.opened: Callable[[RowList], None] = _nobody
        """Called when a person opened the row under the cursor, before the next key is looked at."""

    def step(self, by: int) -> bool:
        """Move the cursor by so many rows; False when it could not move."""
        raise NotImplementedError

    def cursor_moved(self, before: tuple[int, int]) -> None:
        """The cursor left these lines: paint them and the new ones, scroll if need be, and tell."""
        if not self._show_cursor():
            for first, last in (before, self.cursor_span()):
                self.refresh_lines(first + self.HEAD, last - first)
        self.retitle()
        self.post_message(self.Selected(self))

    def cursor_followed(self) -> None:
        """The cursor was moved from elsewhere: paint what that changed, and scroll if need be; nobody is told."""
        if not self._show_cursor():
            self.repaint_if_changed()

    # Keys.

    def action_down(self) -> None:
        """One row down."""
        self._step(1)

    def action_up(self) -> None:
        """One row up."""
        self._step(-1)

    def action_page(self, direction: int) -> None:
        """Half a page down (1) or up (-1)."""
        self._step(direction * max(self._body_height // 2, 1))

    def action_bottom(self) -> None:
        """To the last row."""
        self._step(self.line_count())

    def action_top(self) -> None:
        """To the first row."""
        self._step(-self.line_count())

    def action_first_g(self) -> None:
        """The first g waits for a second one, which goes to the first row."""
        if self._first_g is None:
            self._first_g = self.set_timer(SECOND_G_SECONDS, self._forget_g)
        else:
            self.action_top()

    def _forget_g(self) -> None:
        if self._first_g is not None:
            self._first_g.stop()
            self._first_g = None

    async def action_open(self) -> None:
        """Open the row under the cursor."""
        if self.line_count():
            self.opened(self)

    def _step(self, by: int) -> None:
        self._forget_g()
        before = self.cursor_span()
        if self.step(by):
            self.cursor_moved(before)

    def on_click(self, event: events.Click) -> None:
        """A click chooses the row under the pointer."""
        line = event.y - self.styles.gutter.top - self.HEAD + self.scroll_offset.y
        if 0 <= line < self.line_count():
            self.click_line(line)

    def click_line(self, line: int) -> None:
        """A person pointed at a line."""


def _nobody(_: RowList) -> None:
    """Nobody opens anything here."""


def column_run(text: str, cells: int, style: str = "", *, gap: int = 1) -> Run:
    """A column of a row: the text fitted, and the gap after it."""
    return (fit(text, cells) + " " * gap, style)


def rest_cells(runs: Sequence[Run], cells: int) -> int:
    """Cells left in a line after these runs."""
    return max(cells - sum(width(text) for text, _ in runs), 0)
