"""A server whose disk is full: one line says so, what was fetched is kept, and with room all of it comes in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from feeds.archive import Archive, Batch, open_archive
from feeds.archive.upkeep.checking import sound
from feeds.errors import PassingError
from tests.archive.samples import a_story, after, alone, put
from tests.cluster import Cluster
from tests.collector.feeds_of_tests import RSS, rss
from tests.feedserver import FeedServer, Page, held

ROOT = Path(__file__).parents[2]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SOON = 60.0


class Disk:
    """A small disk that an archive's tables lie on."""

    def __init__(self, folder: Path, address: str) -> None:
        self.address = address
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no room on it."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError:
                return

    def clear(self) -> None:
        """Make room."""
        self._ballast.unlink()


@pytest.fixture
def disk(server: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """An archive on a disk of its own, which is small."""
    folder = tmp_path_factory.mktemp("disk", numbered=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=48m,mode=755", "warwatch-test", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk; nothing was tried on a full one")
    try:
        for part in folder.parents:
            part.chmod(part.stat().st_mode | 0o011)  # whom the server runs as has to come in
        with _archive_on(folder, server) as made:
            yield made
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _archive_on(folder: Path, server: Cluster) -> Iterator[Disk]:
    place = folder / "tables"
    place.mkdir()
    os.chown(place, *server.owner)
    name = f"small{os.getpid()}{time.monotonic_ns()}"
    server.say("postgres", f"CREATE TABLESPACE {name} LOCATION '{place}'")
    server.say("postgres", f"CREATE DATABASE {name} TABLESPACE {name}")
    address = server.address(name)
    open_archive(address).close()
    try:
        yield Disk(folder, address)
    finally:
        server.say("postgres", f"DROP DATABASE {name} WITH (FORCE)")
        server.say("postgres", f"DROP TABLESPACE {name}")


def large(number: int) -> Batch:
    words = " ".join(f"word{number}x{n}" for n in range(9_000))
    story = replace(a_story(f"large{number}", received=after(seconds=number)), body=words)
    return Batch(stories=[story], folds=[alone(story)])


def fill_up(archive: Archive) -> None:
    for number in range(50):
        archive.write(large(number))


def until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not reached():
        assert time.monotonic() < end, "it does not come to that"
        time.sleep(0.05)


def kept(archive: Archive) -> Counter[str]:
    return Counter(story.feed for story, _ in archive.recent_stories(LONG_AGO))


def test_a_full_disk_is_said_in_one_line_and_nothing_of_the_write_remains(disk: Disk) -> None:
    with open_archive(disk.address) as archive:
        put(archive, a_story("before"))
        disk.fill()
        with pytest.raises(PassingError, match="is full; make room and try again") as caught:
            fill_up(archive)
        assert "\n" not in str(caught.value)
        have = len(archive.lead_ids())
        sound(archive)
        disk.clear()
        archive.write(large(99))
        assert len(archive.lead_ids()) == have + 1
        sound(archive)


def test_a_collector_keeps_what_it_fetched_until_there_is_room(disk: Disk) -> None:
    with ExitStack() as stack, open_archive(disk.address) as archive:
        servers = [stack.enter_context(FeedServer()) for _ in range(4)]
        titles = [f"Harbour reports ship number {ship} of the season" for ship in range(6)]
        full = Event()
        pages = [
            server.answer("/feed", held(full, Page(rss(*titles, key=str(number)).encode(), headers=RSS)))
            for number, server in enumerate(servers)
        ]
        collector = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "tests.collector.team", disk.address, "0", *pages],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        stack.callback(collector.kill)
        assert collector.stderr is not None
        until(lambda: all(server.requests() for server in servers))
        disk.fill()
        full.set()
        said = collector.stderr.readline()
        assert "is full; make room and try again" in said
        assert "what is fetched is kept until then" in said
        assert kept(archive) == {}
        for server in servers:
            server.serve("/feed", status=404)  # what left its feed by now is in the collector's hands alone
        disk.clear()
        until(lambda: kept(archive) == dict.fromkeys(pages, len(titles)))
        assert collector.stderr.readline() == "the archive takes in again; what was kept is written\n"
        assert collector.poll() is None
        sound(archive)
