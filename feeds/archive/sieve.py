"""What a list of the wire is narrowed down to; every condition holds of the story that stands for its thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

MARKS: Final = ("read", "flagged", "dismissed", "escalated")
"""What operators say of a story, each a column of the archive."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Conditions on stories that lead their thread; one that is left as it is lets everything through."""

    places: tuple[str, ...] | None = None
    """Ids of places, one of which the thread is about; none of them fits an empty choice."""
    place: str = ""
    """Beginning of the id of a place that the thread is about."""
    outlet: str = ""
    """Part of the outlet's name, in any case."""
    wire: str = ""
    """Part of the name of the agency credited, in any case."""
    letters: str = ""
    """Reliabilities, one of which the outlet has, in any case."""
    outlets: tuple[str, ...] | None = None
    """Names of outlets, one of which tells it; none of them fits an empty choice."""
    feed: str = ""
    """Address of the feed it came by."""
    flag: str = ""
    """Wire flag, for instance ``URGENT``."""
    marks: dict[str, bool] = field(default_factory=dict)
    """For names of :data:`MARKS`, whether the story bears them."""
    since: datetime | None = None
    """Told at this moment or later."""
    before: datetime | None = None
    """Told before this moment."""

    @property
    def empty(self) -> bool:
        """True when it lets everything through."""
        return self == Sieve()

    @property
    def asks_who(self) -> bool:
        """Whether it is about who told."""
        return bool(self.outlet or self.wire or self.letters or self.feed) or self.outlets is not None

    def tells(self, feed: str, outlet: str, wire: str, reliability: str) -> bool:
        """Whether what somebody tells passes."""
        return (
            self.feed in ("", feed)
            and (not self.outlet or self.outlet.casefold() in outlet.casefold())
            and (not self.wire or self.wire.casefold() in wire.casefold())
            and (
                not self.letters or (bool(reliability) and reliability.casefold() in self.letters.casefold())
            )
            and (self.outlets is None or outlet in self.outlets)
        )


ALL: Final = Sieve()
"""Lets everything through."""
