"""One round over all feeds, over a real socket, into a real archive."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import LEASE, FeedResult, Summary
from feeds.errors import ArchiveError
from feeds.story import Subscription
from tests.collector.feeds_of_tests import RSS, collector, rss
from tests.dedupe.groups import NOON
from tests.feedserver import FeedServer, Page, Request


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def poll(
    archive: Archive, *urls: str, hours: int = 6, together: bool = False, told: list[FeedResult] | None = None
) -> Summary:
    at_work = collector(archive, urls, lambda: NOON + timedelta(hours=hours))
    return asyncio.run(at_work.poll_once(together=together, told=told.append if told is not None else None))


def test_a_feed_ends_up_on_the_board(archive: Archive, server: FeedServer) -> None:
    url = server.serve("/a", body=rss("Aster falls to the reds", "Rain expected on the coast"), headers=RSS)
    summary = poll(archive, url)
    assert (summary.new, summary.evidence, summary.changes, summary.failed) == (2, 1, 1, ())
    assert {row.place: row.holder for row in archive.standings("testland")} == {
        "aster": "reds",
        "bexley": "blues",
    }
    (change,) = archive.changes("testland")
    (piece,) = archive.evidence("testland", place="aster")
    assert change.evidence == (piece.seq,)
    story = archive.story(piece.story)
    assert story is not None
    assert story.text[piece.start : piece.end] == piece.sentence
    assert [row.title for row in archive.rows(archive.lead_ids())] == [
        "Rain expected on the coast",
        "Aster falls to the reds",
    ]


def test_one_broken_feed_never_stops_the_others(archive: Archive, server: FeedServer) -> None:
    good = server.serve("/good", body=rss("Aster falls to the reds"), headers=RSS)
    broken = [
        server.serve("/html", body="<!doctype html><html><body>no feed</body></html>"),
        server.serve("/empty", body=""),
        server.serve("/error", status=500),
        server.serve("/cut", body=rss("x") * 50, cut=200),
        server.serve("/loop", status=302, headers={"Location": "/loop"}),
        "ftp://example.com/feed",
        server.url("/missing"),
    ]
    summary = poll(archive, *broken, good)
    assert [result.subscription.url for result in summary.ok] == [good]
    assert len(summary.failed) == len(broken)
    assert all(result.reason and "\n" not in result.reason for result in summary.failed)
    assert summary.changes == 1
    states = archive.feed_states()
    assert all(states[url].errors_in_row == 1 and states[url].error for url in broken)
    assert {drop.feed for drop in archive.drops()} == set(broken)


def test_a_poisonous_story_takes_no_other_of_its_feed_along(archive: Archive, server: FeedServer) -> None:
    url = server.serve(
        "/p", body=rss("Aster falls to the reds", "poison pill", "Sun shines on the coast"), headers=RSS
    )
    summary = poll(archive, url)
    assert (summary.new, summary.evidence) == (3, 1)
    assert [drop.stage for drop in archive.drops()] == ["read"]


def test_what_did_not_change_is_not_parsed_again(archive: Archive, server: FeedServer) -> None:
    url = server.serve(
        "/a", body=rss("Aster falls to the reds"), headers={**RSS, "ETag": '"1"'}, validators=True
    )
    same = server.serve("/b", body=rss("Bexley falls to the reds", key="b"), headers=RSS)
    poll(archive, url, same)
    again = poll(archive, url, same, hours=7)
    assert [result.unchanged for result in again.results] == [True, True]
    assert [result.state.status for result in again.results] == [304, 200]
    assert (again.new, again.evidence, again.changes) == (0, 0, 0)
    assert server.requests("/a")[1].headers["if-none-match"] == '"1"'


def test_a_new_body_adds_only_what_is_new(archive: Archive, server: FeedServer) -> None:
    url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
    poll(archive, url)
    server.serve("/a", body=rss("Aster falls to the reds", "Bexley falls to the reds"), headers=RSS)
    assert poll(archive, url, hours=7).new == 1
    assert len(archive.evidence()) == 2


def test_a_story_still_in_its_feed_after_the_window_is_not_new(archive: Archive, server: FeedServer) -> None:
    url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
    poll(archive, url)
    before = archive.fold_of(archive.evidence()[0].story)
    server.serve("/a", body=rss("Aster falls to the reds", "Rain expected on the coast"), headers=RSS)
    assert poll(archive, url, hours=24 * 40).new == 1
    assert archive.fold_of(archive.evidence()[0].story) == before
    assert len(archive.evidence()) == 1


def test_copies_in_two_feeds_are_folded(archive: Archive, server: FeedServer) -> None:
    one = server.serve("/a", body=rss("Aster falls to the reds after siege of two months"), headers=RSS)
    two = server.serve(
        "/b", body=rss("Aster falls to the reds after siege of two months", key="b", minutes=9), headers=RSS
    )
    summary = poll(archive, one, two, together=True)
    assert (summary.new, summary.copies) == (2, 1)
    assert len(archive.lead_ids()) == 1


def test_taken_together_stories_are_read_in_the_order_in_which_they_were_told(
    archive: Archive, server: FeedServer
) -> None:
    late = server.serve("/late", body=rss("Aster falls to the blues", minutes=90), headers=RSS)
    early = server.serve("/early", body=rss("Aster falls to the reds", key="e"), headers=RSS)
    poll(archive, late, early, together=True)
    assert [change.holder_after for change in archive.changes("testland")] == ["reds", "blues"]


def test_the_first_round_is_read_in_that_order_whichever_feed_answered_first(
    archive: Archive, server: FeedServer
) -> None:
    late = server.serve("/late", body=rss("Aster falls to the blues", minutes=90), headers=RSS)
    early = server.serve("/early", body=rss("Aster falls to the reds", key="e"), headers=RSS)
    ticks = count()
    going = collector(archive, (late, early), lambda: NOON + timedelta(hours=6, milliseconds=next(ticks)))
    asyncio.run(going.poll_once())
    assert [change.holder_after for change in archive.changes("testland")] == ["reds", "blues"]


def test_each_feed_is_told_of_once_it_is_archived(archive: Archive, server: FeedServer) -> None:
    told: list[FeedResult] = []
    urls = [
        server.serve(f"/{n}", body=rss(f"Harbour number {n} opens", key=str(n)), headers=RSS)
        for n in range(3)
    ]
    poll(archive, *urls, told=told)
    assert {result.subscription.url for result in told} == set(urls)


def test_a_server_that_asks_for_patience_gets_it_and_one_that_is_gone_peace(
    archive: Archive, server: FeedServer
) -> None:
    busy = server.serve("/busy", status=429, headers={"Retry-After": "7200"})
    gone = server.serve("/gone", status=410)
    poll(archive, busy, gone)
    assert poll(archive, busy, gone, hours=7).results == ()
    assert [result.subscription.url for result in poll(archive, busy, gone, hours=9).results] == [busy]


def test_a_permanent_move_is_remembered(archive: Archive, server: FeedServer) -> None:
    server.serve("/new", body=rss("Aster falls to the reds"), headers=RSS)
    old = server.redirect("/old", "/new", status=301)
    poll(archive, old)
    server.forget()
    poll(archive, old, hours=7)
    assert [request.path for request in server.requests()] == ["/new"]


def test_one_host_is_asked_one_thing_at_a_time(archive: Archive, server: FeedServer) -> None:
    under_way, most = 0, 0

    def answer(_: Request) -> Page:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        body = rss("Harbour opens").encode()
        under_way -= 1
        return Page(body, 200, RSS, stall=0.01)

    urls = [server.answer(f"/{n}", answer) for n in range(5)]
    assert len(poll(archive, *urls).ok) == 5
    assert most == 1


def test_a_second_collector_is_refused_and_the_first_gives_its_lease_back(
    archive: Archive, server: FeedServer
) -> None:
    url = server.serve("/a", body=rss("Aster falls to the reds"), headers=RSS)
    archive.take_lease(LEASE, "somebody else", 60, collector(archive, ())._wall())
    with pytest.raises(ArchiveError, match="somebody else"):
        poll(archive, url)
    archive.release_lease(LEASE, "somebody else")
    poll(archive, url)
    assert archive.lease(LEASE) is None
    beat = archive.last_beat()
    assert beat is not None


def test_a_restart_between_any_two_feeds_changes_nothing(tmp_path: Path, server: FeedServer) -> None:
    bodies = [
        rss("Aster falls to the reds", "Old harbour market reopens", key="a"),
        rss("Aster falls to the reds, mayor flees", "Bexley falls to the reds", key="b", minutes=5),
        rss("Aster falls to the blues after all", "Harbour market reopens its old hall", key="c", minutes=30),
    ]
    urls = [server.serve(f"/{n}", body=body, headers=RSS) for n, body in enumerate(bodies)]
    with open_archive(tmp_path / "whole.db") as whole, open_archive(tmp_path / "parts.db") as parts:
        feeds: list[Subscription] = []
        at_work = collector(whole, ())
        at_work._subscriptions = feeds.copy
        for url in urls:
            poll(parts, url)
        for url in urls:
            feeds[:] = collector(whole, [url])._subscriptions()
            asyncio.run(at_work.poll_once())
        assert parts.evidence() == whole.evidence()
        assert list(parts.recent_stories(NOON)) == list(whole.recent_stories(NOON))
        assert [(row.place, row.holder) for row in parts.standings("testland")] == [
            (row.place, row.holder) for row in whole.standings("testland")
        ]
