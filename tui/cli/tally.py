"""What a collector did since its start, in figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feeds.collector import FeedResult


@dataclass(slots=True)
class Tally:
    """Counters; they only grow."""

    stories: int = 0
    """Stories never seen before."""
    copies: int = 0
    evidence: int = 0
    changes: int = 0
    fetches: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("new", "unchanged", "failed"), 0))
    """Feeds asked, by what came of it."""

    def hear(self, result: FeedResult) -> None:
        """Count in how one feed did."""
        self.stories += result.new
        self.copies += result.copies
        self.evidence += result.evidence
        self.changes += result.changes
        self.fetches["failed" if result.reason else "unchanged" if result.unchanged else "new"] += 1
