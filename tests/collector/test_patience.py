"""Servers that ask for patience get it: for all their feeds, or for one where a subscription says so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import Collector
from feeds.collector.patience import Patience
from feeds.evidence import Action
from feeds.story import FeedState, Subscription
from tests.collector.fakes import fake_pipeline
from tests.collector.feeds_of_tests import LIMITS, PACE, RSS, collector, rss
from tests.collector.test_loop import run_until
from tests.dedupe.groups import NOON
from tests.feedserver import FeedServer

BUSY = {"Retry-After": "7200"}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def at_work(archive: Archive, urls: list[str], *, hours: float = 6, patience: str = "host") -> Collector:
    found = collector(archive, urls, lambda: NOON + timedelta(hours=hours))
    feeds = [replace(one, patience=patience) for one in found._subscriptions()]
    found._subscriptions = lambda: feeds
    return found


def asked(server: FeedServer) -> list[str]:
    return [request.path for request in server.requests()]


def test_one_feed_that_asks_for_patience_asks_it_for_its_host(archive: Archive, server: FeedServer) -> None:
    busy = server.serve("/busy", status=429, headers=BUSY)
    other = server.serve("/other", body=rss("Harbour opens"), headers=RSS)
    summary = asyncio.run(at_work(archive, [busy, other]).poll_once())
    assert [result.subscription.url for result in summary.results] == [busy]
    assert asked(server) == ["/busy"], "not even in the same round"
    assert asyncio.run(at_work(archive, [busy, other], hours=7).poll_once()).results == ()
    asyncio.run(at_work(archive, [busy, other], hours=8.1).poll_once())
    assert asked(server) == ["/busy", "/busy"]


def test_a_feed_may_be_answered_on_its_own(archive: Archive, server: FeedServer) -> None:
    busy = server.serve("/busy", status=503, headers=BUSY)
    other = server.serve("/other", body=rss("Harbour opens"), headers=RSS)
    for hours in (6, 7):
        asyncio.run(at_work(archive, [busy, other], hours=hours, patience="feed").poll_once())
    assert sorted(asked(server)) == ["/busy", "/other", "/other"]


def test_patience_is_never_shortened() -> None:
    patience, feed = Patience(), Subscription("http://h.example/a", "A")
    patience.ask(feed, feed.url, NOON + timedelta(hours=2))
    patience.ask(feed, feed.url, NOON + timedelta(hours=1))
    later = NOON + timedelta(hours=1.5)
    assert not patience.allows(feed, feed.url, later)
    assert not patience.allows(Subscription("http://h.example/b", "B"), "http://h.example/b", later)
    assert patience.allows(feed, "http://elsewhere.example/a", later)


def test_what_was_asked_for_before_a_restart_is_remembered() -> None:
    patience, feed = Patience(), Subscription("http://h.example/a", "A")
    patience.note_all([(feed, FeedState(feed.url, patience_until=NOON + timedelta(hours=1)))])
    assert not patience.allows(feed, feed.url, NOON)
    assert patience.allows(feed, feed.url, NOON + timedelta(hours=1))


def test_a_reload_asks_what_is_not_due_but_never_who_wants_patience(
    archive: Archive, server: FeedServer
) -> None:
    calm = server.serve("/calm", body=rss("Harbour opens"), headers=RSS)
    busy = server.serve("/busy", status=503, headers=BUSY)
    loop = at_work(archive, [calm, busy], patience="feed")

    def reloaded() -> bool:
        seen = asked(server)
        if len(seen) == 2 and len(archive.feed_states()) == 2 and not archive.actions():
            archive.act(Action("reload", "ann", NOON))
        return seen.count("/calm") == 2

    asyncio.run(run_until(loop, reloaded))
    assert sorted(asked(server)) == ["/busy", "/calm", "/calm"]


def test_a_feed_goes_by_the_interval_of_its_operator() -> None:
    noon = NOON
    state = FeedState("https://a.example", last_fetch=noon, next_due=noon + timedelta(hours=8))
    assert state.paced(0).next_due == noon + timedelta(hours=8)
    assert state.paced(600).next_due == noon + timedelta(minutes=10)
    assert state.paced(86400).next_due == noon + timedelta(days=1)
    failing = replace(state, errors_in_row=3)
    assert failing.paced(600).next_due == noon + timedelta(hours=8)
    assert FeedState("https://a.example").paced(600).next_due is None


def test_the_collector_keeps_the_interval(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
        at_work = Collector(
            archive,
            lambda: fake_pipeline(archive),
            lambda: [Subscription(url, "Post", interval=86400.0)],
            clock=lambda: NOON,
            limits=LIMITS,
            pace=PACE,
        )
        asyncio.run(at_work.poll_once())
        state = archive.feed_states()[url]
        assert state.last_fetch is not None
        assert state.next_due == state.last_fetch + timedelta(days=1)
