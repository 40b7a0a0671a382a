"""A team of real collectors at a real server: killed, cut off, with clocks that differ; nothing is lost and nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from feeds.archive import Archive, open_archive
from feeds.archive.server import feedturns
from feeds.archive.upkeep.checking import sound
from feeds.errors import ArchiveError
from tests.archive.samples import a_story, after, put
from tests.cluster import Cluster, cluster, programs
from tests.collector.feeds_of_tests import RSS, rss
from tests.feedserver import FeedServer, Page, held
from tests.proxy import Proxy

ROOT = Path(__file__).parents[2]
FEEDS = 24
STORIES = 6
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture
def feeds() -> Iterator[list[str]]:
    """Feeds on servers of their own: of one host only one is asked at a time."""
    with ExitStack() as stack:
        urls = []
        for number in range(FEEDS):
            server = stack.enter_context(FeedServer())
            titles = [
                f"Harbour {number} reports ship number {ship} of the season" for ship in range(STORIES - 1)
            ]
            body = rss(*titles, f"{'Aster' if number % 2 else 'Bexley'} falls to the reds", key=str(number))
            urls.append(server.serve("/feed", body=body, headers=RSS))
        yield urls


@contextmanager
def team(
    address: str, urls: list[str], count: int, hours: tuple[float, ...] = ()
) -> Iterator[list[subprocess.Popen[str]]]:
    members: list[subprocess.Popen[str]] = []
    try:
        for number in range(count):
            off = hours[number] if hours else 0.0
            command = [sys.executable, "-m", "tests.collector.team", address, str(off), *urls]
            members.append(
                subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            )
        yield members
    finally:
        for member in members:
            member.kill()
            member.communicate()


def until(reached: Callable[[], bool]) -> None:
    while not reached():
        time.sleep(0.05)


def kept(archive: Archive) -> Counter[str]:
    return Counter(story.feed for story, _ in archive.recent_stories(LONG_AGO))


def all_in(archive: Archive, urls: list[str]) -> Callable[[], bool]:
    return lambda: kept(archive) == dict.fromkeys(urls, STORIES)


def whole(archive: Archive) -> None:
    """Each story and each claim once, and the archive sound."""
    evidence = archive.evidence()
    assert len(evidence) == len({piece.story for piece in evidence}) == FEEDS
    assert [piece.seq for piece in evidence] == list(range(1, FEEDS + 1))
    sound(archive)


def test_two_of_three_are_killed_and_nothing_is_lost_or_twice(server: Cluster, feeds: list[str]) -> None:
    address = server.archive()
    with open_archive(address) as archive, team(archive.name, feeds, 3) as (one, other, _):
        until(lambda: sum(kept(archive).values()) > 0)
        for victim in (one, other):
            victim.send_signal(signal.SIGKILL)
        # What they had comes back by itself, by the server's clock; a test does not wait that long.
        server.say(
            address.rpartition("/")[2],
            "UPDATE turns SET due = now() WHERE due < now() + interval '60 seconds' AND holder <> ''",
            "UPDATE hosts SET free_at = now()",
        )
        until(all_in(archive, feeds))
        whole(archive)


def test_who_was_killed_with_feeds_in_hand_gives_them_back(server: Cluster, feeds: list[str]) -> None:
    with open_archive(server.archive()) as archive:
        dead = feedturns.FeedTurns(archive.store, "dead", seconds=1.0)  # type: ignore[arg-type]
        dead.enroll({url: url.split("/")[2] for url in feeds})
        assert dead.take(10)
        with team(archive.name, feeds, 1):
            until(all_in(archive, feeds))
        whole(archive)
    assert feedturns.SECONDS < 60


def test_clocks_that_differ_by_hours_ask_no_feed_twice(server: Cluster, feeds: list[str]) -> None:
    with open_archive(server.archive()) as archive, team(archive.name, feeds, 3, (-3.0, 0.0, 3.0)) as members:
        until(all_in(archive, feeds))
        until(lambda: not archive.feed_turns("nobody").held())
        time.sleep(0.5)  # time for whoever would ask again
        for member in members:
            member.terminate()
        asked = [line.split()[0] for member in members for line in member.communicate()[0].splitlines()]
        assert Counter(asked) == dict.fromkeys(feeds, 1)
        whole(archive)
        assert archive.lease("collector") is None


@pytest.mark.skipif(programs() is None, reason="PostgreSQL's programs are not installed")
def test_the_server_is_killed_in_mid_write_and_nothing_acknowledged_is_lost() -> None:
    with cluster() as server:
        address = server.archive()
        told: list[str] = []
        with open_archive(address) as archive:
            for number in range(4):
                put(archive, a_story(f"before{number}", received=after(seconds=number)))
                told.append(f"before{number}")
            writer = archive.store.writing()
            with pytest.raises(ArchiveError) as caught, writer as connection:  # noqa: PT012
                connection.exec_driver_sql("UPDATE stories SET title = 'torn'")
                server.kill()
                connection.exec_driver_sql("UPDATE stories SET title = 'torn again'")
            assert "\n" not in str(caught.value)
            with pytest.raises(ArchiveError, match="cannot be reached"):
                archive.stamp()
            server.start()
            # The same object goes on where the server does.
            assert archive.known_stories(told) == set(told)
            assert {row.title for row in archive.rows(archive.lead_ids())} == {f"Story {one}" for one in told}
            moved = archive.stamp()
            put(archive, a_story("afterwards", received=after(hours=1)))
            assert archive.stamp() != moved
            sound(archive)


@pytest.mark.skipif(programs() is None, reason="PostgreSQL's programs are not installed")
def test_a_collector_outlives_its_server_and_keeps_what_it_fetched() -> None:
    with cluster() as server, ExitStack() as stack:
        address = server.archive()
        feeds = [stack.enter_context(FeedServer()) for _ in range(3)]
        titles = [f"Harbour reports ship number {ship} of the season" for ship in range(STORIES)]
        killed = Event()
        urls = [
            feed.answer("/feed", held(killed, Page(rss(*titles, key=str(number)).encode(), headers=RSS)))
            for number, feed in enumerate(feeds)
        ]
        (member,) = stack.enter_context(team(address, urls, 1))
        assert member.stderr is not None
        until(lambda: all(feed.requests() for feed in feeds))
        server.kill()
        killed.set()
        assert "what is fetched is kept until then" in member.stderr.readline()
        for feed in feeds:
            feed.serve("/feed", status=404)  # what left its feed by now is in the collector's hands alone
        server.start()
        with open_archive(address) as archive:
            until(all_in(archive, urls))
            assert member.stderr.readline() == "the archive takes in again; what was kept is written\n"
            assert member.poll() is None
            sound(archive)


def test_a_network_that_stops_is_noticed_and_come_back_to(server: Cluster) -> None:
    address = server.archive()
    with open_archive(address) as writer, Proxy(server.port) as proxy:
        between = server.address(address.rpartition("/")[2], port=proxy.port)
        with open_archive(between, read_only=True, wait=1.0) as viewer:
            seen = viewer.stamp()
            proxy.stop()  # it takes all that is sent, and says nothing
            put(writer, a_story("a"))
            with pytest.raises(ArchiveError, match="no answer for 1 seconds"):
                viewer.lead_ids()
            proxy.go_on()
            until(lambda: answers(viewer, seen))
            assert len(viewer.lead_ids()) == 1


def answers(viewer: Archive, seen: int) -> bool:
    try:
        return viewer.stamp() != seen
    except ArchiveError:
        return False
