"""Figures and health by HTTP, as Prometheus and a load balancer ask for them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from feeds.archive import Archive, Batch, Beat, open_archive
from feeds.archive.outgoing import Notice
from feeds.collector import FeedResult
from feeds.collector.load import Load
from feeds.errors import InputError
from feeds.story import Drop, FeedState, Subscription
from tests.cli.conftest import Warwatch, one_clear_line
from tui.cli.metrics import Figures, MetricsServer, place_of
from tui.cli.tally import Tally

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FEED = Subscription("https://a.example/feed", "A")


@dataclass
class Clicker:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Asked:
    status: int
    kind: str
    body: str

    def value(self, name: str, **labels: str) -> float:
        """One figure, read as Prometheus reads it."""
        for family in text_string_to_metric_families(self.body):
            for sample in family.samples:
                if sample.name == name and sample.labels == labels:
                    return float(sample.value)
        raise AssertionError(f"no {name} {labels} in\n{self.body}")


@dataclass
class Watched:
    archive: Archive
    server: MetricsServer
    load: Load
    tally: Tally
    clock: Clicker

    def ask(self, path: str, accept: str = "") -> Asked:
        host, port = self.server.server_address[:2]
        request = urllib.request.Request(f"http://{host!s}:{port}{path}", headers={"Accept": accept})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return Asked(answer.status, answer.headers["Content-Type"], answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Asked(error.code, error.headers["Content-Type"], error.read().decode())


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with open_archive(tmp_path / "archive.db") as archive:
        load, tally, clock = Load(), Tally(), Clicker()
        figures = Figures(archive, load, tally, lambda: [FEED.url, "https://new.example/"], clock)
        with MetricsServer(("127.0.0.1", 0), figures, archive, clock) as server:
            yield Watched(archive, server, load, tally, clock)


def test_every_figure_of_a_collector_at_work_is_there(watched: Watched) -> None:
    state = FeedState(FEED.url, last_fetch=NOW, last_answer=NOW, newest=NOW)
    result = FeedResult(FEED, state, new=7, copies=2, evidence=3, changes=1)
    watched.tally.hear(result)
    watched.tally.hear(replace(result, new=0, copies=0, evidence=0, changes=0, unchanged=True))
    watched.tally.hear(replace(result, new=0, copies=0, evidence=0, changes=0, reason="no answer"))
    watched.load.digests, watched.load.seconds, watched.load.waiting = 4, 1.5, 3
    drops = [
        Drop(NOW, "", "", "fetch", "no"),
        Drop(NOW, "", "", "alert", "held"),
        Drop(NOW, "", "", "fetch", "no"),
    ]
    watched.archive.write(Batch(feeds=[state], drops=drops))
    watched.archive.beat(Beat("h/1/x", NOW - timedelta(seconds=3), 1, 1, 0))
    notice = Notice("ww-1", NOW, "high", "Aster", "{}")
    watched.archive.alerts.decided("{}", notice, ["desk", "mail"], [])
    (first, _) = watched.archive.alerts.outbox.claim(NOW, timedelta(0))
    watched.archive.alerts.outbox.delivered(first.seq, NOW)
    said = watched.ask("/metrics")
    assert said.status == 200
    assert said.kind.startswith("text/plain; version=")
    assert said.value("warwatch_stories_total") == 7
    assert said.value("warwatch_copies_total") == 2
    assert said.value("warwatch_evidence_total") == 3
    assert said.value("warwatch_changes_total") == 1
    assert [
        said.value("warwatch_fetches_total", outcome=each) for each in ("new", "unchanged", "failed")
    ] == [1, 1, 1]
    assert said.value("warwatch_digest_seconds_sum") == 1.5
    assert said.value("warwatch_digest_seconds_count") == 4
    assert said.value("warwatch_queue") == 3
    assert said.value("warwatch_drops_total", stage="fetch") == 2
    assert said.value("warwatch_feeds", health="fine") == 1
    assert said.value("warwatch_feeds", health="new") == 1
    assert said.value("warwatch_alerts", sink="desk", state="sent") == 1
    assert said.value("warwatch_alerts", sink="mail", state="due") == 1
    assert said.value("warwatch_alert_failures_total", sink="mail") == 1
    assert said.value("warwatch_alert_failures_total", sink="desk") == 0
    assert said.value("warwatch_alerts_open") == 1
    assert said.value("warwatch_heartbeat_age_seconds") == 3
    watched.archive.write(Batch(drops=[drops[0]]))
    assert watched.ask("/metrics").value("warwatch_drops_total", stage="fetch") == 3


def test_openmetrics_is_spoken_to_whoever_asks_for_it(watched: Watched) -> None:
    said = watched.ask("/metrics", "application/openmetrics-text; version=1.0.0")
    assert said.kind.startswith("application/openmetrics-text")
    assert said.body.endswith("# EOF\n")


def test_health_goes_by_the_heartbeat(watched: Watched) -> None:
    assert watched.ask("/healthz").status == 503
    watched.archive.beat(Beat("h/1/x", NOW, 1, 5, 2, "waiting"))
    said = watched.ask("/healthz")
    assert said.status == 200
    assert json.loads(said.body) == {
        "well": True, "heartbeat_age_seconds": 0.0, "doing": "waiting", "feeds_ok": 5, "feeds_failing": 2,
    }  # fmt: skip
    watched.clock.now += timedelta(seconds=46)
    assert watched.ask("/healthz").status == 503


def test_there_is_nothing_else(watched: Watched) -> None:
    assert watched.ask("/").status == 404
    assert watched.ask("/metrics/../../etc/passwd").status == 404


@pytest.mark.parametrize(
    ("word", "place"),
    [
        ("9464", ("127.0.0.1", 9464)),
        ("0.0.0.0:9464", ("0.0.0.0", 9464)),
        ("[::1]:80", ("::1", 80)),
        (":1", ("", 1)),
    ],
)
def test_it_listens_on_loopback_unless_told_otherwise(word: str, place: tuple[str, int]) -> None:
    assert place_of(word) == place


@pytest.mark.parametrize("word", ["", "x", "99999", "1.2.3.4", "host:", "-1"])
def test_what_is_no_port_is_refused(word: str) -> None:
    with pytest.raises(InputError, match="no port"):
        place_of(word)


def test_a_port_that_is_taken_is_one_line(warwatch: Warwatch, watched: Watched) -> None:
    port = watched.server.server_address[1]
    one_clear_line(warwatch("poll", "--metrics", port), "cannot be listened on")
