"""Alerts beside a real collector, over real sockets."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feeds.alerts.lookout import Lookout, Watched
from feeds.alerts.records import alert_of
from feeds.alerts.service import Alerting
from feeds.alerts.settings import Document, read_settings
from feeds.alerts.turn import Turn
from feeds.archive import Archive, open_archive
from feeds.collector import Collector
from feeds.errors import ArchiveError
from feeds.story import Subscription
from tests.alerts.archives import Clicker, Wire, lookout
from tests.alerts.receivers import Receiver
from tests.collector.fakes import THEATRE, fake_pipeline
from tests.collector.feeds_of_tests import LIMITS, PACE, RSS, rss
from tests.dedupe.groups import NOON
from tests.feedserver import FeedServer

ROOT = Path(__file__).parents[2]


def at_work(archive: Archive, url: str, hook: str, now: datetime, **noise: object) -> Collector:
    """A collector on one feed, with one webhook."""
    documents: list[Document] = [
        {"kind": "sink", "by": "webhook", "name": "desk", "url": hook, "allow_private": True},
        {"kind": "noise", **noise},
    ]
    followed = [Subscription(url, "Herald", "B")]
    alerting = Alerting(
        archive,
        lambda: read_settings(documents),
        Watched({THEATRE.id: THEATRE}, tuple, lambda: followed),
        clock=lambda: now,
        collector="test/1",
        look=0.05,
    )
    return Collector(
        archive, lambda: fake_pipeline(archive), lambda: followed, clock=lambda: now, limits=LIMITS, pace=PACE,
        beside=alerting.beside,
    )  # fmt: skip


def test_one_round_fetches_decides_and_delivers_before_it_ends(archive: Archive) -> None:
    with FeedServer() as server, Receiver() as receiver:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        asyncio.run(at_work(archive, url, receiver.url, NOON + timedelta(hours=1)).poll_once())
        asyncio.run(at_work(archive, url, receiver.url, NOON + timedelta(hours=2)).poll_once())
    (posted,) = receiver.posted
    assert posted.json["title"] == "Aster: held by Blues → captured by Reds"
    assert posted.json["click"].startswith("http://o.example/")


def test_a_first_fetch_of_old_stories_alerts_once_and_says_so(archive: Archive) -> None:
    with FeedServer() as server, Receiver() as receiver:
        towns = [
            f"{'Aster' if n % 2 else 'Bexley'} falls to the {'reds' if n % 4 < 2 else 'blues'}, day {n}"
            for n in range(300)
        ]
        url = server.serve("/a", body=rss(*towns), headers=RSS)
        asyncio.run(at_work(archive, url, receiver.url, NOON + timedelta(days=9)).poll_once())
    (posted,) = receiver.posted
    assert posted.json["warwatch"]["events"] == []
    fell = [change for change in archive.changes("testland") if change.after == "captured"]
    assert posted.json["warwatch"]["held"]["old"] == len(fell) == 150


def test_the_last_look_waits_for_the_one_under_way(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    alerting = Alerting(archive, lambda: read_settings([]), Watched({}), look=0.0)
    begun: list[bool] = []
    ended: list[bool] = []
    under_way = threading.Event()

    def look(_: object, *, last: bool = False) -> bool:
        begun.append(last)
        under_way.set()
        alone = len(begun) == len(ended) + 1
        time.sleep(0.1)
        ended.append(alone)
        return False

    monkeypatch.setattr(Lookout, "look", look)

    async def work() -> None:
        async with alerting.beside():
            await asyncio.to_thread(under_way.wait)

    asyncio.run(work())
    assert begun[-1]
    assert all(ended)


def test_a_running_collector_goes_on_while_its_sink_never_answers(archive: Archive) -> None:
    with FeedServer() as server, Receiver(hang=True) as receiver:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)

        async def watch() -> None:
            collector = at_work(archive, url, receiver.url, NOON + timedelta(hours=1), grace="0s")
            running = asyncio.create_task(collector.run())
            await asyncio.to_thread(receiver.wait)
            server.serve("/a", body=rss("Aster falls to the reds", "Bexley falls to the reds"), headers=RSS)
            collector._clock = lambda: NOON + timedelta(hours=5)
            while len(archive.changes("testland")) < 2:  # noqa: ASYNC110 - the archive is all that tells
                await asyncio.sleep(0.02)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

        asyncio.run(asyncio.wait_for(watch(), 30))
    assert len(receiver.posted) == 1


def test_broken_settings_cost_the_alerts_and_not_the_news(archive: Archive) -> None:
    def broken() -> None:
        raise RuntimeError("nobody thought of this")

    alerting = Alerting(archive, broken, Watched({}), collector="test/1", look=0.01)  # type: ignore[arg-type]
    followed: list[Subscription] = []
    with FeedServer() as server:
        followed.append(
            Subscription(server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS), "Herald")
        )
        collector = Collector(
            archive,
            lambda: fake_pipeline(archive),
            lambda: followed,
            limits=LIMITS,
            pace=PACE,
            beside=alerting.beside,
        )
        summary = asyncio.run(collector.poll_once())
    assert summary.changes == 1


class Shared:
    """An archive that several collectors share, as one on a server is."""

    shared = True

    def __init__(self, archive: Archive, clock: Clicker) -> None:
        self.take_lease, self.release_lease, self.now = archive.take_lease, archive.release_lease, clock


def test_of_several_collectors_on_one_archive_one_alerts_and_another_takes_over_when_it_dies(
    archive: Archive,
) -> None:
    clock = Clicker()
    shared: Any = Shared(archive, clock)
    first, second = Turn(shared, "a/1", clock), Turn(shared, "b/1", clock)
    assert first.has()
    assert not second.has()
    for _ in range(5):
        clock.forward(seconds=20)
        assert first.has()
        assert not second.has()
    clock.forward(seconds=31)  # the first one is killed
    assert second.has()
    assert not first.has()
    second.give_back()
    assert first.has()


def test_no_alert_is_decided_before_what_was_said_is_known(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, wire = Clicker(), Wire(archive)
    lookout(archive, clock).end()
    wire.falls("aster", clock())
    lookout(archive, clock).look()
    assert len(archive.alerts.notices()) == 1

    def gone() -> str:
        raise ArchiveError("the server is away")

    with FeedServer() as server, Receiver() as receiver, monkeypatch.context() as broken:
        broken.setattr(archive.alerts, "memory", gone)
        url = server.serve("/a", body=rss("Bexley falls to the reds"), headers=RSS)
        asyncio.run(at_work(archive, url, receiver.url, NOON + timedelta(hours=1)).poll_once())
    assert len(archive.alerts.notices()) == 1


VICTIM = """
import asyncio, sys
from feeds.alerts.courier import Courier
from feeds.alerts.settings import read_settings
from feeds.archive import open_archive
from feeds.clock import system_clock
path, url = sys.argv[1:]
way = {"kind": "sink", "by": "webhook", "name": "desk", "url": url, "allow_private": True}
with open_archive(path) as archive:
    asyncio.run(Courier(archive, lambda: read_settings([way]), system_clock).run())
"""


def test_killed_between_the_receipt_and_the_mark_it_is_sent_again_under_one_key(tmp_path: Path) -> None:
    path, clock = tmp_path / "archive.db", Clicker()
    with open_archive(path) as archive:
        wire, watching = Wire(archive), lookout(archive, clock)
        wire.falls("aster", clock())
        watching.look()
        with archive._store.writing() as connection:
            connection.exec_driver_sql("UPDATE outbox SET sink = 'desk', next_at = 0")
        with Receiver(hang=True) as receiver:
            command = [sys.executable, "-c", VICTIM, str(path), receiver.url]
            with subprocess.Popen(command, cwd=ROOT) as victim:
                (first,) = receiver.wait()  # it has it all, and its answer is on the way
                victim.send_signal(signal.SIGKILL)
                victim.wait()
        (notice,) = archive.alerts.notices()
        assert [one.state for one in archive.alerts.outbox.fates([notice.seq])] == ["due"]
        with archive._store.writing() as connection:
            connection.exec_driver_sql("UPDATE outbox SET next_at = 0")  # the hold is over
        with (
            Receiver() as receiver,
            subprocess.Popen([sys.executable, "-c", VICTIM, str(path), receiver.url], cwd=ROOT) as second,
        ):
            (again,) = receiver.wait()
            while archive.alerts.outbox.fates([notice.seq])[0].state != "sent":
                pass
            second.terminate()
    assert first.json["key"] == again.json["key"] == alert_of(notice.record).key == notice.key
