"""What the decision remembers from one look to the next, kept as JSON in the archive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from feeds.alerts.records import Event, dumped, event_of, moment_of


@dataclass(frozen=True, slots=True)
class Subject:
    """What is remembered of one capital, term or feed."""

    last: datetime | None = None
    """When an alert last named it."""
    said: str = ""
    """What that alert said of it (:attr:`Event.after`)."""
    recent: tuple[datetime, ...] = ()
    """When it moved lately."""
    waiting: Event | None = None
    """What is to be said of it as soon as it may be."""
    held: int = 0
    """Its events held back since it was last named."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said, what waits, and what was held back."""

    last: datetime | None = None
    """When the last alert was sent."""
    old_said: datetime | None = None
    """When an alert last said how much history came in."""
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    """Events held back since the last alert, by reason."""


def memory_json(memory: Memory) -> str:
    """A memory as one line of JSON."""
    return dumped(
        {
            "last": memory.last,
            "old_said": memory.old_said,
            "subjects": {name: asdict(subject) for name, subject in memory.subjects.items()},
            "held": memory.held,
        }
    )


def memory_of(text: str) -> Memory:
    """The memory that :func:`memory_json` wrote; an empty one for an empty text."""
    if not text:
        return Memory()
    found: dict[str, Any] = json.loads(text)
    return Memory(
        _moment(found["last"]),
        _moment(found["old_said"]),
        {name: _subject(each) for name, each in found["subjects"].items()},
        found["held"],
    )


def _subject(found: Mapping[str, Any]) -> Subject:
    waiting = found["waiting"]
    return Subject(
        _moment(found["last"]),
        found["said"],
        tuple(map(moment_of, found["recent"])),
        event_of(waiting) if waiting else None,
        found["held"],
    )


def _moment(text: str | None) -> datetime | None:
    return moment_of(text) if text else None
