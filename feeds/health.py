"""A feed's health in words: quiet, dead, and not asked by us are three different things."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.moments import ago, span
from feeds.story import FeedState

NEW: Final = "new"
FINE: Final = "fine"
QUIET: Final = "quiet"
SILENT: Final = "silent"
FAILING: Final = "failing"
DEAD: Final = "dead"
GONE: Final = "gone"
OVERDUE: Final = "overdue"

ALARMS: Final = frozenset((SILENT, DEAD, GONE, OVERDUE))
"""What somebody should look at; a feed that is quiet, or that failed a few times, mends itself."""

QUIET_AFTER: Final = timedelta(days=2)
"""Silence after which a feed counts as quiet when its own rhythm is not known."""
QUIET_BEATS: Final = 6
"""Usual gaps between two stories after which a feed counts as quiet."""
NO_ALARM_BEFORE: Final = timedelta(hours=6)
"""Silence that alarms nobody, however busy the feed was so far."""
DEAD_AFTER: Final = timedelta(days=3)
"""Without a useful answer for so long, a feed that fails is dead."""
OVERDUE_AFTER: Final = timedelta(minutes=10)
"""How late a fetch may be before it is the collector that is not at work."""


@dataclass(frozen=True, slots=True)
class Health:
    """How one feed does."""

    word: str
    """``new`` (never asked), ``fine``, ``quiet``, ``silent`` (longer than it ever was), ``failing``, ``dead``, ``gone`` or
    ``overdue`` (not asked by us)."""
    line: str
    """The same in one line, with since when and why."""

    @property
    def alarm(self) -> bool:
        """Whether somebody should look at it."""
        return self.word in ALARMS


def health(state: FeedState, now: datetime) -> Health:
    """How a feed does.

    Its silence is measured up to its last answer: what happened since, nobody has asked.
    """
    if state.last_fetch is None:
        return Health(NEW, "never asked yet")
    if state.gone:
        return Health(GONE, "gone for good (410); not asked any more")
    if state.next_due is not None and now - state.next_due > OVERDUE_AFTER:
        return Health(OVERDUE, f"nothing was fetched: not asked for {span(now - state.last_fetch)}")
    if state.errors_in_row:
        return _failing(state, now)
    return _heard(state, now)


def _failing(state: FeedState, now: datetime) -> Health:
    times = "once" if state.errors_in_row == 1 else f"{state.errors_in_row} times in a row"
    since = f"last answered {ago(state.last_answer, now)}" if state.last_answer else "never answered"
    said = f"failed {times}: {state.error or 'no reason kept'}; {since}"
    if state.last_answer is None or now - state.last_answer <= DEAD_AFTER:
        return Health(FAILING, said)
    return Health(DEAD, f"dead: {said}")


def _heard(state: FeedState, now: datetime) -> Health:
    moved = f"; moved to {state.moved_to}" if state.moved_to else ""
    heard = state.newest or state.last_new  # what is new to us at the first fetch may be old
    if heard is None:
        return Health(QUIET, f"answers, but had no story yet{moved}")
    silence = (state.last_answer or now) - heard
    longest = timedelta(seconds=state.longest_silence)
    if longest and silence > max(longest, NO_ALARM_BEFORE):
        was = span(longest)
        return Health(
            SILENT, f"answers, but is silent longer than ever: {span(silence)}, before at most {was}{moved}"
        )
    usual = timedelta(seconds=state.rhythm)
    if silence > (max(QUIET_BEATS * usual, timedelta(hours=1)) if usual else QUIET_AFTER):
        return Health(QUIET, f"answers, but nothing new for {span(now - heard)}{moved}")
    return Health(FINE, f"last story {ago(heard, now)}, last answer {ago(state.last_answer, now)}{moved}")
