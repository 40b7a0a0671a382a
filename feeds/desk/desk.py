"""One operator's desk, read and written.

TinyDB is the form of the file and makes its changes. Left alone it rewrites the file in place at every change: here
a change of any size is written once, at its end (see :mod:`feeds.desk.file`).

Each write goes to a new file that takes the old one's place in one step, the previous generation is kept beside it as
``.bak``, and a lock lets one process write at a time. A desk that cannot be read is never written over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from feeds.desk import entries
from feeds.desk.file import Mark, ReplacedFile, Tables, writing
from feeds.desk.records import Document, SavedView
from feeds.errors import DeskError
from feeds.story import Subscription
from feeds.watched import WatchTerm

if TYPE_CHECKING:
    from tinydb.table import Table

_SUBSCRIPTIONS: Final = "subscriptions"
_SETTINGS: Final = "settings"
_TERMS: Final = "watch"
_VIEWS: Final = "views"
_KEYS: Final = "keys"
_ALERTS: Final = "alerts"
_Record = TypeVar("_Record")


class _Held(NamedTuple):
    """What the file held when it bore a mark."""

    mark: Mark | None
    tables: Tables
    records: dict[str, list[Any]]
    """What was made of the entries of a table."""


class Desk:
    """One operator's desk; every call looks at the file afresh, so several processes may share it.

    A file that is as it was is not read again: a screen that shows two thousand feeds asks for them often.

    Every method raises DeskError with one line that says what is wrong and what to do.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path: Final = path.expanduser()
        self.read_only: Final = read_only
        self._held = _Held(None, {}, {})

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Desk:
        """The desk in a file, which need not exist yet; what is in it is checked now."""
        desk = cls(path, read_only=read_only)
        desk.subscriptions()
        desk.watch_terms()
        desk.views()
        desk.keys()
        return desk

    def subscriptions(self) -> list[Subscription]:
        """The feeds followed, in the order in which they were added."""
        return self._records(_SUBSCRIPTIONS, "subscription", entries.subscription)

    def subscribe(self, *subscriptions: Subscription) -> None:
        """Follow feeds, all in one write; one that is followed already is described anew, and keeps its place."""
        self._upsert(_SUBSCRIPTIONS, "url", [asdict(each) for each in subscriptions])

    def resubscribe(self, url: str, subscription: Subscription) -> None:
        """Describe a feed anew that was followed under this address, which may be another one now."""
        self._upsert(_SUBSCRIPTIONS, "url", [asdict(subscription)], was=url)

    def unsubscribe(self, url: str) -> bool:
        """Follow a feed no longer; False when it was not followed."""
        return self._remove(_SUBSCRIPTIONS, "url", [url]) > 0

    def watch_terms(self) -> list[WatchTerm]:
        """What is watched for, in the order in which it was added; how each reads is not looked at here."""
        return self._records(_TERMS, "watch term", entries.watch_term)

    def watch(self, *terms: WatchTerm) -> None:
        """Watch for these too; one that is watched for already is described anew."""
        self._upsert(_TERMS, "text", [asdict(term) for term in terms])

    def rewatch(self, text: str, term: WatchTerm) -> None:
        """Describe a term anew that was watched for under this text, which may be another one now."""
        self._upsert(_TERMS, "text", [asdict(term)], was=text)

    def unwatch(self, *texts: str) -> int:
        """Watch for these no longer; how many were watched for."""
        return self._remove(_TERMS, "text", texts)

    def views(self) -> list[SavedView]:
        """The saved views, in the order in which they were saved."""
        return self._records(_VIEWS, "view", entries.saved_view)

    def save_view(self, view: SavedView, *, was: str = "") -> None:
        """Save a view; one of that name, or of the name that it had before, is saved anew."""
        self._upsert(_VIEWS, "name", [asdict(view)], was=was)

    def remove_view(self, name: str) -> bool:
        """Forget a view; False when there was none of that name."""
        return self._remove(_VIEWS, "name", [name]) > 0

    def keys(self) -> dict[str, tuple[str, ...]]:
        """By the id of a command the keys that the operator gave it; all others have their usual ones."""
        return dict(self._records(_KEYS, "key", entries.keys))

    def set_keys(self, command: str, keys: Sequence[str] | None) -> None:
        """Give a command other keys; None gives it its usual ones again."""
        if keys is None:
            self._remove(_KEYS, "command", [command])
        else:
            self._upsert(_KEYS, "command", [{"command": command, "keys": list(keys)}])

    def alerts(self) -> list[Document]:
        """What was set up about alerts, in its order; what it means, feeds.alerts knows."""
        return self.documents(_ALERTS)

    def set_alerts(self, documents: Iterable[Document]) -> None:
        """Put these in the place of all that was set up about alerts."""
        self.set_documents(_ALERTS, documents)

    def documents(self, kind: str) -> list[Document]:
        """All entries of a kind that the desk keeps for somebody else, in their order."""
        return [deepcopy(dict(each)) for each in self._entries(kind)]

    def set_documents(self, kind: str, documents: Iterable[Document]) -> None:
        """Put these in the place of all entries of a kind."""
        with self._writing(kind) as table:
            table.truncate()
            table.insert_multiple(documents)

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
        found = next((entry for entry in self._entries(_SETTINGS) if entry.get("key") == key), {})
        return deepcopy(found.get("value", default))

    def set_preference(self, key: str, value: object) -> None:
        """Set a key to a value of any JSON type."""
        self._upsert(_SETTINGS, "key", [{"key": key, "value": value}])

    def _entries(self, table: str) -> Iterable[Mapping[str, Any]]:
        # No lock: the file is replaced in one step, so what is read is one generation or the next. Read as it stands,
        # without the library that writes it: the screen asks at its start.
        return self._read().tables.get(table, {}).values()

    def _read(self) -> _Held:
        file = ReplacedFile(self.path)
        mark = file.mark()  # before it is read: what is replaced meanwhile is read again
        held = self._held
        if mark is None or held.mark != mark:
            held = self._held = _Held(mark, file.read() or {}, {})
        return held

    def _records(
        self, table: str, what: str, made: Callable[[str, Mapping[str, Any]], _Record]
    ) -> list[_Record]:
        held = self._read()
        if table not in held.records:
            entries = held.tables.get(table, {}).values()
            held.records[table] = [
                made(f"{self.path}: {what} {number}", entry) for number, entry in enumerate(entries, start=1)
            ]
        return list(held.records[table])

    @contextmanager
    def _writing(self, table: str) -> Iterator[Table]:
        """A table, to be changed."""
        if self.read_only:
            raise DeskError(f"{self.path} was opened read-only; nothing was changed")
        with writing(self.path) as tables:
            yield tables.table(table)

    def _upsert(self, name: str, key: str, wanted: Iterable[Document], *, was: str = "") -> None:
        """Put entries in, each in the place of the one with the same key; fields that we do not know stay in it.

        A single entry takes the place of the one whose key is ``was``, and of one that has its own key already.
        """
        described = {entry[key]: dict(entry) for entry in wanted}
        with self._writing(name) as table:
            if was and len(described) == 1:
                _rename(table, key, was, next(iter(described)))
            for entry in table.all():
                if entry.get(key) in described:
                    table.update(described.pop(entry[key]), doc_ids=[entry.doc_id])
            table.insert_multiple(described.values())

    def _remove(self, name: str, key: str, values: Iterable[str]) -> int:
        gone = set(values)
        with self._writing(name) as table:
            return len(table.remove(doc_ids=[each.doc_id for each in table.all() if each.get(key) in gone]))


def _rename(table: Table, key: str, was: str, name: object) -> None:
    """Give the entry of one name another; the one that has it already goes."""
    places = [each.doc_id for each in table.all() if each.get(key) == was]
    if places and was != name:
        table.remove(doc_ids=[each.doc_id for each in table.all() if each.get(key) == name])
        table.update({key: name}, doc_ids=places[:1])
