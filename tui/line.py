"""A line to type in, which takes each key at once."""

from __future__ import annotations

from textual.widgets import Input


class Line(Input):
    """An input of one line without a blinking cursor, which costs bytes all day.

    The app hands it the characters itself (see :meth:`tui.app.WarwatchApp.on_event`), so that keys which arrive
    together are taken in their order, also when one of them moves the focus.
    """

    def __init__(self, *, id: str, placeholder: str = "") -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False

    def take(self, character: str) -> None:
        """Put a character where the cursor stands, in the place of what is selected."""
        if self.selection.is_empty:
            self.insert_text_at_cursor(character)
        else:
            self.replace(character, *self.selection)
