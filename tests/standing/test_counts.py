"""Reported counts beside the board: what they say at least, and which of them mean something else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.evidence import Count
from feeds.standing import reconcile
from tests.standing.logs import NOON, THEATRE, board_of, said

NOW = NOON + timedelta(hours=6)


def count(
    number: int, qualifier: str = "exact", *, of: int | None = None, side: str = "reds", hours: float = 0
) -> Count:
    told = NOON + timedelta(hours=hours)
    return Count("s", "testland", side, number, of, qualifier, "", 0, 0, told, "Gazette")


@pytest.mark.parametrize(
    ("said_so", "reported"),
    [
        ([], None),
        ([count(2)], 2),
        ([count(2, "at-least")], 2),
        ([count(2, "nth")], 2),
        ([count(1, "more")], 2),
        ([count(3, "more")], 3),
        ([count(1), count(2), count(1, hours=1)], 2),
        ([count(2, of=3)], 2),
        ([count(2, of=400)], None),
        ([count(9)], None),
        ([count(0)], None),
        ([count(2, side="blues")], None),
        ([count(2, hours=-80)], None),
        ([count(2, hours=7)], None),
    ],
)
def test_what_is_reported_at_least(said_so: list[Count], reported: int | None) -> None:
    assert reconcile(THEATRE, said_so, board_of().standings(), NOW).reported == reported


def test_what_the_board_cannot_name_is_the_alarm() -> None:
    board = board_of(
        said("took reds"),
        said("took greens", place="bexley"),
        said("took reds", place="corran", voice="self-serving"),
    )
    tally = reconcile(THEATRE, [count(2)], board.standings(), NOW)
    assert (tally.reported, tally.of, tally.named, tally.unnamed) == (2, 3, 1, 1)


def test_a_board_ahead_of_the_counts_misses_nothing() -> None:
    board = board_of(said("took reds"), said("took reds", place="bexley"))
    assert reconcile(THEATRE, [count(1)], board.standings(), NOW).unnamed == 0
    assert reconcile(THEATRE, [], board.standings(), NOW).unnamed == 0
