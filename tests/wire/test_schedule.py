"""A feed is asked as often as it has news, and left alone as long as it asks for."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ParseError, Refused, TooSlow
from feeds.story import FeedState
from feeds.wire.fetch import Answer
from feeds.wire.schedule import LONGEST, SHORTEST, next_due, remember, usual_gap

NOW = datetime(2021, 8, 12, 12, 0, tzinfo=UTC)
FEED = FeedState("http://example.org/feed")
FINE = Answer(200, b"x")


class Even(random.Random):
    """Chance without chance: the middle of every range."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


def wait(
    state: FeedState, answer: Answer = FINE, *, ttl: float = 0.0, rhythm: timedelta = timedelta()
) -> timedelta:
    known = replace(state, ttl=ttl or state.ttl, rhythm=rhythm.total_seconds() or state.rhythm)
    return next_due(known, answer, NOW, chance=Even()) - NOW


def silent_for(silence: timedelta) -> FeedState:
    return replace(FEED, last_new=NOW - silence)


def test_a_feed_with_fresh_news_is_asked_again_in_two_minutes() -> None:
    assert wait(silent_for(timedelta())) == SHORTEST


def test_a_silent_feed_is_asked_ever_more_rarely() -> None:
    assert wait(silent_for(timedelta(hours=3))) == timedelta(hours=1)
    assert wait(silent_for(timedelta(days=30))) == LONGEST


def test_the_feeds_own_rhythm_counts() -> None:
    assert wait(silent_for(timedelta()), rhythm=timedelta(hours=4)) == timedelta(hours=1)


def test_freshness_is_heeded_up_to_an_hour() -> None:
    fresh = silent_for(timedelta())
    assert wait(fresh, ttl=900) == timedelta(minutes=15)
    assert wait(fresh, replace(FINE, fresh_for=1200.0)) == timedelta(minutes=20)
    assert wait(fresh, ttl=7 * 86400) == timedelta(hours=1)


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_heeded_in_full(status: int) -> None:
    state = remember(FEED, Answer(status, retry_after=2 * 86400.0), NOW, chance=Even())
    assert state.next_due == NOW + timedelta(days=2)


def test_a_failing_feed_is_left_alone_twice_as_long_each_time() -> None:
    state, waits = FEED, []
    for _ in range(12):
        state = remember(state, TooSlow("no answer"), NOW, chance=Even())
        assert state.next_due is not None
        waits.append(state.next_due - NOW)
    assert waits[:4] == [timedelta(minutes=2 * 2**n) for n in range(4)]
    assert waits[-1] == LONGEST
    assert (state.errors_in_row, state.error) == (12, "no answer")


def test_feeds_that_fail_together_do_not_come_back_together() -> None:
    dues = {next_due(FEED, TooSlow("x"), NOW, chance=random.Random(seed)) for seed in range(20)}
    assert len(dues) > 15


def test_what_is_not_allowed_is_asked_once_a_day() -> None:
    assert remember(FEED, Refused("private"), NOW, chance=Even()).next_due == NOW + LONGEST


def test_a_good_answer_is_remembered() -> None:
    failing = replace(FEED, errors_in_row=3, error="x", stories_seen=5)
    answer = Answer(200, b"x", etag='"1"', last_modified="then", moved_to="http://example.org/new")
    after = remember(failing, answer, NOW, new_stories=2, body_hash="abc", chance=Even())
    assert (after.etag, after.last_modified, after.moved_to, after.body_hash) == (
        '"1"',
        "then",
        answer.moved_to,
        "abc",
    )
    assert (after.errors_in_row, after.error, after.stories_seen) == (0, "", 7)
    assert after.last_new == after.last_answer == after.last_fetch == NOW


def test_nothing_new_leaves_the_last_new_story_where_it_was() -> None:
    before = silent_for(timedelta(hours=1))
    assert remember(before, Answer(304), NOW).last_new == before.last_new


def test_gone_is_never_asked_again() -> None:
    after = remember(FEED, Answer(410), NOW)
    assert (after.gone, after.next_due) == (True, None)


def test_a_move_that_led_nowhere_is_forgotten() -> None:
    moved = replace(FEED, moved_to="http://example.org/new", etag='"1"')
    after = remember(moved, Answer(410), NOW)
    assert (after.moved_to, after.etag, after.gone) == ("", "", False)
    assert after.next_due is not None


def test_after_a_body_that_was_no_feed_the_next_answer_comes_in_full() -> None:
    after = remember(replace(FEED, etag='"1"', last_modified="then"), ParseError("not a feed"), NOW)
    assert (after.etag, after.last_modified, after.error) == ("", "", "not a feed")


@given(st.integers(0, 10**7), st.integers(0, 60), st.integers(0), st.sampled_from([200, 304, 404, 500, 410]))
def test_it_is_always_between_two_minutes_and_a_day(
    silence: int, errors: int, seed: int, status: int
) -> None:
    state = replace(silent_for(timedelta(seconds=silence)), errors_in_row=errors)
    due = next_due(state, Answer(status), NOW, chance=random.Random(seed))
    assert SHORTEST * 0.9 <= due - NOW <= LONGEST


def test_what_a_feed_asks_for_is_remembered_when_nothing_changed() -> None:
    told = [NOW - timedelta(hours=hours) for hours in (0, 1, 2, 3)]
    first = remember(FEED, FINE, NOW, new_stories=4, ttl=1800, told=told, chance=Even())
    assert (first.ttl, first.rhythm, first.newest) == (1800, 3600, NOW)
    again = remember(first, Answer(304), NOW + timedelta(minutes=30), chance=Even())
    assert again.next_due == NOW + timedelta(minutes=60)


def test_patience_outlives_what_comes_after_it() -> None:
    busy = remember(FEED, Answer(503, retry_after=3600.0), NOW, chance=Even())
    assert busy.patience_until == NOW + timedelta(hours=1)
    later = remember(busy, TooSlow("no answer"), NOW + timedelta(minutes=5), chance=Even())
    assert later.patience_until == busy.patience_until


def test_the_longest_silence_is_what_the_feed_itself_tells() -> None:
    told = [NOW - timedelta(hours=hours) for hours in (0, 1, 9, 10)]
    state = remember(FEED, FINE, NOW, told=[*told, NOW - timedelta(days=2000)], chance=Even())
    assert state.longest_silence == 8 * 3600
    later = NOW + timedelta(days=5)
    missed = remember(
        state, FINE, later, told=[later - timedelta(minutes=n) for n in range(9)], chance=Even()
    )
    assert missed.longest_silence == 8 * 3600, "what we have missed is no silence"
    alone = remember(state, FINE, later, told=[later], chance=Even())
    assert alone.longest_silence == 5 * 86400, "a feed of one story"


def test_the_usual_gap_is_the_median() -> None:
    told = [NOW + timedelta(minutes=minutes) for minutes in (0, 10, 20, 30, 600)]
    assert usual_gap(told) == timedelta(minutes=10)
    assert usual_gap(told[:3]) is None
