"""The collector is killed in the middle of its work: nothing acknowledged is lost, and the next one goes on."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.collector import LEASE
from feeds.collector.collector import Collector
from tests.collector.feeds_of_tests import RSS, collector, rss
from tests.feedserver import FeedServer

ROOT = Path(__file__).parents[2]
FEEDS = 30


def serve(server: FeedServer) -> list[str]:
    return [
        server.serve(
            f"/{n}",
            body=rss(
                *(f"Harbour {n} reports ship number {m} of the season" for m in range(20)),
                f"{'Aster' if n % 2 else 'Bexley'} falls to the reds",
                key=str(n),
            ),
            headers={**RSS, "ETag": f'"{n}"'},
            validators=True,
        )
        for n in range(FEEDS)
    ]


def start(how: str, path: Path, urls: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.collector.victim", how, str(path), *urls]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("acknowledged", [1, 9, 20])
def test_nothing_acknowledged_is_lost_and_the_next_run_goes_on(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "archive.db"
    with FeedServer() as server:
        urls = serve(server)
        victim = start("once", path, urls)
        assert victim.stdout is not None
        told = [victim.stdout.readline().strip() for _ in range(acknowledged)]
        victim.send_signal(signal.SIGKILL)
        told += victim.stdout.read().split()
        victim.stdout.close()
        assert victim.wait() == -signal.SIGKILL
        with open_archive(path) as archive:
            kept = list(archive.recent_stories(datetime(2000, 1, 1, tzinfo=UTC)))
            feeds = {story.feed for story, _ in kept}
            assert set(told) <= feeds
            assert len(kept) == 21 * len(feeds)
            assert {url for url, state in archive.feed_states().items() if state.etag} == feeds
            after_crash = datetime.now(UTC) + timedelta(seconds=60)
            asyncio.run(_later(collector(archive, urls), after_crash).poll_once())
            assert len(list(archive.recent_stories(datetime(2000, 1, 1, tzinfo=UTC)))) == 21 * FEEDS
            assert len(archive.evidence()) == FEEDS
            assert len({piece.seq for piece in archive.evidence()}) == FEEDS
            assert archive.lease(LEASE) is None


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_ended_politely_it_leaves_nothing_behind(tmp_path: Path, how: signal.Signals) -> None:
    path = tmp_path / "archive.db"
    with FeedServer() as server:
        polite = start("on", path, serve(server))
        assert polite.stdout is not None
        told = {polite.stdout.readline().strip()}
        polite.send_signal(how)
        told |= set(polite.stdout.read().split())
        polite.stdout.close()
        assert polite.wait() == 0
    with open_archive(path) as archive:
        assert archive.lease(LEASE) is None
        assert told <= archive.feed_states().keys()


def _later(at_work: Collector, moment: datetime) -> Collector:
    """The same collector once the dead one's lease has run out."""
    at_work._wall = lambda: moment
    return at_work
