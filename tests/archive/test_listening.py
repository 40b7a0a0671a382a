"""A viewer hears of each commit at once, catches up after a gap, and asks where nothing can be heard."""

from __future__ import annotations

import time
from typing import Any

import psycopg
import pytest

from feeds.archive import open_archive
from feeds.archive.server.address import address_of
from feeds.archive.server.listening import Listener
from feeds.archive.server.store import ServerStore
from feeds.archive.server.waiting import PatientConnection
from feeds.errors import ArchiveError
from tests.archive.samples import a_story, after, put
from tests.cluster import Cluster


class Deaf(PatientConnection):
    """A connection to a standby, which lets nobody listen."""

    def execute(self, query: Any, *rest: Any, **more: Any) -> Any:
        if str(query).startswith("LISTEN"):
            raise psycopg.errors.ReadOnlySqlTransaction("cannot execute LISTEN during recovery")
        return super().execute(query, *rest, **more)


def moved(listener: Listener, seen: int) -> bool:
    """Whether it hears of something within a few seconds of the machine's."""
    end = time.monotonic() + 5
    while listener.stamp() == seen and time.monotonic() < end:
        time.sleep(0.005)
    return listener.stamp() != seen


def stamps(store: ServerStore) -> None:
    for _ in range(200):
        store.stamp()
        time.sleep(0.01)


def test_a_commit_is_heard_without_asking(server: Cluster) -> None:
    address = server.archive()
    with open_archive(address) as archive:
        listener = Listener(lambda: PatientConnection.connect(address), clock=lambda: 0.0)
        seen = listener.stamp()
        put(archive, a_story("a"))
        assert moved(listener, seen)
        rest = listener.stamp()
        archive.feed_turns("me").enroll({"https://a.example/": "a.example"})
        archive.lead_ids()
        time.sleep(0.1)
        assert listener.stamp() == rest, "what nobody has to look at moves nothing"
        listener.close()


def test_where_nobody_may_listen_it_is_asked_once_a_second(server: Cluster) -> None:
    address, now = server.archive(), 0.0
    with open_archive(address) as archive:
        listener = Listener(lambda: Deaf.connect(address), clock=lambda: now)
        seen = listener.stamp()
        put(archive, a_story("a"))
        assert listener.stamp() == seen
        now += 1.0
        assert listener.stamp() != seen
        listener.close()


def test_after_a_gap_it_catches_up(server: Cluster) -> None:
    address = server.archive()
    database = address.rpartition("/")[2]
    store = ServerStore(address_of(address), read_only=True)
    with open_archive(address) as archive:
        seen = store.stamp()
        server.say(
            database,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}' "
            "AND query LIKE '%pulse%' AND pid <> pg_backend_pid()",
        )
        with pytest.raises(ArchiveError):
            stamps(store)
        put(archive, a_story("a", received=after(hours=1)))
        assert store.stamp() != seen
    store.close()
