"""The loop that goes on: feeds come round again, decisions are heeded, ending is clean."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.clock import system_clock
from feeds.collector import LEASE, Collector
from feeds.collector.hosts import Hosts
from feeds.errors import ArchiveError, DeskError
from feeds.evidence import Action
from feeds.story import Subscription
from tests.collector.feeds_of_tests import RSS, collector, rss
from tests.dedupe.groups import NOON
from tests.feedserver import FeedServer


async def run_until(at_work: Collector, reached: Callable[[], bool]) -> None:
    """Lets the loop run until something is so; the test's own time limit is the only other end."""
    loop = asyncio.create_task(at_work.run())
    while not reached() and not loop.done():  # noqa: ASYNC110 - what is waited for happens in the archive
        await asyncio.sleep(0.01)
    loop.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await loop


def test_due_feeds_come_round_again_and_the_lease_is_given_back(tmp_path: Path) -> None:
    now = NOON + timedelta(hours=6)

    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        at_work = collector(archive, [url], lambda: now)

        def second_story() -> bool:
            nonlocal now
            if len(archive.evidence()) == 1:
                server.serve(
                    "/a", body=rss("Aster falls to the reds", "Bexley falls to the reds"), headers=RSS
                )
                now += timedelta(days=1)
            return len(archive.evidence()) == 2

        asyncio.run(run_until(at_work, second_story))
        assert {row.holder for row in archive.standings("testland")} == {"reds"}
        assert archive.lease(LEASE) is None


def test_a_desk_broken_while_it_is_edited_ends_nothing(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        at_work = collector(archive, [url])
        good, asked = at_work._subscriptions, 0

        def broken_after_the_first_look() -> Sequence[Subscription]:
            nonlocal asked
            asked += 1
            if asked > 1:
                raise DeskError("line 3: not JSON")
            return good()

        at_work._subscriptions = broken_after_the_first_look
        asyncio.run(run_until(at_work, lambda: asked > 4 and bool(archive.evidence())))
        assert len(archive.evidence()) == 1


def test_while_it_runs_the_lease_is_held_and_the_heart_beats(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        seen: list[bool] = []

        def beating() -> bool:
            held, beat = archive.lease(LEASE), archive.last_beat()
            seen.append(held is not None and beat is not None and beat.holder == held.holder)
            return seen[-1]

        asyncio.run(run_until(collector(archive, [url]), beating))
        assert seen[-1]


def test_the_heart_beats_by_the_machine_s_time_however_the_news_are_dated(tmp_path: Path) -> None:
    before = system_clock()
    with open_archive(tmp_path / "a.db") as archive:
        at_work = collector(archive, [], clock=lambda: NOON)
        asyncio.run(run_until(at_work, lambda: archive.last_beat() is not None))
        beat = archive.last_beat()
        assert beat is not None
        assert before <= beat.at <= system_clock()


def test_decisions_are_heeded_between_fetches(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        at_work = collector(archive, [])
        archive.act(
            Action("override", "ann", system_clock(), theatre="testland", place="aster", value="held blues")
        )

        def acted() -> bool:
            pipeline = at_work._digester._pipeline
            return pipeline is not None and bool(pipeline._rooms[0].board.acted)  # type: ignore[attr-defined]

        asyncio.run(run_until(at_work, acted))
        assert acted()


def test_a_replay_heeds_decisions_after_each_round(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        at_work = collector(archive, [url])

        def moments() -> Iterator[int]:
            yield 1
            archive.act(
                Action("override", "ann", NOON, theatre="testland", place="aster", value="held blues")
            )
            yield 2

        asyncio.run(at_work.poll_each(moments()))
        pipeline = at_work._digester._pipeline
        assert pipeline is not None
        assert pipeline._rooms[0].board.acted  # type: ignore[attr-defined]


def test_a_feed_that_was_asked_by_a_clock_far_ahead_is_asked_again(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        asyncio.run(collector(archive, [url], clock=lambda: NOON + timedelta(days=30)).poll_once())
        asyncio.run(collector(archive, [url], clock=lambda: NOON).poll_once(only_due=True))
        assert len(server.requests()) == 2


def test_it_ends_when_another_has_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feeds.collector.lease.BEAT_SECONDS", 0.01)
    with open_archive(tmp_path / "a.db") as archive:
        at_work = collector(archive, [])

        def steal() -> bool:
            held = archive.lease(LEASE)
            if held is not None:
                archive.release_lease(LEASE, held.holder)
                archive.take_lease(LEASE, "thief", 60, system_clock())
            return False

        with pytest.raises(ArchiveError, match="taken over"):
            asyncio.run(run_until(at_work, steal))


def test_a_host_gets_a_pause_between_two_requests() -> None:
    async def ask() -> float:
        hosts = Hosts(at_once=4, pause=0.05)
        loop = asyncio.get_running_loop()
        begun: list[float] = []

        async def one(url: str) -> None:
            async with hosts.turn(url):
                begun.append(loop.time())

        await asyncio.gather(*(one("http://h.example/x") for _ in range(3)))
        return min(later - earlier for earlier, later in pairwise(begun))

    assert asyncio.run(ask()) >= 0.05


def test_a_slow_host_holds_up_no_other() -> None:
    async def ask() -> list[str]:
        hosts, order = Hosts(at_once=2, pause=0.0), []
        gate = asyncio.Event()

        async def slow() -> None:
            async with hosts.turn("http://slow.example/"):
                await gate.wait()
                order.append("slow")

        async def quick() -> None:
            async with hosts.turn("http://quick.example/"):
                order.append("quick")
                gate.set()

        await asyncio.gather(*(slow() for _ in range(3)), quick())
        return order

    assert asyncio.run(ask())[0] == "quick"
