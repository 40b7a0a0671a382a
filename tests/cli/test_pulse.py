"""What is said of a collector whose last sign of life lies in the future: a clock was set back, or is behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.archive import Beat
from tests.tui.samples import NOW
from tui.cli.pulse import Collector


def collector(ahead: timedelta, *, at_work: bool = True, killed: bool = False) -> Collector:
    beat = Beat("desk/1/a", NOW + ahead, 1, 0, 0, "waiting")
    return Collector(beat, at_work, NOW, killed)


HOURS = timedelta(hours=3)


@pytest.mark.parametrize(
    ("found", "line", "word"),
    [
        (
            collector(HOURS),
            "whether the collector is alive cannot be told: last sign dated 3 h ahead of this clock, which was set back maybe",
            "COLLECTOR ? sign 3 h ahead",
        ),
        (
            collector(HOURS, at_work=False, killed=True),
            "collector dead, last sign dated 3 h ahead of this clock, which was set back maybe",
            "COLLECTOR DEAD sign 3 h ahead",
        ),
        (
            collector(HOURS, at_work=False),
            "no collector at work, the last one gave a sign dated 3 h ahead of this clock, which was set back maybe",
            "NO COLLECTOR sign 3 h ahead",
        ),
        (
            collector(timedelta(seconds=40)),
            "collector alive, last sign dated 40 s ahead of this clock (waiting)",
            "collector ok",
        ),
        (collector(timedelta(seconds=2)), "collector alive, last sign 0 s ago (waiting)", "collector ok"),
        (collector(-HOURS), "collector dead, last sign 3 h ago", "COLLECTOR DEAD 3 h"),
        (
            collector(-HOURS, at_work=False),
            "no collector at work, the last one ended 3 h ago",
            "NO COLLECTOR 3 h",
        ),
    ],
)
def test_what_is_the_case_is_said(found: Collector, line: str, word: str) -> None:
    assert (found.line, found.word) == (line, word)
