"""What a folder asks of those who know the stories that left its memory: which of them is the same article."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from feeds.dedupe.copies import same_address
from feeds.dedupe.telling import Telling
from feeds.moments import earlier
from feeds.story import About, Fold, Story

_MOST: Final = 250_000


class Older(Protocol):
    """The stories of the window that are compared no more, findable as the article of a copy."""

    def put(self, telling: Telling) -> None:
        """Takes in a story that leaves memory."""

    def at_address(self, telling: Telling, hot: Container[str]) -> Fold | None:
        """The fold of the first story at a telling's address; those whose ids are ``hot`` do not count."""

    def alike(self, telling: Telling, hot: Container[str]) -> Fold | None:
        """The fold of the first story that a telling is a copy of by its words."""

    def move(self, folds: Iterable[Fold]) -> None:
        """Hears where an operator's decision has put stories."""

    def begin(self, oldest: Telling | None) -> None:
        """Hears that everything put so far is archived, and which story is the oldest in memory."""

    def forget(self, before: datetime) -> None:
        """Lets go of stories received before a moment, all of whose later ones are archived."""

    def close(self) -> None:
        """Lets go of everything."""


class Archived(Protocol):
    """The archive, as far as it is asked for stories that left memory."""

    def told(self, ids: Sequence[str]) -> list[tuple[Story, Fold]]:
        """The stories of some ids, those that are archived, in their order."""

    def about(self, story: Story) -> About:
        """What was read in one of them, which takes as long again to find out."""

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that are archived."""

    def after(self, row: int, since: datetime) -> list[tuple[int, Story]]:
        """Some stories above a row and received at or after a moment, oldest first; empty when there are no more."""


class Addresses:
    """Stories known by their addresses alone, in memory: where there is no archive to ask."""

    def __init__(self, window: timedelta) -> None:
        """Starts empty."""
        self._window = window
        self._order: deque[Telling] = deque()
        self._by_url: dict[str, Telling] = {}

    def __len__(self) -> int:
        """Stories in it."""
        return len(self._order)

    def put(self, telling: Telling) -> None:
        """Takes in a story that leaves memory."""
        if telling.url:
            self.forget(earlier(telling.received, self._window))
            telling.fade()
            self._by_url.setdefault(telling.url, telling)
            self._order.append(telling)
            if len(self._order) > _MOST:
                self._drop()

    def at_address(self, telling: Telling, hot: Container[str]) -> Fold | None:
        """The fold of the first story at a telling's address."""
        same = self._by_url.get(telling.url) if telling.url else None
        if same is None or same.id in hot or telling.received - same.received > self._window:
            return None
        return same.fold if same_address(telling, same) else None

    def alike(self, telling: Telling, hot: Container[str]) -> Fold | None:  # noqa: ARG002
        """Nothing: their words are not kept."""
        return None

    def move(self, folds: Iterable[Fold]) -> None:
        """Hears where an operator's decision has put stories."""
        moved = {fold.story: fold for fold in folds}
        for telling in self._order if moved else ():
            telling.fold = moved.get(telling.id, telling.fold)

    def begin(self, oldest: Telling | None) -> None:
        """Nothing is written."""

    def forget(self, before: datetime) -> None:
        """Lets go of stories received before a moment."""
        while self._order and self._order[0].received < before:
            self._drop()

    def close(self) -> None:
        """Lets go of everything."""
        self._order.clear()
        self._by_url.clear()

    def _drop(self) -> None:
        oldest = self._order.popleft()
        if self._by_url.get(oldest.url) is oldest:
            del self._by_url[oldest.url]
