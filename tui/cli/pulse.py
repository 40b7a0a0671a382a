"""Whether a collector is alive, judged by its last beat in the archive and by its lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tui.cli.leases import is_killed, is_taken
from tui.cli.moments import ago, span
from tui.views.status import DEAD

if TYPE_CHECKING:
    from feeds.archive import Archive, Beat
    from feeds.archive.plain import PlainReader


@dataclass(frozen=True, slots=True)
class Collector:
    """The collector of an archive, as its last beat shows it."""

    beat: Beat | None
    at_work: bool
    """Whether it still holds the lease; one that ended in order has given it back."""
    now: datetime
    killed: bool = False
    """Whether its process is gone and left the lease behind."""

    @property
    def alive(self) -> bool:
        """Whether it is at work and gave a sign of life in the last minutes."""
        return self.at_work and self.beat is not None and abs(self.now - self.beat.at) < DEAD

    @property
    def line(self) -> str:
        """In a few words: alive and when it last beat, dead since when, or none ever."""
        if self.beat is None:
            return "no collector ran yet"
        sign = ago(self.beat.at, self.now)
        if self.alive:
            return f"collector alive, last sign {sign}" + (f" ({self.beat.note})" if self.beat.note else "")
        if self.at_work or self.killed:
            return f"collector dead, last sign {sign}"
        return f"no collector at work, the last one ended {sign}"

    @property
    def word(self) -> str:
        """As :attr:`line`, in the room that a prompt has."""
        if self.beat is None:
            return "NO COLLECTOR"
        if self.alive:
            return "collector ok"
        sign = span(self.now - self.beat.at)
        return f"COLLECTOR DEAD {sign}" if self.at_work or self.killed else f"NO COLLECTOR {sign}"


def collector_of(archive: Archive | PlainReader, now: datetime) -> Collector:
    """The collector that last beat in the archive."""
    return Collector(archive.last_beat(), is_taken(archive), now, is_killed(archive))
