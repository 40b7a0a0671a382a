"""A recorded wire goes the way of every story: served, fetched, parsed, folded, weighed, written."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from feeds.archive import Archive, open_archive
from feeds.clock import ReplayClock
from feeds.replay import ReplayServer, fast_forward, load_wire, replaying
from tests.collector.fakes import fake_pipeline
from tests.replay.recording import BEGIN, HEADLINES, write_recording


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReplayServer]:
    with ReplayServer(load_wire(write_recording(tmp_path)), lambda: BEGIN) as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def forward(archive: Archive, server: ReplayServer, until: datetime, hours: float = 6) -> int:
    step = timedelta(hours=hours)
    return asyncio.run(fast_forward(archive, lambda: fake_pipeline(archive), server, until, step=step))


def test_all_four_formats_bring_the_same_words(archive: Archive, server: ReplayServer) -> None:
    assert [one.url.rpartition(".")[2] for one in server.subscriptions()] == ["rss", "atom", "rdf", "json"]
    forward(archive, server, server.wire.end)
    stories = [story for story, _ in archive.recent_stories(BEGIN)]
    assert len(stories) == 16
    assert {story.title for story in stories} == set(HEADLINES)
    for story in stories:
        feed = story.outlet.removeprefix("The ").lower()
        n = HEADLINES.index(story.title)
        assert story.summary == f"Summary {n} of {feed} & co, R&D."
        assert story.body.endswith("with “quotes” and a < b.\n\nSecond paragraph.")
        assert story.url == f"https://{feed}.example/{n}?a=1&b=2"
        assert story.published is not None
        assert story.published <= story.received


def test_nothing_is_shown_before_its_time(archive: Archive, server: ReplayServer) -> None:
    forward(archive, server, BEGIN + timedelta(hours=4))
    titles = {story.title for story, _ in archive.recent_stories(BEGIN)}
    assert titles == set(HEADLINES[:2])
    assert {row.place: row.holder for row in archive.standings("testland")} == {
        "aster": "reds",
        "bexley": "blues",
    }


def test_an_unchanged_feed_answers_304(server: ReplayServer) -> None:
    url = server.subscriptions()[0].url
    first = httpx.get(url, trust_env=False)
    assert (
        httpx.get(url, headers={"If-None-Match": first.headers["etag"]}, trust_env=False).status_code == 304
    )
    server.clock = lambda: BEGIN + timedelta(hours=4)
    assert (
        httpx.get(url, headers={"If-None-Match": first.headers["etag"]}, trust_env=False).status_code == 200
    )
    assert httpx.get(server.base + "/other", trust_env=False).status_code == 404


@pytest.mark.parametrize("hours", [1, 4])
def test_the_board_is_the_same_whatever_the_step(tmp_path: Path, server: ReplayServer, hours: float) -> None:
    with open_archive(tmp_path / "one.db") as one, open_archive(tmp_path / "other.db") as other:
        forward(one, server, server.wire.end, hours=24)
        forward(other, server, server.wire.end, hours=hours)
        assert [replace(change, seq=0) for change in one.changes("testland")] == [
            replace(change, seq=0) for change in other.changes("testland")
        ]
        folds = [{fold.story: fold for _, fold in which.recent_stories(BEGIN)} for which in (one, other)]
        assert folds[0] == folds[1]


def test_it_goes_on_where_the_fast_part_ended_and_plays_by_its_clock(
    archive: Archive, server: ReplayServer
) -> None:
    forward(archive, server, BEGIN + timedelta(hours=4))
    clock = ReplayClock(BEGIN + timedelta(hours=4), speed=36_000)
    at_work = replaying(archive, lambda: fake_pipeline(archive), server, clock)

    async def play() -> None:
        loop = asyncio.create_task(at_work.run())
        while not loop.done() and len(list(archive.recent_stories(BEGIN))) < 16:  # noqa: ASYNC110 - seen in the archive
            await asyncio.sleep(0.02)
        loop.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await loop

    asyncio.run(play())
    assert len(list(archive.recent_stories(BEGIN))) == 16
    assert {row.holder for row in archive.standings("testland")} == {"blues", "reds"}
