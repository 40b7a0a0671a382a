"""A redirect to another host waits for that host's turn, and heeds what that host asked for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from tests.collector.feeds_of_tests import RSS, collector, rss
from tests.feedserver import FeedServer, Page, Request


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def here() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def there() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def test_a_host_is_never_asked_twice_at_once_by_way_of_redirects(
    archive: Archive, here: FeedServer, there: FeedServer
) -> None:
    under_way, most, lock = 0, 0, threading.Lock()

    def slow(request: Request) -> Page:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        threading.Event().wait(0.05)
        with lock:
            under_way -= 1
        return Page(body=rss(f"Told at {request.path}", key=request.path[1:]).encode(), headers=RSS)

    direct = [there.answer(f"/direct{n}", slow) for n in range(3)]
    led = [here.redirect(f"/led{n}", there.answer(f"/target{n}", slow)) for n in range(3)]
    summary = asyncio.run(collector(archive, [*direct, *led]).poll_once())
    assert [result.new for result in summary.results] == [1] * 6
    assert most == 1


def test_two_hosts_that_redirect_to_each_other_do_not_wait_for_ever(
    archive: Archive, here: FeedServer, there: FeedServer
) -> None:
    there.serve("/b", body=rss("Harbour opens", key="b"), headers=RSS)
    here.serve("/a", body=rss("Bridge closes", key="a"), headers=RSS)
    urls = [here.redirect("/to-b", there.url("/b")), there.redirect("/to-a", here.url("/a"))]
    summary = asyncio.run(collector(archive, urls).poll_once())
    assert [(result.new, result.reason) for result in summary.results] == [(1, ""), (1, "")]


def test_a_host_that_asked_for_patience_is_not_asked_through_another(
    archive: Archive, here: FeedServer, there: FeedServer
) -> None:
    busy = there.serve("/busy", status=429, headers={"Retry-After": "7200"})
    led = here.redirect("/led", there.serve("/fine", body=rss("Harbour opens"), headers=RSS))
    at_work = collector(archive, [busy])
    asyncio.run(at_work.poll_once())
    both = collector(archive, [busy, led])
    (result,) = asyncio.run(both.poll_once()).results
    assert "asked to be left alone" in result.reason
    assert [request.path for request in there.requests()] == ["/busy"]
