"""How many stories are unread and which are dismissed, kept up to date without reading the wire again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

from tui.reading import ArchiveReader

LOOKED_AT: Final = 5_000
"""The newest stories, whose marks are known; more is more than anybody reads in a shift."""
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Marked:
    """The marks of the newest stories."""

    unread: int = 0
    looked_at: int = 0
    """Among how many stories the unread ones were counted."""
    dismissed: frozenset[int] = frozenset()
    """Rows that nobody wants to see again."""


class MarkedRows:
    """Marks of the newest rows, and of those dismissed; used by the bridge's thread."""

    def __init__(self, archive: ArchiveReader) -> None:
        self._archive = archive
        self._rows: dict[str, int] = {}
        self._newest: list[tuple[int, str]] = []
        """The rows that are counted, with their stories, as a heap, the oldest first."""
        self._counted: set[int] = set()
        self._unread: set[int] = set()
        self._dismissed: set[int] = set()

    def begin(self, ids: Sequence[int]) -> None:
        """Forget what was known, and look at the newest of these rows."""
        for known in (self._rows, self._newest, self._counted, self._unread, self._dismissed):
            known.clear()
        self.look(ids[:LOOKED_AT])

    def look(self, ids: Sequence[int]) -> None:
        """Read the marks of rows that are new or were touched."""
        for start in range(0, len(ids), _CHUNK):
            for row in self._archive.rows(ids[start : start + _CHUNK]):
                if row.row not in self._counted:
                    self._counted.add(row.row)
                    heappush(self._newest, (row.row, row.id))
                self._rows[row.id] = row.row
                (self._unread.discard if row.read or row.dismissed else self._unread.add)(row.row)
                (self._dismissed.add if row.dismissed else self._dismissed.discard)(row.row)
        while len(self._newest) > LOOKED_AT:
            self._let_go(*heappop(self._newest))

    def _let_go(self, row: int, story: str) -> None:
        """Count a row no longer; one that was dismissed stays known, for it stays out of sight."""
        self._counted.discard(row)
        self._unread.discard(row)
        if row not in self._dismissed:
            self._rows.pop(story, None)

    def touched(self, stories: Iterable[str]) -> None:
        """Somebody did something to these stories."""
        self.look(sorted({self._rows[story] for story in stories if story in self._rows}))

    def marked(self) -> Marked:
        """The marks as they are now."""
        return Marked(len(self._unread), len(self._newest), frozenset(self._dismissed))
