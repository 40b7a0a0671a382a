"""Quiet, dead and not asked are three different things, and are said in different words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feeds.story import FeedState
from feeds.wire.health import ago, health

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
        (replace(FINE, last_new=NOW - timedelta(days=5)), "quiet", "nothing new since 5 d ago"),
        (replace(FINE, last_new=None), "quiet", "no story yet"),
        (
            replace(FINE, errors_in_row=4, error="429 Too Many Requests"),
            "failing",
            "failed 4 times in a row: 429",
        ),
        (replace(FINE, errors_in_row=1, last_answer=None), "failing", "never answered"),
        (replace(FINE, gone=True), "gone", "410"),
        (replace(FINE, next_due=NOW - timedelta(hours=1)), "overdue", "nothing was fetched"),
        (replace(FINE, moved_to="http://example.org/new"), "fine", "moved to http://example.org/new"),
    ],
)
def test_health_in_words(state: FeedState, word: str, part: str) -> None:
    found = health(state, NOW)
    assert found.word == word
    assert part in found.line


def test_a_feed_is_quiet_when_it_is_silent_for_longer_than_it_ever_was() -> None:
    assert health(FINE, NOW, longest_silence=timedelta(minutes=30)).word == "quiet"


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
