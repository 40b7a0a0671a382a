"""The map: provinces tinted by their capital's standing, cities by glyph and name, the board's own selection."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.strip import Strip

from tui.cells import Run, line, runs_width
from tui.keymap import map_bindings
from tui.states import look_of
from tui.tinted import TintedList
from tui.views.map import MapView, legend
from tui.views.pieces import Piece


class MapPanel(TintedList):
    """The country as it stands."""

    BINDINGS: ClassVar[list[BindingType]] = map_bindings()

    def __init__(self, view: MapView, *, ascii_only: bool) -> None:
        super().__init__(id="map")
        self.view, self._ascii = view, ascii_only
        self._lines: list[list[Piece]] = []

    def on_mount(self) -> None:
        """A terminal with colours of its own, or none, is shown letters."""
        if self._ascii or self.app.current_theme.ansi:
            self.view.mode = "letters"

    # What a list says of its lines.

    def line_count(self) -> int:
        return len(self._lines)

    def cursor_span(self) -> tuple[int, int]:
        return (0, 0)

    def line_key(self, line: int) -> Hashable:
        return line

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:  # noqa: ARG002 - a map has its own width
        return [(piece.text, "") for piece in self._lines[line]]

    def _line_strip(self, line: int, cells: int) -> Strip:
        return self.tinted_strip(self._lines[line], cells)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        room = self.size.width - 6
        upper: list[Run] = [("Map ", "bold")]
        if row := self.view.board.selected:
            look = look_of(row.standing.state)
            holder = self.view.theatre.named_at(row.standing.holder, row.standing.at)
            upper += [
                (f" {line(row.place.name)} ", ""),
                (f"{row.standing.state} ", f"$w-{look.style}"),
                (f"{line(holder)} " if look.telling and holder else "", ""),
            ]
        if self.view.zoom:
            upper.append((f" zoom {self.view.zoom} ", "$w-muted"))
        lower: list[Run] = []
        plain = self._ascii or self.view.mode == "letters"
        signs = [(f" {word} ", f"$w-{style}") for word, style in legend(self.view.states(), ascii_only=plain)]
        if self.view.trouble:
            signs = [(f" {line(self.view.trouble)} ", "$w-mark")]
        elif self.view.shapes.approximate:
            signs.append((" some borders approximate ", "$w-muted"))
        signs.append((" + - zoom, v other drawing ", "$w-muted"))
        for sign in signs:
            if runs_width([*lower, sign]) <= room:
                lower.append(sign)
        return upper, lower

    # Following the view.

    def view_changed(self) -> None:
        """Size, part shown or looks are others: make the lines again and paint them all."""
        if not self._draw():
            return
        super().view_changed()

    def repaint_if_changed(self) -> None:
        """Paint the lines that are others than those on the screen."""
        before = self._lines
        if not self._draw():
            return
        if len(before) != len(self._lines):
            super().view_changed()
            return
        for number, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh_line(number)
        self.retitle()

    def _draw(self) -> bool:
        """Make the lines for the size; False while the panel is not in sight."""
        region = self.scrollable_content_region
        if not self.display or region.width < 1 or region.height < 1:
            return False
        self.view.fit(region.width, region.height)
        self._lines = self.view.lines(ascii_only=self._ascii)
        return True

    def cursor_moved(self, before: tuple[int, int]) -> None:  # noqa: ARG002 - names move with the selection
        """Another city is chosen: bring it into sight, write the names again, and tell."""
        self.cursor_followed()
        self.post_message(self.Selected(self))

    def cursor_followed(self) -> None:
        """Another city was chosen elsewhere."""
        self.view.follow()
        self.repaint_if_changed()

    # Keys.

    def step(self, by: int) -> bool:
        return self.view.board.listing.move(by)

    def _step(self, by: int) -> None:
        # The keys for the first and the last row mean those of the board, which may have more rows than the map lines.
        super()._step(by if abs(by) < self.line_count() else by * self.view.board.listing.count)

    def action_closer(self, steps: int) -> None:
        """Zoom in (1) or out (-1)."""
        if self.view.closer(steps):
            self.repaint_if_changed()

    def action_pan(self, across: int, up: int) -> None:
        """Move the map by quarters of what is shown."""
        if self.view.pan(across, up):
            self.repaint_if_changed()

    def action_mode(self) -> None:
        """Draw in the next way."""
        self.view.next_mode()
        self.repaint_if_changed()

    def on_click(self, event: events.Click) -> None:
        """A click chooses the city under the pointer, or the capital of the province."""
        gutter = self.styles.gutter
        place = self.view.at(event.x - gutter.left, event.y - gutter.top)
        if place is not None and self.view.board.listing.select(place):
            self.cursor_moved(self.cursor_span())
