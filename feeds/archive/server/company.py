"""Who else has the same story or capital open, by what the server knows of its sessions.

A viewer's listening session bears a name that says who looks at what (``application_name``, which anybody may read). So
nothing is written, a reader may be seen too, and whoever quits, is killed or is cut off is gone when the server ends
the session. A notification to all tells those at the same place to look again.
"""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import psycopg
from psycopg.errors import FeatureNotSupported, ReadOnlySqlTransaction

from feeds.archive.company import key_of
from feeds.archive.connections import Connections
from feeds.archive.server.store import ServerStore
from feeds.archive.server.waiting import PatientConnection
from feeds.errors import ArchiveError

CHANNEL: Final = "warwatch_here"
LOOK_SECONDS: Final = 2.0
"""Between two looks while somebody is there, who may be killed, and where nothing can be heard."""
_NAME: Final = "warwatch"
_LONGEST: Final = 40
"""Letters of a person's name, of the 63 that the server keeps of a session's."""
_PLAIN: Final = "="
"""Before a name that is not of plain letters, which the server would not keep."""
_LEAVE: Final = (
    ("idle_session_timeout", "30s"),
    ("tcp_keepalives_idle", "10"),
    ("tcp_keepalives_interval", "3"),
    ("tcp_keepalives_count", "3"),
)
"""When the server ends a session that is suspended, or behind a network that was cut: the listener asks every few seconds."""
_SET: Final = "SELECT set_config(%s, %s, false)"
_NOTIFY: Final = "SELECT pg_notify(%s, key) FROM unnest(%s::text[]) AS key"
_OTHERS: Final = """
SELECT application_name FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND right(application_name, %s) = %s"""


def company_on(store: Connections) -> ServerCompany:
    """The company of an archive on a server."""
    assert isinstance(store, ServerStore)
    return ServerCompany(store)


class ServerCompany:
    """The viewers of an archive on a server, as one of them knows them."""

    def __init__(self, store: ServerStore, clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._who = self._key = ""
        self._found: tuple[str, ...] = ()
        self._looked = 0.0
        self._dirty = self._closed = False
        self._here = False
        """Whether this viewer ever said where it is."""

    def be_at(self, who: str, place: str) -> None:
        """Say where this viewer is."""
        if self._closed:
            return
        before, self._who, self._key = self._key, who, key_of(place)
        self._dirty = True
        if not self._here:
            self._here = True
            self._store.greet(CHANNEL, self._begin, self._heard)
        else:
            self._store.speak(self._name)
        self._store.speak(lambda connection: _notify(connection, {before, self._key} - {""}))

    def others(self) -> tuple[str, ...]:
        """Names of the others at the same place."""
        if not self._key or self._closed:
            return ()
        watch = not self._store.hear() or bool(self._found)
        if self._dirty or (watch and self._clock() - self._looked >= LOOK_SECONDS):
            self._dirty, self._looked = False, self._clock()
            self._found = self._store.speak(self._look)
        return self._found

    def close(self) -> None:
        """Be gone; the others hear of it."""
        if self._here:
            with suppress(ArchiveError):
                self.be_at("", "")
        self._closed = True

    def _begin(self, connection: PatientConnection) -> None:
        """A session is new: it listens, bears the name, and ends when nobody speaks."""
        for name, value in _LEAVE:
            with suppress(psycopg.Error):  # an engine that has no such setting
                connection.execute(_SET, (name, value))
        self._name(connection)
        _notify(connection, {self._key} - {""})
        self._dirty = True

    def _name(self, connection: PatientConnection) -> None:
        connection.execute(_SET, ("application_name", session_name(self._who, self._key)))

    def _look(self, connection: PatientConnection) -> tuple[str, ...]:
        end = f"@{self._key}"
        names = {who_of(name) for (name,) in connection.execute(_OTHERS, (len(end), end))}
        return tuple(sorted(names - {""}))

    def _heard(self, key: str) -> None:
        self._dirty |= key == self._key


def _notify(connection: PatientConnection, keys: set[str]) -> None:
    with suppress(ReadOnlySqlTransaction, FeatureNotSupported):  # a standby, or an engine without
        connection.execute(_NOTIFY, (CHANNEL, sorted(keys)))


def session_name(who: str, key: str) -> str:
    """What the server calls a viewer's session: ``warwatch NAME @KEY``, in plain letters."""
    if not key:
        return _NAME
    if who.isascii() and who.isprintable() and not who.startswith(_PLAIN):
        return f"{_NAME} {who[:_LONGEST]} @{key}"
    told = who.encode("utf-8", "replace")[: (_LONGEST - 1) * 3 // 4 // 3 * 3].decode("utf-8", "ignore")
    return f"{_NAME} {_PLAIN}{urlsafe_b64encode(told.encode()).decode()} @{key}"


def who_of(name: str) -> str:
    """Who a session's name speaks of; empty when it is none of a viewer's."""
    begin, _, _ = name.rpartition(" @")
    if not begin.startswith(f"{_NAME} "):
        return ""
    who = begin.removeprefix(f"{_NAME} ")
    if not who.startswith(_PLAIN):
        return who
    try:
        return urlsafe_b64decode(who.removeprefix(_PLAIN)).decode()
    except ValueError:
        return ""
