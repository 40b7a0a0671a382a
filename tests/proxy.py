"""A wire between a program and a server on loopback that can be stopped: what is sent goes nowhere, and nothing is said."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from types import TracebackType
from typing import Self


class Proxy:
    """Passes on what comes, on a port of its own, until it is stopped; as a context manager."""

    def __init__(self, port: int) -> None:
        """``port`` is the server's."""
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open = threading.Event()
        self._open.set()
        self._ended = False
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def stop(self) -> None:
        """From now on nothing passes, in either direction, and no connection breaks."""
        self._open.clear()

    def go_on(self) -> None:
        """What came meanwhile passes too."""
        self._open.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended = True
        self._open.set()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near: socket.socket, far: socket.socket) -> None:
        with near, far, contextlib.suppress(OSError):
            while not self._ended:
                ready, _, _ = select.select([near, far], [], [], 0.1)
                self._open.wait()
                for one in ready:
                    some = one.recv(65536)
                    if not some:
                        return
                    (far if one is near else near).sendall(some)
