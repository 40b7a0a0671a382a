"""How much noise an operator stands: the figures of the anti-noise rules, and the hours that are quiet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from feeds.watched import SEVERITIES


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the day in which nothing is sent, by the clocks of a time zone."""

    begin: time
    end: time
    """Left out; before ``begin`` when the hours go over midnight."""
    zone: str = "UTC"
    """Name of the time zone, for instance ``Europe/Kyiv``."""

    def covers(self, now: datetime) -> bool:
        """Whether it is quiet at a moment."""
        local = now.astimezone(ZoneInfo(self.zone)).time()
        if self.begin <= self.end:
            return self.begin <= local < self.end
        return local >= self.begin or local < self.end


@dataclass(frozen=True, slots=True)
class Noise:
    """How often anything may be said."""

    subject: timedelta = timedelta(minutes=30)
    """Between two alerts that name one capital, term or feed."""
    all: timedelta = timedelta(seconds=60)
    """Between two alerts whatever they name."""
    grace: timedelta = timedelta(seconds=10)
    """After a start in which nothing is sent."""
    flapping: int = 4
    """Moves of one subject within :attr:`flapping_within` from which on it flaps."""
    flapping_within: timedelta = timedelta(hours=6)
    flapping_pause: timedelta = timedelta(hours=2)
    """Between two alerts that name one that flaps."""
    old: timedelta = timedelta(hours=6)
    """What was told longer ago than that is history, counted and not named."""
    old_pause: timedelta = timedelta(hours=24)
    """Between two alerts that say nothing but how much history came in."""
    most: int = 12
    """Events named in one alert; the others wait for the next."""
    quiet: Quiet | None = None
    through: str = ""
    """Severity from which on an event is sent in quiet hours too; empty for none."""

    def lets(self, severity: str, now: datetime) -> bool:
        """Whether something of that severity may be sent at this hour."""
        if self.quiet is None or not self.quiet.covers(now):
            return True
        return bool(self.through) and SEVERITIES.index(severity) >= SEVERITIES.index(self.through)
