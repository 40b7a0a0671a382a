"""What a place's evidence comes to does not depend on how it came: piece by piece, late, or all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from feeds.evidence import Evidence
from feeds.standing.scores import FORGET
from feeds.standing.tally import Tally
from tests.standing.logs import NOON, said

PIECES = st.builds(
    lambda text, by, hours, origin, start, letter, story: said(
        text, by=by, hours=hours, origin=origin, start=start, letter=letter, story=story
    ),
    st.sampled_from(["took reds", "took blues", "holds blues", "holds greens", "fighting", "threat"]),
    st.sampled_from(["", "Gazette", "Herald", "Courier"]),
    st.sampled_from([0.0, 1.0, 11.0, 13.0, 25.0, 200.0, 470.0, 490.0]),
    st.sampled_from(["", "", "Reuters", "Reuters@1", "Gazette"]),
    st.sampled_from([0, 40, 90]),
    st.sampled_from("ABCF"),
    st.sampled_from(["s1", "s2", "s3", "s4", "s5", "s6"]),
)
LOGS = st.lists(PIECES, max_size=14)


def by_story(log: list[Evidence]) -> list[Evidence]:
    """The log with one outlet, origin and moment a story, as every story has."""
    first = {piece.story: piece for piece in reversed(log)}
    return [
        replace(piece, outlet=one.outlet, origin=one.origin, told=one.told, reliability=one.reliability)
        for piece in log
        if (one := first[piece.story])
    ]


@given(LOGS)
def test_piece_by_piece_comes_to_the_same_as_all_at_once(log: list[Evidence]) -> None:
    log = by_story(log)
    tally = Tally()
    for piece in log:
        tally.add([piece])
    assert dict(tally.testimony) == dict(Tally(log).testimony)


@given(LOGS, st.randoms(use_true_random=False))
def test_stories_come_to_the_same_in_any_order(log: list[Evidence], chance: Random) -> None:
    log = by_story(log)
    stories = list(dict.fromkeys(piece.story for piece in log))
    chance.shuffle(stories)
    other = [piece for story in stories for piece in log if piece.story == story]
    assert dict(Tally(other).testimony) == dict(Tally(log).testimony)


@given(LOGS, st.lists(st.sampled_from([0.0, 12.0, 480.5, 482.0, 600.0, 681.0, 971.0]), max_size=4))
def test_what_is_too_old_counts_as_if_it_had_never_been_said(log: list[Evidence], looks: list[float]) -> None:
    log, tally = by_story(log), Tally()
    tally.add(log)
    for hours in sorted(looks):
        now = NOON + timedelta(hours=hours)
        tally.forget(now)
        young = [piece for piece in log if piece.told is None or now - piece.told <= FORGET]
        assert dict(tally.testimony) == dict(Tally(young).testimony)
        assert tally.disturbed("blues") == Tally(young).disturbed("blues")
        assert sorted(piece.story for piece in tally.pieces) == sorted(piece.story for piece in young)


def test_a_change_of_hands_weakens_what_was_said_before_whichever_came_first() -> None:
    old = said("holds blues", by="Gazette", hours=300.0)
    new = said("took reds", by="Herald", hours=301.0)
    tally = Tally([old])
    alone = tally.testimony["holds", "blues"].witnesses[0].weight
    tally.add([new])
    assert tally.testimony["holds", "blues"].witnesses[0].weight < alone
    assert Tally([new, old]).testimony == tally.testimony
