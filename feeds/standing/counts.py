"""Reported counts held against the board: the best alarm for a missed fall. They never set a state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import Count, Standing
from feeds.theatres.model import Theatre

_WINDOW: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Reported:
    """How many capitals one side is said to have taken, and how many the board can name."""

    reported: int | None
    """Highest count told in the last three days; None when nobody counted."""
    of: int
    """Capitals of the theatre."""
    named: int
    """Capitals that the board shows as captured by that side."""

    @property
    def unnamed(self) -> int:
        """Capitals reported but not named yet; 0 when nobody counted."""
        return max(0, (self.reported or 0) - self.named)


def reconcile(
    theatre: Theatre, counts: Iterable[Count], standings: Iterable[Standing], now: datetime
) -> Reported:
    """Holds the counts told up to ``now`` against the rows."""
    capitals = {place.id for place in theatre.capitals}
    named = sum(
        1
        for row in standings
        if row.place in capitals and row.state == "captured" and row.holder == theatre.board_side
    )
    told = [
        count.number
        for count in counts
        if count.qualifier != "more"
        and count.side == theatre.board_side
        and count.number <= len(capitals)
        and count.told is not None
        and now - _WINDOW <= count.told <= now
    ]
    return Reported(max(told) if told else None, len(capitals), named)
