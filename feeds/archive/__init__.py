"""The archive: shared, large, transactional; append-only where it counts.

What the first page does not need, SQLAlchemy above all, is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from feeds.archive.force import in_force
from feeds.archive.late import LateArchive, open_late
from feeds.archive.records import Beat, Lease, StoryRow
from feeds.archive.sieve import ALL, MARKS, Sieve

if TYPE_CHECKING:
    from feeds.archive.archive import Archive, Written, open_archive
    from feeds.archive.batch import Batch
    from feeds.archive.watchlog import WatchLog

__all__ = [
    "ALL",
    "MARKS",
    "Archive",
    "Batch",
    "Beat",
    "LateArchive",
    "Lease",
    "Sieve",
    "StoryRow",
    "WatchLog",
    "Written",
    "in_force",
    "open_archive",
    "open_late",
]

_LATE: Final = {
    "Archive": "archive",
    "Batch": "batch",
    "Written": "archive",
    "open_archive": "archive",
    "WatchLog": "watchlog",
}


def __getattr__(name: str) -> object:
    """What is imported late, by its name."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
