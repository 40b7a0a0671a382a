"""What is said, what waits and what is held back: as an operator would put it, then by any sequence of events at all."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.alerts.decision import Decision, decide
from feeds.alerts.memory import Memory, memory_json, memory_of
from feeds.alerts.noise import Noise, Quiet
from feeds.alerts.records import BACK, NEWER, OLD, UNSAID, WITHDRAWAL, Alert, Event
from tests.alerts.samples import NOON, after, event

NOISE = Noise()


class Desk:
    """A decision that is asked again and again, as the collector does."""

    def __init__(self, noise: Noise = NOISE) -> None:
        self.noise = noise
        self.memory = Memory()
        self.said: list[Alert] = []
        self.held: Counter[str] = Counter()

    def look(
        self, seconds: float, *events: Event, may_send: bool = True, unsaid: frozenset[str] = frozenset()
    ) -> Decision:
        done = decide(self.memory, events, after(seconds), self.noise, may_send=may_send, unsaid=unsaid)
        self.memory = memory_of(memory_json(done.memory))
        self.held.update(reason for reason, _ in done.held)
        if done.alert:
            self.said.append(done.alert)
        return done

    def run(self, begin: int, end: int, step: int = 10) -> None:
        """Nothing more happens, but somebody looks."""
        for seconds in range(begin, end, step):
            self.look(seconds)

    @property
    def places(self) -> list[tuple[float, str, str]]:
        """(seconds, place, state) of everything named."""
        return [
            ((one.at - NOON).total_seconds(), each.place, each.after)
            for one in self.said
            for each in one.events
        ]


def test_a_city_that_falls_is_said_at_once_with_its_proof() -> None:
    desk = Desk()
    done = desk.look(0, event())
    assert done.alert is not None
    assert done.alert.events[0].proof == event().proof
    assert desk.look(1).alert is None


def test_five_cities_in_one_minute_make_two_alerts_and_every_city_is_named() -> None:
    desk = Desk()
    desk.look(0, event("aster"))
    for number, place in enumerate(("bexley", "corden", "dray", "elm"), start=1):
        desk.look(number * 5, event(place))
    desk.run(30, 200)
    assert [when for when, _, _ in desk.places] == [0, 60, 60, 60, 60]
    assert {place for _, place, _ in desk.places} == {"aster", "bexley", "corden", "dray", "elm"}
    assert not desk.held


def test_one_city_is_named_once_in_half_an_hour_and_then_as_it_stands() -> None:
    desk = Desk()
    desk.look(0, event())
    desk.look(300, event(after="disputed"))
    desk.look(600, event(after="retaken by Blues"))
    desk.run(610, 3600)
    assert desk.places == [(0, "aster", "captured by Reds"), (1800, "aster", "retaken by Blues")]
    second = desk.said[1]
    assert second.held == {NEWER: 1}
    assert second.events[0].held == 1


def test_a_city_that_is_back_where_it_was_is_not_said_again_but_counted() -> None:
    desk = Desk()
    desk.look(0, event())
    desk.look(300, event(after="disputed"))
    desk.look(600, event())
    desk.run(610, 3600)
    assert desk.places == [(0, "aster", "captured by Reds")]
    assert desk.held == {NEWER: 1, BACK: 1}
    desk.look(4000, event("bexley"))
    assert desk.said[-1].held == {NEWER: 1, BACK: 1}


def test_a_city_that_fell_days_ago_and_falls_again_is_said_again() -> None:
    desk = Desk()
    desk.look(0, event())
    desk.look(90_000, event())
    assert len(desk.said) == 2


def test_a_city_that_flaps_is_said_every_two_hours_and_called_so() -> None:
    desk = Desk()
    states = ("captured by Reds", "disputed", "captured by Reds", "retaken by Blues", "disputed")
    for number, state in enumerate(states):
        desk.look(number * 120, event(after=state))
    desk.run(600, 10_000, 60)
    assert [when for when, _, _ in desk.places] == [0, 7200]
    assert desk.said[1].events[0].moves == 5


def test_nothing_is_said_in_the_grace_and_nothing_of_it_is_lost() -> None:
    desk = Desk()
    desk.look(0, event("aster"), may_send=False)
    desk.look(5, event("bexley"), may_send=False)
    assert not desk.said
    desk.look(10)
    assert [place for _, place, _ in desk.places] == ["aster", "bexley"]


def test_history_is_counted_in_one_alert_and_not_named() -> None:
    desk = Desk()
    desk.look(0, *(event(f"town-{number}", key=str(number), old=True) for number in range(500)))
    assert [(one.events, one.held) for one in desk.said] == [((), {OLD: 500})]
    desk.look(120, event("late", old=True))
    desk.run(130, 4000, 60)
    assert len(desk.said) == 1
    desk.look(4000, event("bexley"))
    assert desk.said[1].held == {OLD: 1}


def test_nothing_is_said_at_night_but_what_is_let_through() -> None:
    night = Quiet(time(22), time(6), "Europe/Kyiv")  # 20:00 to 04:00 UTC in winter
    desk = Desk(Noise(quiet=night, through="high"))
    evening = 8.5 * 3600
    desk.look(evening, event("aster", severity="medium"), event("bexley"))
    assert [place for _, place, _ in desk.places] == ["bexley"]
    desk.look(16 * 3600 - 1)
    assert len(desk.said) == 1
    desk.look(16 * 3600)
    assert [place for _, place, _ in desk.places] == ["bexley", "aster"]


def test_a_withdrawal_goes_out_though_its_city_was_just_named() -> None:
    desk = Desk()
    desk.look(0, event())
    taken = event(subject="withdrawal:ww-1:change:1", kind=WITHDRAWAL, headline="TAKEN BACK: Aster", after="")
    desk.look(61, taken, event("bexley"))
    assert [each.kind for each in desk.said[1].events] == [WITHDRAWAL, "change"]


def test_what_waits_is_not_said_once_its_only_story_is_taken_back() -> None:
    desk = Desk()
    desk.look(0, event("bexley"))
    desk.look(10, event("aster"))
    desk.look(20, unsaid=frozenset({"s1"}))
    desk.run(30, 4000, 30)
    assert [place for _, place, _ in desk.places] == ["bexley"]
    assert desk.held == {UNSAID: 1}


def test_a_clock_that_is_set_back_silences_nobody() -> None:
    desk = Desk()
    desk.look(86_400, event())
    desk.look(0, event("bexley"))
    desk.run(0, 90)
    assert [place for _, place, _ in desk.places] == ["aster", "bexley"]


def test_no_alert_names_more_than_can_be_read_and_the_rest_comes_with_the_next() -> None:
    desk = Desk(replace(NOISE, most=3))
    desk.look(0, *(event(f"town-{number}") for number in range(7)))
    desk.run(10, 200)
    assert [len(one.events) for one in desk.said] == [3, 3, 1]


STATES = ("captured by Reds", "disputed", "retaken by Blues", "contested")
HAPPENINGS = st.lists(
    st.tuples(
        st.integers(0, 3000),
        st.lists(
            st.tuples(
                st.sampled_from("abcd"),
                st.sampled_from(STATES),
                st.booleans(),
                st.sampled_from(("low", "high")),
            ),
            max_size=6,
        ),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(HAPPENINGS, st.sampled_from((None, Quiet(time(13), time(15)))), st.integers(1, 4))
def test_whatever_happens_no_city_is_named_twice_in_half_an_hour_and_all_is_accounted_for(
    happenings: list[tuple[int, list[tuple[str, str, bool, str]], bool]], quiet: Quiet | None, most: int
) -> None:
    desk = Desk(Noise(quiet=quiet, most=most))
    now, given_ = 0, 0
    for pause, moved, may_send in happenings:
        now += pause
        events = [
            event(place, state, old=old, severity=severity, key=f"{now}:{number}")
            for number, (place, state, old, severity) in enumerate(moved)
        ]
        given_ += len(events)
        desk.look(now, *events, may_send=may_send)
        _is_accounted_for(desk, given_)
    named: dict[str, list[datetime]] = {}
    for said in desk.said:
        assert quiet is None or not quiet.covers(said.at)
        assert len(said.events) <= most
        for each in said.events:
            named.setdefault(each.place, []).append(said.at)
    moments = [said.at for said in desk.said]
    assert all(second - first >= timedelta(seconds=60) for first, second in itertools.pairwise(moments))
    for times in named.values():
        assert all(second - first >= timedelta(minutes=30) for first, second in itertools.pairwise(times))


def _is_accounted_for(desk: Desk, given_: int) -> None:
    """Every event is named, held back or waits; all that was held back is in an alert, or will be in the next."""
    named = sum(len(said.events) for said in desk.said)
    waiting = sum(one.waiting is not None for one in desk.memory.subjects.values())
    assert named + waiting + desk.held.total() == given_
    announced: Counter[str] = Counter(desk.memory.held)
    for said in desk.said:
        announced.update(said.held)
    assert announced == desk.held
