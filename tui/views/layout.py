"""Which panels stand side by side at a size, and the way back from what was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

PANELS: Final = ("board", "wire", "story", "evidence", "map", "timeline", "shift")
"""In the order of their numbers."""
OF_PLACES: Final = ("board", "map", "timeline")
"""Panels that show the capitals, and share what is chosen among them."""
_DETAILS: Final = ("evidence", "story")
TALL: Final = 56
"""Rows from which the board shows all capitals of a theatre at once."""
MEDIUM: Final = 110
"""Columns from which a third panel stands beside the wire."""
WIDE: Final = 170
"""Columns from which all four lists stand side by side; on a tall screen map and timeline too."""
_DETAIL: Final = "detail"
"""Stands for the evidence or the story, whichever belongs to the list that has the focus."""
ARRANGEMENTS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "narrow": (("board", "wire"),),
    "medium": (("board", "wire", _DETAIL), ("board", "wire", "map"), ("board", "wire", "timeline")),
    "wide": (
        ("board", "evidence", "wire", "story"),
        ("board", "map", "wire", "story"),
        ("board", "map", "wire", "evidence"),
        ("board", "timeline", "wire", "evidence"),
    ),
    "grand": (("board", "map", "timeline", "wire", "evidence", "story"),),
}
"""What may stand side by side at a size, the usual first; board and wire always do."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Panels on display, in reading order."""

    name: str
    """``solo``, ``narrow``, ``medium``, ``wide`` or ``grand``."""
    panels: tuple[str, ...]


@dataclass(slots=True)
class Layout:
    """Where the operator is: the focused panel, the detail beside the lists, and what was open before."""

    focus: str = "board"
    detail: str = "evidence"
    """``evidence`` or ``story``: what stands beside the wire when only one fits."""
    solo: str = ""
    """The panel that fills the screen, or empty."""
    rows: int = 0
    """Rows of the terminal."""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By the name of a size the arrangement that the operator chose."""
    _back: list[tuple[str, str, str]] = field(default_factory=list)

    def arrange(self, columns: int) -> Arrangement:
        """The panels to show at that many columns."""
        if self.solo:
            return Arrangement("solo", (self.solo,))
        return self._side_by_side(columns)

    def size(self, columns: int) -> str:
        """The name of a size: ``narrow``, ``medium``, ``wide`` or ``grand``."""
        if columns >= WIDE:
            return "grand" if self.rows >= TALL else "wide"
        return "medium" if columns >= MEDIUM else "narrow"

    def rearrange(self, columns: int) -> tuple[str, ...]:
        """Choose the next arrangement of this size; empty when there is but one."""
        name = self.size(columns)
        known = ARRANGEMENTS[name]
        if len(known) < 2:
            return ()
        self.chosen[name] = known[(known.index(self._of_size(name)) + 1) % len(known)]
        self.solo = ""
        self._back.clear()
        if self.focus not in self._side_by_side(columns).panels:
            self.focus = "board"
        return self.chosen[name]

    def _of_size(self, name: str) -> tuple[str, ...]:
        chosen = self.chosen.get(name, ())
        return chosen if chosen in ARRANGEMENTS[name] else ARRANGEMENTS[name][0]

    def _side_by_side(self, columns: int) -> Arrangement:
        name = self.size(columns)
        panels = (self.detail if panel == _DETAIL else panel for panel in self._of_size(name))
        return Arrangement(name, tuple(panels))

    def go(self, panel: str, columns: int) -> None:
        """Focus a panel by its number; a list leaves what was opened, a detail is opened when it does not fit."""
        if panel in ("board", "wire"):
            self.solo = ""
            self._back.clear()
            self.detail = "evidence" if panel == "board" else "story"
            self.focus = panel
        else:
            self.open(panel, columns)

    def open(self, panel: str, columns: int) -> None:
        """Open a detail: beside the lists where it fits, else over them; a second time, over them anyway."""
        if self.focus == panel and self.solo == panel:
            return
        self._back.append((self.focus, self.detail, self.solo))
        again = self.focus == panel
        self.focus = panel
        if panel in _DETAILS:
            self.detail = panel
        self.solo = panel if again or self.solo or panel not in self._side_by_side(columns).panels else ""

    def back(self) -> bool:
        """Return to where it was opened from; False when nothing is open."""
        if not self._back:
            return False
        self.focus, self.detail, self.solo = self._back.pop()
        return True

    def turn(self, step: int, columns: int) -> None:
        """Focus the next panel (1) or the one before (-1) of those on display."""
        shown = self.arrange(columns).panels
        if len(shown) < 2:
            return
        ordered = [panel for panel in PANELS if panel in shown]
        at = ordered.index(self.focus) if self.focus in ordered else 0
        self.focus = ordered[(at + step) % len(ordered)]
        self._back.clear()

    def follow(self, columns: int) -> None:
        """Show the detail that belongs to the focused list, where one detail stands beside it."""
        if not self.solo and self.focus in ("board", "wire") and columns < WIDE:
            self.detail = "evidence" if self.focus == "board" else "story"
