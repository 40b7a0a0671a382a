"""The archive: opened, asked for what a screen needs, filled."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from bench.figures import RATE, Figure
from bench.filled import STORIES, bare, filled, theatre
from bench.machine import median_cpu
from bench.news import news
from feeds.archive import Archive, open_archive

_A_FETCH = 30
_TRIES = 21


def opening(folder: Path) -> Iterator[Figure]:
    """Open, and read the first screen: the newest 200 rows and the board."""
    path = filled(folder)

    def first_screen() -> None:
        with open_archive(path) as archive:
            archive.rows(archive.lead_ids(200))
            archive.standings(theatre().id)

    first_screen()
    yield Figure(
        "open", 1000 * median_cpu(first_screen), "ms", 100, how=f"first screen, {STORIES:,} stories, CPU"
    )
    with open_archive(path) as archive:
        yield from _questions(archive)


def _questions(archive: Archive) -> Iterator[Figure]:
    newest = _median_ms(lambda: archive.rows(archive.lead_ids(200)))
    yield Figure("newest-200", newest, "ms", 5, how=f"{STORIES:,} stories, wall")
    yield Figure(
        "search",
        _median_ms(lambda: archive.lead_ids(200, text="tariff")),
        "ms",
        5,
        how="newest 200 by a word, wall",
    )


def _median_ms(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(_TRIES):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return 1000 * median(spent)


def writing(folder: Path) -> Iterator[Figure]:
    """Durable writes in batches of 30, each on the disk when it is acknowledged."""
    stories = news(3000)
    with open_archive(folder / "written.db") as archive:
        began = time.perf_counter()
        for start in range(0, len(stories), _A_FETCH):
            archive.write(bare(stories[start : start + _A_FETCH]))
        spent = time.perf_counter() - began
    yield Figure(
        "write", len(stories) / spent, "stories/s", 5000, RATE, "3,000 stories in batches of 30, wall"
    )
