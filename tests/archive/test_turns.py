"""Whoever takes in has the intake alone; the next in line makes ready beside them, and nobody else does."""

from __future__ import annotations

from threading import Event, Thread

from feeds.archive import open_archive
from tests.archive.samples import a_story, put
from tests.cluster import Cluster

SOON = 30.0
"""Seconds to wait for what comes at once."""


def test_one_makes_ready_while_another_takes_in(server: Cluster) -> None:
    address, told, ready, left = server.archive(), [], Event(), Event()

    def second() -> None:
        with open_archive(address) as archive, archive.alone(ready.set):
            told.append(left.is_set())

    def third() -> None:
        with open_archive(address) as archive, archive.alone(lambda: told.append(left.is_set())):
            pass

    with open_archive(address) as archive:
        with archive.alone():
            put(archive, a_story("a"))
            waiting = [Thread(target=second)]
            waiting[0].start()
            assert ready.wait(SOON), "the next in line waited for its turn before it made ready"
            waiting.append(Thread(target=third))
            waiting[1].start()
            _wait_for_two(server, address)
            left.set()
        for thread in waiting:
            thread.join(SOON)
    assert told == [True, True]


def _wait_for_two(server: Cluster, address: str) -> None:
    """Until one waits for its turn, and one behind it."""
    waiting = (
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    for _ in range(3000):
        if server.say(address.rpartition("/")[2], waiting) == [(2,)]:
            return
    raise AssertionError("nobody waits in line")
