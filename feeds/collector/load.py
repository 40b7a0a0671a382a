"""How busy a collector is: what its one thread that takes in has done, and how much waits for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Load:
    """Figures since the start; counters only grow."""

    digests: int = 0
    """Times that stories were taken in."""
    seconds: float = 0.0
    """Taken for that, in all."""
    waiting: int = 0
    """Feeds fetched that wait to be taken in."""
    under_way: int = 0
    """Feeds that are being fetched or taken in."""
    followed: int = 0
    """Feeds followed."""
