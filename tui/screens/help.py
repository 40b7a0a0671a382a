"""The help: keys, signs and words, searchable as one types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.cells import Run, fit, width, wrap
from tui.commands import COMMANDS, EVERYWHERE, LISTS, MAP, PICTURES, SETUP
from tui.display import lines
from tui.keymap import Keymap
from tui.line import Line
from tui.signs import SIGNS, TITLES, states

_LEFT: Final = 18
"""Cells for what is explained."""
_NARROW: Final = 50
"""Cells below which it has fewer, so that the words have enough."""
_NARROW_LEFT: Final = 8

_HEADINGS = {
    LISTS: "In a list",
    EVERYWHERE: "In every panel",
    PICTURES: "On the map and the timeline",
    MAP: "On the map",
    SETUP: "Where things are set up",
}
"""Over the keys, in the order in which they are shown where none of them belongs to the panel at hand."""
_OWN: Final = {"map": (MAP, PICTURES), "timeline": (PICTURES,), "setup": (SETUP,)}
"""What comes first in some panels."""

Entry = tuple[str, str, str]
"""Heading, what is explained, and the words."""


def key_entries(here: str, keymap: Keymap) -> Iterator[Entry]:
    """Every key, those of the panel at hand first."""
    order = list(dict.fromkeys((*_OWN.get(here, ()), *_HEADINGS)))
    for each in sorted(COMMANDS, key=lambda each: order.index(each.where)):
        yield _HEADINGS[each.where], keymap.shown(each), f"{each.title}. {each.help}"


def sign_entries(here: str, *, ascii_only: bool) -> Iterator[Entry]:
    """Every sign, those of the panel at hand first, then the states, then those of the other panels."""
    panels = list(SIGNS)
    if here in panels:
        panels = [here, *(panel for panel in panels if panel != here)]
    for number, panel in enumerate(panels):
        yield from ((TITLES[panel], sign, meaning) for sign, meaning in SIGNS[panel])
        if number == 0:
            yield from (("States", sign, meaning) for sign, meaning in states(ascii_only=ascii_only))


def help_lines(entries: Iterable[Entry], search: str, *, cells: int) -> Iterator[list[Run]]:
    """Lines of the entries that hold the words searched for, under their headings."""
    heading, column = "", _LEFT if cells >= _NARROW else _NARROW_LEFT
    for group, left, words in entries:
        if search.casefold() not in f"{left} {words}".casefold():
            continue
        if group != heading:
            heading = group
            yield [(group, "bold underline")]
        wrapped = [words[start:end] for start, end in wrap(words, max(cells - column - 6, 10))]
        beside = width(left) <= column
        if not beside:
            yield [("  " + left, "bold")]
        for number, more in enumerate(wrapped):
            yield [("  " + fit(left if beside and not number else "", column) + " ", "bold"), (more, "")]


class HelpScreen(ModalScreen[None]):
    """Over the main screen until Esc: the keys, and by Tab the signs, of where one stands."""

    AUTO_FOCUS = "#help-search"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="help.close", show=False),
        Binding("tab,shift+tab", "turn", show=False, id="help.turn", priority=True),
        Binding("down", "scroll(1)", show=False, id="help.down"),
        Binding("up", "scroll(-1)", show=False, id="help.up"),
        Binding("pagedown,ctrl+d", "scroll(10)", show=False, id="help.page-down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", show=False, id="help.page-up", priority=True),
    ]

    def __init__(self, keymap: Keymap, here: str = "", *, ascii_only: bool) -> None:
        """``here`` is the panel that the person is in."""
        super().__init__()
        self._keymap, self._here, self._ascii = keymap, here, ascii_only
        self._signs = False

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield Line(id="help-search", placeholder="search the help")
            with VerticalScroll(id="help-text", can_focus=False):
                yield Static(id="help-words")

    def on_mount(self) -> None:
        """Show all of it."""
        self.set_class(self._ascii, "-ascii")

    def on_resize(self) -> None:
        """Wrap it for the size of the terminal."""
        self.call_after_refresh(self._fill)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    def _fill(self) -> None:
        search = self.query_one(Line).value.strip()
        keys = key_entries(self._here, self._keymap)
        signs = sign_entries(self._here, ascii_only=self._ascii)
        entries = chain(keys, signs) if search else signs if self._signs else keys
        found = list(help_lines(entries, search, cells=self.query_one("#help-text").size.width))
        nothing: list[list[Run]] = [[("Nothing in the help holds these words.", "")]]
        self.query_one("#help-words", Static).update(lines(found or nothing))
        page = "signs. Tab: keys, type to search," if self._signs else "keys. Tab: signs, type to search,"
        self.query_one("#help").border_title = f"Help: {'keys and signs.' if search else page} Esc closes"

    def action_turn(self) -> None:
        """From the keys to the signs, or back."""
        self._signs = not self._signs
        self.query_one("#help-text").scroll_home(animate=False)
        self._fill()

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll the text by so many lines."""
        self.query_one("#help-text").scroll_relative(y=lines, animate=False)
