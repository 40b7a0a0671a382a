"""A dialog in which one of a few things is chosen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.cells import Run, line, width
from tui.display import lines, words
from tui.rowlist import RowList, column_run, rest_cells
from tui.setup import Choice, Option

_MOST_LINES = 16
"""Options in sight at once."""


class Options(RowList):
    """The things to choose from."""

    def __init__(self, options: Sequence[Option], opened: Callable[[], Awaitable[None]]) -> None:
        """``opened`` is called when a person chose the one under the cursor, before the next key is looked at."""
        super().__init__(id="options")
        self._opened = opened
        self.options = options
        self.at = 0
        self._cells = min(max((width(line(each.title)) for each in options), default=0), 40)

    def line_count(self) -> int:
        return len(self.options)

    def cursor_span(self) -> tuple[int, int]:
        return self.at, self.at + 1

    def line_key(self, line: int) -> Hashable:
        return line

    def line_runs(self, at: int, cells: int) -> Sequence[Run]:
        option = self.options[at]
        runs: list[Run] = [("  ", ""), column_run(line(option.title), self._cells, gap=2)]
        return [*runs, column_run(line(option.words), rest_cells(runs, cells), "muted", gap=0)]

    def step(self, by: int) -> bool:
        before, self.at = self.at, max(0, min(self.at + by, len(self.options) - 1))
        return self.at != before

    async def action_open(self) -> None:
        """That one."""
        await self._opened()

    def click_line(self, line: int) -> None:
        self._step(line - self.at)


class ChoiceScreen(ModalScreen[None]):
    """Enter chooses, Esc leaves everything as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False, id="choice.close"),
    ]

    def __init__(
        self,
        choice: Choice,
        done: Callable[[str], Awaitable[None]],
        *,
        ascii_only: bool,
        left: Callable[[], object] = lambda: None,
    ) -> None:
        """``done`` is told the key of what was chosen, after the dialog closed; ``left`` that nothing was."""
        super().__init__()
        self._choice, self._done, self._left = choice, done, left
        self.set_class(ascii_only, "-ascii")

    def compose(self) -> ComposeResult:
        with Vertical(id="choice") as box:
            box.border_title = words(self._choice.title)
            box.border_subtitle = words("Enter chooses, Esc leaves")
            if self._choice.about:
                yield Static(lines([*self._choice.about, ()]), id="choice-about")
            yield Options(self._choice.options, self._chosen)

    def begin(self) -> None:
        """As tall as what there is to choose, and ready for a key."""
        self.query_one(Options).styles.height = min(len(self._choice.options), _MOST_LINES)
        self.set_focus(self.query_one(Options))

    async def _chosen(self) -> None:
        options = self.query_one(Options)
        self.dismiss()
        await self._done(options.options[options.at].key)

    @on(RowList.Selected)
    def _moved(self, event: RowList.Selected) -> None:
        event.stop()

    def action_close(self) -> None:
        """Leave everything as it was."""
        self.dismiss()
        self._left()
