"""When a feed is asked again, and what is remembered of an answer: pure functions, the clock and chance handed in.

A feed that has just had news is asked often, a silent one ever more rarely: a third of its silence, between two minutes
and a day. What the server asks for counts more (Retry-After in full, freshness up to an hour), and a feed that fails
is left alone for twice as long each time.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from feeds.errors import FetchError, ParseError, Refused
from feeds.story import FeedState
from feeds.wire.fetch import Answer

SHORTEST: Final = timedelta(minutes=2)
LONGEST: Final = timedelta(days=1)
_FRESHNESS_HEEDED: Final = timedelta(hours=1)
"""Publishers ask for days at a time by mistake; a war does not wait for them."""
_LOOKED_BACK: Final = timedelta(days=90)
"""A story from years ago that stays on top is no silence."""
_BACK_OFF: Final = timedelta(minutes=2)
_FIRST_QUIET: Final = timedelta(minutes=15)
"""Interval of a feed of which no new story was seen yet."""

Outcome = Answer | FetchError | ParseError
"""How a fetch ended."""


def next_due(
    state: FeedState,
    outcome: Outcome,
    now: datetime,
    *,
    chance: random.Random | None = None,
) -> datetime:
    """When to ask next.

    ``state`` is the one *after* the fetch (see :func:`remember`): it has the interval that the feed itself asks for and
    the usual time between two of its stories, of which an answer that nothing changed says nothing. Never later than
    a day from now unless the server asks for it by Retry-After.
    """
    spread = (chance or random).uniform(0.9, 1.1)
    if isinstance(outcome, Answer) and outcome.ok and not state.errors_in_row:
        wait = _quiet_wait(state, now)
        asked = timedelta(seconds=max(state.ttl, outcome.fresh_for or 0.0))
        wait = max(wait, min(asked, _FRESHNESS_HEEDED))
        return now + min(max(wait * spread, SHORTEST), LONGEST)
    wait = min(_BACK_OFF * 2 ** min(max(state.errors_in_row - 1, 0), 12), LONGEST)
    if isinstance(outcome, Refused):
        wait = LONGEST  # what is not allowed now will not be in two minutes
    wait = min(wait * spread, LONGEST)
    if isinstance(outcome, Answer) and outcome.retry_after:
        wait = max(wait, timedelta(seconds=outcome.retry_after))
    return now + wait


def _quiet_wait(state: FeedState, now: datetime) -> timedelta:
    wait = (now - state.last_new) / 3 if state.last_new else _FIRST_QUIET
    return min(max(wait, timedelta(seconds=state.rhythm) / 4, SHORTEST), LONGEST)


def remember(
    state: FeedState,
    outcome: Outcome,
    now: datetime,
    *,
    new_stories: int = 0,
    body_hash: str = "",
    ttl: float | None = None,
    told: Sequence[datetime] = (),
    chance: random.Random | None = None,
) -> FeedState:
    """The state after a fetch, with its next due time: validators, moves, health, back-off.

    ``told`` is when each of the feed's stories was told, those without a date left out.

    Give a :class:`ParseError` as the outcome when the body was no feed: its validators are then not kept, so that the
    next answer comes in full.
    """
    if isinstance(outcome, Answer) and outcome.ok:
        after = _after_answer(state, outcome, now, new_stories, body_hash)
        after = _after_stories(after, told, ttl) if told or ttl else after
    else:
        after = _after_failure(state, outcome, now, body_hash)
    if isinstance(outcome, Answer) and outcome.retry_after:
        after = replace(after, patience_until=now + timedelta(seconds=outcome.retry_after))
    due = next_due(after, outcome, now, chance=chance)
    return replace(after, next_due=None if after.gone else due)


def _after_answer(state: FeedState, answer: Answer, now: datetime, new: int, body_hash: str) -> FeedState:
    return replace(
        state,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=body_hash or state.body_hash,
        moved_to=answer.moved_to or state.moved_to,
        gone=False,
        last_fetch=now,
        last_answer=now,
        last_new=now if new else state.last_new,
        status=answer.status,
        error="",
        errors_in_row=0,
        stories_seen=state.stories_seen + new,
    )


def _after_failure(state: FeedState, outcome: Outcome, now: datetime, body_hash: str) -> FeedState:
    answered = isinstance(outcome, Answer)
    status = outcome.status if isinstance(outcome, Answer) else 0
    # A move that led nowhere is forgotten, and the address that the operator gave is asked again.
    astray = bool(state.moved_to) and status in (404, 410)
    return replace(
        state,
        etag="" if astray or not answered else state.etag,
        last_modified="" if astray or not answered else state.last_modified,
        body_hash=body_hash or state.body_hash,
        moved_to="" if astray else state.moved_to,
        gone=status == 410 and not astray,
        last_fetch=now,
        status=status,
        error=outcome.problem if isinstance(outcome, Answer) else str(outcome),
        errors_in_row=state.errors_in_row + 1,
    )


def _after_stories(state: FeedState, told: Sequence[datetime], ttl: float | None) -> FeedState:
    """The state with what a body tells of the feed's ways."""
    newest = max(told, default=state.newest)
    if newest is not None and state.newest is not None:
        newest = max(newest, state.newest)
    rhythm, longest = usual_gap(told), longest_gap(told, state.newest)
    return replace(
        state,
        newest=newest,
        ttl=ttl or 0.0,
        rhythm=rhythm.total_seconds() if rhythm else state.rhythm,
        longest_silence=max(state.longest_silence, longest.total_seconds() if longest else 0.0),
    )


def longest_gap(told: Sequence[datetime], before: datetime | None = None) -> timedelta | None:
    """The longest time between two stories of a feed in its last months; None when it says too little of itself.

    ``before`` is the newest story known before. A feed that no longer reaches back to it tells of no silence: what lay
    between, we have missed.
    """
    ordered = sorted(told)
    if len(ordered) < 4 and before is not None and ordered and before < ordered[0]:
        ordered.insert(0, before)  # a feed of its newest story alone
    recent = [moment for moment in ordered if ordered[-1] - moment <= _LOOKED_BACK]
    gaps = [later - earlier for earlier, later in itertools.pairwise(recent)]
    return max(gaps) if len(gaps) >= 3 or (gaps and before is not None) else None


def usual_gap(told: Sequence[datetime]) -> timedelta | None:
    """The median time between two stories of a feed; None for fewer than four of them."""
    ordered = sorted(told)
    gaps = sorted(later - earlier for earlier, later in itertools.pairwise(ordered))
    return gaps[len(gaps) // 2] if len(gaps) >= 3 else None
