"""Hears of commits as they come: a notification for each, and a number to catch up by where none came through."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

import psycopg
from psycopg.errors import FeatureNotSupported, ReadOnlySqlTransaction

from feeds.archive.server.waiting import PatientConnection

CHANNEL: Final = "warwatch"
_ASK: Final = "SELECT seq FROM pulse"
_ASK_SECONDS: Final = 1.0
"""Between two questions where no notification ever came: a pooler may keep them back."""
_CHECK_SECONDS: Final = 5.0
"""Between two questions where they do: a network that was cut brings none either."""
_LONG_SILENCE: Final = 20.0
"""Without a question after which a connection may have been ended by a server that thinks nobody is there."""
Said = TypeVar("Said")


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
        self._channel = ""
        self._greeting: Callable[[PatientConnection], None] | None = None
        self._heard: Callable[[str], None] | None = None

    def stamp(self) -> int:
        """The number of the newest commit known of; psycopg.Error when the server cannot be reached."""
        self.speak(self._keep_up)
        return self._seq

    def hear(self) -> bool:
        """Hears what came; whether anything ever did, through this connection."""
        self.speak(self._hear)
        return self._hears

    def speak(self, words: Callable[[PatientConnection], Said]) -> Said:
        """Says something to the server; psycopg.Error when it cannot be reached."""
        with self._alone:
            was_long_silent = self._clock() - self._asked >= _LONG_SILENCE
            try:
                return self._speak(words)
            except psycopg.Error:
                if not was_long_silent:
                    raise
            # This program slept, and the server ended the session meanwhile: it is no trouble to anybody.
            return self._speak(words)

    def greet(
        self, channel: str, greeting: Callable[[PatientConnection], None], heard: Callable[[str], None]
    ) -> None:
        """Have each connection begin with a greeting, and ``heard`` told of what else comes on a channel."""
        with self._alone:
            self._channel, self._greeting, self._heard = channel, greeting, heard
            if self._connection is not None:
                self._greet(self._connection)

    def committed(self, seq: int) -> None:
        """This program committed: it need not wait until it hears of it."""
        with self._alone:
            self._seq = max(self._seq, seq)

    def close(self) -> None:
        """Stop listening."""
        with self._alone:
            self._drop()

    def _speak(self, words: Callable[[PatientConnection], Said]) -> Said:
        if self._connection is None:
            self._connection = self._open()
        try:
            return words(self._connection)
        except psycopg.Error:
            self._drop()
            raise

    def _keep_up(self, connection: PatientConnection) -> None:
        self._hear(connection)
        pause = _CHECK_SECONDS if self._hears else _ASK_SECONDS
        if self._clock() - self._asked >= pause:
            self._ask(connection)

    def _open(self) -> PatientConnection:
        connection = self._connect()
        connection.autocommit = True
        self._hears = False
        _listen(connection, CHANNEL)
        self._greet(connection)
        self._ask(connection)  # after LISTEN: what is committed from now on is heard, what was before is seen
        return connection

    def _greet(self, connection: PatientConnection) -> None:
        if self._greeting is not None:
            _listen(connection, self._channel)
            self._greeting(connection)

    def _hear(self, connection: PatientConnection) -> None:
        connection.pgconn.consume_input()
        while heard := connection.pgconn.notifies():
            self._hears = True
            if heard.relname == CHANNEL.encode():
                self._seq = max(self._seq, int(heard.extra))
            elif self._heard is not None:
                self._heard(heard.extra.decode("ascii", "replace"))

    def _ask(self, connection: PatientConnection) -> None:
        found = connection.execute(_ASK).fetchone()
        self._seq = max(self._seq, found[0] if found else 0)
        self._asked = self._clock()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _listen(connection: PatientConnection, channel: str) -> None:
    with suppress(
        ReadOnlySqlTransaction, FeatureNotSupported
    ):  # a standby, or an engine without: it is asked
        connection.execute(f"LISTEN {channel}")
