"""The timeline: a band for each capital on the board's rows, and the stories that came, hour by hour."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType
from textual.strip import Strip

from feeds.clock import Clock
from tui.cells import Run, fit, line
from tui.keymap import picture_bindings
from tui.states import glyph_of, look_of
from tui.tinted import TintedList
from tui.views.pieces import CHOSEN, Piece
from tui.views.timeline import TermLine, TimelineView, unit_word

NAME: Final = 14
"""Cells for the name of a capital."""
BEFORE: Final = NAME + 4
"""Cells before the band: mark, glyph, name and a gap."""


class TimelinePanel(TintedList):
    """The past of every capital, on the rows of the board."""

    BINDINGS: ClassVar[list[BindingType]] = picture_bindings()
    HEAD = 2

    def __init__(self, view: TimelineView, clock: Clock, *, ascii_only: bool) -> None:
        super().__init__(id="timeline")
        self.view, self._clock, self._ascii = view, clock, ascii_only
        self._plain = ascii_only
        self._heads: tuple[object, list[list[Run]]] = (None, [])
        """What the lines above the bands were made from, and the lines."""
        self._on_head: dict[int, Strip] = {}
        """The lines above the bands as they were last painted."""

    def on_mount(self) -> None:
        """A terminal with colours of its own, or none, is shown letters."""
        self._plain = self._ascii or self.app.current_theme.ansi

    def line_count(self) -> int:
        return self.view.board.listing.count

    def cursor_span(self) -> tuple[int, int]:
        at = self.view.board.listing.index
        return at, at + 1

    def line_key(self, line: int) -> Hashable:
        board = self.view.board
        return self.view.version, board.version, board.listing.shown[line]

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        return [(piece.text, piece.ink) for piece in self._pieces(line, cells, under=False)]

    def step(self, by: int) -> bool:
        return self.view.board.listing.move(by)

    def click_line(self, line: int) -> None:
        self._step(line - self.view.board.listing.index)

    def empty_lines(self) -> Sequence[str]:
        return ("No capital matches the filter. Esc shows all of them again.",)

    def heads(self, cells: int) -> list[list[Run]]:
        """The lines above the bands: stories, watch terms, days; made once for all of them."""
        key = (self.view.version, cells, len(self._terms()))
        if self._heads[0] != key:
            self._heads = key, self._make_heads(cells)
        return self._heads[1]

    def _make_heads(self, cells: int) -> list[list[Run]]:
        scale = self.view.scale(cells - BEFORE)
        bars, most = self.view.bars(scale, ascii_only=self._plain)
        words = fit(f" stories, max {most}" if most else " no stories yet", BEFORE)
        found: list[list[Run]] = [[(words, "muted"), (bars, "place")]]
        for term in self._terms():
            bars, most = self.view.bars(scale, ascii_only=self._plain, of=term.hits)
            figure = f" {most}" if most else " -"
            words = " " + fit(line(term.words), BEFORE - 2 - len(figure)) + figure + " "
            style = "mark" if term.severity == "high" else "trigger"
            found.append([(words, "muted"), (bars, style)])
        return [*found, [(" " * BEFORE, ""), (self.view.axis(scale), "muted")]]

    def _terms(self) -> Sequence[TermLine]:
        """The gravest watch terms, as many as leave most of the panel to the bands."""
        page = self.view.page
        most = max(self.scrollable_content_region.height // 5, 1)
        return page.terms[:most] if page else ()

    def render_line(self, y: int) -> Strip:
        """The stories, the watch terms, the days, and below them the band of each capital."""
        if y >= self.HEAD:
            return super().render_line(y)
        return self._head_strip(y)

    def _head_strip(self, y: int) -> Strip:
        cells = self.line_cells
        strip = self._on_head[y] = self._strip(self.heads(cells)[y], cells)
        return strip

    def view_changed(self) -> None:
        self.HEAD = 2 + len(self._terms())
        super().view_changed()

    def repaint_if_changed(self) -> None:
        """Paint the lines that are others than before, those above the bands too."""
        if 2 + len(self._terms()) != self.HEAD:
            self.view_changed()
            return
        for y in range(self.HEAD if self.display else 0):
            if self._on_head.get(y) != self._head_strip(y):
                self.refresh_line(y)
        super().repaint_if_changed()

    def _line_strip(self, line: int, cells: int) -> Strip:
        first, last = self.cursor_span()
        under = (1 + self.has_focus) if first <= line < last else 0
        key = (self.line_key(line), under, cells)
        strip = self._painted.get(key)
        if strip is None:
            pieces = self._pieces(line, cells, under=bool(under))
            strip = self._painted[key] = self.tinted_strip(pieces, cells)
        return strip

    def _pieces(self, line: int, cells: int, *, under: bool) -> list[Piece]:
        row = self.view.board.row(line)
        look = look_of(row.standing.state)
        mark = "*" if self.view.board.is_marked(row.place.id) else " "
        sign = glyph_of(look.state, ascii_only=self._ascii)
        name = fit(row.place.name, NAME)
        before = (
            [Piece(f"{mark}{sign} {name}", CHOSEN), Piece(" ", "")]
            if under
            else [
                Piece(f"{mark}{sign} ", look.style),
                Piece(f"{name} ", "strong" if look.telling else "muted"),
            ]
        )
        scale = self.view.scale(cells - BEFORE)
        band = self.view.band(row, scale, ascii_only=self._plain)
        return [*before, *(Piece(text, look_of(state).style, state) for text, state in band)]

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        scale = self.view.scale(self.line_cells - BEFORE)
        upper: list[Run] = [("Timeline ", "bold"), (f" a cell is {_one(unit_word(scale.unit))} ", "")]
        begin = scale.begin(0)
        lower: list[Run] = [
            (f" {begin.day} {begin:%b} {begin:%H:%M}Z to now, + finer, - coarser ", "$w-muted")
        ]
        return upper, lower if self.view.page else []

    def action_closer(self, steps: int) -> None:
        """A finer unit of time (1), or a coarser one (-1)."""
        if self.view.closer(steps, self.line_cells - BEFORE):
            self.view_changed()


def _one(word: str) -> str:
    """The unit with its article: ``an hour``, ``a day``, ``3 hours``."""
    if word[0].isdigit():
        return word
    return f"an {word}" if word == "hour" else f"a {word}"
