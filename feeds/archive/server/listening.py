"""Hears of commits as they come: a notification for each, and a number to catch up by where none came through."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import psycopg
from psycopg.errors import FeatureNotSupported, ReadOnlySqlTransaction

from feeds.archive.server.waiting import PatientConnection

CHANNEL: Final = "warwatch"
_ASK: Final = "SELECT seq FROM pulse"
_ASK_SECONDS: Final = 1.0
"""Between two questions where no notification ever came: a pooler may keep them back."""
_CHECK_SECONDS: Final = 5.0
"""Between two questions where they do: a network that was cut brings none either."""


class Listener:
    """One connection that only listens, opened when it is first asked, and opened again after it was lost."""

    def __init__(
        self, connect: Callable[[], PatientConnection], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connect, self._clock = connect, clock
        self._connection: PatientConnection | None = None
        self._alone = threading.Lock()
        self._seq = 0
        self._asked = 0.0
        self._hears = False

    def stamp(self) -> int:
        """The number of the newest commit known of; psycopg.Error when the server cannot be reached."""
        with self._alone:
            try:
                if self._connection is None:
                    self._connection = self._open()
                self._hear(self._connection)
                pause = _CHECK_SECONDS if self._hears else _ASK_SECONDS
                if self._clock() - self._asked >= pause:
                    self._ask(self._connection)
            except psycopg.Error:
                self._drop()
                raise
            return self._seq

    def committed(self, seq: int) -> None:
        """This program committed: it need not wait until it hears of it."""
        with self._alone:
            self._seq = max(self._seq, seq)

    def close(self) -> None:
        """Stop listening."""
        with self._alone:
            self._drop()

    def _open(self) -> PatientConnection:
        connection = self._connect()
        connection.autocommit = True
        self._hears = False
        with suppress(
            ReadOnlySqlTransaction, FeatureNotSupported
        ):  # a standby, or an engine without: it is asked
            connection.execute(f"LISTEN {CHANNEL}")
        self._ask(connection)  # after LISTEN: what is committed from now on is heard, what was before is seen
        return connection

    def _hear(self, connection: PatientConnection) -> None:
        connection.pgconn.consume_input()
        while heard := connection.pgconn.notifies():
            self._hears = True
            self._seq = max(self._seq, int(heard.extra))

    def _ask(self, connection: PatientConnection) -> None:
        found = connection.execute(_ASK).fetchone()
        self._seq = max(self._seq, found[0] if found else 0)
        self._asked = self._clock()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
