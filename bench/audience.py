"""Fifty viewers of one archive on a server: how soon each knows of a commit, and what they cost the server.

One of them is a real screen in a terminal. The others are what a screen has behind it, which asks the archive as often and
as much: fifty screens that paint would measure this machine, not the server.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Final, TypeAlias

from bench.figures import Figure
from bench.filled import bare, theatre
from bench.machine import WARWATCH, environment
from bench.million import END
from bench.news import WORLD_DESK, news
from feeds.archive import open_archive
from feeds.archive.company import company_at
from feeds.archive.stored import row_bound
from feeds.clock import system_clock
from tests.cluster import Cluster
from tests.terminal import Terminal
from tui.bridge import Bridge
from tui.options import POLL_SECONDS

VIEWERS: Final = 50
_PROCESSES: Final = 7
"""Each with seven viewers in threads."""
_COMMITS: Final = 25
_BEFORE: Final = 300
_PAUSE: Final = 1.0
_TICK: Final = os.sysconf("SC_CLK_TCK")

Heard: TypeAlias = "list[tuple[int, float]]"
"""Rows that a viewer came to know of, each with when: the machine's clock that never jumps."""


def audience(folder: Path, server: Cluster) -> Iterator[Figure]:
    """Commits, with fifty viewers looking on."""
    address, where = server.archive(), folder / "audience"
    where.mkdir()
    stories = news(_BEFORE + _COMMITS, WORLD_DESK)
    spawned = multiprocessing.get_context("spawn")
    stop, told = spawned.Event(), spawned.SimpleQueue()
    each = (VIEWERS - 1) // _PROCESSES
    viewers = [spawned.Process(target=_look_on, args=(address, each, stop, told)) for _ in range(_PROCESSES)]
    with open_archive(address) as archive, ExitStack() as stack:
        archive.write(bare(stories[:_BEFORE]))
        for viewer in viewers:
            viewer.start()
        stack.callback(stop.set)
        env = environment(where) | {"WARWATCH_ARCHIVE": address}
        terminal = stack.enter_context(
            Terminal([*WARWATCH, "--no-poll"], env, columns=120, rows=40, painted=False)
        )
        terminal.wait_for_bytes(b"Capitals", b"Wire", b"help")
        for _ in viewers:
            told.get()  # its first look is done
        terminal.settle(1.0)
        connections = _sessions(server, address)
        at_rest = _spent(server, 5.0)
        committed: dict[int, float] = {}
        seen: list[float] = []
        before, began = _cpu(server), time.perf_counter()
        for number, story in enumerate(stories[_BEFORE:]):
            word, moment = f"Zq{number:03}x", END + timedelta(seconds=number)
            archive.write(bare([replace(story, title=f"{word} {story.title}", received=moment)]))
            done = committed[row_bound(moment)] = time.perf_counter()
            terminal.wait_for_bytes(word.encode())
            seen.append(time.perf_counter() - done)
            time.sleep(_PAUSE + 0.013 * (number % 9))
        lasted, spent = time.perf_counter() - began, _cpu(server) - before
        stop.set()
        heard = [told.get() for _ in viewers]
    for viewer in viewers:
        viewer.join()
    waits = [at - committed[row] for one in heard for row, at in one if row in committed]
    assert len(waits) == (VIEWERS - 1) * _COMMITS, f"{len(waits)} pieces of news came through"
    yield from _figures(waits, seen, (spent - at_rest * lasted) / _COMMITS, at_rest, connections)


def _figures(
    waits: list[float], seen: list[float], a_commit: float, at_rest: float, connections: int
) -> Iterator[Figure]:
    how = f"from a commit to each of {VIEWERS - 1} viewers' news, all on this machine, {_COMMITS} commits"
    yield Figure("team-fifty", 1000 * median(waits), "ms", 200, how=f"{how}, median")
    yield Figure("team-fifty-95", 1000 * quantiles(waits, n=20)[-1], "ms", 400, how=f"{how}, 95 of 100")
    how = f"the same, to the bytes of the {VIEWERS}th, a screen in a terminal"
    yield Figure("team-fifty-screen", 1000 * median(seen), "ms", 200, how=f"{how}, median")
    yield Figure("team-fifty-screen-95", 1000 * quantiles(seen, n=20)[-1], "ms", 400, how=f"{how}, 95 of 100")
    yield Figure(
        "team-fifty-commit",
        1000 * a_commit,
        "ms",
        None,
        how=f"CPU of the server for what {VIEWERS} ask after a commit",
    )
    yield Figure(
        "team-fifty-rest", 1000 * at_rest, "ms/s", None, how=f"CPU of the server while {VIEWERS} viewers rest"
    )
    yield Figure(
        "team-fifty-sessions", connections, "sessions", None, how=f"connections of {VIEWERS} viewers"
    )


def _look_on(address: str, viewers: int, stop: Event, told: multiprocessing.SimpleQueue[Heard]) -> None:
    """So many viewers without a terminal, until they are told to stop."""
    heard: Heard = []
    ready: list[None] = []
    threads = [Thread(target=_view, args=(address, n, stop, heard, ready)) for n in range(viewers)]
    for thread in threads:
        thread.start()
    while len(ready) < viewers:
        time.sleep(0.05)
    told.put([])
    for thread in threads:
        thread.join()
    told.put(heard)


def _view(address: str, number: int, stop: Event, heard: Heard, ready: list[None]) -> None:
    """What a screen has behind it: it looks four times a second, reads what came, and says what it has open."""
    time.sleep(POLL_SECONDS * number / 7)
    with open_archive(address) as archive:
        company = company_at(archive)
        bridge = Bridge(archive, theatre(), system_clock)
        for _ in range(2):
            bridge.look()
        company.be_at(f"viewer {os.getpid()} {number}", f"story {number}")
        ready.append(None)
        while not stop.is_set():
            if (news := bridge.look()) is not None and news.new_ids:
                archive.rows(news.new_ids)
                heard += [(row, time.perf_counter()) for row in news.new_ids]
            company.others()
            stop.wait(POLL_SECONDS)
        company.close()


def _sessions(server: Cluster, address: str) -> int:
    count = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    ((found,),) = server.say(address.rpartition("/")[2], count)
    assert isinstance(found, int)
    return found


def _spent(server: Cluster, seconds: float) -> float:
    """Seconds of the server's CPU in a second, while nothing happens."""
    before = _cpu(server)
    time.sleep(seconds)
    return (_cpu(server) - before) / seconds


def _cpu(server: Cluster) -> float:
    """CPU seconds of all the server's processes so far, those that ended included."""
    spent = 0
    for found in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = found.read_text().rpartition(")")[2].split()
        except OSError:  # it ended just now
            continue
        if int(found.parent.name) == server.pid:
            spent += sum(map(int, fields[11:15]))
        elif int(fields[1]) == server.pid:
            spent += int(fields[11]) + int(fields[12])
    return spent / _TICK
