"""An archive on a PostgreSQL server of its own: taken in, shared by collectors, watched by others. Skipped without one."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from bench.asking import questions, written
from bench.audience import audience
from bench.collectors import collectors
from bench.figures import RATE, Figure
from bench.filled import bare, pipeline
from bench.machine import WARWATCH, environment
from bench.million import END
from bench.news import WORLD_DESK, news
from feeds.archive import open_archive
from tests.cluster import MISSING, Cluster, cluster, programs
from tests.terminal import Terminal

_INGESTED: Final = 3000
_A_FETCH: Final = 30
_LEASED: Final = 20_000
_WORKERS: Final = 8
_SEEN: Final = 40


def team(folder: Path) -> Iterator[Figure]:
    """One server; each measurement in a database of its own."""
    if programs() is None:
        raise RuntimeError(MISSING)
    with cluster(durable=True, memory="512MB") as server:
        yield from _ingest(folder, server)
        yield from _leases(server)
        yield from collectors(folder, server)
        yield from _live(folder, server)
        yield from audience(folder, server)


def server(folder: Path) -> Iterator[Figure]:  # noqa: ARG001 - it lies with the server
    """A million stories on a server, asked what a screen asks."""
    from bench.filled_server import fill_server

    if programs() is None:
        raise RuntimeError(MISSING)
    with cluster(durable=True, memory="1GB") as made:
        address = made.database()
        fill_server(address)
        with open_archive(address) as archive:
            yield from questions(archive, "server", search=10)
            yield written(archive, "server-write", None)


def _live(folder: Path, server: Cluster) -> Iterator[Figure]:
    """From a commit to another viewer's screen."""
    address, waits = server.archive(), []
    where = folder / "live"
    where.mkdir()
    stories = news(200, WORLD_DESK)
    with open_archive(address) as archive:
        archive.write(bare(stories[:100]))
        env = environment(where) | {"WARWATCH_ARCHIVE": address}
        with Terminal([*WARWATCH, "--no-poll"], env, columns=120, rows=40, painted=False) as terminal:
            terminal.wait_for_bytes(b"Capitals", b"Wire", b"help")
            terminal.settle(1.0)
            for number, story in enumerate(stories[100 : 100 + _SEEN]):
                word = f"Zq{number:03}x"
                later = END + timedelta(seconds=number)
                archive.write(bare([replace(story, title=f"{word} {story.title}", received=later)]))
                began = time.perf_counter()
                terminal.wait_for_bytes(word.encode())
                waits.append(time.perf_counter() - began)
                terminal.settle(0.1 + 0.013 * (number % 9))
    middle, most = 1000 * median(waits), 1000 * quantiles(waits, n=20)[-1]
    how = f"from a commit to its headline's bytes in another terminal, {_SEEN} commits"
    yield Figure("team-live", middle, "ms", 200, how=f"{how}, median")
    yield Figure("team-live-95", most, "ms", 400, how=f"{how}, 95 of 100")


def _ingest(folder: Path, server: Cluster) -> Iterator[Figure]:
    """The same stories read, folded, weighed and written, into a file and onto the server, by turns."""
    rates: dict[str, list[float]] = {"file": [], "server": []}
    stories = news(_INGESTED, WORLD_DESK)
    for turn in range(3):
        for engine, target in (("file", str(folder / f"ingest-{turn}.db")), ("server", server.archive())):
            way = pipeline()
            way.take(stories[:_A_FETCH], stories[0].received)
            way = pipeline()
            with open_archive(target) as archive:
                began = time.perf_counter()
                for start in range(0, _INGESTED, _A_FETCH):
                    some = stories[start : start + _A_FETCH]
                    with archive.alone():
                        archive.write(way.take(some, some[-1].received))
                rates[engine].append(_INGESTED / (time.perf_counter() - began))
    ours, theirs = median(rates["server"]), median(rates["file"])
    yield Figure(
        "team-ingest", ours, "stories/s", None, RATE, "PostgreSQL: read, folded, weighed, written, wall"
    )
    yield Figure(
        "team-ingest-ratio",
        ours / theirs,
        "x",
        0.5,
        RATE,
        f"over SQLite's {theirs:,.0f} stories/s in this run",
    )


def _leases(server: Cluster) -> Iterator[Figure]:
    """Workers take what is due, ten at a time, until nothing is."""
    address = server.archive()
    with open_archive(address) as archive:
        archive.feed_turns("all").enroll(
            {f"https://h{n}.example/feed": f"h{n}.example" for n in range(_LEASED)}
        )
    server.say(address.rpartition("/")[2], "ANALYZE")
    spawned = multiprocessing.get_context("spawn")
    barrier, queue = spawned.Barrier(_WORKERS), spawned.SimpleQueue()
    workers = [spawned.Process(target=_take, args=(address, n, barrier, queue)) for n in range(_WORKERS)]
    for worker in workers:
        worker.start()
    found = [queue.get() for _ in workers]
    for worker in workers:
        worker.join()
    taken = [feed for _, _, feeds in found for feed in feeds]
    assert len(taken) == len(set(taken)) == _LEASED, "a feed was had twice, or by nobody"
    spent = max(end for _, end, _ in found) - min(begin for begin, _, _ in found)
    how = f"{_LEASED:,} feeds, {_WORKERS} workers, ten at a time, none held twice"
    yield Figure("team-leases", _LEASED / spent, "feeds/s", 10_000, RATE, how)


def _take(
    address: str,
    number: int,
    barrier: Barrier,
    queue: multiprocessing.SimpleQueue[tuple[float, float, list[str]]],
) -> None:
    with open_archive(address) as archive:
        turns, taken = archive.feed_turns(f"worker {number}"), []
        turns.take(0)
        barrier.wait()
        began = time.monotonic()
        while some := turns.take(10):
            taken += some
        queue.put((began, time.monotonic(), taken))
