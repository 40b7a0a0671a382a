"""Stories that left a collector's memory, brought back from the archive when something is said of them again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from filelock import FileLock, Timeout

from feeds.archive import Archive
from feeds.dedupe import CAPACITY, WINDOW, ColdWindow, Folder, Notes
from feeds.gist import gist
from feeds.moments import earlier
from feeds.paths import default_cache
from feeds.pipeline import Pipeline
from feeds.reading import recalled
from feeds.recall import Recall
from feeds.retractions import CORRECTED, REACH, WITHDRAWN
from feeds.room import Room
from feeds.story import EPOCH, About, Fold, Story

_COLLECTORS: Final = 64
"""Collectors of one archive on one machine, each with a file of its own."""


_FILES: Final[WeakKeyDictionary[Archive, FileLock]] = WeakKeyDictionary()
"""The file of each archive on a server that this process has open, locked against other processes and objects."""


class ArchivedStories:
    """The stories of an archive, with what was read in them."""

    def __init__(self, archive: Archive, rooms: Sequence[Room]) -> None:
        """``rooms`` read again what the log does not tell of."""
        self._archive = archive
        self._rooms = rooms

    def told(self, ids: Sequence[str]) -> list[tuple[Story, Fold]]:
        """The stories of some ids, those that are archived, in their order."""
        return [(story, fold) for story, fold, _ in self._archive.told(ids)] if ids else []

    def about(self, story: Story) -> About:
        """What was read in one of them."""
        _, recall = remembered(self._archive, [story.id])
        return gist(story, recalled(self._rooms, story, recall))

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the ids that are archived."""
        return self._archive.known_stories(ids)

    def after(self, row: int, since: datetime) -> list[tuple[int, Story]]:
        """Some stories above a row and received at or after a moment, oldest first; empty when there are no more."""
        return self._archive.stories_above(row, since)


def remembered(archive: Archive, ids: Sequence[str]) -> tuple[list[tuple[Story, Fold]], Recall]:
    """The stories of some ids as they are archived, and what the log has of them."""
    if not ids:
        return [], Recall()
    told = archive.told(ids)
    said = [piece for story, _, _ in told for piece in archive.evidence(story=story.id)]
    theatres = dict.fromkeys(piece.theatre for piece in said)
    counts = [count for theatre in theatres for count in archive.counts(theatre, ids)]
    places = {story.id: named for story, _, named in told if named is not None}
    return [(story, fold) for story, fold, _ in told], Recall(said, counts, places)


def bring_back(
    archive: Archive, pipeline: Pipeline, stories: Sequence[Story], known: set[str], since: datetime
) -> list[Story]:
    """Those of the stories that left memory and come with another text than the archive's; the pipeline knows them again.

    So it does what an outlet told before, where one of the stories takes it back or corrects it. Stories received before
    ``since`` are left as they are.
    """
    left = {story.id: story for story in stories if story.id in known and not pipeline.knows(story.id)}
    told = (
        [(story, fold) for story, fold, _ in archive.told(list(left)) if story.received >= since]
        if left
        else []
    )
    edited = [(before, fold) for before, fold in told if _differs(before, left[before.id])]
    for notice in stories:
        if notice.flag in (WITHDRAWN, CORRECTED) and (
            before := pipeline.reaches(since := earlier(notice.told, REACH))
        ):
            ids = archive.told_by(notice.outlet, since, before)
            edited += [(story, fold) for story, fold, _ in archive.told(ids)]
    ids = list(dict.fromkeys(story.id for story, _ in edited))
    pipeline.revive(*remembered(archive, ids))
    return [left[id_] for id_ in ids if id_ in left]


def _differs(before: Story, now: Story) -> bool:
    return (before.flag, before.text) != (now.flag, now.text)


def folder_of(archive: Archive, rooms: Sequence[Room], capacity: int = CAPACITY) -> Folder:
    """A folder with nothing in memory yet, ``capacity`` stories at most later, whose older stories are the archive's."""
    older = ColdWindow(
        partial(_file_of, archive, "window"), ArchivedStories(archive, rooms), archive.name, WINDOW
    )
    notes = Notes(partial(_file_of, archive, "memory"), archive.name, capacity)
    return Folder(capacity=capacity, older=older, notes=notes)


def in_memory_since(archive: Archive, folder: Folder) -> datetime | None:
    """When the oldest of the archive's stories was received that is to be in memory; None when there is none."""
    newest = archive.received_of_newest(1)
    if newest is None:
        return None
    return max(earlier(newest, folder.compared), archive.received_of_newest(folder.capacity) or EPOCH)


def _file_of(archive: Archive, what: str) -> Path:
    """Where what a collector keeps for itself lies: beside an archive's file, or among what this machine may throw away."""
    if not archive.shared:
        return archive.path.with_name(f"{archive.path.name}-{what}")
    name = sha256(archive.name.encode()).hexdigest()[:16]
    if archive not in _FILES:
        _FILES[archive] = _free_lock(name)
    return Path(_FILES[archive].lock_file).with_suffix(f".{what}")


def _free_lock(name: str) -> FileLock:
    """The first lock of an archive's files that no other collector of this machine has; OSError when there is none."""
    folder = default_cache()
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(_COLLECTORS):
        lock = FileLock(folder / f"{name}-{number}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            continue
        return lock
    raise OSError(f"{folder}: {_COLLECTORS} collectors of one archive on one machine are too many")
