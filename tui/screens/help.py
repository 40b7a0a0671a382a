"""The help: keys, signs and words, searchable as one types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.cells import Run, fit, wrap
from tui.commands import COMMANDS, EVERYWHERE, LISTS, MAP, PICTURES, SETUP
from tui.display import lines
from tui.keymap import Keymap
from tui.line import Line
from tui.states import LOOKS, glyph_of

WORDS = (
    (
        "grade",
        "B2: letter, how reliable the best outlet is (A best, F unknown); digit, how well the report is borne out",
    ),
    ("strength", ".91: strength of the reporting, not a probability of truth"),
    ("told 7/3", "7 outlets ran it, 3 tell it independently of each other"),
    ("[fighting]", "before the words: fighting is told of in a captured city since it fell"),
    ("[stale]", "nothing was told of it for long; the state is the last one known"),
    ("[review]", "set by hand, and the reports now say otherwise: look again"),
    ("*", "changed during the shift and not looked at since"),
    ("▸", "a sentence that counts for the state now"),
    ("•", "a story not opened yet"),
    ("!", "wire flag URGENT; c corrected, w withdrawn"),
)
"""Signs and words of the screen, each with one line."""

_HEADINGS = {
    LISTS: "In a list",
    PICTURES: "On the map and the timeline",
    MAP: "On the map",
    EVERYWHERE: "In every panel",
    SETUP: "Where things are set up",
}
"""Over the keys, in the order in which they are shown."""


def help_lines(search: str, keymap: Keymap, *, cells: int, ascii_only: bool) -> Iterator[list[Run]]:
    """Lines of the help that hold the words searched for, under their headings."""
    keys = [
        (
            _HEADINGS[each.where],
            keymap.shown(each),
            f"{each.title}. {each.help}",
        )
        for each in sorted(COMMANDS, key=lambda each: list(_HEADINGS).index(each.where))
    ]
    states = [
        ("States", f"{glyph_of(each.state, ascii_only=ascii_only)} {each.letter} {each.state}", each.meaning)
        for each in LOOKS
    ]
    signs = [("Signs and words", sign, meaning) for sign, meaning in WORDS]
    heading = ""
    for group, left, words in (*keys, *states, *signs):
        if search.casefold() not in f"{left} {words}".casefold():
            continue
        if group != heading:
            heading = group
            yield [(group, "bold underline")]
        wrapped = [words[start:end] for start, end in wrap(words, max(cells - 24, 20))]
        yield [("  " + fit(left, 18) + " ", "bold"), (wrapped[0], "")]
        for more in wrapped[1:]:
            yield [(" " * 21 + more, "")]


class HelpScreen(ModalScreen[None]):
    """Over the main screen until Esc."""

    AUTO_FOCUS = "#help-search"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="help.close", show=False),
        Binding("down", "scroll(1)", show=False, id="help.down"),
        Binding("up", "scroll(-1)", show=False, id="help.up"),
        Binding("pagedown,ctrl+d", "scroll(10)", show=False, id="help.page-down", priority=True),
        Binding("pageup,ctrl+u", "scroll(-10)", show=False, id="help.page-up", priority=True),
    ]

    def __init__(self, keymap: Keymap, *, ascii_only: bool) -> None:
        super().__init__()
        self._keymap, self._ascii = keymap, ascii_only

    def compose(self) -> ComposeResult:
        with Vertical(id="help") as box:
            box.border_title = "Help: type to search, Esc closes"
            yield Line(id="help-search", placeholder="search the help")
            with VerticalScroll(id="help-text", can_focus=False):
                yield Static(id="help-words")

    def on_mount(self) -> None:
        """Show all of it."""
        self.set_class(self._ascii, "-ascii")
        self.call_after_refresh(self._fill)

    @on(Input.Changed)
    def _typed(self) -> None:
        self._fill()

    def _fill(self) -> None:
        search = self.query_one(Line).value.strip()
        found = list(
            help_lines(
                search,
                self._keymap,
                cells=self.query_one("#help-text").size.width,
                ascii_only=self._ascii,
            )
        )
        nothing: list[list[Run]] = [[("Nothing in the help holds these words.", "")]]
        self.query_one("#help-words", Static).update(lines(found or nothing))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll the text by so many lines."""
        self.query_one("#help-text").scroll_relative(y=lines, animate=False)
