"""The handover as a view: what changed since the last shift, what is open, who has what; each line leads to its matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from feeds.theatres.model import Theatre
from tui.cells import Run, cut_runs, line, wrap
from tui.views.ages import full
from tui.views.evidence import Line

if TYPE_CHECKING:
    from tui.shift.records import Handover
    from tui.shift.wording import Entry


@dataclass(slots=True)
class ShiftView:
    """Lines of a handover at a width, and the entry that is selected."""

    theatre: Theatre
    page: Handover | None = None
    selected_item: int = 0
    version: int = 0
    _items: list[Entry] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _made_for: tuple[int, int, int] | None = None

    def show(self, page: Handover) -> None:
        """Show a handover; of the same span read again, the selected line stays selected."""
        same = self.page is not None and self.page.difference.since == page.difference.since
        self.page = page
        self.version += 1
        if not same:
            self.selected_item = 0

    @property
    def selected(self) -> Entry | None:
        """The entry under the cursor; None when nothing leads anywhere."""
        return self._items[self.selected_item] if self.selected_item < len(self._items) else None

    def lines(self, cells: int, now: datetime) -> Sequence[Line]:
        """The handover wrapped at a width."""
        wanted = (self.version, cells, now.toordinal())
        if wanted != self._made_for:
            self._items = []
            self._lines = list(self._make(self.page, max(cells, 20), now)) if self.page else []
            self.selected_item = max(0, min(self.selected_item, len(self._items) - 1))
            self._made_for = wanted
        return self._lines

    def span_of(self, item: int) -> tuple[int, int]:
        """First line of an entry and the line after its last one, as last wrapped."""
        found = [index for index, each in enumerate(self._lines) if each.item == item]
        return (found[0], found[-1] + 1) if found else (0, 1)

    def move(self, by: int) -> bool:
        """Select the next entry (1) or the one before (-1) that leads somewhere; False at the ends."""
        wanted = max(0, min(self.selected_item + by, len(self._items) - 1))
        moved = wanted != self.selected_item
        self.selected_item = wanted
        return moved

    def find(self, words: str, step: int, *, here: bool = False) -> bool:
        """Select the next entry (1) or the one before (-1) that holds the words, around the end."""
        count = len(self._items)
        for distance in range(0 if here else 1, count + (not here)):
            index = (self.selected_item + step * distance) % count
            entry = self._items[index]
            text = "".join(each for each, _ in entry.runs) + " ".join(entry.below)
            if words.casefold() in text.casefold():
                self.selected_item = index
                return True
        return False

    def _make(self, page: Handover, cells: int, now: datetime) -> Iterator[Line]:
        from tui.shift.wording import sections, span

        last = page.last
        closed = (
            f", when {line(last.who)} closed the last shift"
            if last and last.at == page.difference.since
            else ""
        )
        yield from _wrapped(f"{span(page.difference, now)}{closed}", "muted", cells)
        if last is not None and last.reason:
            yield from _wrapped(f"{line(last.who)} left word: {line(last.reason)}", "mark", cells)
        for section in sections(page, self.theatre):
            if not section.entries and not section.nothing:
                continue
            yield Line(())
            yield Line(((section.heading, "heading"),))
            if not section.entries:
                yield Line(((f"  {section.nothing}", "muted"),))
            for entry in section.entries:
                yield from self._entry(entry, cells)

    def _entry(self, entry: Entry, cells: int) -> Iterator[Line]:
        item = -1
        if entry.place or entry.story:
            item = len(self._items)
            self._items.append(entry)
        text, spans = _joined(entry.runs)
        for number, (start, end) in enumerate(wrap(text, cells - 4)):
            yield Line((("  " if not number else "    ", ""), *cut_runs(text, start, end, spans)), item)
        for below in entry.below:
            for start, end in wrap(below, cells - 6):
                yield Line((("      ", ""), (below[start:end], "muted")), item)


def closed_words(page: Handover, now: datetime) -> str:
    """Since when the page tells, in a few words for its border."""
    return f"since {full(page.difference.since, now)}"


def _joined(runs: Sequence[Run]) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of runs, and where each style stands in it."""
    text, spans = "", []
    for piece, style in runs:
        if style:
            spans.append((len(text), len(text) + len(piece), style))
        text += piece
    return text, spans


def _wrapped(text: str, style: str, cells: int) -> Iterator[Line]:
    for start, end in wrap(text, cells):
        yield Line(((text[start:end], style),))
