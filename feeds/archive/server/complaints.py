"""What a server's errors mean to the operator: one line that says what, and what to do."""

from __future__ import annotations

from typing import Final

from psycopg import Error, OperationalError

from feeds.archive.complaints import NOT_OURS
from feeds.archive.server.address import Address
from feeds.errors import ArchiveError, PassingError

_LINES: Final = (
    ("42501", "{name}: your role may not do this ({said}); ask for more with `warwatch archive grants`"),
    ("25006", "{name} can only be read: it is a standby, or was opened read-only"),
    ("53100", "the disk of {name} is full; make room and try again, what was saved before is safe"),
    ("53", "{name} has no room for one more ({said}); try again in a moment, or raise its limits"),
    (
        "28",
        "{name} does not let you in ({said}); check the user, and the password in PGPASSFILE or the service file",
    ),
    ("3D000", "there is no such database: {name} ({said}); make it with createdb"),
    ("23503", "{name}: a record names a story that is not in the archive; nothing of it was written"),
    ("42P01", NOT_OURS.replace("{path}", "{name}").replace("another file", "another")),
    ("40", "{name}: another writer was faster ({said}); try again"),
    ("57", "{name} is being stopped or started ({said}); it is tried again in a moment"),
)
"""The start of an error's SQLSTATE, and the line it becomes; the first that fits."""
_AT_THE_DOOR: Final = (
    ("password", "28"),
    ("pg_hba.conf", "28"),
    ("role ", "28"),
    ("database ", "3D000"),
    ("starting up", "57"),
)
"""Words of a server that lets nobody in, for which libpq hands over no SQLSTATE, and the state that they mean."""
_LOST: Final = "{name} cannot be reached ({said}); it is tried again in a moment"


_PASSING: Final = ("08", "40", "53", "57")
"""The start of the states after which the same may go in a moment; also without any: the server is not there."""


def failure(error: BaseException | None, address: Address) -> ArchiveError:
    """The error to raise for an error of the server or of the way to it."""
    state = _state(error, _said(error, address))
    lost = not state and isinstance(error, OperationalError)
    kind = PassingError if lost or state.startswith(_PASSING) else ArchiveError
    return kind(complaint(error, address))


def complaint(error: BaseException | None, address: Address) -> str:
    """One line on an error of the server or of the way to it."""
    said = _said(error, address)
    state = _state(error, said)
    for start, line in _LINES:
        if state.startswith(start):
            return line.format(name=address.name, said=said)
    if isinstance(error, OperationalError):
        return _LOST.format(name=address.name, said=said)
    return f"{address.name}: {said}"


def _said(error: BaseException | None, address: Address) -> str:
    return address.plain(error).removeprefix("connection failed: ").partition(" Is the server running")[0]


def _state(error: BaseException | None, said: str) -> str:
    """The SQLSTATE of an error; empty where the server could not say any."""
    state = (getattr(error, "sqlstate", None) or "") if isinstance(error, Error) else ""
    if not state and "FATAL" in said:
        state = next((meant for words, meant in _AT_THE_DOOR if words in said), "")
    return state
