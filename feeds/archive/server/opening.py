"""How an archive on a server is opened: is there one, is it of this version; a new one is made on the way."""

from __future__ import annotations

import logging
from typing import Final

from sqlalchemy import Connection, text

from feeds.archive.complaints import NEWER, NOT_OURS, OLDER
from feeds.archive.connections import Turn
from feeds.archive.server.address import address_of
from feeds.archive.server.store import ServerStore
from feeds.archive.server.waiting import PATIENCE
from feeds.archive.version import APPLICATION_ID, VERSION
from feeds.errors import ArchiveError

MIGRATIONS: Final = 9
"""Number of the lock that lets one program after the other bring an archive up to date."""
_MIGRATION_SECONDS: Final = 24 * 3600.0
_TABLES: Final = text("SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()")
_OURS: Final = text(
    "SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('board_log') IS NOT NULL"
)
_VERSION: Final = text("SELECT version_num FROM alembic_version")
_LOCK: Final = text("SELECT pg_advisory_xact_lock(:ours, :number)")

logging.getLogger("psycopg").setLevel(logging.ERROR)
"""What it ignores while an error is on its way is no line for an operator, who is told of the error itself."""


def open_server(target: str, *, read_only: bool, create: bool, wait: float) -> ServerStore:
    """The store behind an address, migrated when it may be written; ArchiveError when it is none."""
    address = address_of(target)
    store = ServerStore(address, read_only=read_only, patience=max(wait, 1.0 if read_only else PATIENCE))
    try:
        with store.reading() as connection:
            found = _found(connection, store.name)
        if _is_behind(store, found, create=create):
            _migrate(target)
    except BaseException:
        store.close()
        raise
    return store


def _is_behind(store: ServerStore, found: str, *, create: bool) -> bool:
    """Whether migrations are to be run; ArchiveError when the archive cannot be used as it is, and they may not be."""
    if found > VERSION:
        raise ArchiveError(NEWER.format(path=store.name, found=found, known=VERSION))
    if found == VERSION:
        return False
    if not found and (store.read_only or not create):
        raise ArchiveError(f"there is no archive at {store.name} yet; run `warwatch poll` to make one")
    if store.read_only:
        raise ArchiveError(OLDER.format(path=store.name, found=found))
    return True


def _found(connection: Connection, name: str) -> str:
    """Name of the newest migration that was run; empty for a database without any table."""
    if connection.execute(_OURS).scalar_one():
        return str(connection.execute(_VERSION).scalar_one())
    if connection.execute(_TABLES).scalar_one():
        raise ArchiveError(NOT_OURS.format(path=name).replace("another file", "another database"))
    return ""


def _migrate(target: str) -> None:
    """Runs what is missing, in one transaction; a second program waits for it and finds nothing to do."""
    from feeds.archive.migrate import upgrade  # alembic takes a quarter of a second to load

    store = ServerStore(address_of(target), read_only=False, patience=_MIGRATION_SECONDS)
    try:
        with store.writing(Turn.FREELY, quietly=True) as connection:
            connection.execute(_LOCK, {"ours": APPLICATION_ID, "number": MIGRATIONS})
            upgrade(connection)
    finally:
        store.close()
