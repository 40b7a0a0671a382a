"""What a round of fetching came to, feed by feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.story import FeedState, Subscription


@dataclass(frozen=True, slots=True)
class FeedResult:
    """How one feed did in one round."""

    subscription: Subscription
    state: FeedState
    """As it was saved."""
    reason: str = ""
    """One line on why it failed; empty when it did not."""
    unchanged: bool = False
    """True when the server said, or the body showed, that nothing changed."""
    new: int = 0
    """Stories never seen before."""
    copies: int = 0
    """Those of them that are copies of an article known already."""
    evidence: int = 0
    changes: int = 0
    """Standings that moved."""

    @property
    def ok(self) -> bool:
        """Whether the feed answered with something that can be used."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Summary:
    """How a round of all feeds did."""

    results: tuple[FeedResult, ...]

    @property
    def ok(self) -> tuple[FeedResult, ...]:
        """Feeds that answered."""
        return tuple(result for result in self.results if result.ok)

    @property
    def failed(self) -> tuple[FeedResult, ...]:
        """Feeds that did not, each with its reason."""
        return tuple(result for result in self.results if not result.ok)

    @property
    def new(self) -> int:
        """Stories never seen before."""
        return sum(result.new for result in self.results)

    @property
    def copies(self) -> int:
        """Those of them that are copies."""
        return sum(result.copies for result in self.results)

    @property
    def evidence(self) -> int:
        """Sentences that say who holds what."""
        return sum(result.evidence for result in self.results)

    @property
    def changes(self) -> int:
        """Standings that moved."""
        return sum(result.changes for result in self.results)

    @property
    def line(self) -> str:
        """The round in one line."""
        feeds = f"{len(self.ok)} of {len(self.results)} feeds answered"
        return f"{feeds}, {self.new} new stories ({self.copies} copies), {self.evidence} evidence, {self.changes} changes"


def count_states(states: Sequence[FeedState]) -> tuple[int, int]:
    """How many of the feeds answered when they were last asked, and how many did not."""
    asked = [state for state in states if state.last_fetch is not None]
    failing = sum(bool(state.errors_in_row) for state in asked)
    return len(asked) - failing, failing
