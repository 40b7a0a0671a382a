"""A desk with a small memory: its archive in a list, its older stories in a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from feeds.dedupe import WINDOW, ColdWindow, Folder, Notes
from feeds.story import About, Fold, Story


class Kept:
    """An archive, as far as dedupe asks it."""

    def __init__(self) -> None:
        self.stories: dict[str, Story] = {}
        self.folds: dict[str, Fold] = {}
        self.asked: list[str] = []

    def told(self, ids: Sequence[str]) -> list[tuple[Story, Fold]]:
        self.asked += ids
        return [(self.stories[id_], self.folds[id_]) for id_ in ids if id_ in self.stories]

    def about(self, story: Story) -> About:
        return About()

    def known(self, ids: Sequence[str]) -> set[str]:
        return self.stories.keys() & set(ids)

    def after(self, row: int, since: datetime) -> list[tuple[int, Story]]:
        rows = [(n, one) for n, one in enumerate(self.stories.values(), 1) if one.received >= since]
        return [(n, one) for n, one in rows if n > row][:3]


class Desk:
    """Takes stories in, a batch at a time, and may be started again at any time."""

    def __init__(self, path: Path, capacity: int) -> None:
        self.path, self.capacity = path, capacity
        self.kept = Kept()
        self.start()

    def start(self) -> None:
        """With what a collector knows when it has just been started."""
        self.cold = ColdWindow(lambda: self.path, self.kept, "test", WINDOW)
        self.notes = Notes(lambda: self.path.with_name(self.path.name + "-notes"), "test", self.capacity)
        self.folder = Folder(capacity=self.capacity, older=self.cold, notes=self.notes)
        stories = list(self.kept.stories.values())
        if stories:
            edge = stories[-1].received - self.folder.compared
            newest = [one for one in stories[-self.capacity :] if one.received >= edge]
            self.folder.remember((one, About(), self.kept.folds[one.id]) for one in newest)

    def take(self, batch: Iterable[Story], *, fails: bool = False) -> None:
        """Folds and archives; nothing is archived when that fails."""
        self.folder.begin()
        while not (self.cold.is_whole or self.cold._broken):
            self.folder.begin()
        told = {one.id: (one, self.folder.fold(one, About())) for one in batch}
        moved = {fold.story: fold for fold in self.folder.moved()}
        if not fails:
            self.kept.stories |= {id_: one for id_, (one, _) in told.items()}
            self.kept.folds |= {id_: fold for id_, (_, fold) in told.items()}
            self.kept.folds |= moved

    def articles(self) -> dict[str, str]:
        """Of each story, the article that it is a copy of, itself maybe."""
        return {id_: fold.copy_of or id_ for id_, fold in self.kept.folds.items()}
