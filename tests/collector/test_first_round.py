"""The first round of an archive: in the order of events as far as it comes at once, and never as slow as the slowest."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import Collector, FeedResult, Pace
from tests.collector.feeds_of_tests import RSS, collector, rss
from tests.collector.test_loop import run_until
from tests.feedserver import FeedServer, Page, Request


def impatient(archive: Archive, urls: list[str]) -> Collector:
    found = collector(archive, urls)
    found._pace = replace(found._pace, first=0.3)
    return found


def serve_all(server: FeedServer, slow: Callable[[Request], Page]) -> list[str]:
    late = server.serve("/late", body=rss("Aster falls to the blues", minutes=90), headers=RSS)
    early = server.serve("/early", body=rss("Aster falls to the reds", key="e"), headers=RSS)
    other = FeedServer.answer(server, "/slow", slow).replace("127.0.0.1", "localhost")  # another host
    return [late, other, early]


def test_what_comes_at_once_is_written_before_the_slowest_answers(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        told: list[FeedResult] = []

        def slow(_: Request) -> Page:
            while len(archive.evidence()) < 2:
                time.sleep(0.01)
            return Page(rss("Bexley falls to the reds", key="s").encode(), headers=RSS)

        urls = serve_all(server, slow)
        summary = asyncio.run(impatient(archive, urls).poll_once(told=told.append))
        assert [result.subscription.url for result in summary.results] == urls
        assert told[-1].subscription.url == urls[1]
        assert [change.holder_after for change in archive.changes("testland")] == ["reds", "blues", "reds"]


def test_the_loop_begins_in_the_same_way_and_asks_nobody_twice(tmp_path: Path) -> None:
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:

        def slow(_: Request) -> Page:
            while len(archive.evidence()) < 2:
                time.sleep(0.01)
            return Page(rss("Bexley falls to the reds", key="s").encode(), headers=RSS)

        urls = serve_all(server, slow)
        asyncio.run(run_until(impatient(archive, urls), lambda: len(archive.evidence()) == 3))
        assert sorted(request.path for request in server.requests()) == ["/early", "/late", "/slow"]


@pytest.mark.parametrize("seconds", [Pace().first])
def test_nobody_waits_longer_than_three_seconds_for_the_first_news(seconds: float) -> None:
    assert seconds <= 3
