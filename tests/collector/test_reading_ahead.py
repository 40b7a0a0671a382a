"""A first round that is read ahead in a process of its own writes the archive that it would have written alone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.ahead import Worked
from feeds.archive import open_archive
from feeds.collector import Collector, digest, open_pipeline
from feeds.collector.readers import MUCH, Readers
from feeds.story import Story, Subscription
from tests.collector.fakes import FakeReader, FakeReading
from tests.collector.feeds_of_tests import LIMITS, PACE, RSS, collector, rss
from tests.collector.test_readers import CITIES, LATER, THEATRES, TITLES, workers
from tests.end_to_end.machine import Machine
from tests.feedserver import FeedServer

FEEDS = [
    [title.format(city) for city in CITIES[n % 2 :: 2] for title in TITLES[m::3]]
    for n in range(8)
    for m in range(3)
]


_BY_CHANCE = {"feeds", "beats"}
"""When a feed is due next has a share of chance, and who wrote is another process each time."""


class Watched(Readers):
    """Readers of which is known how many stories they gave; they are killed at one of them."""

    def __init__(self, killed_at: int = 0) -> None:
        super().__init__(much=1, cores=2)
        self.given, self._asked, self._killed_at = 0, 0, killed_at

    def of(self, story: Story) -> Worked | None:
        self._asked += 1
        if self._asked == self._killed_at:
            for pid in workers(self):
                os.kill(pid, signal.SIGKILL)
        found = super().of(story)
        self.given += found is not None
        return found


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with FeedServer() as one:
        for n, titles in enumerate(FEEDS):
            one.serve(f"/{n}", body=rss(*titles, minutes=n % 7, key=str(n)), headers=RSS)
        yield one


def polled(path: Path, server: FeedServer, beside: Readers) -> dict[str, list[tuple[object, ...]]]:
    """All that a new archive says of the news after two rounds; not who wrote it."""
    followed = [Subscription(server.url(f"/{n}"), f"O {n}", "B") for n in range(len(FEEDS))]
    with open_archive(path) as archive:
        at_work = Collector(
            archive,
            lambda: open_pipeline(archive, THEATRES, LATER),
            lambda: followed,
            clock=lambda: LATER,
            limits=LIMITS,
            pace=PACE,
            readers=beside,
        )
        asyncio.run(at_work.poll_once())
        asyncio.run(at_work.poll_once())
    with contextlib.closing(sqlite3.connect(path)) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: db.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in _BY_CHANCE
        }


@pytest.fixture(scope="module")
def alone(
    server: FeedServer, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[object, ...]]]:
    return polled(tmp_path_factory.mktemp("alone") / "a.db", server, Readers(cores=1))


@pytest.mark.parametrize("killed_at", [0, 1, 90], ids=["in peace", "killed at once", "killed in the middle"])
def test_the_archive_is_the_same(
    server: FeedServer,
    alone: dict[str, list[tuple[object, ...]]],
    tmp_path: Path,
    killed_at: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    beside = Watched(killed_at)
    with caplog.at_level(logging.WARNING):
        found = polled(tmp_path / "a.db", server, beside)
    assert found == alone
    assert all(alone[name] for name in ("stories", "evidence", "counts", "changes", "drops", "actions"))
    assert beside.given or killed_at == 1
    assert len(caplog.messages) <= 1


def test_who_ends_a_collector_in_a_long_first_round_does_not_wait_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "_LONG", 2)
    read, ended = threading.Event(), False

    def read_slowly(reader: FakeReader, story: Story) -> FakeReading:
        if not ended:
            read.set()
            assert at_work._digester.ended.wait(60)
        return FakeReading()

    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("One", "Two", "Three"), headers=RSS)
        at_work = collector(archive, [url])
        monkeypatch.setattr(FakeReader, "read", read_slowly)

        async def end_in_the_middle() -> None:
            round_ = asyncio.create_task(at_work.poll_once())
            await asyncio.to_thread(read.wait)
            round_.cancel()
            with pytest.raises(asyncio.CancelledError):
                await round_

        asyncio.run(end_in_the_middle())
        assert not list(archive.recent_stories(LATER.replace(year=2000)))
        ended = True
        assert asyncio.run(at_work.poll_once()).new == 3


# As processes of their own, which are told to end or killed.


def children(pid: int) -> set[int]:
    """The processes that one began, and those that they began."""
    found = {
        int(one)
        for listed in Path(f"/proc/{pid}/task").glob("*/children")
        for one in listed.read_text().split()
    }
    return found.union(*map(children, found))


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked for its status yet has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine with so many stories to fetch that they are read ahead."""
    machine, each = Machine(tmp_path), 50
    with FeedServer() as server:
        for n in range(MUCH // each + 10):
            body = rss(*(f"{TITLES[m % 5].format(CITIES[m % 6])} {n} {m}" for m in range(each)), key=str(n))
            machine.follow(server.serve(f"/{n}", body=body, headers=RSS), f"O {n}")
        yield machine


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_who_is_told_to_end_in_a_first_round_leaves_no_process_behind(
    machine: Machine, number: int, status: int
) -> None:
    with machine.start("poll", "--once") as process:
        while (
            len(beside := children(process.pid)) < 2 and process.poll() is None
        ):  # its own, and the tracker of those
            time.sleep(0.01)
        for one in (process.pid, *beside) if number == signal.SIGINT else [process.pid]:
            os.kill(one, number)  # Ctrl-C is told to all of a terminal
        said = process.communicate(timeout=60)
    assert len(beside) == 2
    assert process.returncode == status
    assert said == ("", "")
    while not all(map(gone, beside)):
        time.sleep(0.01)


_KILLED = """\
import asyncio, os, sys, time
from feeds.collector.apart import Apart
async def work():
    one = Apart(60)
    print(one.submit(os.getpid).result(), flush=True)
    one.submit(time.sleep, 60)
    await asyncio.sleep(60)
if __name__ == "__main__":
    asyncio.run(work())
"""


def test_a_process_apart_ends_when_the_one_that_began_it_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    environment = Machine(tmp_path).environment
    with subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        beside = int(process.stdout.readline())
        assert not gone(beside)
        process.kill()
    while not gone(beside):
        time.sleep(0.01)
