"""One collector and four on the same feeds of a server's archive: how long, at what cost, and how much of it one by one.

A machine of two cores runs out of them before four collectors do, so what they cost is told beside how long they take.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from bench.figures import RATE, Figure
from bench.machine import ROOT, WARWATCH, environment
from feeds.archive import open_archive
from feeds.archive.connections import Turn
from feeds.desk import Desk
from feeds.story import Subscription
from tests.cluster import Cluster

FEEDS: Final = 2000
ITEMS: Final = 1
SECONDS: Final = 0.2
_SAMPLE_SECONDS: Final = 0.02
_HELD: Final = f"""
SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND objid = {Turn.INTAKE.value} AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


@dataclass(frozen=True, slots=True)
class Round:
    """All feeds asked once."""

    wall: float
    """Seconds from the start of the programs to the end of the last."""
    asking: float
    """Seconds from the first request to the last answer that was written."""
    cpu: float
    """Seconds of the collectors' CPU, server and feeds left out."""
    held: float
    """Share of the time between in which somebody had the intake."""


def collectors(folder: Path, server: Cluster) -> Iterator[Figure]:
    """One collector, then four, each on the same feeds and an empty archive."""
    with _slow_feeds() as ports:
        one, four = (_round(folder, server, ports, count) for count in (1, 4))
    how = f"{FEEDS:,} feeds x {ITEMS} that answer in {1000 * SECONDS:.0f} ms"
    yield Figure("team-one", one.wall, "s", None, how=f"one collector: {how}, wall of all with start")
    yield Figure("team-four", four.wall, "s", None, how=f"four collectors: {how}, wall of all with start")
    yield Figure(
        "team-four-ratio", one.wall / four.wall, "x", 3, RATE, "four collectors against one, wall with start"
    )
    how = "the same without their start, first request to last answer written"
    yield Figure("team-four-asking", one.asking / four.asking, "x", 3, RATE, how)
    yield Figure(
        "team-one-cpu", 1000 * one.cpu / FEEDS, "ms/feed", None, how="CPU of the one, with its start"
    )
    yield Figure(
        "team-four-cpu", 1000 * four.cpu / FEEDS, "ms/feed", None, how="CPU of the four, with their starts"
    )
    yield Figure("team-one-held", 100 * one.held, "%", None, how="of its time one collector had the intake")
    yield Figure("team-four-held", 100 * four.held, "%", None, how="of their time one of four had the intake")


@contextmanager
def _slow_feeds() -> Iterator[Sequence[int]]:
    command = [sys.executable, "-m", "bench.slowly", str(FEEDS), str(ITEMS), str(SECONDS)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield [int(process.stdout.readline()) for _ in range(FEEDS)]
        process.communicate()


def _round(folder: Path, server: Cluster, ports: Sequence[int], count: int) -> Round:
    where = folder / f"team-{count}"
    where.mkdir()
    Desk.open(where / "desk.json").subscribe(
        *(Subscription(f"http://127.0.0.1:{port}/feed", f"Outlet {port % 300}", "B") for port in ports)
    )
    address = server.archive()
    env = environment(where) | {"WARWATCH_ARCHIVE": address}
    command = [*WARWATCH, "poll", "--once", "--allow-private"]
    spent = 0.0
    with _watching(address) as samples:
        began = time.perf_counter()
        running = [
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL) for _ in range(count)
        ]
        for process in running:
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            assert process.returncode in (0, 1)
            spent += usage.ru_utime + usage.ru_stime
        wall = time.perf_counter() - began
    with open_archive(address, read_only=True) as archive:
        states = archive.feed_states().values()
    asked = [one.last_fetch for one in states if one.last_fetch and one.last_answer]
    written = [one.last_answer for one in states if one.last_answer]
    assert len(written) == FEEDS, f"{len(written)} feeds were asked"
    asking = (max(written) - min(asked)).total_seconds()
    return Round(wall, asking, spent, sum(samples) * _SAMPLE_SECONDS / asking)


@contextmanager
def _watching(address: str) -> Iterator[list[bool]]:
    """Looks many times a second whether somebody has the intake."""
    samples: list[bool] = []
    stop = threading.Event()

    def watch() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            began = time.monotonic()
            while not stop.wait(max(0.0, began + len(samples) * _SAMPLE_SECONDS - time.monotonic())):
                found = connection.execute(_HELD.encode()).fetchone()
                samples.append(bool(found and found[0]))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield samples
    finally:
        stop.set()
        watcher.join()
