"""The connections to one archive: reading, writing, and the stamp that moves at every commit."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from feeds.archive.complaints import DAMAGED, failure
from feeds.archive.connections import Turn
from feeds.errors import ArchiveError

_WRITES: Final = "warwatch_writes"

# A checkpoint writes and syncs the whole log back; at SQLite's default of 1,000 pages a busy collector
# does little else. 4,000 pages keep the log near 16 MB.
_CHECKPOINT_PAGES: Final = 4000


class Store:
    """One SQLite file, opened for reading and writing or for reading only; safe to share among threads."""

    shared: Final = False

    def __init__(self, path: Path, *, read_only: bool, wait: float, immutable: bool = False) -> None:
        """``immutable`` reads a file that nobody has open for writing and beside which nothing can be made."""
        self.path = path
        self.read_only = read_only
        self._wait = wait
        self._immutable = immutable
        self._engine = _engine(path, read_only=read_only, wait=wait, immutable=immutable)
        self._watch: Connection | None = None
        self._watching = threading.Lock()

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self.path)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which all statements see the archive at one moment."""
        with self._plain_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, turn: Turn = Turn.INTAKE, *, quietly: bool = False) -> Iterator[Connection]:  # noqa: ARG002
        """A connection that alone may write, committed at the end or not at all, whatever it is for."""
        if self.read_only:
            raise ArchiveError(f"{self.path} was opened read-only; open it without --read-only to change it")
        with self._plain_errors(), self._engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    @contextmanager
    def alone(self, when_next: Callable[[], None] | None = None) -> Iterator[None]:  # noqa: ARG002
        """Nothing: the collector's lease sees to it that it is alone, and it never waits."""
        yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Nothing: one collector reads what it alone writes."""
        yield

    def stamp(self) -> int:
        """A number that moves when any process, this one included, has committed."""
        with self._watching, self._plain_errors():
            if self._immutable and has_log(self.path):
                self._follow()
            if self._watch is None:
                # data_version tells of other connections' commits only: this one never writes.
                # Driver level, because a transaction left open would never see news.
                self._watch = self._engine.connect()
            raw = self._watch.connection.dbapi_connection
            assert raw is not None
            cursor = raw.cursor()
            cursor.execute("PRAGMA data_version")
            (number,) = cursor.fetchone() or (0,)
            cursor.close()
            return int(number)

    def _follow(self) -> None:
        """Somebody began to write what could only be read as it lay there: read along with them from now on."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None
        self._immutable = False
        self._engine.dispose()
        self._engine = _engine(self.path, read_only=True, wait=self._wait, immutable=False)

    def use_wal(self) -> None:
        """Set the file to write-ahead logging, once and for good: readers and one writer side by side."""
        self.run_alone("PRAGMA journal_mode=WAL")

    def run_alone(self, statement: str) -> None:
        """Runs a statement that no transaction may be around, such as VACUUM."""
        with self._plain_errors(), self._engine.connect() as connection:
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.cursor().execute(statement)

    def close(self) -> None:
        """Let go of the file; the last one to leave folds the log back into it."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise failure(error.orig, str(self.path)) from error
        except sqlite3.Error as error:
            raise failure(error, str(self.path)) from error
        except UnicodeDecodeError as error:  # even SQLite's own complaint quotes what is broken
            raise ArchiveError(DAMAGED.format(path=self.path)) from error
        except UnicodeEncodeError as error:
            raise ArchiveError(
                f"{self.path}: half a character (a lone surrogate) cannot be stored or sought"
            ) from error
        except PoolTimeout as error:
            raise ArchiveError(f"{self.path}: too many readers at once in this program; try again") from error


def has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside an archive: someone writes to it, or was killed while writing."""
    return path.with_name(path.name + "-wal").exists()


def _engine(path: Path, *, read_only: bool, wait: float, immutable: bool) -> Engine:
    address = "file:" + quote(str(path.absolute()))
    mode = "?mode=ro" if read_only else "?mode=rw"
    name = address + mode + ("&immutable=1" if immutable else "")

    def connect() -> sqlite3.Connection:
        # Transactions are begun below, by name: the driver's own start too late and never IMMEDIATE.
        return sqlite3.connect(name, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=QueuePool, max_overflow=20)

    @event.listens_for(engine, "connect")
    def prepare(raw: DBAPIConnection, _record: object) -> None:
        cursor = raw.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        else:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its turn at once: a reader that turns writer midway fails when another was faster.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
