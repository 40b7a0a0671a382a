"""What must be true of every score, whatever the war."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.evidence import Change
from feeds.replay.truth import Turn
from tests.replay.test_score import BEGIN, END, scored, step, turn

HOURS = int((END - BEGIN).total_seconds() // 3600) - 1

courses = st.lists(st.integers(2, 27), min_size=1, max_size=4, unique=True).map(
    lambda days: [
        turn(day, "reds" if n % 2 == 0 else "blues")
        for n, day in enumerate(day for day in sorted(days) if not _crowded(day, sorted(days)))
    ]
)
"""Turns of one place, back and forth, at least three days apart, so that no two windows meet."""
histories = st.lists(
    st.tuples(
        st.integers(0, HOURS),
        st.sampled_from(["captured", "retaken", "held", "disputed", "claimed", "contested"]),
        st.sampled_from(["reds", "blues"]),
    ),
    max_size=8,
    unique_by=lambda one: one[0],
).map(lambda told: [step(BEGIN + timedelta(hours=hour), state, side) for hour, state, side in told])


def _crowded(day: int, days: Sequence[int]) -> bool:
    return any(0 < day - other < 3 for other in days)


def told_in_time(turns: Sequence[Turn], shares: Sequence[float]) -> list[Change]:
    return [
        step(one.opens + (one.closes - one.opens) * share, "captured", one.holder)
        for one, share in zip(turns, shares, strict=False)
    ]


@given(courses, st.lists(st.floats(0, 0.999), min_size=4, max_size=4))
def test_a_board_that_tells_each_turn_in_time_is_perfect(turns: list[Turn], shares: list[float]) -> None:
    found = scored(turns, *told_in_time(turns, shares))
    assert [one.verdict for one in found.judged] == ["in time"] * len(turns)
    assert (found.strays, found.recall, found.wrong_hours) == ((), 1.0, 0)


@given(courses, st.lists(st.floats(0, 0.999), min_size=4, max_size=4), st.integers(0, HOURS))
def test_one_lie_more_is_one_false_fall_more(turns: list[Turn], shares: list[float], hour: int) -> None:
    lie = step(BEGIN + timedelta(hours=hour), "captured", "reds", "bexley")
    assert len(scored(turns, *told_in_time(turns, shares), lie).strays) == 1


@given(courses, histories)
def test_every_turn_has_one_verdict_and_the_order_of_the_log_does_not_matter(
    turns: list[Turn], told: list[Change]
) -> None:
    found = scored(turns, *told)
    assert [one.turn for one in found.judged] == turns
    assert found == scored(turns, *reversed(told))
    for one in found.judged:
        assert (one.at is None) == (one.verdict == "missed")
        if one.at is not None:
            assert {
                "in time": one.turn.opens <= one.at < one.turn.closes,
                "late": one.at >= one.turn.closes,
            }.get(one.verdict, one.at < one.turn.opens)


@given(courses, histories)
def test_a_false_fall_lasts_and_lies_within_what_was_said(turns: list[Turn], told: list[Change]) -> None:
    found = scored(turns, *told)
    for stray in found.strays:
        assert 0 < stray.hours <= (stray.word.until - stray.word.at).total_seconds() / 3600
        assert stray.word in found.words[stray.word.place]
    assert all(date(2021, 8, 1) <= stray.word.at.date() for stray in found.strays)


@given(histories)
def test_a_place_that_never_changed_hands_makes_false_falls_of_every_other_holder(told: list[Change]) -> None:
    found = scored([], *told)
    assert {stray.word.holder for stray in found.strays} <= {"reds"}
    said = [word for words in found.words.values() for word in words if word.holder == "reds"]
    assert [stray.word for stray in found.strays] == said
