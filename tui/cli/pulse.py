"""Whether a collector is alive, judged by its last beat in the archive and by its lease."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tui.cli.leases import is_killed, is_taken
from tui.cli.moments import ago, span
from tui.views.status import DEAD

if TYPE_CHECKING:
    from feeds.archive import Archive, Beat
    from feeds.archive.plain import PlainReader

_SKEW: Final = timedelta(seconds=5)
"""How far two machines' clocks are apart without anybody being told."""


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
        if self._ahead > _SKEW:
            sign = f"dated {span(self._ahead)} ahead of this clock"
        if self.alive:
            return f"collector alive, last sign {sign}" + (f" ({self.beat.note})" if self.beat.note else "")
        set_back = ", which was set back maybe" if self._ahead > _SKEW else ""
        if self.killed:
            return f"collector dead, last sign {sign}{set_back}"
        if not self.at_work:
            return f"no collector at work, the last one {'gave a sign' if set_back else 'ended'} {sign}{set_back}"
        if set_back:
            return f"whether the collector is alive cannot be told: last sign {sign}{set_back}"
        return f"collector dead, last sign {sign}"

    @property
    def _ahead(self) -> timedelta:
        """How far the last sign lies in the future: a clock was set back, or another machine's is ahead."""
        return self.beat.at - self.now if self.beat else timedelta(0)

    @property
    def word(self) -> str:
        """As :attr:`line`, in the room that a prompt has."""
        if self.beat is None:
            return "NO COLLECTOR"
        if self.alive:
            return "collector ok"
        ahead = self._ahead > _SKEW
        sign = f"sign {span(self._ahead)} ahead" if ahead else span(self.now - self.beat.at)
        if self.killed or (self.at_work and not ahead):
            return f"COLLECTOR DEAD {sign}"
        return f"COLLECTOR ? {sign}" if self.at_work else f"NO COLLECTOR {sign}"


def collector_of(archive: Archive | PlainReader, now: datetime) -> Collector:
    """The collector that last beat in the archive."""
    return Collector(archive.last_beat(), is_taken(archive), now, is_killed(archive))
