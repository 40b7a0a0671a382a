"""Quiet, dead and not asked are three different things, and are said in different words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.health import health
from feeds.moments import ago
from feeds.story import FeedState

NOW = datetime(2021, 8, 12, 12, 0, tzinfo=UTC)
FINE = FeedState(
    "http://example.org/feed",
    last_fetch=NOW - timedelta(minutes=3),
    last_answer=NOW - timedelta(minutes=3),
    last_new=NOW - timedelta(minutes=40),
    next_due=NOW + timedelta(minutes=3),
)


@pytest.mark.parametrize(
    ("state", "word", "part"),
    [
        (FeedState("http://example.org/feed"), "new", "never asked"),
        (FINE, "fine", "last story 40 m ago"),
        (replace(FINE, last_new=NOW - timedelta(days=5)), "quiet", "nothing new for 5 d"),
        (replace(FINE, last_new=None), "quiet", "no story yet"),
        (
            replace(FINE, errors_in_row=4, error="429 Too Many Requests"),
            "failing",
            "failed 4 times in a row: 429",
        ),
        (replace(FINE, errors_in_row=1, last_answer=None), "failing", "never answered"),
        (
            replace(FINE, errors_in_row=99, error="404", last_answer=NOW - timedelta(days=4)),
            "dead",
            "last answered 4 d ago",
        ),
        (replace(FINE, gone=True), "gone", "410"),
        (replace(FINE, next_due=NOW - timedelta(hours=1)), "overdue", "nothing was fetched"),
        (replace(FINE, moved_to="http://example.org/new"), "fine", "moved to http://example.org/new"),
    ],
)
def test_health_in_words(state: FeedState, word: str, part: str) -> None:
    found = health(state, NOW)
    assert found.word == word
    assert part in found.line


def silent_for(hours: float) -> FeedState:
    newest = NOW - timedelta(minutes=3, hours=hours)
    return replace(FINE, newest=newest, rhythm=1200.0, longest_silence=9 * 3600.0)


def test_a_feed_that_is_silent_for_longer_than_it_ever_was_raises_the_alarm() -> None:
    found = [health(silent_for(hours), NOW) for hours in (1, 5, 10)]
    assert [each.word for each in found] == ["fine", "quiet", "silent"]
    assert [each.alarm for each in found] == [False, False, True]
    assert "10 h, before at most 9 h" in found[-1].line


def test_what_we_did_not_ask_is_no_silence_of_the_feed() -> None:
    away = replace(silent_for(1), last_answer=NOW - timedelta(days=2), last_fetch=NOW - timedelta(days=2))
    stopped = replace(away, newest=NOW - timedelta(days=2, hours=1), next_due=NOW - timedelta(days=2))
    assert health(stopped, NOW).word == "overdue"
    assert health(replace(stopped, next_due=NOW), NOW).word == "fine"


def test_a_busy_feed_may_sleep_for_a_night() -> None:
    assert health(replace(silent_for(5), longest_silence=1800.0), NOW).word == "quiet"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 s ago"),
        (59, "59 s ago"),
        (60, "1 m ago"),
        (7199, "119 m ago"),
        (7200, "2 h ago"),
        (200_000, "2 d ago"),
    ],
)
def test_how_long_ago(seconds: int, said: str) -> None:
    assert ago(NOW - timedelta(seconds=seconds), NOW) == said
    assert ago(None, NOW) == "never"
