"""How far the archive was looked at for alerts, kept as JSON beside the decision's memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feeds.alerts.memory import Memory, memory_json, memory_of
from feeds.alerts.records import dumped


@dataclass(frozen=True, slots=True)
class Cursor:
    """Positions in the archive's logs, and what was the case at the last look."""

    changes: int = 0
    actions: int = 0
    hits: int = 0
    feeds: Mapping[str, str] = field(default_factory=dict)
    """Feeds that give alarm, and the word for it (:mod:`feeds.health`)."""
    spiking: frozenset[str] = frozenset()
    """Watch terms in whose last hour something was going on."""
    unripe: Mapping[str, int] = field(default_factory=dict)
    """By ``<theatre>/<place>`` the change that a rule wants told as soon as it is reported well enough."""
    filling: bool = False
    """True while the archive is filled for the first time."""
    running: str = ""
    """The collector that is at work; left standing by one that was killed."""


def kept(cursor: Cursor, memory: Memory) -> str:
    """Both as one line of JSON."""
    values = {
        "changes": cursor.changes,
        "actions": cursor.actions,
        "hits": cursor.hits,
        "feeds": dict(cursor.feeds),
        "spiking": sorted(cursor.spiking),
        "unripe": dict(cursor.unripe),
        "filling": cursor.filling,
        "running": cursor.running,
    }
    return dumped({"cursor": values, "memory": memory_json(memory)})


def found(text: str) -> tuple[Cursor, Memory]:
    """What :func:`kept` wrote."""
    read: dict[str, Any] = json.loads(text)
    values = read["cursor"]
    return Cursor(**{**values, "spiking": frozenset(values["spiking"])}), memory_of(read["memory"])
