"""A collector in small: writes batch after batch and says each number once it was acknowledged.

Run as ``python -m tests.archive.writer ARCHIVE NAME [BATCHES]``; without a number it goes on until killed.
"""

from __future__ import annotations

import itertools
import sys

from feeds.archive import Batch, open_archive
from tests.archive.samples import a_story, after, alone, said_of

STORIES = 30


def batch(name: str, number: int) -> Batch:
    """The batch of that number: 30 stories, and one piece of evidence for each."""
    received = after(seconds=number)
    stories = [
        a_story(f"{name}-{number}-{each}", received=received, summary="word " * 60) for each in range(STORIES)
    ]
    return Batch(
        stories=stories,
        folds=[alone(story) for story in stories],
        evidence=[said_of(story, "ghazni") for story in stories],
    )


def main(path: str, name: str, batches: str = "") -> None:
    """Write them, one acknowledgement a line."""
    with open_archive(path) as archive:
        for number in range(int(batches)) if batches else itertools.count():
            archive.write(batch(name, number))
            print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
