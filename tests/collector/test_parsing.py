"""Parsing never holds up the event loop, and never goes on for ever."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.collector import apart, parsing
from feeds.collector.parsing import Parsers
from feeds.errors import ParseError
from feeds.story import Subscription
from feeds.wire.parse import Parsed, parse
from tests.children import none_left
from tests.collector.feeds_of_tests import RSS, collector
from tests.feedserver import FeedServer
from tests.wire.samples import RECEIVED, SUBSCRIPTION
from tests.wire.samples import RSS as FEED


def sleep(*_: object) -> Parsed:
    time.sleep(60)
    raise AssertionError


def parsed_by(parsers: Parsers, body: str) -> Parsed:
    async def go() -> Parsed:
        async with parsers:
            return await parsers.parse(body.encode(), SUBSCRIPTION, content_type="", received=RECEIVED)

    return asyncio.run(go())


def test_a_large_feed_and_an_odd_one_are_read_in_a_process_of_their_own() -> None:
    for body in (FEED, FEED.replace("</channel>", "")):
        there = parsed_by(Parsers(small=0), body)
        assert there == parse(body.encode(), SUBSCRIPTION, content_type="", received=RECEIVED)
    assert none_left()


def test_a_small_sound_feed_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "ProcessPoolExecutor", None)
    assert len(parsed_by(Parsers(), FEED).stories) == 2


def test_what_is_no_feed_is_said_from_there_too() -> None:
    with pytest.raises(ParseError, match="neither RSS"):
        parsed_by(Parsers(), "<x>no feed</x>")


def test_a_parser_that_does_not_come_back_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "_parse", sleep)
    with pytest.raises(ParseError, match="longer than"):
        parsed_by(Parsers(small=0, patience=0.05), FEED)
    assert none_left()


def test_a_broken_body_that_did_not_change_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    async def count(self: Parsers, body: bytes, subscription: Subscription, **_: object) -> Parsed:
        parsed.append(subscription.url)
        raise ParseError("not a feed: a page")

    monkeypatch.setattr(Parsers, "parse", count)
    with FeedServer() as server, open_archive(tmp_path / "a.db") as archive:
        url = server.serve("/a", body="<p>", headers=RSS)
        for _ in range(3):
            summary = asyncio.run(collector(archive, [url]).poll_once())
            assert [result.reason for result in summary.results] == ["not a feed: a page"]
        assert len(parsed) == 1
        assert archive.feed_states()[url].errors_in_row == 3
        server.serve("/a", body="<p>changed", headers=RSS)
        asyncio.run(collector(archive, [url]).poll_once())
        assert len(parsed) == 2
