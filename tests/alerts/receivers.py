"""Real servers on loopback that take alerts: one for HTTP, one for mail; both end with their ``with`` block."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

_PATIENCE: Final = 20.0


@dataclass(frozen=True, slots=True)
class Posted:
    """One request that came; header names are lower case."""

    path: str
    headers: Mapping[str, str]
    json: Any


class Receiver:
    """Takes POSTs; answers with the statuses given, one after the other, the last one for ever."""

    def __init__(self, *statuses: int, headers: Mapping[str, str] | None = None, hang: bool = False) -> None:
        self.statuses = list(statuses or (200,))
        self.headers = headers or {}
        self.hang = hang
        self.posted: list[Posted] = []
        self.came = threading.Semaphore(0)
        self.closing = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                names = {name.lower(): value for name, value in self.headers.items()}
                receiver.posted.append(Posted(self.path, names, json.loads(body)))
                receiver.came.release()
                if receiver.hang:
                    receiver.closing.wait()
                    return
                status = receiver.statuses.pop(0) if len(receiver.statuses) > 1 else receiver.statuses[0]
                self.send_response(status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None: ...

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *args: object) -> None: ...

        self._http = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/hook"

    def wait(self, number: int = 1) -> list[Posted]:
        """What came, once so many requests did."""
        for _ in range(number):
            assert self.came.acquire(timeout=_PATIENCE), (
                f"{len(self.posted)} came, {number} more were waited for"
            )
        return self.posted

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _AnyPort(Controller):
    """A controller that finds out its port before it asks itself whether it can be reached."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@dataclass
class Post:
    """One letter as the mail server took it."""

    sender: str
    to: list[str]
    message: Message


@dataclass
class MailServer:
    """A mail server of aiosmtpd's; with ``password`` it wants one, over an encrypted line, with ``tls``."""

    user: str = ""
    password: str = ""
    tls: Any = None
    refuse: str = ""
    letters: list[Post] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuse:
            return self.refuse
        message = BytesParser(policy=default).parsebytes(envelope.content)
        self.letters.append(Post(envelope.mail_from, list(envelope.rcpt_tos), message))
        return "250 taken"

    def _authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any
    ) -> AuthResult:
        good = data.login == self.user.encode() and data.password == self.password.encode()
        return AuthResult(success=good, handled=good)

    @property
    def port(self) -> int:
        return int(self._controller.port)

    def __enter__(self) -> Self:
        self._controller = _AnyPort(
            self,
            hostname="127.0.0.1",
            port=0,
            tls_context=self.tls,
            authenticator=self._authenticate if self.user else None,
            auth_required=bool(self.user),
            require_starttls=self.tls is not None,
        )
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()
