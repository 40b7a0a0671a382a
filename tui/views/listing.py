"""Order, selection and gate of a list: what arrives never moves the row under the reader."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import chain
from typing import Generic, TypeVar

from tui.views.order import AnyOrder, Order

K = TypeVar("K", bound=Hashable)


class Listing(Generic[K]):
    """Which rows a list shows, in which order, and which one is selected.

    A list *follows* what arrives until a person touches it; from then on the new order waits until
    :meth:`refresh`. Rows are known by their key, each shown once.
    """

    def __init__(self, order: Order[K] | None = None, most: int | None = None) -> None:
        """``order`` is an empty one of the kind to keep keys in; of what arrives at the top, ``most`` rows are kept."""
        self._shown: Order[K] = AnyOrder() if order is None else order
        self._latest = self._shown
        self._most = most
        self._waiting = 0
        self._index = 0
        self.following = True

    @property
    def shown(self) -> Sequence[K]:
        """Keys on display, in order; not to be changed."""
        return self._shown

    @property
    def latest(self) -> Sequence[K]:
        """Keys as they will be on display after a refresh; not to be changed."""
        return self._latest

    @property
    def count(self) -> int:
        """Rows on display."""
        return len(self._shown)

    @property
    def index(self) -> int:
        """Position of the selected row; 0 in an empty list."""
        return self._index

    @property
    def selected(self) -> K | None:
        """Key of the selected row; None in an empty list."""
        return self._shown[self._index] if self._shown else None

    @property
    def waiting(self) -> int:
        """Rows that arrived and are not on display yet."""
        return min(self._waiting, len(self._latest))

    @property
    def stale(self) -> bool:
        """True when a refresh would change what is on display."""
        return self._latest is not self._shown and self._latest != self._shown

    def offer(self, latest: Iterable[K]) -> bool:
        """Take the whole list as it is now; True when the display changed."""
        self._latest = self._ordered(latest)
        if self._open():
            return self._adopt()
        self._waiting = self._latest.lacking(self._shown)
        return False

    def prepend(self, newest: Iterable[K]) -> bool:
        """Take rows that arrived at the top; True when the display changed."""
        fresh = [key for key in dict.fromkeys(newest) if key not in self._latest]
        if not fresh:
            return False
        self._latest = self._latest.behind(fresh)
        if self._most is not None:
            self._latest = self._latest.first(self._most)
        if self._open():
            return self._adopt()
        self._waiting += sum(key not in self._shown for key in fresh)
        return False

    def refresh(self) -> bool:
        """Show what waits, keeping the selected row selected; True when the display changed."""
        return self._adopt(keep=True)

    def replace(self, keys: Iterable[K]) -> None:
        """Show the answer to another question (a filter), keeping the selection where it is still there."""
        self._latest = self._ordered(keys)
        self._adopt(keep=not self.following)

    def begin_afresh(self) -> None:
        """Take whatever comes next as a new list, and follow it; until then the old one stands."""
        self.following = True

    def move(self, by: int) -> bool:
        """Move the selection by so many rows, stopping at the ends; True when it moved."""
        return self.go(self._index + by)

    def go(self, index: int) -> bool:
        """Select the row at a position, clamped; True when the selection moved."""
        self.touch()
        before = self._index
        self._index = max(0, min(index, len(self._shown) - 1))
        return self._index != before

    def select(self, key: K) -> bool:
        """Select the row with that key; False when it is not on display."""
        if key not in self._shown:
            return False
        self.go(self._shown.index(key))
        return True

    def touch(self) -> None:
        """A person is in the list: what arrives waits from now on."""
        self.following = False

    def leave(self) -> None:
        """The person left: with the selection at the top, the list follows again."""
        if self._index == 0 and not self.stale:
            self.following = True

    def _ordered(self, keys: Iterable[K]) -> Order[K]:
        return keys if isinstance(keys, Order) else self._shown.of(keys)

    def _open(self) -> bool:
        return self.following or not self._shown

    def _adopt(self, *, keep: bool = False) -> bool:
        if self._latest is self._shown:
            return False
        changed = self._latest != self._shown
        selected, before, at = self.selected, self._shown, self._index
        self._shown, self._waiting = self._latest, 0
        if keep and selected is not None:
            self._index = self._place_of(selected, before, at)
        else:
            self._index = 0
        return changed

    def _place_of(self, selected: K, before: Order[K], at: int) -> int:
        """Where the selection goes: the same key, else its nearest neighbour that is still there."""
        if selected in self._shown:
            return self._shown.index(selected)
        for key in chain(before[at + 1 : at + 200], reversed(before[max(0, at - 200) : at])):
            if key in self._shown:
                return self._shown.index(key)
        return max(0, min(at, len(self._shown) - 1))
