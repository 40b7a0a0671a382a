"""Watch terms: thousands of them beside the names of the world, in one pass; what hits cost; the archive looked through."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench.figures import RATE, Figure
from bench.filled import bare
from bench.news import WORLD_DESK, news
from feeds.archive import open_archive
from feeds.story import Story
from feeds.theatres.gazetteer import load_gazetteer
from feeds.watch.backfill import backfill, hits_of
from feeds.watch.matcher import Matcher
from feeds.watch.parsing import parse
from feeds.watch.terms import Expression, term_id
from feeds.watched import Hit

_TERMS: Final = 5000
_NAMES: Final = 30_000
_SHAPES: Final = (
    "{a}",
    '"{a} airport"',
    "{a} AND (shelling OR bomb* OR drone*)",
    "({a} OR {b}) AND (fell OR captur* OR siege) NOT drill",
    '"{a} {b}"',
    "~{a} AND NOT {b}",
)  # fmt: skip
_A_FETCH: Final = 30


def watch(folder: Path) -> Iterator[Figure]:
    """The pass over text, the cost a story, the cost of writing hits, and the look back."""
    names, terms = _names(), _terms()
    matcher = Matcher(terms, names)
    stories = news(6000, WORLD_DESK)
    text = "\n\n".join(story.text for story in stories)[:1_000_000]
    matcher.look(text)  # words with ~ are compared once
    spent = _best(lambda: matcher.look(text))
    size = len(text.encode()) / 1e6
    yield Figure(
        "watch-pass", size / spent, "MB/s", 20, RATE, "5,000 terms + 30,000 names, 1 MB in one piece, CPU"
    )
    alone = Matcher(terms)
    found = [hits_of(alone, story) for story in stories]
    hits = sum(map(len, found))
    spent = _best(lambda: [hits_of(alone, story) for story in stories])
    how = f"5,000 terms, {hits / len(stories):.1f} hits a story, CPU"
    yield Figure("watch-story", 1e6 * spent / len(stories), "us", 100, how=how)
    alone_written = _written(folder / "bare.db", stories, [])
    spent = _written(folder / "hits.db", stories, found) - alone_written
    yield Figure(
        "watch-write",
        1e6 * spent / len(stories),
        "us",
        how=f"a story's hits beside the {1e6 * alone_written / len(stories):.0f} us of the story, CPU",
    )
    yield from _look_back(folder, stories, terms)


def _look_back(folder: Path, stories: list[Story], terms: dict[str, Expression]) -> Iterator[Figure]:
    with open_archive(folder / "back.db") as archive:
        for start in range(0, len(stories), 1000):
            archive.write(bare(stories[start : start + 1000]))
        archive.watch.look_back(terms)
        began = time.process_time()
        backfill(archive.watch, terms)
        spent = time.process_time() - began
    yield Figure(
        "watch-back", len(stories) / spent, "stories/s", 2000, RATE, "5,000 new terms over 6,000 stories, CPU"
    )


def _written(path: Path, stories: list[Story], found: list[list[Hit]]) -> float:
    """CPU of writing stories with their hits, seconds."""
    with open_archive(path) as archive:
        began = time.process_time()
        for start in range(0, len(stories), _A_FETCH):
            batch = bare(stories[start : start + _A_FETCH])
            batch.hits = [hit for hits in found[start : start + _A_FETCH] for hit in hits]
            archive.write(batch)
        return time.process_time() - began


def _names() -> list[str]:
    """So many names of places, real ones first."""
    chance = random.Random(1)
    real = {
        name
        for one in load_gazetteer()
        for name in (one.name, one.region, *one.regions, *one.spellings, *one.alternates)
    }
    names = sorted(filter(None, real))
    while len(names) < _NAMES:
        names.append("".join(chance.choice(names)[:4] for _ in range(3)))
    return names[:_NAMES]


def _terms() -> dict[str, Expression]:
    """So many terms of all shapes about places of the world; one in six has a ``~``."""
    chance = random.Random(2)
    towns = [
        one.name
        for one in load_gazetteer()
        if one.name.isalpha() and one.name.isascii() and len(one.name) > 6
    ]
    terms: dict[str, Expression] = {}
    while len(terms) < _TERMS:
        said = chance.choice(_SHAPES).format(a=chance.choice(towns), b=chance.choice(towns))
        expression = parse(said)
        terms[term_id(expression)] = expression
    return terms


def _best(work: Callable[[], object]) -> float:
    """Least CPU of three tries, seconds."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)
