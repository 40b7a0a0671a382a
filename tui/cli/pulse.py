"""Whether a collector is alive, judged by its last beat in the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui.cli.moments import ago
from tui.views.status import DEAD

if TYPE_CHECKING:
    from feeds.archive import Archive, Beat


@dataclass(frozen=True, slots=True)
class Collector:
    """The collector of an archive, as its last beat shows it."""

    beat: Beat | None
    now: datetime

    @property
    def alive(self) -> bool:
        """Whether it gave a sign of life in the last minutes."""
        return self.beat is not None and abs(self.now - self.beat.at) < DEAD

    @property
    def line(self) -> str:
        """In a few words: alive and when it last beat, dead since when, or none ever."""
        if self.beat is None:
            return "no collector ran yet"
        word = "alive" if self.alive else "dead"
        note = f" ({self.beat.note})" if self.beat.note else ""
        return f"collector {word}, last sign {ago(self.beat.at, self.now)} ago{note}"


def collector_of(archive: Archive, now: datetime) -> Collector:
    """The collector that last beat in the archive."""
    return Collector(archive.last_beat(), now)
