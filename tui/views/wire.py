"""The wire as a view: stories newest first, read from the archive in blocks as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from tui.marked import Marked
from tui.reading import StoryRow
from tui.views.filtering import Filter
from tui.views.listing import Listing
from tui.views.marking import Marking
from tui.views.order import NewestFirst
from tui.views.watchmarks import WatchMark

MOST: Final = 100_000
"""Stories that are listed, the newest; filters and searches reach those behind them too."""
BLOCK: Final = 64
"""Rows read at once: a tall screen and what lies around it."""
NEAR: Final = 4 * BLOCK
"""Rows gone through for an unread one before the archive is asked beside the screen."""
KEPT: Final = 1_000
"""Rows kept in memory; beyond, the oldest read are forgotten."""


class WireView:
    """Ids in order, and the few rows of them that are in sight."""

    def __init__(
        self,
        load: Callable[[Sequence[int]], Sequence[StoryRow]],
        watched: Callable[[Sequence[str]], Mapping[str, WatchMark]] = lambda _: {},
    ) -> None:
        """``load`` reads a block of rows; ``watched`` the marks of those of its stories that a watch term found."""
        self.listing: Listing[int] = Listing(NewestFirst(), MOST)
        self.filter = Filter()
        self.found = NewestFirst()
        """Rows that match the search."""
        self.version = 0
        """Moves when rows that were read may have changed."""
        self.marking: Marking[int] = Marking()
        """Rows marked by the operator."""
        self.marked = Marked()
        """What is known of all stories' marks."""
        self.shows_dismissed = False
        self._load, self._watched = load, watched
        self._all = NewestFirst()
        self._matched = NewestFirst()
        """Rows that match the filter in force, dismissed or not, as the archive told last."""
        self._rows: dict[int, StoryRow] = {}
        self._marks: dict[int, WatchMark] = {}

    def take_all(self, ids: Sequence[int]) -> bool:
        """Take the whole list of rows, newest first; True when rows moved."""
        self._all = NewestFirst.of(ids)
        return self.filter.empty and self.listing.offer(self._without_dismissed(self._all))

    def begin_afresh(self) -> None:
        """Forget the list: another moment is shown from now on. Marks and filter stay."""
        self._all = NewestFirst()
        self._rows.clear()
        self.version += 1
        self.listing.begin_afresh()

    def take_marked(self, marked: Marked) -> bool:
        """Take the marks of all stories; a row just dismissed stays until the list is refreshed.

        True when rows moved, as they do before anybody touched the list.
        """
        before, self.marked = self.marked, marked
        if before.dismissed == marked.dismissed or not self.filter.empty or not self.listing.following:
            return False
        return self.listing.offer(self._without_dismissed(self._all))

    def refresh(self) -> None:
        """Let in what waits, and let go of what was dismissed."""
        self.listing.offer(self._without_dismissed(self._all if self.filter.empty else self._matched))
        self.listing.refresh()

    def show_dismissed(self) -> bool:
        """Show what was dismissed too, or hide it again; what is so from now on."""
        self.shows_dismissed = not self.shows_dismissed
        self.refresh()
        return self.shows_dismissed

    def next_unread(self, step: int) -> bool | None:
        """Select the next unread story (1) or the one before (-1); False when there is none that way.

        None when there is none near: :meth:`go_unread` looks farther, once the archive has said which are unread.
        """
        first = self.listing.index + step
        for at in range(first, first + NEAR * step, step):
            if not 0 <= at < self.listing.count:
                return False
            row = self.row(at)
            if row is not None and not row.read and not row.dismissed:
                self.listing.go(at)
                return True
        return None

    def go_unread(self, step: int, unread: NewestFirst) -> bool:
        """Select the next (1) or the one before (-1) of those that the archive found unread; False when none is listed."""
        selected = self.listing.selected
        if selected is None:
            return False
        newer, shown = unread.newer(selected), self.listing.shown
        others = range(newer + (selected in unread), len(unread)) if step > 0 else range(newer - 1, -1, -1)
        found = next((key for at in others if (key := unread[at]) in shown), None)
        return found is not None and self.listing.select(found)

    @property
    def _wants_dismissed(self) -> bool:
        return self.shows_dismissed or self.filter.asks_for("dismissed")

    def _without_dismissed(self, ids: NewestFirst) -> NewestFirst:
        hidden = self.marked.dismissed
        return ids if not hidden or self._wants_dismissed else ids.without(hidden)

    @property
    def total(self) -> int:
        """All stories, whatever the filter."""
        return len(self._all)

    def take_new(self, ids: Sequence[int]) -> bool:
        """Take rows that arrived at the top; True when rows moved."""
        self._all = self._all.behind(row for row in ids if row not in self._all).first(MOST)
        return self.filter.empty and self.listing.prepend(ids)

    def set_filter(self, wanted: Filter, ids: Sequence[int]) -> None:
        """Show the rows that the archive found for a filter, all for an empty one."""
        self.filter = wanted
        self._matched = self._matching(ids)
        self.listing.replace(self._without_dismissed(self._all if wanted.empty else self._matched))

    def take_filtered(self, ids: Sequence[int]) -> bool:
        """Take the answer to the filter in force again, after rows arrived or marks moved; True when rows moved."""
        self._matched = self._matching(ids)
        return self.listing.offer(self._without_dismissed(self._matched))

    def _matching(self, ids: Sequence[int]) -> NewestFirst:
        """The rows that match, dismissed or not, when the archive found these for the filter in force."""
        return self._all.without(frozenset(ids)) if self.filter.inverted else NewestFirst.of(ids)

    def row(self, index: int) -> StoryRow | None:
        """The row at a position on display; None when the archive no longer has it."""
        key = self.listing.shown[index]
        if key not in self._rows:
            first = index - index % BLOCK
            self._read(self.listing.shown[first : first + BLOCK])
        return self._rows.get(key)

    def forget_rows(self) -> None:
        """Read every row anew when it is next looked at: what watch terms find is told otherwise now."""
        self._rows.clear()
        self._marks.clear()
        self.version += 1

    def watch_mark(self, key: int) -> WatchMark | None:
        """The mark of a row in whose story a watch term was found, once the row was read."""
        return self._marks.get(key)

    @property
    def selected(self) -> StoryRow | None:
        """The selected row; None when the list is empty."""
        return self.row(self.listing.index) if self.listing.count else None

    def reread(self, first: int, last: int) -> bool:
        """Read the rows in sight again (copies counted, marks); True when any of them changed."""
        keys = self.listing.shown[first:last]
        before = [(self._rows.get(key), self._marks.get(key)) for key in keys]
        kept, self._rows = (self._rows, self._marks), {}
        self._marks = {}
        self._read(keys)
        if not self._rows:  # an archive that cannot be read now: what is on the screen stays there
            self._rows, self._marks = kept
        if before == [(self._rows.get(key), self._marks.get(key)) for key in keys]:
            return False
        self.version += 1
        return True

    def find(self, step: int, *, here: bool = False) -> bool:
        """Select the next row (1) or the one before (-1) that the search found, around the end."""
        shown, selected = self.listing.shown, self.listing.selected
        if selected is None or not self.found:
            return False
        if here and selected in self.found:
            self.listing.go(self.listing.index)
            return True
        ring: Sequence[int] = self.found
        others: Sequence[int] = shown
        start = self.found.newer(selected) - (step > 0 and selected not in self.found)
        # The shorter of the two is gone through: of many matches the first is soon in sight, and of few there are few.
        if len(self.found) > len(shown):
            ring, start, others = shown, self.listing.index, self.found
        for distance in range(1, len(ring) + 1):
            key = ring[(start + step * distance) % len(ring)]
            if key in others:
                return self.listing.select(key)
        return False

    def _read(self, keys: Iterable[int]) -> None:
        missing = [key for key in keys if key not in self._rows]
        if len(self._rows) + len(missing) > KEPT:
            self._rows.clear()
            self._marks.clear()
        rows = {row.row: row for row in self._load(missing)}
        self._rows.update(rows)
        marks = self._watched([row.id for row in rows.values()])
        self._marks.update((key, marks[row.id]) for key, row in rows.items() if row.id in marks)
