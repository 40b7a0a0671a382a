"""Records of the alerts as the archive keeps them: what was said, and how it fares on its way to each sink."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """An alert that was decided on."""

    key: str
    """The same for every copy of it."""
    at: datetime
    severity: str
    title: str
    record: str
    """All of it as JSON, see :mod:`feeds.alerts.records`."""
    stories: tuple[str, ...] = ()
    """Ids of the stories that it rests on."""
    acknowledged: datetime | None = None
    who: str = ""
    """Who acknowledged it."""
    seq: int = 0
    """Number by which people name it; 0 before it is archived."""


@dataclass(frozen=True, slots=True)
class Errand:
    """An alert on its way to one sink."""

    seq: int
    notice: Notice
    sink: str
    attempts: int
    """Tries begun, the one under way included."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How an alert fared on its way to one sink."""

    alert: int
    """Number of the notice."""
    sink: str
    state: str
    """``due``, ``sent`` or ``failed`` (given up)."""
    attempts: int
    error: str
    """Why the last try failed; empty when it did not."""
    next_at: datetime
    ended: datetime | None
