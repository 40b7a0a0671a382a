"""Properties of any log: order, batches, restarts, moments in the past, the winner's word, silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.evidence import Action, Change, Evidence
from feeds.standing import Board
from feeds.standing.scores import FORGET
from tests.standing.logs import NOON, THEATRE, WEIGHTS, act, as_json, logged, said

END = NOON + timedelta(days=120)
PLACES = tuple(place.id for place in THEATRE.places)
TEXTS = ("took reds", "holds reds", "took blues", "holds blues", "took greens", "fighting", "threat")


@st.composite
def logs(draw: st.DrawFn, voices: tuple[str, ...] = tuple(WEIGHTS)) -> list[Evidence]:
    """A log as feeds bring it: mostly in the order of telling, some of it late, a story or two of several places."""
    pieces: list[Evidence] = []
    clock = 0.0
    for number in range(draw(st.integers(1, 14))):
        clock += draw(st.sampled_from((0.0, 0.2, 1.0, 7.5, 30.0, 170.0)))
        told = clock - draw(st.sampled_from((0.0, 0.0, 0.0, 0.3, 5.0, 50.0, 470.0)))
        outlet = draw(st.sampled_from(("Gazette", "Herald", "Star", "Post")))
        for place in sorted(draw(st.sets(st.sampled_from(PLACES), min_size=1, max_size=2))):
            text, voice = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(voices))
            letter = draw(st.sampled_from("ABCDEF"))
            pieces.append(
                said(
                    text,
                    by=outlet,
                    hours=told,
                    place=place,
                    voice=voice,
                    letter=letter,
                    story=f"s{number:02}",
                )
            )
    return logged(pieces)


def stories(log: list[Evidence]) -> list[list[Evidence]]:
    return [list(group) for _, group in groupby(log, key=lambda piece: piece.story)]


class Live:
    """A board as a pipeline drives it: what it hears is dated, and hours pass in between."""

    def __init__(self) -> None:
        self.board = Board(THEATRE)
        self.log: list[Evidence] = []
        self.changes: list[Change] = []

    def hear(self, story: list[Evidence]) -> None:
        dated = [
            replace(piece, heard=self.board.time_of(piece.place, piece.told)) for piece in story if piece.told
        ]
        self.log += dated
        self.changes += self.board.add(dated)

    def end_batch(self) -> None:
        """What is archived, and so can be restored, has let the hours pass for every place."""
        if self.board.clock is not None:
            self.changes += self.board.tick(self.board.clock)

    def tick(self, hours: float) -> None:
        self.changes += self.board.tick(NOON + timedelta(hours=hours))


@given(logs(), st.data())
@settings(max_examples=120, deadline=None)
def test_one_go_any_batches_and_a_restart_in_the_middle_give_the_same(
    log: list[Evidence], data: st.DataObject
) -> None:
    live = Live()
    restart = data.draw(st.integers(0, 14), "restart before story")
    restarted: tuple[Board, list[Change]] | None = None
    for number, story in enumerate(stories(log)):
        if number == restart:
            live.end_batch()
            middle = Board(THEATRE)
            restarted = middle, middle.restore(live.log, until=live.board.clock)
        live.hear(story)
        if restarted:
            restarted[1].extend(restarted[0].add(live.log[-len(story) :]))
        if hours := data.draw(st.sampled_from((0, 0, 8, 200, 600)), "hours pass"):
            assert story[0].told
            now = story[0].told + timedelta(hours=hours)
            live.changes += live.board.tick(now)
            if restarted:
                restarted[1].extend(restarted[0].tick(now))
    live.changes += live.board.tick(END)
    expected = as_json(live.board.standings(), live.changes)
    once = Board(THEATRE)
    history = once.restore(live.log, until=END)
    assert as_json(once.standings(), history) == expected
    if restarted:
        restarted[1].extend(restarted[0].tick(END))
        assert as_json(restarted[0].standings(), restarted[1]) == expected


def test_what_is_told_late_of_a_place_never_heard_of_is_followed_through_the_hours_that_passed() -> None:
    log = logged(
        [
            said("took reds", hours=0, place="aster", voice="against-interest", letter="A"),
            said("fighting", hours=-50, place="corran", voice="against-interest", letter="A"),
            said("took blues", hours=0, place="corran", voice="against-interest", letter="A"),
            said("took reds", hours=0, place="corran", voice="against-interest", letter="A", by="Star"),
        ]
    )
    live = Live()
    live.hear(log[:1])
    live.tick(8)
    live.hear(log[1:2])
    restarted = Board(THEATRE)
    history = restarted.restore(live.log, until=live.board.clock)
    for piece in log[2:]:
        live.hear([piece])
        history += restarted.add(live.log[-1:])
    live.tick(400)
    history += restarted.tick(NOON + timedelta(hours=400))
    assert as_json(restarted.standings(), history) == as_json(live.board.standings(), live.changes)


@given(logs(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_the_order_of_unrelated_capitals_does_not_matter(log: list[Evidence], random: object) -> None:
    by_place = {place: [piece for piece in log if piece.place == place] for place in PLACES}
    woven: list[Evidence] = []
    waiting = [pieces[:] for pieces in by_place.values()]
    while any(waiting):
        turn = random.choice([pieces for pieces in waiting if pieces])  # type: ignore[attr-defined]
        woven.append(turn.pop(0))
    one, other = Board(THEATRE), Board(THEATRE)
    first, second = one.restore(log, until=END), other.restore(woven, until=END)
    assert as_json(one.standings(), first) == as_json(other.standings(), second)


@given(logs(), st.integers(0, 200))
@settings(max_examples=80, deadline=None)
def test_as_of_a_moment_is_a_board_that_never_saw_what_came_after(log: list[Evidence], hours: int) -> None:
    moment = NOON + timedelta(hours=hours)
    seen: list[Evidence] = []
    for piece in log:
        if piece.told and piece.told > moment:
            break
        seen.append(piece)
    then, never = Board(THEATRE), Board(THEATRE)
    changes = then.restore(log, until=moment)
    expected = never.add(seen) + never.tick(moment)
    assert as_json(then.standings(), changes) == as_json(never.standings(), expected)
    assert all(change.at <= moment for change in changes)


@given(logs(voices=("self-serving",)))
@settings(max_examples=80, deadline=None)
def test_self_serving_testimony_alone_never_captures(log: list[Evidence]) -> None:
    board = Board(THEATRE)
    assert not {change.after for change in board.restore(log, until=END)} & {"captured", "retaken"}


@given(logs(), st.sampled_from(PLACES))
@settings(max_examples=60, deadline=None)
def test_muting_everything_about_a_place_gives_back_what_it_was(log: list[Evidence], place: str) -> None:
    begin = min(piece.told for piece in log if piece.told)
    log = [piece for piece in log if piece.told and piece.told < begin + 2 * FORGET]  # else some is settled
    about = [piece for piece in log if piece.place == place]
    board = Board(THEATRE)
    board.restore(log)
    whole = board.standing(place)
    at = ((board.clock or NOON) - NOON) / timedelta(hours=1)
    for piece in about:
        board.apply(act("mute", str(piece.seq), hours=at))
    row = board.standing(place)
    assert (row.state, row.holder, row.since, row.evidence, row.last_evidence) == (
        "unknown",
        "blues",
        None,
        (),
        None,
    )
    for piece in about:
        board.apply(act("unmute", str(piece.seq), hours=at))
    after = board.standing(place)
    assert (after.state, after.holder, after.since) == (whole.state, whole.holder, whole.since)


@given(logs())
@settings(max_examples=60, deadline=None)
def test_a_piece_muted_before_it_comes_and_one_muted_after_are_the_same(log: list[Evidence]) -> None:
    early, late = Board(THEATRE), Board(THEATRE)
    mute: list[Action] = [act("mute", str(log[-1].seq), hours=-100)]
    early.restore(log, mute, until=END)
    late.restore(log, until=END)
    late.apply(replace(mute[0], at=END))
    shown = [(row.state, row.holder, row.since, row.evidence) for row in early.standings()]
    assert [(row.state, row.holder, row.since, row.evidence) for row in late.standings()] == shown


@given(logs())
@settings(max_examples=60, deadline=None)
def test_every_step_starts_where_the_last_one_ended(log: list[Evidence]) -> None:
    board = Board(THEATRE)
    changes = board.restore(log, until=END)
    for row in board.standings():
        state, at = ("unknown", "blues"), NOON - timedelta(days=30)
        for change in (one for one in changes if one.place == row.place):
            assert (change.before, change.holder_before) == state
            assert change.at >= at
            state, at = (change.after, change.holder_after), change.at
        assert (row.state, row.holder) == state
        assert 0 <= row.strength <= 1
