"""The desk: what one operator set up, in one small JSON file that a person can read and edit.

TinyDB rewrites its file at every write. Here each write goes to a new file that takes the old one's place in
one step, the previous generation is kept beside it as ``.bak``, and a lock lets one process write at a time.
A desk that cannot be read is never written over.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from filelock import FileLock, Timeout
from tinydb import TinyDB, where
from tinydb.storages import Storage

from feeds.errors import DeskError
from feeds.story import RELIABILITY_LETTERS, Subscription
from feeds.watched import COLOURS, SEVERITIES, WatchTerm

_LOCK_SECONDS: Final = 10.0
_SUBSCRIPTIONS: Final = "subscriptions"
_SETTINGS: Final = "settings"
_TERMS: Final = "watch"
_FIELDS: Final = tuple(field.name for field in fields(Subscription))
_TERM_FIELDS: Final = tuple(field.name for field in fields(WatchTerm))


class Desk:
    """One operator's desk; every call reads the file afresh, so several processes may share it.

    Every method raises DeskError with one line that says what is wrong and what to do.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path: Final = path.expanduser()
        self.read_only: Final = read_only

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Desk:
        """The desk in a file, which need not exist yet; what is in it is checked now."""
        desk = cls(path, read_only=read_only)
        desk.subscriptions()
        desk.watch_terms()
        return desk

    def subscriptions(self) -> list[Subscription]:
        """The feeds followed, in the order in which they were added."""
        with self._reading() as tables:
            entries = tables.table(_SUBSCRIPTIONS).all()
        return [self._subscription(number, entry) for number, entry in enumerate(entries, start=1)]

    def subscribe(self, subscription: Subscription) -> None:
        """Follow a feed; one that is followed already is described anew."""
        with self._writing() as tables:
            tables.table(_SUBSCRIPTIONS).upsert(asdict(subscription), where("url") == subscription.url)

    def unsubscribe(self, url: str) -> bool:
        """Follow a feed no longer; False when it was not followed."""
        with self._writing() as tables:
            return bool(tables.table(_SUBSCRIPTIONS).remove(where("url") == url))

    def watch_terms(self) -> list[WatchTerm]:
        """What is watched for, in the order in which it was added; how each reads is not looked at here."""
        with self._reading() as tables:
            entries = tables.table(_TERMS).all()
        return [self._watch_term(number, entry) for number, entry in enumerate(entries, start=1)]

    def watch(self, *terms: WatchTerm) -> None:
        """Watch for these too; one that is watched for already is described anew."""
        described = {term.text: asdict(term) for term in terms}
        with self._writing() as tables:
            kept = tables.table(_TERMS)
            for known in kept.all():
                if known.get("text") in described:
                    kept.update(described.pop(known["text"]), doc_ids=[known.doc_id])
            kept.insert_multiple(described.values())

    def unwatch(self, *texts: str) -> int:
        """Watch for these no longer; how many were watched for."""
        with self._writing() as tables:
            return len(tables.table(_TERMS).remove(where("text").one_of(list(texts))))

    def theatre(self) -> str:
        """Id or path of the theatre watched; empty when none was chosen."""
        return str(self.preference("theatre", ""))

    def set_theatre(self, theatre: str) -> None:
        """Choose the theatre to watch."""
        self.set_preference("theatre", theatre)

    def allow_private(self) -> bool:
        """Whether feeds at private addresses (an intranet) may be fetched."""
        return self.preference("allow_private") is True

    def set_allow_private(self, allowed: bool) -> None:
        """Say whether feeds at private addresses may be fetched."""
        self.set_preference("allow_private", allowed)

    def preference(self, key: str, default: object = None) -> object:
        """What was set under a key, of any JSON type; ``default`` when nothing was."""
        with self._reading() as tables:
            entry = tables.table(_SETTINGS).get(where("key") == key)
        return entry.get("value", default) if isinstance(entry, Mapping) else default

    def set_preference(self, key: str, value: object) -> None:
        """Set a key to a value of any JSON type."""
        with self._writing() as tables:
            tables.table(_SETTINGS).upsert({"key": key, "value": value}, where("key") == key)

    @contextmanager
    def _reading(self) -> Iterator[TinyDB]:
        # No lock: the file is replaced in one step, so what is read is one generation or the next.
        yield TinyDB(self.path, storage=ReplacedFile)

    @contextmanager
    def _writing(self) -> Iterator[TinyDB]:
        if self.read_only:
            raise DeskError(f"{self.path} was opened read-only; nothing was changed")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = self.path.with_name(self.path.name + ".lock")
            lock.touch()  # where none can be made, the lock would wait for it until its time is up
            with FileLock(lock, timeout=_LOCK_SECONDS):
                yield TinyDB(self.path, storage=ReplacedFile)
        except Timeout as error:
            raise DeskError(f"{self.path} is in use by another warwatch; try again in a moment") from error
        except OSError as error:
            raise DeskError(
                f"{self.path} cannot be written ({error.strerror}); check its directory or name another with --desk"
            ) from error

    def _subscription(self, number: int, entry: Mapping[str, Any]) -> Subscription:
        """A subscription as the file has it; one line on the first thing wrong with it."""
        where_ = f"{self.path}: subscription {number}"
        values = _texts(where_, entry, _FIELDS)
        if not values.get("url"):
            raise DeskError(f"{where_} has no `url`; add it, or take the subscription out")
        if values.get("reliability", "F") not in tuple(RELIABILITY_LETTERS):
            raise DeskError(f"{where_}: `reliability` must be a letter A to F; mend it there")
        return Subscription(**{"outlet": "", **values})

    def _watch_term(self, number: int, entry: Mapping[str, Any]) -> WatchTerm:
        """A watch term as the file has it; one line on the first thing wrong with it."""
        where_ = f"{self.path}: watch term {number}"
        values = _texts(where_, entry, _TERM_FIELDS)
        if not values.get("text"):
            raise DeskError(f"{where_} has no `text`; add it, or take the term out")
        term = WatchTerm(**values)
        if term.severity not in SEVERITIES:
            raise DeskError(f"{where_}: `severity` must be one of {', '.join(SEVERITIES)}; mend it there")
        if term.colour and term.colour not in COLOURS:
            raise DeskError(f"{where_}: `colour` must be one of {', '.join(COLOURS)}; mend it there")
        return term


class ReplacedFile(Storage):
    """TinyDB's storage on one JSON file that is replaced whole, never written in place."""

    def __init__(self, path: Path) -> None:
        # A desk kept as a link (in a folder of settings under version control) stays one.
        self._path = path.resolve()

    def read(self) -> dict[str, dict[str, Any]] | None:
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
        return self._checked(found, text)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Put a new generation in the file's place and keep the one before as ``.bak``."""
        text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
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
        copy = new.with_suffix(".old")
        try:
            shutil.copy2(self._path, copy)
            copy.replace(self._kept)
        finally:
            copy.unlink(missing_ok=True)

    def _checked(self, found: object, text: str) -> dict[str, dict[str, Any]]:
        """The tables, if they have the shape that TinyDB wants: table, number, entry."""
        if not isinstance(found, dict):
            raise self._misshapen(text, "", "the whole must be an object in braces")
        for table, entries in found.items():
            if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
                raise self._misshapen(text, table, f'"{table}" must hold numbered entries in braces')
            if not all(number.isdecimal() for number in entries):
                raise self._misshapen(text, table, f'the entries of "{table}" must be numbered')
        return found

    def _misshapen(self, text: str, word: str, what: str) -> DeskError:
        before = text[: max(0, text.find(json.dumps(word, ensure_ascii=False)))]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return DeskError(
            f"{self._path}, line {line}, column {column}: {what}; mend it, or put {self._kept} back"
        )


def _texts(where_: str, entry: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What an entry has under these names; DeskError on the first that is no text."""
    values = {name: entry[name] for name in names if name in entry}
    for name, value in values.items():
        if not isinstance(value, str):
            raise DeskError(f"{where_}: `{name}` must be text, it is {json.dumps(value)}; mend it there")
    return values


def _sync(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can sync a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
