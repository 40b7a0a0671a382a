"""Lists whose cells are tinted by state: the ground says the state in colour, signs on it say it without."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.display import flat
from tui.rowlist import RowList
from tui.styling import component
from tui.views.pieces import BORDER, CHOSEN, Piece


class TintedList(RowList):
    """Paints pieces of ink on tinted ground."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._looks: dict[tuple[str, str, bool], Style] = {}

    def tinted_strip(self, pieces: Iterable[Piece], cells: int) -> Strip:
        """The pieces as a line, padded to the width of the list."""
        segments = [Segment(flat(piece.text), self._look(piece.ink, piece.ground)) for piece in pieces]
        return Strip(segments).adjust_cell_length(cells, self.rich_style)

    def _look(self, ink: str, ground: str) -> Style:
        key = (ink, ground, self.has_focus)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._mixed(ink, ground)
        return look

    def _mixed(self, ink: str, ground: str) -> Style:
        if ink == CHOSEN:
            return self._style("cursor" if self.has_focus else "cursor-idle")
        if ink.startswith("tint-"):
            above = Style(color=self._tint(ink.removeprefix("tint-")).bgcolor)
        else:
            above = self._tint(BORDER) if ink == BORDER else self._style(ink)
        below = self._tint(ground).bgcolor if ground else self.rich_style.bgcolor
        return above + Style(bgcolor=below)

    def _tint(self, name: str) -> Style:
        return component(self.app, name, of="tint")

    def notify_style_update(self) -> None:
        """The theme changed: every ink and ground may be another."""
        super().notify_style_update()
        self._looks.clear()
