"""Rules D2 to D8, each with the smallest log that fires it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from feeds.evidence import Evidence
from feeds.standing import Board
from tests.standing.logs import NOON, THEATRE, aster, board_of, logged, said, steps


def history(*pieces: Evidence, hours: float | None = None) -> list[tuple[str, str, str]]:
    board = Board(THEATRE)
    until = None if hours is None else NOON + timedelta(hours=hours)
    return steps(board.restore(logged(pieces), until=until))


def test_a_place_that_nobody_spoke_of_is_unknown() -> None:
    row = board_of().standing("aster")
    assert (row.state, row.holder, row.grade, row.since, row.at) == ("unknown", "blues", "F6", None, None)


def test_d2_a_reporter_says_that_it_fell() -> None:
    assert history(said("took reds")) == [("D2", "captured", "reds")]


def test_d3_who_holds_it_is_told_both_ways() -> None:
    assert history(said("took reds"), said("holds blues", by="Herald", hours=1))[-1] == ("D3", "disputed", "")


def test_d3_once_captured_it_takes_more_to_put_it_in_doubt() -> None:
    denial = said("holds blues", by="Herald", hours=1, voice="self-serving", letter="C")  # 0.34
    claim, capture = said("took reds", voice="official", letter="C"), said("took reds")
    assert [state for _, state, _ in history(claim, denial)] == ["claimed", "disputed"]
    assert [state for _, state, _ in history(capture, denial)] == ["captured"]


def test_d4_one_side_claims_it() -> None:
    assert history(said("took reds", voice="self-serving")) == [("D4", "claimed", "reds")]


def test_d4_a_capture_that_fades_is_no_claim() -> None:
    row = aster(said("took reds"), hours=90)
    assert row.strength < 0.6
    assert row.state == "captured"


def test_d5_the_owner_has_it_back() -> None:
    assert history(said("took reds"), said("took blues", by="Herald", hours=30)) == [
        ("D2", "captured", "reds"),
        ("D5", "retaken", "blues"),
    ]


def test_d5_the_owners_own_word_takes_nothing_back() -> None:
    words = [said("took blues", by=f"Paper {n}", hours=30, voice="self-serving") for n in range(5)]
    assert "retaken" not in {state for _, state, _ in history(said("took reds"), *words)}


def test_d5_that_the_owner_holds_it_is_no_recapture() -> None:
    still = [said("holds blues", by=f"Paper {n}", hours=90) for n in range(5)]
    found = history(said("took reds", letter="D", voice="reporter"), said("took reds", by="Star"), *still)
    assert [state for _, state, _ in found] == ["claimed", "captured", "disputed"]


def test_d5_a_place_captured_then_disputed_is_retaken() -> None:
    found = history(
        said("took reds"),
        said("holds blues", by="Herald", hours=1),
        said("took blues", by="Star", hours=3, voice="against-interest"),
        said("holds blues", by="Post", hours=3),
    )
    assert [state for _, state, _ in found] == ["captured", "disputed", "retaken"]


def test_d5_a_claim_refuted_leaves_the_place_held_and_not_retaken() -> None:
    found = history(
        said("took reds", voice="self-serving", letter="C", weight=0.5),
        said("took blues", by="Herald", hours=1),
    )
    assert found == [("D4", "claimed", "reds"), ("D5", "held", "blues")]


def test_d6_fighting_stays_until_it_has_faded_twice_as_far() -> None:
    words = said("fighting", letter="A", weight=0.4), said("holds blues", by="Herald", letter="D")
    assert history(words[0]) == [("D6", "contested", "blues")]
    assert history(*words, hours=20)[-1] == ("D6", "contested", "blues")
    assert history(*words, hours=30)[-1] == ("D8", "held", "blues")


def test_d6_weak_fighting_is_no_contest() -> None:
    assert history(said("fighting", weight=0.35)) == []


def test_d7_threat_stays_until_it_has_faded_twice_as_far() -> None:
    words = said("threat", letter="A", weight=0.4), said("holds blues", by="Herald", letter="B")
    assert history(words[0]) == [("D7", "threatened", "blues")]
    assert history(*words, hours=60)[-1] == ("D7", "threatened", "blues")
    assert history(*words, hours=72)[-1] == ("D8", "held", "blues")


def test_d8_the_owner_is_said_to_hold_it() -> None:
    assert history(said("holds blues", letter="D")) == [("D8", "held", "blues")]
    assert history(said("holds blues", letter="E")) == []


def test_d8_a_dispute_that_fades_is_not_decided_for_the_side_that_fewer_speak_for() -> None:
    words = (
        said("took reds"),
        said("took blues", by="Herald", hours=60, voice="official"),
        said("holds reds", by="Star", hours=80),
    )
    assert [state for _, state, _ in history(*words, hours=300)] == ["captured", "retaken", "disputed"]


def test_new_fighting_in_a_captured_city_is_a_flag() -> None:
    before = aster(said("fighting", by="Herald"), said("took reds", hours=1))
    after = aster(said("took reds"), said("fighting", by="Herald", hours=1))
    assert (before.state, before.flags) == ("captured", ())
    assert (after.state, after.flags) == ("captured", ("fighting",))


def test_what_led_to_the_retaking_does_not_put_it_in_doubt() -> None:
    fought = (
        said("took reds"),
        said("fighting", by="Star", hours=29),
        said("took blues", by="Herald", hours=30),
    )
    assert aster(*fought, hours=31).state == "retaken"
    assert aster(*fought, said("fighting", by="Post", hours=32)).state == "contested"


def test_retaken_is_held_after_five_quiet_days() -> None:
    taken = said("took reds"), said("took blues", by="Herald", hours=30)
    assert aster(*taken, hours=30 + 119).state == "retaken"
    found = history(*taken, hours=30 + 120)
    assert found[-1] == ("quiet", "held", "blues")
    threatened = said("threat", by="Star", hours=100, weight=0.2)
    assert aster(*taken, threatened, hours=100 + 119).state == "retaken"
    assert aster(*taken, threatened, hours=100 + 121).state == "held"


def test_after_five_days_without_a_word_a_row_is_stale() -> None:
    assert not aster(said("took reds"), hours=120).stale
    row = aster(said("took reds"), hours=121)
    assert (row.state, row.stale, row.flags) == ("captured", True, ("stale",))


def test_a_third_side_may_take_it() -> None:
    assert history(said("took reds"), said("took greens", by="Herald", hours=5)) == [
        ("D2", "captured", "reds"),
        ("D2", "captured", "greens"),
    ]


def test_two_challengers_of_whom_both_are_said_to_hold_it_dispute_it() -> None:
    assert history(said("took reds"), said("took greens", by="Herald"))[-1] == ("D3", "disputed", "")


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((said("took reds"), said("took reds", by="Herald", letter="A")), "A1"),
        ((said("took reds"), said("took reds", hours=13)), "B2"),  # one outlet twice is one teller
        ((said("took reds"),), "B2"),
        ((said("took reds", voice="against-interest", letter="C"),), "C2"),
        ((said("took reds", voice="witness", letter="A"),), "A3"),
        ((said("took reds", voice="self-serving"),), "B4"),
        ((said("took reds"), said("holds blues", by="Herald", hours=1)), "B5"),
        ((), "F6"),
    ],
)
def test_the_grade_has_the_best_letter_and_a_digit_of_its_own(
    pieces: tuple[Evidence, ...], expected: str
) -> None:
    assert aster(*pieces).grade == expected


def test_origins_are_tellers_and_outlets_all_that_ran_it() -> None:
    row = aster(
        said("took reds", by="Gazette", origin="ap@1"),
        said("took reds", by="Herald", origin="ap@1", hours=1),
        said("took reds", by="Star", hours=2),
    )
    assert (row.outlets, row.origins, len(row.evidence)) == (3, 2, 2)
