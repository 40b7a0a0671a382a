"""Dedupe alone: stories a second, and what a story costs when the window is full of a million."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from bench.figures import RATE, Figure
from bench.filled import theatre
from bench.news import BEGIN, OUTLETS, WORLD_DESK, news
from feeds.archive import Archive, Batch, open_archive
from feeds.collector.remembering import folder_of, in_memory_since
from feeds.dedupe import ColdWindow, Folder
from feeds.dedupe.telling import telling_of
from feeds.story import About, Fold, Story
from feeds.tracker import Reader

_SMALL: Final = 10_000
_LARGE: Final = 1_000_000
_WINDOW: Final = timedelta(days=14)
_MEASURED: Final = 5_000
"""Stories whose time is taken at the end of each."""
_FOLDED: Final = 60_000
"""The newest stories, more than are in memory."""
_A_WRITE: Final = 300
_A_FETCH: Final = 30
"""Stories that come together while it is measured."""
_AGAIN: Final = 1_000
"""Stories told again; and those whose time is taken before what the system reads from the disk is in its memory."""
_ANEW_SECONDS: Final = 10.0
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
    """What a story costs among ten thousand and among a million of two weeks; what is found again, and after a restart."""
    for count in (_SMALL, _LARGE):
        memory, disk = _measure("fill", count, folder)
    seconds, started, anew, same, edited, found = _measure("again", _LARGE, folder)
    first, small, large = _measure("cost", _LARGE, folder)
    yield Figure(
        "fold-large", large / small, "x", 1.5, how="a story's CPU among 1,000,000, over 10,000; file in cache"
    )
    yield Figure("fold-large-cold", first, "x", None, how="the same, with nothing of it in the page cache")
    yield Figure(
        "fold-us",
        large,
        "us",
        None,
        how=f"a story among 1,000,000, CPU; {small:.0f} us among 10,000, by turns",
    )
    yield Figure("fold-memory", memory, "MB", 250, how="a process with that window")
    yield Figure("fold-disk", disk, "MB", None, how="what it keeps beside the archive")
    yield Figure("fold-open", seconds, "s", None, how="started again: newest stories in memory, CPU")
    yield Figure("fold-open-memory", started, "MB", 250, how="a process that was started again")
    yield Figure("fold-ten-days", 100 * same, "%", 100, RATE, "same text or address after ten days, found")
    yield Figure("fold-two-days", 100 * edited, "%", 100, RATE, "a desk's edits after two days, found")
    yield Figure(
        "fold-found-us", found, "us", None, how="such a story, read in the archive and compared, CPU"
    )
    yield Figure("fold-anew", anew, "us", None, how="a story, when the file was lost and is made anew, CPU")


def _measure(what: str, count: int, folder: Path) -> list[float]:
    """What a process of its own prints."""
    said = subprocess.run(
        [sys.executable, "-m", "bench.folding", what, str(count), str(folder)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return [float(word) for word in said]


def wire(count: int, seed: int = 7) -> Iterator[Story]:
    """So many stories of two weeks, worded as news is: rare names among common words, events told by some, copies."""
    chance = random.Random(seed)
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


def fill(count: int, path: Path) -> None:
    """Folds and archives so many stories; prints megabytes in memory and on the disk.

    Of those that will have left memory long before, only that is done which is left of them: they are archived, and the
    file has their keys.
    """
    stories, about, done = wire(count), About(), 0
    _unsearched(path)
    with open_archive(path) as archive:
        folder = folder_of(archive, [])
        folder.begin()
        while done < count - _FOLDED:
            some = list(islice(stories, _A_WRITE))
            folds = [Fold(story.id, story.id, None, story.outlet) for story in some]
            archive.write(Batch(stories=some, folds=folds))
            for story, fold in zip(some, folds, strict=True):
                telling = telling_of(story, about)
                telling.fold = fold
                folder.older.put(telling)
            folder.begin()
            done += len(some)
        while some := list(islice(stories, _A_WRITE)):
            folder.begin()
            folds = [folder.fold(story, about) for story in some]
            moved = {fold.story: fold for fold in folder.moved()}
            folds = [moved.pop(fold.story, fold) for fold in folds]
            archive.write(Batch(stories=some, folds=[*folds, *moved.values()]))
        folder.close()
    print(_most_memory(), sum(one.stat().st_size for one in _kept(path)) / 2**20)


def _unsearched(path: Path) -> None:
    """Makes an archive without full-text search, which is not what is measured and takes as long again."""
    open_archive(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for event in ("insert", "update"):
            connection.execute(f"DROP TRIGGER stories_fts_{event}")


def again(_: int, path: Path) -> None:
    """What a start costs, and what is found of stories told again; then the same with the file of keys gone."""
    with open_archive(path) as archive:
        began = time.process_time()
        folder = _opened(archive)
        opened, memory = time.process_time() - began, _most_memory()
        repeated = [_repeated(number, one) for number, one in _told(archive, 10)]
        touched = [_edited(number, one) for number, one in _told(archive, 2)]
        began = time.process_time()
        same, edited = _found(folder, repeated), _found(folder, touched)
        cost = 1e6 * (time.process_time() - began) / (2 * _AGAIN)
        folder.close()
        _keys(path).unlink()
        folder = _opened(archive)
        older = folder.older
        assert isinstance(older, ColdWindow)
        began, before = time.process_time(), len(older)
        while time.process_time() - began < _ANEW_SECONDS and not older.is_whole:
            folder.begin()
        spent = time.process_time() - began
        print(opened, memory, 1e6 * spent / (len(older) - before), same, edited, cost)


def cost(count: int, path: Path) -> None:
    """Folds the same stories among few and among many, by turns.

    Prints how many times as long one takes among many while the page cache is empty, then microseconds of CPU for each.
    """
    paths = {_SMALL: path.with_name(f"window-{_SMALL}.db"), count: path}
    new = [replace(one, id=f"d{one.id[1:]}") for one in wire(_SMALL, seed=8)][: _MEASURED + _AGAIN]
    cold, spent = dict.fromkeys(paths, 0.0), dict.fromkeys(paths, 0.0)
    with contextlib.ExitStack() as stack:
        folders = {many: _opened(stack.enter_context(open_archive(one))) for many, one in paths.items()}
        for folder in folders.values():
            assert isinstance(folder.older, ColdWindow)
            while not folder.older.is_whole:
                folder.begin()
        _cache(path, wanted=False)
        for at in range(0, len(new), _A_FETCH):
            if _AGAIN <= at < _AGAIN + _A_FETCH:
                _cache(path, wanted=True)
            for many, folder in folders.items():
                some = [
                    _at(one, BEGIN + _WINDOW + _WINDOW / many * (at + n))
                    for n, one in enumerate(new[at : at + _A_FETCH])
                ]
                began = time.process_time()
                folder.begin()
                for story in some:
                    folder.fold(story, About())
                (cold if at < _AGAIN else spent)[many] += time.process_time() - began
    print(cold[count] / cold[_SMALL], *(1e6 * spent[many] / _MEASURED for many in paths))


def _cache(path: Path, *, wanted: bool) -> None:
    """Has the system read an archive and its file of keys into its memory, or forget what it has of them."""
    for one in (path, _keys(path)):
        with one.open("rb") as file:
            if wanted:
                while file.read(2**20):
                    pass
            else:
                os.fsync(file.fileno())
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _at(one: Story, moment: datetime) -> Story:
    return replace(one, url=f"https://new.example/{one.id}", published=moment, received=moment)


def _opened(archive: Archive) -> Folder:
    """A folder with the archive's newest stories in memory."""
    folder = folder_of(archive, [])
    since = in_memory_since(archive, folder)
    assert since is not None
    folder.remember((story, About(), fold) for story, fold in archive.recent_stories(since))
    folder.begin()
    return folder


def _told(archive: Archive, days: int) -> list[tuple[int, Story]]:
    """Some stories of so many days before the end, each with its number."""
    since = BEGIN + _WINDOW - timedelta(days=days)
    return [(int(one.id, 16), one) for one, _ in islice(archive.recent_stories(since), _AGAIN)]


def _repeated(number: int, one: Story) -> Story:
    """The same text at another address, or the same address with another headline."""
    at = BEGIN + _WINDOW
    if number % 2:
        return replace(
            one, id=f"a{number:015x}", url=f"https://other.example/{number}", published=at, received=at
        )
    url = one.url.replace("https://", "http://m.") + "?utm_source=feed"
    return replace(one, id=f"b{number:015x}", url=url, title=f"Live: {one.title}", published=at, received=at)


def _edited(number: int, one: Story) -> Story:
    """What a desk makes of it: other words at the end, another headline."""
    at = BEGIN + _WINDOW
    text = one.summary.rstrip(".") + ", officials said."
    title = f"UPDATE 2-{one.title}" if number % 2 else one.summary[:60]
    return replace(one, id=f"c{number:015x}", url="", title=title, summary=text, published=at, received=at)


def _found(folder: Folder, stories: Sequence[Story]) -> float:
    """The share of stories that are found to be copies."""
    folder.begin()
    return sum(folder.fold(one, About()).copy_of is not None for one in stories) / len(stories)


def _keys(path: Path) -> Path:
    return path.with_name(path.name + "-window")


def _kept(path: Path) -> list[Path]:
    """What a collector keeps for itself beside an archive."""
    return [_keys(path), *path.parent.glob(f"{path.name}-memory*")]


def _most_memory() -> float:
    """Megabytes that this process had at most."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    {"fill": fill, "again": again, "cost": cost}[sys.argv[1]](
        int(sys.argv[2]), Path(sys.argv[3]) / f"window-{sys.argv[2]}.db"
    )
