"""A feed's health in words: quiet, failing and never asked are three different things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.story import FeedState

NEW: Final = "new"
FINE: Final = "fine"
QUIET: Final = "quiet"
FAILING: Final = "failing"
GONE: Final = "gone"
OVERDUE: Final = "overdue"

QUIET_AFTER: Final = timedelta(days=2)
"""Silence after which a feed counts as quiet when its own rhythm is not known."""
OVERDUE_AFTER: Final = timedelta(minutes=10)
"""How late a fetch may be before it is the collector that is not at work."""


@dataclass(frozen=True, slots=True)
class Health:
    """How one feed does."""

    word: str
    """``new`` (never asked), ``fine``, ``quiet``, ``failing``, ``gone`` or ``overdue``."""
    line: str
    """The same in one line, with since when and why."""


def health(state: FeedState, now: datetime, *, longest_silence: timedelta | None = None) -> Health:
    """How a feed does; ``longest_silence`` is the longest it ever was silent, where that is known."""
    if state.last_fetch is None:
        return Health(NEW, "never asked yet")
    if state.gone:
        return Health(GONE, "gone for good (410); not asked any more")
    if state.errors_in_row:
        times = "once" if state.errors_in_row == 1 else f"{state.errors_in_row} times in a row"
        since = f"last answered {ago(state.last_answer, now)}" if state.last_answer else "never answered"
        return Health(FAILING, f"failed {times}: {state.error or 'no reason kept'}; {since}")
    if state.next_due is not None and now - state.next_due > OVERDUE_AFTER:
        return Health(OVERDUE, f"not asked since {ago(state.last_fetch, now)}: nothing was fetched")
    return _heard(state, now, longest_silence or QUIET_AFTER)


def _heard(state: FeedState, now: datetime, patience: timedelta) -> Health:
    moved = f"; moved to {state.moved_to}" if state.moved_to else ""
    if state.last_new is None:
        return Health(QUIET, f"answers, but had no story yet{moved}")
    silence = now - state.last_new
    if silence > patience:
        return Health(QUIET, f"answers, but nothing new since {ago(state.last_new, now)}{moved}")
    return Health(
        FINE, f"last story {ago(state.last_new, now)}, last answer {ago(state.last_answer, now)}{moved}"
    )


def ago(then: datetime | None, now: datetime) -> str:
    """How long ago, in one unit: ``12 s``, ``40 m``, ``5 h``, ``3 d``, with `` ago`` behind it."""
    if then is None:
        return "never"
    seconds = max(0, int((now - then).total_seconds()))
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m")):
        if seconds >= 2 * size or (seconds >= size and unit == "m"):
            return f"{seconds // size} {unit} ago"
    return f"{seconds} s ago"
