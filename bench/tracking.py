"""The tracker alone: headline and summary, mixed news, an article, names in a long text, memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

from bench.figures import COST, RATE, Figure
from bench.filled import theatre
from bench.news import BEGIN, WORLD_DESK, news
from feeds.story import Story
from feeds.theatres.load import PACKS
from feeds.tracker import Reader
from feeds.tracker.mention import Mentions

_ROUNDS: Final = 5
_MEMORY: Final = """
from feeds.theatres import load_theatre
from feeds.tracker import Reader
Reader(load_theatre("afghanistan-2021"))
status = open("/proc/self/status").read()
print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
"""


def track(folder: Path) -> Iterator[Figure]:
    """Stories a second by the tracker alone; CPU time, medians of five rounds."""
    del folder
    reader = Reader(theatre())
    wire = [
        _short(line) for line in (PACKS / "afghanistan-2021" / "august.jsonl").read_text("utf-8").splitlines()
    ]
    inside = [story for story in wire if reader.read(story).about.places]
    yield Figure(
        "track",
        _rate(reader, inside),
        "stories/s",
        3000,
        RATE,
        f"{len(inside)} headlines and summaries of the war",
    )
    mixed = news(2000, WORLD_DESK)
    yield Figure(
        "track-mixed", _rate(reader, mixed), "stories/s", 8000, RATE, "2,000 stories, a tenth on the war"
    )
    article = replace(inside[0], body=" ".join(story.text for story in inside)[:5000])
    yield Figure("track-article", 1000 / _rate(reader, [article]), "ms", 10, COST, "one text of 5 kB")
    yield Figure("names", _names(inside), "MB/s", 20, RATE, "a first look for the theatre's names in 4 MB")
    yield Figure("track-memory", _memory(), "MB", 80, COST, "a process with one theatre loaded")


def _short(line: str) -> Story:
    row = json.loads(line)
    return Story(
        id=row["id"], title=row["title"], summary=row["summary"], outlet=row["outlet"], received=BEGIN
    )


def _rate(reader: Reader, stories: list[Story]) -> float:
    spent = []
    for _ in range(_ROUNDS):
        fresh = [replace(story) for story in stories]
        began = time.process_time()
        for story in fresh:
            reader.read(story)
        spent.append(time.process_time() - began)
    return len(stories) / median(spent)


def _names(stories: list[Story]) -> float:
    text = "\n".join(story.text for story in stories)
    text *= 4_000_000 // len(text)
    mentions = Mentions(theatre())
    began = time.process_time()
    mentions.may_concern(text)
    return len(text) / 1e6 / (time.process_time() - began)


def _memory() -> float:
    said = subprocess.run([sys.executable, "-c", _MEMORY], capture_output=True, text=True, check=True)
    return float(said.stdout)
