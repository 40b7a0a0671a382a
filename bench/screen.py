"""The viewer in a pseudo-terminal: how soon it stands, what a key and an arriving story cost, what it costs at rest."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Final

from bench.figures import Figure
from bench.filled import A_FETCH, pipeline
from bench.machine import ROOT, TRIES, WARWATCH, cpu_seconds, environment, megabytes
from bench.million import MILLION, million
from bench.news import WAR_DESK, news
from feeds.archive import open_archive
from tests.terminal import Terminal

STORIES: Final = 100_000
WAR: Final = 1_000
"""Stories beside them that were read and weighed, so that there is a board."""
_BLANK: Final = (sys.executable, "-m", "bench.blank")
_FULL: Final = (b"Capitals", b"Taliban", b"Wire", b"Outlet", b"help")
"""Words of the first full frame: the board with its rows, the wire with its stories, the line of keys."""
_KEYS: Final = 150
_BEAT: Final = 1 / 30
"""Seconds between two keys of a key that is held down."""
_REST: Final = 4.0
_A_SECOND: Final = 50
_WATCHED: Final = 8.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a while of watching came to."""

    cpu: float
    """CPU seconds a second."""
    sent: float
    """Bytes a second."""


def start(folder: Path) -> Iterator[Figure]:
    """From the command to the first full frame, the viewer and an empty Textual app by turns."""
    yield from _start(folder, STORIES, "start", 0.8)


def keys(folder: Path) -> Iterator[Figure]:
    """A key held down in the wire while stories arrive, then nothing."""
    yield from _keys(folder, STORIES, "key")


def million_on_screen(folder: Path) -> Iterator[Figure]:
    """The same with a million stories."""
    yield from _start(folder, MILLION, "million-start", 1.0)
    yield from _keys(folder, MILLION, "million-key")


def arriving(folder: Path) -> Iterator[Figure]:
    """Fifty stories a second: with the list following at its top, and with somebody in it."""
    with standing_screen(folder, STORIES) as terminal, arrivals(folder):
        terminal.settle(1.0, longest=3.0)
        top = _watch(terminal)
        terminal.press("2", "j", "j")
        terminal.settle(0.5, longest=1.0)
        gated = _watch(terminal)
        memory = megabytes(terminal.pid)
    how = f"while {_A_SECOND} stories a second arrive, {STORIES:,} stories, 120x40"
    yield Figure("arriving-top", 1000 * top.cpu, "ms/s", 60, how=f"CPU {how}, at the top of the list")
    yield Figure("arriving-gated", 1000 * gated.cpu, "ms/s", 20, how="the same with somebody in the list")
    yield Figure("arriving-bytes", top.sent, "bytes/s", None, how="sent meanwhile, at the top")
    yield Figure("arriving-memory", memory, "MB", 100, how="resident, after that")


def slow_link(folder: Path) -> Iterator[Figure]:
    """Bytes for a key and for a minute of arriving stories, as usual and on a slow link."""
    found = {}
    for name, words in (("usual", ()), ("low-bandwidth", ("--low-bandwidth",))):
        with standing_screen(folder, STORIES, *words) as terminal:
            terminal.press("2")
            terminal.settle(1.5)
            _, sizes, _ = _held(terminal, "j")
            terminal.settle(1.5)
            terminal.press("g", "g", "1")
            terminal.settle(1.5)
            with arrivals(folder):
                terminal.settle(1.0, longest=6.0)
                cost = _watch(terminal, 20.0)
        found[name] = (mean(sizes), 60 * cost.sent)
    for at, (unit, how) in enumerate(
        (
            ("bytes", "a key held in the wire, mean"),
            ("bytes/min", f"while {_A_SECOND} stories a second arrive"),
        )
    ):
        usual, slow = found["usual"][at], found["low-bandwidth"][at]
        name = ("slow-link-key", "slow-link-minute")[at]
        yield Figure(name, slow, unit, None, how=f"{how}, --low-bandwidth; {usual:,.0f} without")


def _start(folder: Path, stories: int, name: str, reach: float) -> Iterator[Figure]:
    command, env = _viewer(folder, stories), environment(folder)
    ours, blank = [], []
    for _ in range(TRIES + 1):
        blank.append(_first_frame(_BLANK, env, b"ready"))
        ours.append(_first_frame(command, env, *_FULL))
    wall, cpu = (median(column) for column in zip(*ours[1:], strict=True))
    blank_wall, blank_cpu = (median(column) for column in zip(*blank[1:], strict=True))
    yield Figure(name, wall, "s", reach, how=f"to the first full frame, {stories:,} stories, 120x40, wall")
    yield Figure(
        f"{name}-ratio", cpu / blank_cpu, "x", 2.0, how="CPU to that frame over an empty Textual app's"
    )
    yield Figure(f"{name}-empty", blank_wall, "s", None, how="the empty Textual app, wall")


def _keys(folder: Path, stories: int, name: str) -> Iterator[Figure]:
    with standing_screen(folder, stories) as terminal:
        terminal.press("2")
        terminal.settle(0.5)
        with arrivals(folder):
            _, _, waits = _held(terminal, "j")
        terminal.settle(1.0)
        cpu, sizes, _ = _held(terminal, "k")
        terminal.settle(1.0)
        rest = _watch(terminal, _REST)
        memory = megabytes(terminal.pid)
    first, last = median(waits), quantiles(waits, n=20)[-1]
    own = cpu - rest.cpu * _BEAT
    how = f"{stories:,} stories, 120x40"
    yield Figure(f"{name}-cpu", 1000 * own, "ms", 8.0, how=f"a key held in the wire, {how}")
    yield Figure(f"{name}-bytes", median(sizes), "bytes", 700, how="sent for a cursor move, 120x40, median")
    yield Figure(
        f"{name}-bytes-mean", mean(sizes), "bytes", None, how="the same with the jumps of half a page, mean"
    )
    yield Figure(
        f"{name}-frame",
        1000 * first,
        "ms",
        8.0,
        how=f"key to first byte while {_A_SECOND} a second arrive, wall, median",
    )
    yield Figure(f"{name}-frame-95", 1000 * last, "ms", 25.0, how="the same, 95 of 100")
    yield Figure(f"{name}-rest-cpu", 1000 * rest.cpu, "ms/s", None, how="CPU while nothing happens")
    yield Figure(
        f"{name}-rest-bytes", rest.sent, "bytes/s", None, how="sent while nothing happens but the clock"
    )
    yield Figure(f"{name}-memory", memory, "MB", 100, how=f"resident, {stories:,} stories")


def _viewer(folder: Path, stories: int) -> Sequence[str]:
    """The viewer on its own copy of a filled archive, without a collector."""
    path = folder / "archive.db"
    kept = folder / f"screen-{stories}.db"
    if not kept.exists():
        made = million(folder, stories)
        made.rename(kept)
        way, told = pipeline(), news(WAR, WAR_DESK)
        with open_archive(kept) as archive:
            for begin in range(0, WAR, A_FETCH):
                some = told[begin : begin + A_FETCH]
                archive.write(way.take(some, some[-1].received))
    for each in (path, path.with_name("archive.db-wal"), path.with_name("archive.db-shm")):
        each.unlink(missing_ok=True)
    shutil.copy(kept, path)
    return [*WARWATCH, "--no-poll"]


@contextmanager
def standing_screen(folder: Path, stories: int, *words: str) -> Iterator[Terminal]:
    """The viewer, standing still after its first frame and after the rest of the archive was read."""
    command = [*_viewer(folder, stories), *words]
    with Terminal(command, environment(folder), columns=120, rows=40, painted=False) as terminal:
        terminal.wait_for_bytes(*_FULL)
        terminal.settle(1.0)
        yield terminal


@contextmanager
def arrivals(folder: Path) -> Iterator[None]:
    """Stories that arrive while the block runs."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.arrivals", str(folder / "archive.db"), str(_A_SECOND)], cwd=ROOT
    )
    try:
        time.sleep(1.0)
        yield
    finally:
        writer.terminate()
        writer.wait()


def _first_frame(command: Sequence[str], env: dict[str, str], *words: bytes) -> tuple[float, float]:
    """(seconds, CPU seconds) until the program has sent these words."""
    began = time.perf_counter()
    with Terminal(command, env, columns=120, rows=40, painted=False) as terminal:
        terminal.wait_for_bytes(*words)
        wall = time.perf_counter() - began
        cpu = cpu_seconds(terminal.pid)
        terminal.settle()
        terminal.press("Q" if command != _BLANK else "\x11")
        terminal.wait_for_end()
    return wall, cpu


def _held(terminal: Terminal, key: str) -> tuple[float, list[int], list[float]]:
    """(CPU seconds a key, bytes for each key, seconds from each key to the first byte)."""
    before, sizes, waits = cpu_seconds(terminal.pid), [], []
    for _ in range(_KEYS):
        due = time.perf_counter() + _BEAT
        sent, pressed = len(terminal.raw), time.perf_counter()
        terminal.press(key)
        if terminal.read(1.0):
            waits.append(time.perf_counter() - pressed)
        while (left := due - time.perf_counter()) > 0:
            terminal.read(left)
        sizes.append(len(terminal.raw) - sent)
    return (cpu_seconds(terminal.pid) - before) / _KEYS, sizes, waits


def _watch(terminal: Terminal, seconds: float = _WATCHED) -> Cost:
    """What the viewer spends and sends while no key is pressed."""
    before, sent, began = cpu_seconds(terminal.pid), len(terminal.raw), time.perf_counter()
    while (left := began + seconds - time.perf_counter()) > 0:
        terminal.read(left)
    spent = time.perf_counter() - began
    return Cost((cpu_seconds(terminal.pid) - before) / spent, (len(terminal.raw) - sent) / spent)
