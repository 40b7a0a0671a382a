"""A real HTTP server on loopback that serves feeds the way the net does: well, badly, slowly or not at all.

    with FeedServer() as server:
        url = server.serve("/world.xml", body=RSS, headers={"Content-Type": "application/rss+xml"})
        ...
        assert server.requests("/world.xml")[0].headers["if-none-match"] == '"1"'

The server listens on a port of its own, in threads that end with the ``with`` block.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Final, Self

_NO_BODY: Final = (204, 304)


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the server received; header names are lower case."""

    path: str
    headers: Mapping[str, str]
    peer: int = 0
    """Port of the other end: requests of one port came by one connection."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the server answers on one path."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: float = 0.0
    """Seconds between one byte and the next; 0 sends the body at once."""
    stall: float = 0.0
    """Seconds before the first byte of the answer."""
    cut: int = 0
    """When positive, the connection is dropped after that many bytes of the body."""
    chunked: bool = False
    """Send with chunked transfer encoding instead of a length."""
    validators: bool = False
    """Answer 304 by itself when the request's If-None-Match or If-Modified-Since repeats these headers."""


Answerer = Callable[[Request], Page]
"""A page that depends on the request."""


def held(until: threading.Event, page: Page) -> Answerer:
    """A page whose answer waits for something, though not for ever."""

    def answer(_: Request) -> Page:
        until.wait(15.0)
        return page

    return answer


class FeedServer:
    """A feed server for tests; see the module's example."""

    def __init__(self) -> None:
        self._pages: dict[str, Page | Answerer] = {}
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return int(self._http.server_address[1])

    @property
    def base(self) -> str:
        """The server's address without a path, for instance ``http://127.0.0.1:40123``."""
        return f"http://127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        """The full address of a path."""
        return self.base + path

    def serve(
        self,
        path: str,
        *,
        body: bytes | str = b"",
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        zipped: bool = False,
        drip: float = 0.0,
        stall: float = 0.0,
        cut: int = 0,
        chunked: bool = False,
        validators: bool = False,
    ) -> str:
        """Serve this on the path from now on, and return its full address; ``zipped`` sends it as gzip."""
        raw = body.encode() if isinstance(body, str) else body
        sent = dict(headers or {})
        if zipped:
            raw = gzip.compress(raw)
            sent.setdefault("Content-Encoding", "gzip")
        page = Page(raw, status, sent, drip, stall, cut, chunked, validators)
        with self._lock:
            self._pages[path] = page
        return self.url(path)

    def answer(self, path: str, answerer: Answerer) -> str:
        """Ask ``answerer`` for the page at every request to the path, and return the path's full address."""
        with self._lock:
            self._pages[path] = answerer
        return self.url(path)

    def redirect(self, path: str, target: str, *, status: int = 302) -> str:
        """Answer the path with a redirect to ``target``, and return the path's full address."""
        return self.serve(path, status=status, headers={"Location": target})

    def requests(self, path: str = "") -> list[Request]:
        """The requests received so far, in order; those for one path when it is given."""
        with self._lock:
            return [request for request in self._requests if not path or request.path == path]

    def forget(self) -> None:
        """Forget the requests received so far."""
        with self._lock:
            self._requests.clear()

    def _page_for(self, request: Request) -> Page:
        with self._lock:
            self._requests.append(request)
            found = self._pages.get(request.path) or self._pages.get(request.path.partition("?")[0])
        if found is None:
            return Page(b"nothing here", 404)
        page = found if isinstance(found, Page) else found(request)
        return Page(status=304, headers=page.headers) if _unchanged(page, request) else page


def _unchanged(page: Page, request: Request) -> bool:
    sent = {name.lower(): value for name, value in page.headers.items()}
    pairs = (("if-none-match", "etag"), ("if-modified-since", "last-modified"))
    return page.validators and any(
        name in request.headers and request.headers[name] == sent.get(kept) for name, kept in pairs
    )


class _Server(ThreadingHTTPServer):
    owner: FeedServer
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that hangs up in the middle is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answer one request with its page."""
        owner = self.server.owner
        request = Request(
            self.path, {name.lower(): value for name, value in self.headers.items()}, self.client_address[1]
        )
        page = owner._page_for(request)
        if page.stall and owner._closing.wait(page.stall):
            return
        self._send_head(page)
        if page.status not in _NO_BODY and self.command != "HEAD":
            self._send_body(page, owner._closing)

    do_HEAD = do_GET  # noqa: N815

    def _send_head(self, page: Page) -> None:
        self.send_response(page.status)
        names = {name.lower() for name in page.headers}
        for name, value in page.headers.items():
            self.send_header(name, value)
        if "content-type" not in names:
            self.send_header("Content-Type", "application/xml")
        if page.chunked:
            self.send_header("Transfer-Encoding", "chunked")
        elif page.status not in _NO_BODY and "content-length" not in names:
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()

    def _send_body(self, page: Page, closing: threading.Event) -> None:
        body = page.body[: page.cut] if page.cut else page.body
        step = 1 if page.drip else 65536
        for start in range(0, len(body), step):
            piece = body[start : start + step]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if page.chunked else piece)
            self.wfile.flush()
            if page.drip and closing.wait(page.drip):
                return
        if page.cut:
            self.close_connection = True
        elif page.chunked:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output clean."""
