"""Hits per hour, and when an hour has so many that something is going on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.archive import WatchLog
from feeds.watched import Tally

HOUR: Final = timedelta(hours=1)
BASELINE: Final = timedelta(days=7)
"""How far back one looks for what is usual."""
FEW: Final = 5
"""Hits that are no spike yet, whatever is usual."""
TIMES: Final = 3.0
"""How many times what is usual."""
OUTLETS: Final = 2
"""Outlets at least: one that repeats itself is no news."""

_NONE: Final = Tally(0, 0)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How often a term hit in the last hour, against what is usual."""

    hits: int
    """Stories told in the last sixty minutes."""
    outlets: int
    """Outlets that told them."""
    baseline: float
    """Stories an hour in the seven days before."""
    hours: float
    """Hours that the baseline was taken over: fewer than 168 while the archive is younger."""

    @property
    def spike(self) -> bool:
        """More than five hits, at least three times what is usual, from two outlets or more."""
        return self.hits > FEW and self.hits >= TIMES * self.baseline and self.outlets >= OUTLETS


def pulses(log: WatchLog, now: datetime, terms: Collection[str]) -> dict[str, Pulse]:
    """The pulse of each term at a moment; two queries, however many terms.

    An archive that is younger than the baseline is measured by its age, lest everything be a spike in its first week.
    """
    end = now + timedelta(microseconds=1)  # what was told at this very moment is in
    start = end - HOUR
    begin = max(start - BASELINE, min(log.begin() or start, start))
    last, before = log.tallies(start, end), log.tallies(start - BASELINE, start)
    hours = max(1.0, (start - begin) / HOUR)
    return {
        term: Pulse(*_figures(last.get(term, _NONE)), before.get(term, _NONE).hits / hours, hours)
        for term in terms
    }


def _figures(tally: Tally) -> tuple[int, int]:
    return tally.hits, tally.outlets
