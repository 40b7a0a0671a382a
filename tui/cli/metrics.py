"""Figures of a running collector for Prometheus, and whether it is well: ``/metrics`` and ``/healthz`` by HTTP."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, Self

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric, SummaryMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector as Source

from feeds.errors import InputError, WarwatchError
from feeds.health import health

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.clock import Clock
    from feeds.collector.load import Load
    from tui.cli.tally import Tally

log = logging.getLogger("warwatch.metrics")
LOOPBACK: Final = "127.0.0.1"
STALE: Final = timedelta(seconds=45)
"""Age of the heartbeat from which on the collector is not well."""
_PREFIX: Final = "warwatch"


class Figures(Source):
    """All figures as they are when somebody asks."""

    def __init__(
        self, archive: Archive, load: Load, tally: Tally, followed: Callable[[], Iterable[str]], clock: Clock
    ) -> None:
        """``followed`` gives the addresses of the feeds on the desk."""
        self._archive, self._load, self._tally = archive, load, tally
        self._followed, self._clock = followed, clock
        self._seen, self._drops = 0, dict[str, int]()
        self._alone = threading.Lock()

    def collect(self) -> Iterator[Metric]:
        """Every family of figures."""
        with self._alone:  # two may ask at once
            yield from list(self._all())

    def _all(self) -> Iterator[Metric]:
        tally, load = self._tally, self._load
        yield _counter("stories", "Stories never seen before, since the start.", tally.stories)
        yield _counter("copies", "Those of them that repeat a known article.", tally.copies)
        yield _counter("evidence", "Sentences that say who holds what.", tally.evidence)
        yield _counter("changes", "Standings that moved.", tally.changes)
        yield _labelled_counter("fetches", "Feeds asked, by what came of it.", "outcome", tally.fetches)
        digest = SummaryMetricFamily(
            f"{_PREFIX}_digest_seconds", "Taking stories in: read, folded, weighed, written."
        )
        digest.add_metric([], count_value=load.digests, sum_value=load.seconds)
        yield digest
        yield _gauge("queue", "Feeds fetched that wait to be taken in.", load.waiting)
        yield _gauge("fetching", "Feeds being fetched or taken in.", load.under_way)
        yield from self._archived()

    def _archived(self) -> Iterator[Metric]:
        self._seen, new = self._archive.count_drops(self._seen)
        for stage, number in new.items():
            self._drops[stage] = self._drops.get(stage, 0) + number
        yield _labelled_counter("drops", "Lines of the archive's ledger, by stage.", "stage", self._drops)
        now = self._clock()
        states = self._archive.feed_states()
        words: dict[str, int] = {}
        for url in self._followed():
            word = health(states[url], now).word if url in states else "new"
            words[word] = words.get(word, 0) + 1
        yield _labelled_gauge("feeds", "Feeds followed, by how they do.", "health", words)
        outbox = GaugeMetricFamily(
            f"{_PREFIX}_alerts", "Alerts on their way, by sink and state.", labels=("sink", "state")
        )
        for (sink, state), number in sorted(self._archive.alerts.outbox.tally().items()):
            outbox.add_metric([sink, state], number)
        yield outbox
        failed = self._archive.alerts.outbox.tries()
        yield _labelled_counter("alert_failures", "Tries to deliver an alert that failed.", "sink", failed)
        yield _gauge("alerts_open", "Alerts that nobody acknowledged.", self._archive.alerts.unacknowledged())
        age = heartbeat_age(self._archive, now)
        if age is not None:
            yield _gauge(
                "heartbeat_age_seconds", "Since the collector's last sign of life.", age.total_seconds()
            )


def heartbeat_age(archive: Archive, now: datetime) -> timedelta | None:
    """How long ago a collector gave its last sign of life; None when none ever did."""
    beat = archive.last_beat()
    return None if beat is None else max(now - beat.at, timedelta(0))


def _counter(name: str, words: str, value: float) -> Metric:
    return CounterMetricFamily(f"{_PREFIX}_{name}", words, value=value)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{_PREFIX}_{name}", words, value=value)


def _labelled_counter(name: str, words: str, label: str, values: dict[str, int]) -> Metric:
    found = CounterMetricFamily(f"{_PREFIX}_{name}", words, labels=(label,))
    for key, value in sorted(values.items()):
        found.add_metric([key], value)
    return found


def _labelled_gauge(name: str, words: str, label: str, values: dict[str, int]) -> Metric:
    found = GaugeMetricFamily(f"{_PREFIX}_{name}", words, labels=(label,))
    for key, value in sorted(values.items()):
        found.add_metric([key], value)
    return found


class _Handler(BaseHTTPRequestHandler):
    server: MetricsServer
    protocol_version = "HTTP/1.1"
    server_version = "warwatch"
    sys_version = ""
    timeout = 10.0  # for a client that says nothing

    def do_GET(self) -> None:
        """Answer one question."""
        path = self.path.partition("?")[0]
        if path == "/metrics":
            self._metrics()
        elif path == "/healthz":
            self._healthz()
        else:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"/metrics and /healthz\n")

    do_HEAD = do_GET  # noqa: N815

    def _metrics(self) -> None:
        encode, kind = choose_encoder(self.headers.get("Accept", ""))
        try:
            body = encode(self.server.registry)
        except WarwatchError as error:
            self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", f"{error}\n".encode())
        else:
            self._answer(HTTPStatus.OK, kind, body)

    def _healthz(self) -> None:
        well, said = self.server.wellness()
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        self._answer(status, "application/json", json.dumps(said).encode() + b"\n")

    def _answer(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: a scrape every few seconds is no news."""


class MetricsServer(ThreadingHTTPServer):
    """The two pages, in threads of their own."""

    daemon_threads = True

    def __init__(self, place: tuple[str, int], figures: Figures, archive: Archive, clock: Clock) -> None:
        """``place`` is the host and port to listen on; OSError when they are not to be had."""
        self.registry = CollectorRegistry()
        self.registry.register(figures)
        self._archive, self._clock = archive, clock
        super().__init__(place, _Handler)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self.serve_forever, name="metrics", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002
        """A client that hung up in the middle is no news."""
        log.debug("a question for figures failed: %r", sys.exception())

    def wellness(self) -> tuple[bool, dict[str, object]]:
        """Whether the collector gave a sign of life lately, and what there is to say of it."""
        try:
            beat = self._archive.last_beat()
            age = heartbeat_age(self._archive, self._clock())
        except WarwatchError as error:
            return False, {"well": False, "why": str(error)}
        well = age is not None and age < STALE
        said: dict[str, object] = {
            "well": well,
            "heartbeat_age_seconds": None if age is None else round(age.total_seconds(), 1),
        }
        if beat is not None:
            said |= {"doing": beat.note, "feeds_ok": beat.feeds_ok, "feeds_failing": beat.feeds_failing}
        return well, said


def place_of(word: str) -> tuple[str, int]:
    """Host and port from ``9464`` (loopback), ``:9464`` (every address) or ``HOST:9464``; InputError when it is none."""
    host, colon, port = word.rpartition(":")
    if not port.isascii() or not port.isdecimal() or int(port) > 65535:
        raise InputError(f"poll --metrics: {word!r} is no port; write 9464, or HOST:9464 for another address")
    return (host.strip("[]") if colon else LOOPBACK), int(port)
