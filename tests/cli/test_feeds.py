"""The feeds of a desk: followed, checked over a real socket, taken out and in."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.story import FeedState
from tests.cli.conftest import Warwatch, one_clear_line
from tests.cli.news import rss
from tests.feedserver import FeedServer

URL = "https://x.example/feed"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


def test_a_feed_is_followed_described_anew_and_left(warwatch: Warwatch) -> None:
    assert warwatch("feeds", "add", URL, "--outlet", "Post", "--reliability", "C").status == 0
    assert warwatch("feeds", "add", URL, "--outlet", "Post", "--reliability", "B").status == 0
    (feed,) = json.loads(warwatch("feeds", "list", "--json").out)
    assert (feed["url"], feed["outlet"], feed["reliability"]) == (URL, "Post", "B")
    assert feed["last_fetch"] is None
    assert warwatch("feeds", "remove", URL).status == 0
    assert json.loads(warwatch("feeds", "list", "--json").out) == []


def test_quiet_silent_dead_and_not_asked_are_told_apart(warwatch: Warwatch, home: Path) -> None:
    now = datetime.now(UTC)
    answering = FeedState(
        "https://fine.example/feed",
        last_fetch=now,
        last_answer=now,
        newest=now - timedelta(minutes=20),
        next_due=now + timedelta(minutes=5),
        rhythm=1800.0,
        longest_silence=9 * 3600.0,
    )
    states = {
        "fine": answering,
        "quiet": replace(answering, newest=now - timedelta(hours=8)),
        "silent": replace(answering, newest=now - timedelta(hours=20)),
        "dead": replace(
            answering, last_answer=now - timedelta(days=5), errors_in_row=30, error="404 Not Found"
        ),
        "overdue": replace(answering, next_due=now - timedelta(days=1)),
    }
    with open_archive(home / "archive.db") as archive:
        for word, state in states.items():
            url = f"https://{word}.example/feed"
            archive.save_feed_state(replace(state, url=url))
            warwatch("feeds", "add", url, "--patience", "feed", "--user-agent", "Curl/8")
    shown = json.loads(warwatch("feeds", "list", "--json").out)
    assert {feed["url"].split("//")[1].split(".")[0]: feed["health"] for feed in shown} == {
        word: word for word in states
    }
    assert [feed["alarm"] for feed in shown] == [False, False, True, True, True]
    listed = warwatch("feeds", "list").out
    assert "SILENT" in listed
    assert "silent longer than ever: 20 h, before at most 9 h" in " ".join(listed.split())


def test_an_empty_desk_says_how_to_fill_it(warwatch: Warwatch) -> None:
    assert "feeds add --defaults" in warwatch("feeds", "list").out


def test_the_feeds_of_the_theatre_are_followed_at_one_word(warwatch: Warwatch) -> None:
    assert warwatch("feeds", "add", "--defaults").status == 0
    feeds = json.loads(warwatch("feeds", "list", "--json").out)
    assert len(feeds) > 10
    assert all(feed["outlet"] and feed["reliability"] for feed in feeds)


def test_an_outlet_not_named_is_called_by_its_host(warwatch: Warwatch) -> None:
    warwatch("feeds", "add", "https://www.khaama.com/feed/")
    (feed,) = json.loads(warwatch("feeds", "list", "--json").out)
    assert feed["outlet"] == "khaama.com"


def test_feeds_go_out_as_opml_and_come_back_the_same(warwatch: Warwatch, home: Path) -> None:
    warwatch("feeds", "add", URL, "--outlet", "Post", "--reliability", "B", "--group", "World/Asia")
    before = json.loads(warwatch("feeds", "list", "--json").out)
    file = home / "feeds.opml"
    assert warwatch("feeds", "export", "-o", file).status == 0
    warwatch("feeds", "remove", URL)
    assert warwatch("feeds", "import", file).status == 0
    assert json.loads(warwatch("feeds", "list", "--json").out) == before


def test_check_says_which_feeds_answer_and_why_others_do_not(warwatch: Warwatch, server: FeedServer) -> None:
    good = server.serve("/good.xml", body=rss(datetime(2021, 8, 8, 13, tzinfo=UTC)))
    bad = server.serve("/page", body="<html><body>hello</body></html>")
    gone = server.serve("/gone", status=500)
    for url in (good, bad, gone):
        warwatch("feeds", "add", url, "--allow-private")
    said = warwatch("feeds", "check", "--json", "--allow-private")
    assert said.status == 1
    found = {feed["url"]: feed for feed in json.loads(said.out)}
    assert found[good]["ok"]
    assert found[good]["stories"] == 3
    assert found[good]["newest"] == "2021-08-08T12:00:00Z"
    assert "web page" in found[bad]["reason"]
    assert "500" in found[gone]["reason"]
    table = warwatch("feeds", "check", "--allow-private").out
    assert "1 of 3 feeds answer" in table


def test_when_no_feed_answers_the_demo_is_offered(warwatch: Warwatch, server: FeedServer) -> None:
    url = server.serve("/gone", status=500)
    one_clear_line(warwatch("feeds", "check", url, "--allow-private"), "`warwatch demo`")


def test_private_addresses_are_not_asked_unless_allowed(warwatch: Warwatch, server: FeedServer) -> None:
    url = server.serve("/good.xml", body=rss())
    said = warwatch("feeds", "check", url)
    assert said.status == 1
    assert "no public address" in said.out
    assert server.requests() == []


def test_find_tells_a_feed_from_a_page_that_names_feeds(warwatch: Warwatch, server: FeedServer) -> None:
    feed = server.serve(
        "/feed.xml", body=rss(datetime.now(UTC)), headers={"Content-Type": "application/rss+xml"}
    )
    page = server.serve(
        "/",
        body='<html><head><link rel="alternate" type="application/rss+xml" title="All news" href="/feed.xml">',
        headers={"Content-Type": "text/html"},
    )
    bare = server.serve("/bare", body="<html><p>nothing here", headers={"Content-Type": "text/html"})
    found = json.loads(warwatch("feeds", "find", feed, "--json", "--allow-private").out)
    assert (found["kind"], found["url"]) == ("feed", feed)
    assert found["stories"] > 0
    found = json.loads(warwatch("feeds", "find", page, "--json", "--allow-private").out)
    assert (found["kind"], found["feeds"]) == (
        "page",
        [{"url": feed, "title": "All news", "kind": "application/rss+xml"}],
    )
    done = warwatch("feeds", "find", bare, "--json", "--allow-private")
    assert (done.status, json.loads(done.out)["kind"]) == (1, "nothing")
    refused = warwatch("feeds", "find", feed)
    assert refused.status == 1
    one_clear_line(refused, "private")


@pytest.mark.parametrize("command", [("poll", "--once"), ("feeds", "check")], ids=" ".join)
def test_feeds_that_are_not_asked_are_not_laid_on_the_network(
    warwatch: Warwatch, command: tuple[str, ...]
) -> None:
    for name in ("a", "b"):
        assert warwatch("feeds", "add", f"http://127.0.0.1:9/{name}", "--allow-private").status == 0
    one_clear_line(warwatch(*command), "private addresses", "--allow-private")
    refused = warwatch(*command, "--allow-private")
    one_clear_line(refused, "is there a network?")


def test_what_find_says_to_do_can_be_pasted_into_a_shell(warwatch: Warwatch, server: FeedServer) -> None:
    feed = server.serve(
        "/feed.xml?a=1&b=$(touch%20x);y",
        body=rss(datetime.now(UTC)),
        headers={"Content-Type": "application/rss+xml"},
    )
    said = warwatch("feeds", "find", feed, "--allow-private").out
    words = shlex.split(said.partition("`")[2].partition("`")[0])
    assert words == ["warwatch", "feeds", "add", feed, "--allow-private"]
    assert warwatch(*words[1:]).status == 0


def test_an_interval_of_ones_own_travels_with_the_list(warwatch: Warwatch, tmp_path: Path) -> None:
    assert (
        warwatch(
            "feeds", "add", URL, "--interval", "10m", "--user-agent", "Desk/1", "--patience", "feed"
        ).status
        == 0
    )
    assert warwatch("feeds", "add", URL, "--interval", "5s").status == 2
    listed = tmp_path / "feeds.opml"
    assert json.loads(warwatch("feeds", "export", "-o", str(listed), "--json").out)["feeds"] == 1
    assert 'interval="600"' in listed.read_text()
    assert warwatch("feeds", "remove", URL).status == 0
    assert json.loads(warwatch("feeds", "import", str(listed), "--json").out) == {
        "added": 1,
        "described_anew": 0,
    }
    warwatch("feeds", "export", "-o", str(listed))
    assert all(word in listed.read_text() for word in ('userAgent="Desk/1"', 'patience="feed"'))
    refused = warwatch("feeds", "export", "-o", str(tmp_path))
    one_clear_line(refused, "cannot be written")


def test_a_desk_in_an_intranet_says_once_that_private_addresses_are_asked(
    warwatch: Warwatch, server: FeedServer
) -> None:
    url = server.serve("/feed.xml", body=rss(datetime.now(UTC)))
    assert warwatch("feeds", "private").out == "feeds on private networks are refused\n"
    warwatch("feeds", "add", url, "--allow-private")
    one_clear_line(warwatch("poll", "--once"), "--allow-private", "`warwatch feeds private allow`")
    assert "are allowed, from a collector's next start" in warwatch("feeds", "private", "allow").out
    assert warwatch("poll", "--once").status == 0
    assert warwatch("feeds", "check").status == 0
    warwatch("feeds", "private", "refuse")
    assert warwatch("feeds", "private").out == "feeds on private networks are refused\n"
    assert warwatch("feeds", "check").status == 1
