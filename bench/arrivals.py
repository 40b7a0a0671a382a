"""Stories that keep coming into an archive: ``python -m bench.arrivals ARCHIVE A_SECOND``, until it is ended."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from feeds.archive import Batch, open_archive
from feeds.story import Fold, Story

A_FETCH: Final = 25
"""Stories that one fetch brings."""
_WORDS: Final = (
    "Ministers meet over harvest in the north", "Ferry line reopens after storm", "Court hears appeal in tariff case",
    "Union calls off strike at the port", "Road to Jalalabad open again, drivers say", "Aid lorries wait at the border",
)  # fmt: skip


def arrive(path: Path, a_second: float) -> None:
    """Write so many stories a second, a fetch at a time, each a thread of its own."""
    pause = A_FETCH / a_second
    due = time.monotonic()
    with open_archive(path) as archive:
        for fetch in count():
            now = datetime.now(UTC)
            stories = [_story(fetch, number, now) for number in range(A_FETCH)]
            archive.write(
                Batch(stories=stories, folds=[Fold(each.id, each.id, None, each.id) for each in stories])
            )
            due += pause
            time.sleep(max(0.0, due - time.monotonic()))


def _story(fetch: int, number: int, now: datetime) -> Story:
    key = f"{int(now.timestamp())}-{fetch}-{number}"
    return Story(
        id=key,
        title=f"{_WORDS[number % len(_WORDS)]} ({key})",
        summary="Nothing in it tells of a city taken.",
        outlet=f"Wire {number % 9}",
        reliability="B",
        feed="https://wire.example/feed",
        url=f"https://wire.example/{key}",
        published=now,
        received=now,
    )


if __name__ == "__main__":
    arrive(Path(sys.argv[1]), float(sys.argv[2]))
