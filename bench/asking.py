"""An archive of a million stories: opened, narrowed down, searched, and written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Final

from bench.figures import RATE, Figure
from bench.filled import bare
from bench.machine import median_cpu
from bench.million import END, MILLION, RARE, million
from bench.news import news
from feeds.archive import Archive, Sieve, open_archive

NEWEST: Final = 200
_TRIES: Final = 21
_A_FETCH: Final = 30
_WRITTEN: Final = 6000
SIEVES: Final = {
    "unread": Sieve(marks={"read": False}),
    "flagged": Sieve(marks={"flagged": True}),
    "place": Sieve(place="kunduz"),
    "outlet": Sieve(outlet="outlet kel"),
    "rare outlet": Sieve(outlet=" 399"),
    "letter": Sieve(letters="f"),
    "since": Sieve(since=END - timedelta(days=60)),
    "feed": Sieve(feed="https://17.example/feed"),
    "urgent": Sieve(flag="URGENT"),
}
"""A filter of each kind that a line on the screen may hold."""
WORDS: Final = {
    "rare word": RARE,
    "common word": "the",
    "two words": "parliament tariff",
    "phrase": '"power sharing"',
}


def ask(folder: Path) -> Iterator[Figure]:
    """What a screen asks of a million stories, and what a collector adds to them."""
    path = million(folder)

    def opened() -> None:
        with open_archive(path) as archive:
            archive.rows(archive.lead_ids(NEWEST))

    opened()
    yield Figure("million-open", 1000 * median_cpu(opened), "ms", 100, how=f"open, newest {NEWEST}, CPU")
    with open_archive(path) as archive:
        yield from questions(archive, "million", search=5)
        yield written(archive, "million-write", 5000)


def questions(archive: Archive, name: str, *, search: float) -> Iterator[Figure]:
    """The newest rows of each filter, and each search; the slowest of each counts."""
    newest = _median_ms(lambda: archive.rows(archive.lead_ids(NEWEST)))
    yield Figure(
        f"{name}-newest", newest, "ms", 5, how=f"newest {NEWEST} of {MILLION:,}, with their rows, wall"
    )
    for kind, sieve in SIEVES.items():
        spent = _median_ms(lambda sieve=sieve: archive.lead_ids(NEWEST, sieve=sieve))  # type: ignore[misc]
        yield Figure(
            f"{name}-{kind.replace(' ', '-')}", spent, "ms", 5, how=f"newest {NEWEST} of this filter, wall"
        )
    for kind, words in WORDS.items():
        spent = _median_ms(lambda words=words: archive.lead_ids(NEWEST, text=words))  # type: ignore[misc]
        yield Figure(
            f"{name}-{kind.replace(' ', '-')}", spent, "ms", search, how=f"newest {NEWEST} found, wall"
        )


def written(archive: Archive, name: str, reach: float | None) -> Figure:
    """Durable writes behind all that is there, in batches of a fetch."""
    stories = [
        replace(story, id=f"new-{story.id}", received=END + timedelta(seconds=number // _A_FETCH))
        for number, story in enumerate(news(_WRITTEN))
    ]
    began = perf_counter()
    for start in range(0, _WRITTEN, _A_FETCH):
        archive.write(bare(stories[start : start + _A_FETCH]))
    how = f"{_WRITTEN:,} stories in batches of {_A_FETCH} behind {MILLION:,}, full-text index, each on the disk, wall"
    return Figure(name, _WRITTEN / (perf_counter() - began), "stories/s", reach, RATE, how)


def _median_ms(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(_TRIES):
        began = perf_counter()
        work()
        spent.append(perf_counter() - began)
    return 1000 * median(spent)
