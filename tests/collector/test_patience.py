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
from tests.collector.feeds_of_tests import RSS, collector, rss
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
