"""One collector at a time, and a sign of life of it."""

from __future__ import annotations

from threading import Barrier, Thread

from feeds.archive import Archive, Beat, Lease, open_archive
from tests.archive.samples import THURSDAY, after


def test_a_lease_is_held_by_one_until_it_runs_out(archive: Archive) -> None:
    assert archive.lease("collector") is None
    assert archive.take_lease("collector", "one", 30, THURSDAY)
    assert not archive.take_lease("collector", "two", 30, after(seconds=29))
    assert archive.lease("collector") == Lease("collector", "one", after(seconds=30))
    assert archive.take_lease("collector", "one", 30, after(seconds=29)), "the holder prolongs it"
    assert archive.take_lease("collector", "two", 30, after(seconds=59))
    assert not archive.take_lease("collector", "one", 30, after(seconds=60))


def test_a_lease_is_given_back_by_its_holder_only(archive: Archive) -> None:
    archive.take_lease("collector", "one", 30, THURSDAY)
    archive.release_lease("collector", "two")
    assert not archive.take_lease("collector", "two", 30, THURSDAY)
    archive.release_lease("collector", "one")
    assert archive.take_lease("collector", "two", 30, THURSDAY)


def test_of_many_who_find_it_free_at_once_one_has_it(target: str) -> None:
    start, had = Barrier(6), []

    def take(holder: str) -> None:
        with open_archive(target) as mine:
            start.wait()
            if mine.take_lease("alerts", holder, 30, THURSDAY):
                had.append(holder)

    takers = [Thread(target=take, args=(f"t{number}",)) for number in range(6)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()
    assert len(had) == 1


def test_the_newest_sign_of_life_counts(archive: Archive) -> None:
    assert archive.last_beat() is None
    newest = Beat("two", after(seconds=9), pid=12, feeds_ok=21, feeds_failing=2, note="asking 3 feeds")
    archive.beat(Beat("two", THURSDAY, 12, 0, 0))
    archive.beat(newest)
    archive.beat(Beat("one", after(seconds=3), 11, 23, 0))
    assert archive.last_beat() == newest


def test_a_lease_taken_while_a_clock_was_wrong_binds_nobody(archive: Archive) -> None:
    assert archive.take_lease("collector", "one", 30, after(days=400))
    assert archive.take_lease("collector", "two", 30, THURSDAY)
    assert not archive.take_lease("collector", "one", 30, after(seconds=29))


def test_the_clocks_of_two_machines_may_be_minutes_apart(archive: Archive) -> None:
    assert archive.take_lease("collector", "one", 30, after(minutes=59))
    assert not archive.take_lease("collector", "two", 30, THURSDAY)
