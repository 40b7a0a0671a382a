"""The desk's file: TinyDB's tables of numbered entries as JSON, replaced whole, the generation before kept beside it."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from feeds.errors import DeskError

if TYPE_CHECKING:
    from tinydb import TinyDB

LOCK_SECONDS: Final = 10.0
_MOST_DIGITS: Final = 12
"""Digits of the number of an entry."""
Tables: TypeAlias = dict[str, dict[str, dict[str, Any]]]
"""Table, number, entry."""
Mark: TypeAlias = tuple[int, int, int]
"""Inode, time of the last change in nanoseconds, bytes: a file that was replaced, or edited in place, has another."""


@contextmanager
def writing(path: Path) -> Iterator[TinyDB]:
    """The tables, to be changed while no other process changes them, and written once when they were.

    DeskError in one line when they cannot be.
    """
    from filelock import FileLock, Timeout  # reading needs neither, and the screen opens faster without them
    from tinydb import TinyDB

    file = ReplacedFile(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_name(path.name + ".lock")
        lock.touch()  # where none can be made, the lock would wait for it until its time is up
        with FileLock(lock, timeout=LOCK_SECONDS):
            before = file.read() or {}
            held = _Held(copy.deepcopy(before))
            yield TinyDB(storage=lambda: held)
            after = {table: entries for table, entries in held.tables.items() if entries}
            if after != before:
                file.write(after)
    except Timeout as error:
        raise DeskError(f"{path} is in use by another warwatch; try again in a moment") from error
    except OSError as error:
        raise DeskError(
            f"{path} cannot be written ({error.strerror}); check its directory or name another with --desk"
        ) from error


class _Held:
    """What TinyDB takes for a storage: the tables, held until they are written."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def read(self) -> Tables:
        return self.tables

    def write(self, tables: Tables) -> None:
        self.tables = tables


class ReplacedFile:
    """One JSON file that is replaced whole, never written in place."""

    def __init__(self, path: Path) -> None:
        # A desk kept as a link (in a folder of settings under version control) stays one.
        self._path = path.resolve()

    def mark(self) -> Mark | None:
        """What tells whether it is as it was; None when it is not there, or cannot be looked at."""
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self) -> Tables | None:
        """What the file holds; None when there is none, DeskError when it cannot be understood."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError as error:
            raise DeskError(
                f"{self._path}: byte {error.start + 1} is not UTF-8 text; mend it, or put {self._kept} back"
            ) from error
        except OSError as error:
            raise DeskError(
                f"{self._path} cannot be read ({error.strerror}); check its permissions"
            ) from error
        try:
            found = json.loads(text)
        except json.JSONDecodeError as error:
            raise DeskError(
                f"{self._path}, line {error.lineno}, column {error.colno}: {error.msg}; "
                f"mend it there, or put {self._kept} back"
            ) from error
        except RecursionError as error:
            raise DeskError(
                f"{self._path} is nested too deeply to be a desk; mend it, or put {self._kept} back"
            ) from error
        return self._checked(found, text)

    def write(self, data: Tables) -> None:
        """Put a new generation in the file's place and keep the one before as ``.bak``."""
        text = _as_json(data)
        folder = self._path.parent
        handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", suffix=".new", dir=folder)
        new = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            self._keep_previous(new)
            new.replace(self._path)
            _sync(folder)
        except BaseException:
            new.unlink(missing_ok=True)
            raise

    @property
    def _kept(self) -> Path:
        return self._path.with_name(self._path.name + ".bak")

    def _keep_previous(self, new: Path) -> None:
        """Copy the file as it stands to ``.bak``, in one step too; its permissions go to the new one."""
        if not self._path.exists():
            return
        shutil.copymode(self._path, new)
        old = new.with_suffix(".old")
        try:
            shutil.copy2(self._path, old)
            old.replace(self._kept)
        finally:
            old.unlink(missing_ok=True)

    def _checked(self, found: object, text: str) -> Tables:
        """The tables, if they have the shape of a desk: table, number, entry."""
        if not isinstance(found, dict):
            raise self._misshapen(text, "", "the whole must be an object in braces")
        for table, entries in found.items():
            if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
                raise self._misshapen(text, table, f'"{table}" must hold numbered entries in braces')
            if not all(number.isdecimal() and len(number) <= _MOST_DIGITS for number in entries):
                raise self._misshapen(text, table, f'the entries of "{table}" must be numbered')
        return found

    def _misshapen(self, text: str, word: str, what: str) -> DeskError:
        before = text[: max(0, text.find(json.dumps(word, ensure_ascii=False)))]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return DeskError(
            f"{self._path}, line {line}, column {column}: {what}; mend it, or put {self._kept} back"
        )


def _as_json(data: Tables) -> str:
    """The tables as people can read and edit them; half a character, which no text can hold, stays an escape."""
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, indent=2) + "\n"
    return text


def _sync(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can sync a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
