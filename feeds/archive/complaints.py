"""What the database's errors mean to the operator: one line that says what, and what to do."""

from __future__ import annotations

import sqlite3
from typing import Final

from feeds.errors import ArchiveError, PassingError

NOT_OURS: Final = "{path} is not an archive of warwatch; name another file with --archive"
NEWER: Final = "{path} was written by a newer warwatch (schema {found}, this one knows {known}); update warwatch to open it"
OLDER: Final = "{path} was written by an older warwatch (schema {found}); open it once without --read-only to bring it up to date"
DAMAGED: Final = "{path} is damaged; put a copy back, or save what can be saved with: sqlite3 FILE .recover"

_COMPLAINTS: Final = (
    (
        "SQLITE_BUSY",
        "{path} is locked: another program keeps writing to it; end that program, or try again in a moment",
    ),
    ("SQLITE_LOCKED", "{path} is locked by another part of this program; try again in a moment"),
    (
        "SQLITE_READONLY",
        "{path} cannot be written; check the permissions of the file and its directory, or open it with --read-only",
    ),
    (
        "SQLITE_CANTOPEN",
        "{path} cannot be opened; check that you may write in its directory, or open it with --read-only",
    ),
    ("SQLITE_PERM", "{path} cannot be opened; check that you may read and write it"),
    (
        "SQLITE_FULL",
        "the disk that holds {path} is full; make room and try again, what was saved before is safe",
    ),
    ("SQLITE_NOTADB", NOT_OURS),
    ("SQLITE_CORRUPT", DAMAGED),
    (
        "SQLITE_IOERR",
        "the disk that holds {path} could not be read or written; check the disk and its free space",
    ),
    (
        "SQLITE_CONSTRAINT_FOREIGNKEY",
        "{path}: a record names a story that is not in the archive; nothing of it was written",
    ),
)
"""The start of SQLite's error name, and the line it becomes; the first that fits."""


_PASSING: Final = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR")
"""The start of the names of errors after which the same may go in a moment."""


def failure(error: BaseException | None, path: str) -> ArchiveError:
    """The error to raise for a database error at ``path``."""
    name = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    kind = PassingError if name and name.startswith(_PASSING) else ArchiveError
    return kind(complaint(error, path))


def complaint(error: BaseException | None, path: str) -> str:
    """One line on a database error at ``path``: what it is and what to do."""
    name = getattr(error, "sqlite_errorname", "") if isinstance(error, sqlite3.Error) else ""
    for start, line in _COMPLAINTS:
        if name and name.startswith(start):
            return line.format(path=path)
    said = " ".join(str(error).split())
    return f"{path}: {said}"
