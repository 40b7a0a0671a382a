"""Reported counts held against the board: the best alarm for a missed fall. They never set a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import Count, Standing
from feeds.theatres.model import Theatre

_WINDOW: Final = timedelta(days=3)
_MISCOUNTED: Final = 2
"""By how much "of 34" may differ from the theatre's capitals and still mean them."""


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
    """Holds the counts told up to ``now`` against the rows.

    Exact, at-least and nth counts each say that there are so many at least, "N more" that there are N and one; the
    highest of three days is taken.
    """
    capitals = {place.id for place in theatre.capitals}
    named = sum(
        1
        for row in standings
        if row.place in capitals and row.state == "captured" and row.holder == theatre.board_side
    )
    told = (number for number, _ in counted(theatre, counts, now))
    return Reported(max(told, default=None), len(capitals), named)


def counted(theatre: Theatre, counts: Iterable[Count], now: datetime) -> Iterator[tuple[int, Count]]:
    """The counts of the board's side that were told in the three days up to ``now``, each with how many it says fell."""
    capitals = len(theatre.capitals)
    for count in counts:
        if _is_sane(count, theatre.board_side, capitals, now):
            # "Five other capitals since Friday" may have been counted by others: it adds to nothing but one.
            yield min(capitals, count.number + 1) if count.qualifier == "more" else count.number, count


def _is_sane(count: Count, side: str, capitals: int, now: datetime) -> bool:
    """Is it of this side, of these days, and of capitals, not of districts?"""
    return (
        count.side == side
        and count.told is not None
        and now - _WINDOW <= count.told <= now
        and 0 < count.number <= capitals
        and (count.of is None or abs(count.of - capitals) <= _MISCOUNTED)
    )
