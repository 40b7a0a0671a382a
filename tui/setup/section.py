"""What every section of the set up is: a title, entries, and what can be done to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from tui.cells import Run
from tui.setup.steps import Errand, Step


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a section."""

    key: str
    """What it is known by among the entries of its section."""
    columns: tuple[Run, ...]
    """Its words, column by column, with the styles of :data:`tui.styling.STYLE_NAMES`."""


class Section(Protocol):
    """One part of what can be set up."""

    title: ClassVar[str]
    columns: ClassVar[tuple[tuple[str, int], ...]]
    """Heading and cells of each column; the last one has what is left."""
    deeds: ClassVar[Mapping[str, str]]
    """What can be done, and the word for it at the bottom: ``open``, ``add``, ``remove``, ``try`` …"""

    def count(self) -> str:
        """What stands behind the title in the list of sections: how many, or what is chosen."""

    def about(self) -> str:
        """One line on what these entries are, and what needs a look."""

    def nothing(self) -> Sequence[str]:
        """Lines for a section without entries: what to do."""

    def entries(self) -> Sequence[Entry]:
        """The entries as they are now."""

    def look(self) -> Errand | None:
        """What has to be found out beside the screen when the section is opened; None for nothing."""

    def do(self, deed: str, key: str) -> Step:
        """Do something to the entry of that key (empty when there is none); a WarwatchError in one line when it cannot be done."""
