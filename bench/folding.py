"""Dedupe alone: stories a second, and what a story costs when the window is full of a million."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from bench.figures import RATE, Figure
from bench.filled import theatre
from bench.news import BEGIN, OUTLETS, WORLD_DESK, news
from feeds.dedupe import Folder
from feeds.story import About, Story
from feeds.tracker import Reader

_SMALL: Final = 10_000
_LARGE: Final = 1_000_000
_WINDOW: Final = timedelta(days=14)
_MEASURED: Final = 5_000
"""Stories whose time is taken at the end of each."""
_TOLD_BY: Final = (1, 1, 1, 1, 1, 2, 2, 3, 4, 7)
"""Tellings of an event: most have one, a few have many."""
_COPIED: Final = 0.25
"""Share of tellings that are another outlet's article with a word or two changed."""
_WORDS: Final = 60_000
_STEEPNESS: Final = 1.05
"""How much rarer each word is than the one before it, as in any language: few words make up most of a text."""


def fold(folder: Path) -> Iterator[Figure]:
    """Dedupe alone: what each story is about is read before."""
    del folder
    stories = news(_SMALL, WORLD_DESK)
    reader = Reader(theatre())
    told = [(story, reader.read(story).about) for story in stories]
    folder_of_stories = Folder()
    began = time.process_time()
    for story, about in told:
        folder_of_stories.fold(story, about)
    spent = time.process_time() - began
    yield Figure("fold", len(told) / spent, "stories/s", 8000, RATE, "10,000 stories, CPU, 10% on the war")


def window(folder: Path) -> Iterator[Figure]:
    """What a story costs among ten thousand and among a million of two weeks, and the memory that takes."""
    del folder
    small, large = (_measure(count) for count in (_SMALL, _LARGE))
    yield Figure(
        "fold-large", large[0] / small[0], "x", 1.5, how="a story's CPU among 1,000,000, over 10,000"
    )
    yield Figure(
        "fold-us", large[0], "us", None, how=f"a story among 1,000,000, CPU; {small[0]:.0f} us among 10,000"
    )
    yield Figure("fold-memory", large[1], "MB", None, how="a process with that window")


def _measure(count: int) -> tuple[float, float]:
    """Microseconds a story, and megabytes, in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.folding", str(count)], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(said[0]), float(said[1])


def wire(count: int) -> Iterator[Story]:
    """So many stories of two weeks, worded as news is: rare names among common words, events told by some, copies."""
    chance = random.Random(7)
    step, number = _WINDOW / count, 0
    waiting: list[tuple[int, Story]] = []
    while number < count:
        waiting += [(number + chance.randrange(400), one) for one in _event(chance, number)]
        waiting.sort(key=lambda each: each[0])
        while waiting and (waiting[0][0] <= number or len(waiting) > 500) and number < count:
            _, one = waiting.pop(0)
            at = BEGIN + step * number
            yield Story(
                f"{number:016x}", one.title, one.summary, url=f"https://news.example/{number}",
                outlet=one.outlet, reliability="B", published=at, received=at,
            )  # fmt: skip
            number += 1


def _event(chance: random.Random, salt: int) -> Iterator[Story]:
    names = [_word(chance, 400).capitalize() for _ in range(6)]
    topic = [_word(chance, 40) for _ in range(12)]
    before: tuple[str, str] | None = None
    for _ in range(chance.choice(_TOLD_BY)):
        outlet = chance.choice(OUTLETS)[0]
        if before is not None and chance.random() < _COPIED:
            title, lead = before
            title, lead = f"UPDATE 1-{title}", lead.replace(".", ", officials said.", 1)
        else:
            title = _line(chance, names, topic, 9)
            lead = ". ".join(_line(chance, names, topic, 16) for _ in range(3)) + f". {salt % 97}."
        before = before or (title, lead)
        yield Story("", title, lead, outlet=outlet)


def _line(chance: random.Random, names: list[str], topic: list[str], words: int) -> str:
    picked = [
        chance.choice(names)
        if (die := chance.random()) < 0.2
        else chance.choice(topic)
        if die < 0.55
        else _word(chance, 0)
        for _ in range(words)
    ]
    return " ".join(picked).capitalize()


def _word(chance: random.Random, least: int) -> str:
    """A word of a made-up language, rare ones rarely; none of the ``least`` most frequent."""
    rank = least + int(chance.paretovariate(_STEEPNESS - 0.75)) % _WORDS
    letters = ""
    while True:
        rank, digit = divmod(rank, 70)
        letters += "bcdfglmnprstvz"[digit // 5] + "aeiou"[digit % 5]
        if not rank:
            return letters + "n"


def main(count: int) -> None:
    """Folds so many stories; prints microseconds of CPU for each of the last, and megabytes."""
    folder, stories = Folder(), wire(count)
    about = About()
    for story in islice(stories, count - _MEASURED):
        folder.fold(story, about)
    last = list(stories)
    began = time.process_time()
    for story in last:
        folder.fold(story, about)
    spent = (time.process_time() - began) / len(last)
    status = Path("/proc/self/status").read_text("ascii")
    print(1e6 * spent, int(status.partition("VmHWM:")[2].split()[0]) / 1024)


if __name__ == "__main__":
    main(int(sys.argv[1]))
