"""Lines painted by themselves: those in sight and no others, kept until something that shows has changed."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.cells import Run, alike, fit, joined, runs_width
from tui.display import content, flat
from tui.styling import QUIET, SLOW_LINK, component

_KEPT: Final = 400
"""Painted lines that are kept: a few screens of them, some two kilobytes each."""
_TITLE_AT: Final = 3
"""Cell of the upper border at which its words begin."""


class PaintedLines(ScrollView, inherit_bindings=False):
    """Lines of runs, of which some are under the cursor; a panel says what a line holds."""

    HEAD: int = 0
    """Lines at the top that are headings and never scroll."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._inks: dict[str, Style] = {}
        self._painted: LRUCache[Hashable, Strip] = LRUCache(_KEPT)
        self._on_screen: dict[int, Strip] = {}
        """Lines as they were last sent, those in sight and some that were."""
        self._titled: tuple[tuple[Run, ...], tuple[Run, ...]] = ((), ())

    # What a panel says of its lines.

    def line_count(self) -> int:
        """Lines that there are."""
        return 0

    def line_key(self, line: int) -> Hashable:
        """What decides the looks of a line beside its width and the cursor."""
        return line

    def line_runs(self, line: int, cells: int) -> Sequence[Run]:
        """The line, at most that many cells wide."""
        raise NotImplementedError

    def heading_runs(self, cells: int) -> Sequence[Run]:  # noqa: ARG002 - for those that have one
        """The heading, where there is one."""
        return ()

    def empty_lines(self) -> Sequence[str]:
        """What to say when there is nothing to list."""
        return ()

    def cursor_span(self) -> tuple[int, int]:
        """First line under the cursor and the line after the last."""
        return (0, 0)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        """The words in the upper and in the lower border, with Textual's style words."""
        return (), ()

    # Painting.

    @property
    def lines_in_sight(self) -> tuple[int, int]:
        """First line in sight and the line after the last."""
        first = self.scroll_offset.y
        return first, min(first + max(self._body_height, 0), self.line_count())

    @property
    def line_cells(self) -> int:
        """Cells that a line has."""
        return self.scrollable_content_region.width

    @property
    def _body_height(self) -> int:
        return self.scrollable_content_region.height - self.HEAD

    def render_line(self, y: int) -> Strip:
        """The line at that height of the panel."""
        cells = self.line_cells
        if y < self.HEAD:
            return self._strip(self.heading_runs(cells), cells, "heading")
        line = y - self.HEAD + self.scroll_offset.y
        if line >= self.line_count():
            if not self.line_count():
                said = self.empty_lines()
                if 0 < y <= len(said):
                    return self._strip([(fit(" " + said[y - 1], cells), "muted")], cells)
            return Strip.blank(cells, self.rich_style)
        if len(self._on_screen) >= _KEPT:
            self._on_screen.clear()
        strip = self._on_screen[line] = self._line_strip(line, cells)
        return strip

    def _line_strip(self, line: int, cells: int) -> Strip:
        first, last = self.cursor_span()
        under = (1 + self.has_focus) if first <= line < last else 0
        key = (self.line_key(line), line if under else -1, under, cells)
        strip = self._painted.get(key)
        if strip is None:
            cursor = ("", "cursor-idle", "cursor")[under]
            strip = self._painted[key] = self._strip(self.line_runs(line, cells), cells, cursor)
        return strip

    def _strip(self, runs: Sequence[Run], cells: int, over: str = "") -> Strip:
        """A painted line; under the cursor in one style, so that it is legible in every theme and short to send."""
        quiet = QUIET if self.app.has_class(SLOW_LINK) else ()
        runs = [(flat(text), "" if style in quiet else style) for text, style in runs]
        if over:
            text = "".join(piece for piece, _ in runs)
            return Strip([Segment(fit(text, cells), self._style(over))], cells)
        segments = [Segment(text, self._style(style)) for text, style in joined(runs)]
        taken = runs_width(runs)
        strip = Strip(segments, taken)
        return strip if taken == cells else strip.adjust_cell_length(cells, self.rich_style)

    def _style(self, name: str) -> Style:
        if not name:
            return self.rich_style
        ink = self._inks.get(name)
        if ink is None:
            ink = self._inks[name] = component(self.app, name)
        return ink

    # Following the view.

    def view_changed(self) -> None:
        """The lines are others than before: measure, paint and title the list again."""
        lines = self.line_count() + self.HEAD
        if self.virtual_size.height != lines:
            self.virtual_size = Size(self.line_cells, lines)
        self._on_screen.clear()
        self._show_cursor()
        self.retitle()
        self.refresh()

    def repaint_if_changed(self) -> None:
        """Paint the lines in sight that are others than those on the screen (an age went up, a state moved)."""
        self._painted.clear()
        self.repaint_rows()

    def repaint_rows(self) -> None:
        """Paint the lines in sight whose key is another than on the screen (marks were set or taken away)."""
        for line in range(*self.lines_in_sight):
            if self._on_screen.get(line) != self._line_strip(line, self.line_cells):
                self.refresh_line(line + self.HEAD)
        self.retitle()

    def retitle(self) -> bool:
        """Write the borders again if their words changed; True when they had."""
        upper, lower = (tuple(runs) for runs in self.titles())
        above, below = self._titled
        self._titled = (upper, lower)
        cells, rows = self.outer_size
        if upper != above:
            self._border_title = content(upper)
            # Of a count that goes up all the time only its figures are sent.
            first = max(alike(above, upper) - 1, 0)
            last = max(runs_width(above), runs_width(upper)) + 1
            self._refresh_border(Region(_TITLE_AT + first, 0, max(last - first, 0), 1))
        if lower != below:
            self._border_subtitle = content(lower)
            self._refresh_border(Region(0, rows - 1, cells, 1))
        return (upper, lower) != (above, below)

    def _refresh_border(self, part: Region) -> None:
        """Repaint a part of the border alone, told in cells of the whole panel; Textual's own setters repaint the list."""
        self.refresh(part.translate(-self.content_offset))

    def _show_cursor(self) -> bool:
        """Scroll by half pages until the cursor is in sight; True when that moved the list."""
        first, last = self.cursor_span()
        height, top = self._body_height, self.scroll_offset.y
        if height < 1 or (top <= first and last <= top + height):
            return False
        half = max(height // 2, 1)
        wanted = min(first - half + 1, first) if first < top else max(last - height + half - 1, last - height)
        wanted = min(wanted, first)
        wanted = max(0, min(wanted, self.line_count() - height))
        if wanted == top:
            return False
        self.scroll_to(y=wanted, animate=False)
        return True

    def _on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        self._painted.clear()
        self.call_after_refresh(self.view_changed)

    def notify_style_update(self) -> None:
        """The theme or the focus changed: every line may look different."""
        super().notify_style_update()
        self._inks.clear()
        self._painted.clear()
