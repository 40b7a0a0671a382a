"""What a collector tells while it works: printed, counted and written down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feeds.safetext import one_line
from tui.cli.tally import Tally

if TYPE_CHECKING:
    from feeds.collector import FeedResult

log = logging.getLogger("warwatch.poll")


@dataclass(frozen=True, slots=True)
class Hearing:
    """Hears how each feed did."""

    show: Callable[[FeedResult], None] | None = None
    """Prints it; None to print nothing."""
    written: bool = False
    """Whether it is written down too."""
    tally: Tally = field(default_factory=Tally)

    def __call__(self, result: FeedResult) -> None:
        """One feed, as soon as it is archived."""
        self.tally.hear(result)
        if self.written:
            _write_down(result)
        if self.show is not None:
            self.show(result)


def tell(result: FeedResult) -> None:
    """One line a feed."""
    if result.reason:
        word = f"FAILED     {result.reason}"
    elif result.unchanged:
        word = "unchanged"
    else:
        word = f"{result.new:>4} new    {result.copies} copies, {result.evidence} evidence, {result.changes} changes"
    print(f"{one_line(result.subscription.outlet):<22.22} {one_line(word)}", flush=True)


def nobody_answered(reasons: Sequence[str]) -> str:
    """What to say when every feed that was asked failed, for these reasons."""
    if all("--allow-private" in each for each in reasons):
        return (
            "no feed answered: all have private addresses, which are asked with --allow-private, "
            "or when `warwatch feeds private allow` was said once"
        )
    return "no feed answered; is there a network? `warwatch demo` works without one"


def tell_news(result: FeedResult) -> None:
    """As :func:`tell`, but nothing for a feed that had nothing to say."""
    if result.new or (result.reason and result.state.errors_in_row <= 1):
        tell(result)


def _write_down(result: FeedResult) -> None:
    feed = {"feed": result.subscription.url, "outlet": result.subscription.outlet}
    if result.reason:
        times = result.state.errors_in_row
        level = logging.WARNING if times <= 1 else logging.DEBUG  # said once, until it answers again
        log.log(level, "feed failed", extra={**feed, "reason": result.reason, "times": times})
    elif result.new:
        figures = {
            "new": result.new,
            "copies": result.copies,
            "evidence": result.evidence,
            "changes": result.changes,
        }
        log.info("stories taken in", extra={**feed, **figures})
    else:
        log.debug("nothing new", extra=feed)
