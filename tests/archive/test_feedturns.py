"""Collectors share the feeds of an archive on a server: none is had by two, and none is lost with its holder."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Barrier, Thread

import pytest

from feeds.archive.server.address import address_of
from feeds.archive.server.feedturns import FeedTurns, GivenBack
from feeds.archive.server.store import ServerStore
from tests.cluster import Cluster

Shared = Callable[..., FeedTurns]


@pytest.fixture
def of(server: Cluster) -> Iterator[Shared]:
    """One collector's feeds, by its name."""
    address, stores = server.archive(), []

    def one(holder: str, seconds: float = 30.0) -> FeedTurns:
        stores.append(ServerStore(address_of(address), read_only=False))
        return FeedTurns(stores[-1], holder, seconds=seconds)

    yield one
    for store in stores:
        store.close()


def feeds(count: int, hosts: int = 0) -> dict[str, str]:
    """Addresses by number, with their hosts: one each, or so many for all."""
    return {
        f"https://h{n % (hosts or count)}.example/{n}": f"h{n % (hosts or count)}.example"
        for n in range(count)
    }


def back(feed: str, wait: float = 60.0, rest: float = 0.0) -> GivenBack:
    return GivenBack(feed, feed.split("/")[2], wait, rest)


def taken_in_the_end(mine: FeedTurns, count: int) -> list[str]:
    """So many feeds, as they come free."""
    taken: list[str] = []
    while len(taken) < count:
        time.sleep(0.02)
        taken += mine.take()
    return taken


def test_eight_collectors_have_each_feed_once(of: Shared) -> None:
    of("first").enroll(feeds(400))
    had: Counter[str] = Counter()
    start = Barrier(8)

    def work(name: str) -> None:
        mine = of(name)
        start.wait()
        while taken := mine.take(10):
            assert len(taken) <= 10
            had.update(taken)

    workers = [Thread(target=work, args=(f"w{number}",)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert had == dict.fromkeys(feeds(400), 1)
    assert len(of("other").held()) == 400


def test_a_dead_collector_gives_its_feeds_back(of: Shared) -> None:
    dead, heir = of("dead", 0.3), of("heir")
    dead.enroll(feeds(3))
    assert len(dead.take()) == 3
    assert heir.take() == []
    taken = taken_in_the_end(heir, 3)
    assert set(heir.held().values()) == {"heir"}
    dead.prolong()
    dead.give_back([back(feed) for feed in taken])
    dead.end()
    assert set(heir.held().values()) == {"heir"}, "what was lost stays lost"


def test_a_collector_at_work_keeps_what_it_has(of: Shared) -> None:
    slow, other = of("slow", 0.6), of("other")
    slow.enroll(feeds(1))
    slow.take()
    end = time.monotonic() + 1.5
    while time.monotonic() < end:
        slow.prolong()
        assert other.take() == []


def test_a_feed_given_back_is_due_when_it_was_said(of: Shared) -> None:
    mine = of("mine")
    mine.enroll(feeds(2))
    first, second = sorted(mine.take())
    mine.give_back([back(first, wait=60), back(second, wait=0)])
    assert mine.take() == [second]
    assert of("other").take() == []
    mine.hasten([first])
    assert of("other").take() == [first]


def test_of_one_host_one_feed_is_asked_at_a_time_by_all_together(of: Shared) -> None:
    mine, other = of("mine"), of("other")
    mine.enroll(feeds(6, hosts=2))
    taken = mine.take()
    assert sorted(feed.split("/")[2] for feed in taken) == ["h0.example", "h1.example"]
    assert other.take() == []
    mine.give_back([back(taken[0], rest=0), back(taken[1], rest=60)])
    (next_one,) = other.take()
    assert next_one.split("/")[2] == taken[0].split("/")[2]
    assert next_one not in taken
    assert mine.take() == []


def test_feeds_of_other_desks_are_left_to_them(of: Shared) -> None:
    mine, theirs = of("mine"), of("theirs")
    mine.enroll({"https://a.example/": "a.example"})
    theirs.enroll({"https://b.example/": "b.example"})
    assert mine.take(foreign=["https://b.example/"]) == ["https://a.example/"]
    assert theirs.take() == ["https://b.example/"]


def test_who_ends_leaves_all_to_the_others_at_once(of: Shared) -> None:
    ended, other = of("ended"), of("other")
    ended.enroll(feeds(5))
    had = ended.take()
    ended.end()
    assert other.held() == {}
    assert sorted(taken_in_the_end(other, 5)) == sorted(had)  # their hosts rest a second first


def test_enrolling_again_changes_nothing(of: Shared) -> None:
    mine = of("mine")
    mine.enroll(feeds(2))
    mine.give_back([back(feed) for feed in mine.take()])
    mine.enroll(feeds(2))
    mine.enroll({})
    assert mine.take() == []
