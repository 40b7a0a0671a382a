"""A recorded wire on loopback: each outlet's feed shows what it showed at the moment the clock says."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, Self

from feeds.clock import Clock
from feeds.replay.formats import FORMATS, Format
from feeds.replay.wire import Item, Wire
from feeds.story import Subscription

SHOWN: Final = 40
"""Stories a feed shows at most; the oldest fall off the end, as on the net."""


class ReplayServer:
    """Serves a wire on a port of its own, as a context manager; no other machine can reach it.

    Each feed is written in one of four formats, by turns. ``clock`` may be changed while it serves.
    """

    def __init__(self, wire: Wire, clock: Clock, *, port: int = 0) -> None:
        """Takes a free port when none is named; OSError when the one named is not free."""
        self.wire: Final = wire
        self.clock = clock
        self._http = _Server(("127.0.0.1", port), _Handler)
        self._http.replay = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.05,), name="replay", daemon=True
        )
        self._paths: dict[str, tuple[str, Format]] = {}
        for number, feed in enumerate(wire.feeds):
            written = FORMATS[number % len(FORMATS)]
            self._paths[f"/{feed}.{written.ending}"] = (feed, written)
        self._bodies: dict[str, tuple[str, bytes]] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def base(self) -> str:
        """Address of the server, without a path."""
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def subscriptions(self) -> list[Subscription]:
        """The feeds served, as a desk would follow them."""
        found = []
        for path, (feed, _) in self._paths.items():
            outlet = self.wire.feeds[feed][0].outlet
            letter = self.wire.reliability.get(outlet, "F")
            found.append(Subscription(self.base + path, outlet, letter, "Replay", "en"))
        return found

    def page(self, path: str) -> tuple[str, bytes, str] | None:
        """Validator, body and media type of a feed as it stands now; None when there is no such feed."""
        if path not in self._paths:
            return None
        feed, written = self._paths[path]
        items = self.wire.until(feed, self.clock(), SHOWN)
        etag = _validator(items)
        known = self._bodies.get(path)
        if known is None or known[0] != etag:
            title = f"{self.wire.feeds[feed][0].outlet} ({feed})"
            known = self._bodies[path] = (etag, written.write(title, self.base + path, items).encode())
        return known[0], known[1], written.media_type


def _validator(items: tuple[Item, ...]) -> str:
    return f'"{items[0].id}-{items[0].shown.timestamp():.0f}-{len(items)}"' if items else '"nothing"'


class _Server(ThreadingHTTPServer):
    replay: ReplayServer
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: a client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answers with the feed, or that nothing changed."""
        page = self.server.replay.page(self.path)
        if page is None:
            self._send(404, b"no such feed", {"Content-Type": "text/plain"})
            return
        etag, body, media_type = page
        if self.headers.get("If-None-Match") == etag:
            self._send(304, b"", {"ETag": etag})
        else:
            self._send(200, body, {"ETag": etag, "Content-Type": media_type})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keeps the terminal clean."""
