"""Where the time comes from: the machine, or a replay that runs faster than the war did."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Says what time it is, timezone-aware UTC."""


def system_clock() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ReplayClock:
    """A clock that started at ``begin`` when the machine's read ``started`` and runs ``speed`` times as fast.

    Two processes given the same three figures read the same time.
    """

    begin: datetime
    speed: float
    started: float = field(default_factory=time.time)
    """Unix time, seconds."""

    def __call__(self) -> datetime:
        return self.begin + timedelta(seconds=(time.time() - self.started) * self.speed)

    def spec(self) -> str:
        """The three figures as one word, for handing to another process."""
        return f"{self.begin.isoformat()},{self.speed!r},{self.started!r}"

    @classmethod
    def from_spec(cls, spec: str) -> ReplayClock:
        """The clock that :meth:`spec` described; ValueError when the word is not one."""
        begin, speed, started = spec.split(",")
        return cls(datetime.fromisoformat(begin), float(speed), float(started))


def wall_of(clock: Clock) -> Clock:
    """The clock that processes go by: the machine's where a replay is shown, else the clock itself."""
    return system_clock if isinstance(clock, ReplayClock) else clock
