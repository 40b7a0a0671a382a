"""The connections to an archive on a PostgreSQL server: reading, writing, whose turn it is, and the stamp that moves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Final

import psycopg
from sqlalchemy import Connection, Engine, QueuePool, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from feeds.archive.connections import Turn
from feeds.archive.server.address import Address
from feeds.archive.server.complaints import failure
from feeds.archive.server.listening import CHANNEL, Listener, Said
from feeds.archive.server.plans import plain_plans
from feeds.archive.server.waiting import PATIENCE, PatientConnection
from feeds.archive.version import APPLICATION_ID
from feeds.errors import ArchiveError

_LOCK: Final = text("SELECT pg_advisory_xact_lock(:ours, :turn)")
_MOVE: Final = text(
    "WITH moved AS (UPDATE pulse SET seq = seq + 1 RETURNING seq) "
    "SELECT seq, pg_notify(:channel, CAST(seq AS text)) FROM moved"
)
_OPTIONS: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "application_name": "warwatch",
}
"""How soon a network that was cut is noticed; what the address says itself goes before."""


class ServerStore:
    """One database on a server; safe to share among threads."""

    shared: Final = True

    def __init__(self, address: Address, *, read_only: bool, patience: float = PATIENCE) -> None:
        """``patience`` is how many seconds an answer may take."""
        self._address = address
        self.read_only = read_only
        self._patience = patience
        self._engine = self._make_engine()
        self._listener = Listener(self.connect)
        self._mine = threading.local()

    @property
    def name(self) -> str:
        """Where it is, without a password."""
        return self._address.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which all statements see the archive at one moment."""
        mine: Connection | None = getattr(self._mine, "connection", None)
        if mine is not None:
            with self._plain_errors():
                yield mine
            return
        with self._plain_errors(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with plain_plans(connection), connection.begin():  # committed: a rollback drops what was prepared
                yield connection

    @contextmanager
    def writing(self, turn: Turn = Turn.INTAKE, *, quietly: bool = False) -> Iterator[Connection]:
        """A connection whose changes are committed at the end or not at all, in its turn.

        Whoever looks at the archive is told of the commit, unless it is done ``quietly``.
        """
        if self.read_only:
            raise ArchiveError(f"{self.name} was opened read-only; open it without --read-only to change it")
        mine: Connection | None = getattr(self._mine, "connection", None)
        if mine is not None:
            with self._plain_errors():
                if turn is Turn.JOURNAL:
                    self.wait_for(mine, turn)
                yield mine
                self._mine.moved |= not quietly
            return
        seq = 0
        with self._plain_errors(), self._engine.begin() as connection:
            self.wait_for(connection, turn)
            self._mine.moved = False
            yield connection
            if self._mine.moved or not quietly:
                # Last of all: the row is held until the commit, and nobody else's has to wait longer for it.
                seq = connection.execute(_MOVE, {"channel": CHANNEL}).scalar_one()
        self._listener.committed(seq)

    @contextmanager
    def alone(self, when_next: Callable[[], None] | None = None) -> Iterator[None]:
        """Has the intake for itself; what this thread reads and writes meanwhile is one transaction.

        Who has to wait waits in line, and does ``when_next`` once nobody else is to come before.
        """
        with ExitStack() as stack:
            with self._plain_errors(), self._engine.begin() as line:
                self.wait_for(line, Turn.LINE)
                if when_next is not None:
                    when_next()
                connection = stack.enter_context(self.writing(Turn.INTAKE, quietly=True))
            self._mine.connection = connection
            try:
                yield
            finally:
                self._mine.connection = None

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Lets this thread read the archive as it is at one moment, whatever is written meanwhile."""
        with self.reading() as connection:
            self._mine.connection = connection
            try:
                yield
            finally:
                self._mine.connection = None

    def wait_for(self, connection: Connection, turn: Turn) -> None:
        """Waits for a turn, which lasts until the transaction ends."""
        if turn is not Turn.FREELY:
            connection.execute(_LOCK, {"ours": APPLICATION_ID, "turn": turn.value})

    def stamp(self) -> int:
        """A number that moves when any process, this one included, has committed."""
        with self._plain_errors():
            return self._listener.stamp()

    def speak(self, words: Callable[[PatientConnection], Said]) -> Said:
        """Says something through the connection that listens."""
        with self._plain_errors():
            return self._listener.speak(words)

    def greet(
        self, channel: str, greeting: Callable[[PatientConnection], None], heard: Callable[[str], None]
    ) -> None:
        """Has the connection that listens hear one more channel (see :meth:`Listener.greet`)."""
        with self._plain_errors():
            self._listener.greet(channel, greeting, heard)

    def hear(self) -> bool:
        """Hears what came; whether anything ever did."""
        with self._plain_errors():
            return self._listener.hear()

    def connect(self) -> PatientConnection:
        """A connection of its own, beside those that are shared."""
        given = psycopg.conninfo.conninfo_to_dict(self._address.url)
        options: dict[str, Any] = {key: value for key, value in _OPTIONS.items() if key not in given}
        connection = PatientConnection.connect(self._address.url, **options)
        connection.patience = self._patience
        return connection

    def run_alone(self, statement: str) -> None:
        """Runs a statement that no transaction may be around, such as VACUUM."""
        with self._plain_errors(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Let go of it."""
        self._listener.close()
        self._engine.dispose()

    def _make_engine(self) -> Engine:
        return create_engine(
            "postgresql+psycopg://", creator=self.connect, poolclass=QueuePool, pool_size=3, max_overflow=17
        )

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise failure(error.orig, self._address) from None
        except psycopg.Error as error:
            raise failure(error, self._address) from None
        except UnicodeEncodeError:
            raise ArchiveError(
                f"{self.name}: half a character (a lone surrogate) cannot be stored or sought"
            ) from None
        except PoolTimeout:
            raise ArchiveError(f"{self.name}: too many readers at once in this program; try again") from None
