"""An archive to look at, filled once in a run with stories that went the whole way."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from bench.news import WORLD_DESK, news
from feeds.archive import Batch, open_archive
from feeds.dedupe import Folder
from feeds.pipeline import Pipeline
from feeds.room import Room
from feeds.standing import Board
from feeds.story import Fold, Story
from feeds.theatres import load_theatre
from feeds.theatres.model import Theatre
from feeds.tracker import Reader

STORIES: Final = 10_000
A_FETCH: Final = 50
"""Stories that one fetch brings."""


@cache
def theatre() -> Theatre:
    """The theatre that all is measured with."""
    return load_theatre("afghanistan-2021")


def pipeline(folder: Folder | None = None) -> Pipeline:
    """A pipeline with nothing in it."""
    return Pipeline([Room(theatre(), Reader(theatre()), Board(theatre()))], folder=folder)


def bare(stories: Sequence[Story]) -> Batch:
    """Stories that nothing was read in, each a thread of its own."""
    return Batch(stories=list(stories), folds=[Fold(story.id, story.id, None, story.id) for story in stories])


@cache
def filled(folder: Path, count: int = STORIES) -> Path:
    """An archive in that folder with so many stories, and what was read in them; made once."""
    path = folder / f"filled-{count}.db"
    stories, way = news(count, WORLD_DESK), pipeline()
    with open_archive(path) as archive:
        for start in range(0, count, A_FETCH):
            some = stories[start : start + A_FETCH]
            archive.write(way.take(some, some[-1].received))
    return path
