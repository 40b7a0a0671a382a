"""Rows that a person has marked, to do one thing to all of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Marking(Generic[K]):
    """Marked keys; they stay marked wherever the rows go, and moving marks nothing."""

    def __init__(self) -> None:
        self._marked: dict[K, None] = {}
        self._anchor: K | None = None
        """The key marked or unmarked last, where a range begins."""

    def __contains__(self, key: K) -> bool:
        return key in self._marked

    def __len__(self) -> int:
        return len(self._marked)

    @property
    def keys(self) -> tuple[K, ...]:
        """Marked keys, in the order in which they were marked."""
        return tuple(self._marked)

    def toggle(self, key: K) -> None:
        """Mark a row, or take its mark away."""
        if key in self._marked:
            del self._marked[key]
        else:
            self._marked[key] = None
        self._anchor = key

    def stretch(self, shown: Sequence[K], index: int) -> bool:
        """Mark from the row marked last to this one; False when there was none, and this one is now the first."""
        if self._anchor is None or self._anchor not in shown:
            self._marked[shown[index]] = None
            self._anchor = shown[index]
            return False
        start = shown.index(self._anchor)
        low, high = sorted((start, index))
        self._marked.update(dict.fromkeys(shown[low : high + 1]))
        self._anchor = shown[index]
        return True

    def all(self, keys: Iterable[K]) -> None:
        """Mark all of them; when they all were marked, none."""
        wanted = dict.fromkeys(keys)
        if wanted.keys() <= self._marked.keys():
            self.clear()
        else:
            self._marked.update(wanted)

    def clear(self) -> None:
        """Mark nothing."""
        self._marked.clear()
        self._anchor = None
