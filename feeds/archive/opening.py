"""How an archive is opened: is it one, is it ours, is it of this version; a new one is made on the way."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR
from typing import Final

from sqlalchemy import text

from feeds.archive.complaints import NEWER, NOT_OURS, OLDER
from feeds.archive.connections import Connections
from feeds.archive.store import Store, has_log
from feeds.archive.version import APPLICATION_ID, VERSION
from feeds.errors import ArchiveError

SERVERS: Final = ("postgresql://", "postgres://")
"""How an address of a server begins."""
# One query for both the mark and the version would fail on a file without the version's table,
# so the mark is read first, from the header's pragma, which costs no query plan.
_MARK: Final = text("PRAGMA application_id")
_SCHEMA: Final = text("SELECT version_num FROM alembic_version")


def open_store(target: str | Path, *, read_only: bool, create: bool, wait: float) -> Connections:
    """The store behind ``target``, migrated when it may be written; ArchiveError when it is none."""
    if str(target).startswith(SERVERS):
        return _on_server(str(target), read_only=read_only, create=create, wait=wait)
    path = _path(target)
    fresh = _look(path)
    if fresh and (read_only or not create):
        raise ArchiveError(f"there is no archive at {path}; run `warwatch poll` to make one, or name another")
    if fresh:
        _touch(path)
    store = _store(path, read_only=read_only, wait=wait)
    try:
        _check_version(store, fresh=fresh)
    except BaseException:
        store.close()
        raise
    return store


def _on_server(target: str, *, read_only: bool, create: bool, wait: float) -> Connections:
    try:
        from feeds.archive.server.opening import open_server
    except ModuleNotFoundError as error:
        raise ArchiveError(
            "an archive on PostgreSQL needs psycopg; install it with: pip install 'warwatch[postgres]'"
        ) from error
    return open_server(target, read_only=read_only, create=create, wait=wait)


def _path(target: str | Path) -> Path:
    if isinstance(target, str) and "://" in target:
        scheme, _, rest = target.partition("://")
        if scheme != "sqlite":
            raise ArchiveError(
                f"there are no {scheme}:// archives; name a file, or postgresql://HOST/DATABASE"
            )
        target = rest.removeprefix("/")
    return Path(target).expanduser()


def _look(path: Path) -> bool:
    """True when there is nothing there yet; ArchiveError when what is there cannot be read.

    The file is not opened here, only by SQLite: to close it again would take away all locks that this process has on it,
    for which another archive object may be answerable, and others would think that nobody is there.
    """
    try:
        found = path.stat()
        if S_ISDIR(found.st_mode):
            raise ArchiveError(f"{path} is a directory; name a file with --archive")
        if not os.access(path, os.R_OK):
            raise ArchiveError(f"{path} cannot be read (Permission denied); check its permissions")
    except FileNotFoundError:
        return True
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    return found.st_size == 0


def _touch(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError as error:
        raise ArchiveError(
            f"{path} cannot be made ({error.strerror}); name a place that you may write with --archive"
        ) from error


def _store(path: Path, *, read_only: bool, wait: float) -> Store:
    if read_only and not os.access(path.parent, os.W_OK) and not has_log(path):
        # SQLite cannot read a WAL archive without its index file. Where none is and none can be made,
        # nobody writes either (read-only medium, or a closed archive in another's directory).
        return Store(path, read_only=True, wait=wait, immutable=True)
    return Store(path, read_only=read_only, wait=wait)


def _check_version(store: Store, *, fresh: bool) -> None:
    found = "" if fresh else _version(store)
    if found == VERSION:
        return
    if found > VERSION:
        raise ArchiveError(NEWER.format(path=store.path, found=found, known=VERSION))
    if store.read_only:
        if not found:
            raise ArchiveError(f"there is no archive at {store.path} yet; run `warwatch poll` to make one")
        raise ArchiveError(OLDER.format(path=store.path, found=found))
    from feeds.archive.migrate import migrate  # alembic takes a quarter of a second to load

    migrate(store)


def _version(store: Store) -> str:
    """Name of the newest migration that was run; empty for a database without any table."""
    with store.reading() as connection:
        mark = connection.execute(_MARK).scalar_one()
        if mark == APPLICATION_ID:
            return str(connection.execute(_SCHEMA).scalar_one())
        tables = connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one()
    if mark or tables:
        raise ArchiveError(NOT_OURS.format(path=store.path))
    return ""
