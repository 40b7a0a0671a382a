"""A board's history against the record: in time, late, early, missed, and what never happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from feeds.evidence import Change, unheard_of
from feeds.replay.score import Score, score
from feeds.replay.truth import Doubt, Truth, Turn
from feeds.theatres.model import Place, Side, Theatre

THEATRE = Theatre(
    "testland",
    "Testland",
    ("TL",),
    (Side("reds", "Reds", ("reds",)), Side("blues", "Blues", ("blues",))),
    tuple(
        Place(name.lower(), name, "North", kind, 0.0, 0.0, holder="blues")
        for name, kind in (("Aster", "capital"), ("Bexley", "capital"), ("Corran", "town"))
    ),
)
BEGIN, END = datetime(2021, 8, 1, tzinfo=UTC), datetime(2021, 8, 31, tzinfo=UTC)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2021, 8, day, hour, tzinfo=UTC)


def turn(day: int, holder: str = "reds", place: str = "aster", hour: datetime | None = None) -> Turn:
    return Turn(place, holder, date(2021, 8, day), "checked", timedelta(days=1), hour)


def step(when: datetime, after: str, holder: str, place: str = "aster") -> Change:
    return Change(
        "testland", place, "", after, "", holder, when, "D2", (), (7,), unheard_of("testland", place, holder)
    )


def scored(turns: list[Turn], *steps: Change, doubts: tuple[Doubt, ...] = (), **opening: str) -> Score:
    ordered = tuple(sorted(turns, key=lambda one: one.day))
    return score(THEATRE, Truth("testland", opening, ordered, doubts), steps, BEGIN, END)


@pytest.mark.parametrize(
    ("told", "verdict", "false"),
    [
        (at(9), "in time", 0),
        (at(10, 15), "in time", 0),
        (at(11, 23), "in time", 0),
        (at(12), "late", 0),
        (at(20), "late", 0),
        (at(8, 23), "early", 1),
        (at(3), "early", 1),
    ],
)
def test_a_fall_on_the_tenth_is_in_time_within_a_day(told: datetime, verdict: str, false: int) -> None:
    found = scored([turn(10)], step(told, "captured", "reds"))
    assert [one.verdict for one in found.judged] == [verdict]
    assert found.judged[0].at == told
    assert len(found.strays) == false
    assert found.recall == (verdict == "in time")


def test_what_the_board_never_says_is_missed_and_has_no_lag() -> None:
    found = scored([turn(10), turn(10, place="bexley")], step(at(10, 6), "captured", "reds"))
    assert [(one.turn.place, one.verdict, one.lag) for one in found.judged] == [
        ("aster", "in time", 6.0),
        ("bexley", "missed", None),
    ]
    assert (found.recall, found.median_lag, found.strays) == (0.5, 6.0, ())


def test_a_claim_a_dispute_or_fighting_is_no_fall() -> None:
    states = ("claimed", "disputed", "contested", "threatened")
    found = scored([turn(10)], *(step(at(9 + n), state, "reds") for n, state in enumerate(states)))
    assert ([one.verdict for one in found.judged], found.strays) == (["missed"], ())


def test_a_town_that_the_record_does_not_name_never_fell() -> None:
    found = scored(
        [], step(at(5), "captured", "reds", "corran"), step(at(6, 12), "retaken", "blues", "corran")
    )
    (stray,) = found.strays
    assert (stray.word.place, stray.word.holder, stray.word.at, stray.hours) == (
        "corran",
        "reds",
        at(5),
        36.0,
    )
    assert stray.word.evidence == (7,)
    assert found.recall == 1.0


def test_a_false_fall_of_one_hour_counts_at_any_hour() -> None:
    found = scored([turn(20)], step(at(4, 3), "captured", "reds"), step(at(4, 4), "held", "blues"))
    assert [(stray.word.at, stray.hours) for stray in found.strays] == [(at(4, 3), 1.0)]
    assert found.judged[0].verdict == "missed"


def test_a_false_fall_is_false_again_after_a_dispute() -> None:
    found = scored(
        [],
        step(at(4), "captured", "reds"),
        step(at(5), "disputed", ""),
        step(at(6), "captured", "reds"),
        step(at(7), "held", "blues"),
    )
    assert [stray.word.at for stray in found.strays] == [at(4), at(6)]
    assert found.wrong_hours == 48.0


def test_fighting_in_a_captured_town_does_not_make_it_fall_twice() -> None:
    found = scored([turn(10)], step(at(10), "captured", "reds"), step(at(15), "captured", "reds"))
    assert len(found.words["aster"]) == 1


def test_it_may_change_hands_twice_and_each_turn_is_judged_by_itself() -> None:
    turns = [turn(5), turn(20, "blues")]
    found = scored(turns, step(at(5, 9), "captured", "reds"), step(at(22, 12), "retaken", "blues"))
    assert [one.verdict for one in found.judged] == ["in time", "late"]
    assert found.strays == ()
    blind = scored(turns, step(at(2), "held", "blues"))
    assert [one.verdict for one in blind.judged] == ["missed", "missed"]


def test_who_held_it_when_it_began_may_differ_from_the_theatres_start() -> None:
    steps = step(at(2), "captured", "reds"), step(at(20), "retaken", "blues")
    found = scored([turn(20, "blues")], *steps, aster="reds")
    assert ([one.verdict for one in found.judged], found.strays) == (["in time"], ())
    assert len(scored([turn(20, "blues")], *steps).strays) == 1


def test_on_days_of_doubt_either_word_will_do_but_not_after_them() -> None:
    doubt = (Doubt("aster", at(17), at(19)),)
    steps = [step(at(10), "captured", "reds"), step(at(17, 18), "retaken", "blues")]
    back = scored([turn(10)], *steps, step(at(18, 15), "captured", "reds"), doubts=doubt)
    assert back.strays == ()
    stuck = scored([turn(10)], *steps, doubts=doubt)
    assert [(stray.word.holder, stray.hours) for stray in stuck.strays] == [("blues", 12 * 24.0)]


def test_a_lag_is_counted_from_the_hour_where_the_record_has_it() -> None:
    found = scored([turn(10, hour=at(10, 14))], step(at(10, 16), "captured", "reds"))
    assert found.judged[0].lag == 2.0


def test_turns_after_the_last_moment_played_are_not_asked_for() -> None:
    turns = (turn(10), turn(25, place="bexley"))
    short = score(THEATRE, Truth("testland", {}, turns), [step(at(10), "captured", "reds")], BEGIN, at(16))
    assert (len(short.judged), short.recall) == (1, 1.0)
