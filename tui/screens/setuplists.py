"""The two lists of the set up: its sections, and the entries of one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Final

from tui.cells import Run, cut_line, line, right
from tui.rowlist import RowList, column_run, rest_cells
from tui.setup import Entry, Section

_NARROW: Final = 70
"""Cells below which a wide column gives some of its own to the last one."""


class SectionList(RowList):
    """The sections, each with how many or what is chosen."""

    def __init__(
        self, sections: Sequence[Section], opened: Callable[[], Awaitable[None]], moved: Callable[[], None]
    ) -> None:
        """``opened`` and ``moved`` are called before the next key is looked at."""
        super().__init__(id="sections")
        self.sections, self._opened, self._moved = sections, opened, moved
        self.at = 0
        self._counts: list[str] = [""] * len(sections)

    def count_again(self) -> None:
        """Read what stands behind each title."""
        self._counts = [each.count() for each in self.sections]
        self.repaint_if_changed()

    def line_count(self) -> int:
        return len(self.sections)

    def cursor_span(self) -> tuple[int, int]:
        return self.at, self.at + 1

    def line_key(self, line: int) -> Hashable:
        return line, self._counts[line]

    def line_runs(self, at: int, cells: int) -> Sequence[Run]:
        runs: list[Run] = [(f" {self.sections[at].title} ", "")]
        left = rest_cells(runs, cells) - 1
        return [*runs, (right(line(self._counts[at]), left), "muted"), (" ", "")]

    def step(self, by: int) -> bool:
        before, self.at = self.at, max(0, min(self.at + by, len(self.sections) - 1))
        return self.at != before

    def click_line(self, line: int) -> None:
        self._step(line - self.at)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        return [("Set up", "bold")], ()

    def cursor_moved(self, before: tuple[int, int]) -> None:
        """The entries beside it follow at once: a key that comes next is for them."""
        super().cursor_moved(before)
        self._moved()

    async def action_open(self) -> None:
        """Go to the entries."""
        await self._opened()


class EntryList(RowList):
    """The entries of one section."""

    HEAD = 1

    def __init__(self, section: Section, opened: Callable[[], Awaitable[None]]) -> None:
        """``opened`` is called when a person opened an entry, before the next key is looked at."""
        super().__init__(id="entries")
        self.section, self._opened = section, opened
        self.entries: Sequence[Entry] = ()
        self.at = 0
        self._version = 0
        self._about = ""

    def show(self, section: Section) -> None:
        """Show a section's entries; the same one again keeps the cursor on its entry."""
        same, key = section is self.section, self.key
        self.section, self.entries, self._about = section, section.entries(), section.about()
        keys = [each.key for each in self.entries]
        self.at = keys.index(key) if same and key in keys else min(self.at, len(keys) - 1) if same else 0
        self.at = max(self.at, 0)
        self._version += 1
        self.view_changed()

    @property
    def key(self) -> str:
        """Key of the entry under the cursor; empty when there is none."""
        return self.entries[self.at].key if self.at < len(self.entries) else ""

    def line_count(self) -> int:
        return len(self.entries)

    def cursor_span(self) -> tuple[int, int]:
        return self.at, self.at + 1

    def line_key(self, line: int) -> Hashable:
        return line, self._version

    def heading_runs(self, cells: int) -> Sequence[Run]:
        return self._fitted([(heading, "") for heading, _ in self.section.columns], cells)

    def line_runs(self, at: int, cells: int) -> Sequence[Run]:
        return self._fitted(self.entries[at].columns, cells)

    def empty_lines(self) -> Sequence[str]:
        return self.section.nothing()

    def _fitted(self, columns: Sequence[Run], cells: int) -> list[Run]:
        runs: list[Run] = [(" ", "")]
        for (text, style), (_, wanted) in zip(columns, self.section.columns, strict=True):
            some = wanted if cells >= _NARROW or wanted <= 10 else max(10, wanted * cells // _NARROW)
            last = wanted == 0
            runs.append(
                column_run(line(text), rest_cells(runs, cells) if last else some, style, gap=not last)
            )
        return runs

    def step(self, by: int) -> bool:
        before, self.at = self.at, max(0, min(self.at + by, len(self.entries) - 1))
        return self.at != before

    def click_line(self, line: int) -> None:
        self._step(line - self.at)

    def titles(self) -> tuple[Sequence[Run], Sequence[Run]]:
        about: list[Run] = cut_line([(f" {line(self._about)} ", "")], max(self.size.width - 2, 10))
        return [(f"{self.section.title} ", "bold")], about if self._about else ()

    async def action_open(self) -> None:
        """Do what is usual with this entry."""
        await self._opened()
