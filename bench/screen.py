"""The viewer in a pseudo-terminal: how soon it stands, what a key costs, what it costs at rest."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Final

from bench.figures import Figure
from bench.filled import STORIES, filled
from bench.machine import TRIES, WARWATCH, cpu_seconds, environment, megabytes
from tests.terminal import Terminal

_BLANK: Final = (sys.executable, "-m", "bench.blank")
_FULL: Final = (b"Capitals", b"Wire", b"help")
"""Words of the first full frame: the board, the wire, the line of keys."""
_KEYS: Final = 150
_BEAT: Final = 1 / 30
"""Seconds between two keys of a key that is held down."""
_REST: Final = 4.0


def start(folder: Path) -> Iterator[Figure]:
    """From the command to the first full frame, the viewer and an empty Textual app by turns."""
    command, env = _viewer(folder), environment(folder)
    ours, blank = [], []
    for _ in range(TRIES + 1):
        blank.append(_first_frame(_BLANK, env, b"ready"))
        ours.append(_first_frame(command, env, *_FULL))
    wall, cpu = (median(column) for column in zip(*ours[1:], strict=True))
    blank_wall, blank_cpu = (median(column) for column in zip(*blank[1:], strict=True))
    yield Figure("start", wall, "s", 0.8, how=f"to the first full frame, {STORIES:,} stories, 120x40, wall")
    yield Figure(
        "start-ratio", cpu / blank_cpu, "x", 2.0, how="CPU to that frame over an empty Textual app's"
    )
    yield Figure("start-empty", blank_wall, "s", None, how="the empty Textual app, wall")


def keys(folder: Path) -> Iterator[Figure]:
    """A key held down in the wire, then nothing."""
    with Terminal(_viewer(folder), environment(folder), columns=120, rows=40, painted=False) as terminal:
        terminal.wait_for_bytes(*_FULL)
        terminal.settle(0.5)
        terminal.press("2")
        terminal.settle(0.5)
        cpu, sizes, waits = _held(terminal, "j")
        terminal.settle(0.5)
        at_rest, idle_bytes = _rest(terminal)
        memory = megabytes(terminal.pid)
    first, last = median(waits), quantiles(waits, n=20)[-1]
    own = cpu - at_rest * _BEAT
    yield Figure("key-cpu", 1000 * own, "ms", 8.0, how=f"a key held in the wire, {STORIES:,} stories, 120x40")
    yield Figure("key-bytes", median(sizes), "bytes", 700, how="sent for a cursor move, 120x40, median")
    yield Figure(
        "key-bytes-mean", mean(sizes), "bytes", None, how="the same with the jumps of half a page, mean"
    )
    yield Figure("key-frame", 1000 * first, "ms", 8.0, how="key to first byte of its frame, wall, median")
    yield Figure("key-frame-95", 1000 * last, "ms", 25.0, how="the same, 95 of 100")
    yield Figure("rest-cpu", 1000 * at_rest, "ms/s", None, how="CPU while nothing happens")
    yield Figure("rest-bytes", idle_bytes, "bytes/s", None, how="sent while nothing happens but the clock")
    yield Figure("memory", memory, "MB", 100, how=f"resident, {STORIES:,} stories")


def _viewer(folder: Path) -> Sequence[str]:
    """The viewer on its own copy of the filled archive, without a collector."""
    path = folder / "archive.db"
    if not path.exists():
        shutil.copy(filled(folder), path)
    return [*WARWATCH, "--no-poll"]


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


def _rest(terminal: Terminal) -> tuple[float, float]:
    """(CPU seconds a second, bytes a second) while nothing happens."""
    before, sent, began = cpu_seconds(terminal.pid), len(terminal.raw), time.perf_counter()
    while (left := began + _REST - time.perf_counter()) > 0:
        terminal.read(left)
    spent = time.perf_counter() - began
    return (cpu_seconds(terminal.pid) - before) / spent, (len(terminal.raw) - sent) / spent
