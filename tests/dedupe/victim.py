"""A desk to be killed: ``python -m tests.dedupe.victim ARCHIVE`` folds and archives a fixed wire, and says how far it is."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from feeds.archive import Batch, open_archive
from feeds.collector.remembering import folder_of, in_memory_since
from feeds.story import About, Fold, Story
from tests.dedupe.test_cold import wire

STORIES = 400
CAPACITY = 25
A_FETCH = 7


def run(path: Path) -> list[Fold]:
    """Takes in what is not archived yet, a few stories at a time; the folds of all of them."""
    with open_archive(path) as archive:
        folder = folder_of(archive, [], CAPACITY)
        since = in_memory_since(archive, folder)
        if since is not None:
            folder.remember((story, About(), fold) for story, fold in archive.recent_stories(since))
        told = wire(STORIES)
        known = archive.known_stories(one.id for one in told)
        left = iter([one for one in told if one.id not in known])
        while some := list(islice(left, A_FETCH)):
            folder.begin()
            folds = {one.id: folder.fold(one, About()) for one in some}
            folds |= {fold.story: fold for fold in folder.moved()}
            archive.write(Batch(stories=some, folds=list(folds.values())))
            print(len(some), flush=True)
        return [fold for one in told if (fold := archive.fold_of(one.id))]


def archived(path: Path) -> list[Story]:
    """What it has archived so far."""
    with open_archive(path) as archive:
        return [story for one in wire(STORIES) if (story := archive.story(one.id))]


if __name__ == "__main__":
    run(Path(sys.argv[1]))
