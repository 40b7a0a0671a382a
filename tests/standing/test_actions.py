"""What an operator or the wire decides: overrides, mutes, retractions; what they take away comes back."""

from __future__ import annotations

from datetime import timedelta

from feeds.standing import Board
from tests.standing.logs import NOON, THEATRE, act, as_json, board_of, logged, said, steps

CAPTURE = said("took reds")
OTHER = said("took reds", by="Herald", hours=1, rule="other")


def test_d1_an_override_is_what_stands_and_its_lifting_gives_back_what_was() -> None:
    board = board_of(CAPTURE)
    before = board.standing("aster")
    changes = board.apply(act("override", "contested blues", hours=1, reason="our man is there"))
    row = board.standing("aster")
    assert (row.state, row.holder, row.override, row.since) == (
        "contested", "blues", "our man is there", NOON + timedelta(hours=1),
    )  # fmt: skip
    changes += board.apply(act("lift", hours=2))
    assert steps(changes) == [("D1", "contested", "blues"), ("lifted", "captured", "reds")]
    assert (board.standing("aster").since, board.standing("aster").override) == (before.since, "")


def test_an_override_of_what_was_never_spoken_of_goes_back_to_unknown() -> None:
    board = Board(THEATRE)
    changes = board.apply(act("override", "captured reds", hours=0)) + board.apply(act("lift", hours=1))
    assert steps(changes) == [("D1", "captured", "reds"), ("lifted", "unknown", "blues")]


def test_an_override_runs_out_at_the_full_hour() -> None:
    board = board_of(CAPTURE)
    board.apply(act("override", "held", hours=1, until=NOON + timedelta(hours=3)))
    assert board.standing("aster").holder == "blues"
    assert not board.tick(NOON + timedelta(hours=2, minutes=59))
    assert steps(board.tick(NOON + timedelta(hours=500))) == [("lifted", "captured", "reds")]


def test_an_override_that_ran_out_long_after_the_last_news_runs_out() -> None:
    board = Board(THEATRE)
    board.apply(act("override", "captured reds", hours=0, until=NOON + timedelta(days=90)))
    assert steps(board.tick(NOON + timedelta(days=91))) == [("lifted", "unknown", "blues")]


def test_an_override_that_the_news_contradicts_asks_for_review() -> None:
    board = board_of()
    board.apply(act("override", "held blues", hours=0))
    board.add(logged([said("took reds", hours=1)]))
    assert board.standing("aster").flags == ()
    board.add(logged([said("took reds", by="Herald", hours=2)]))
    assert (board.standing("aster").state, board.standing("aster").flags) == ("held", ("review",))


def test_under_an_override_the_news_goes_on_being_weighed() -> None:
    board = board_of()
    board.apply(act("override", "held blues", hours=0))
    board.add(logged([said("took reds", hours=1)]))
    assert steps(board.apply(act("lift", hours=2))) == [("lifted", "captured", "reds")]
    assert board.standing("aster").since == NOON + timedelta(hours=1)


def test_an_override_that_names_no_state_changes_nothing() -> None:
    board = board_of(CAPTURE)
    assert board.apply(act("override", "lost reds", hours=1)) == []
    assert board.standing("aster").override == ""


def test_a_muted_piece_counts_as_if_it_had_never_been_said() -> None:
    board = board_of(said("holds blues", by="Star", hours=-5), CAPTURE)
    whole = board.standing("aster")
    assert steps(board.apply(act("mute", "2", hours=1))) == [("muted", "held", "blues")]
    row = board.standing("aster")
    assert (row.since, row.evidence, row.last_evidence) == (
        NOON - timedelta(hours=5),
        (1,),
        NOON - timedelta(hours=5),
    )
    assert steps(board.apply(act("unmute", "2", hours=1))) == [("unmuted", "captured", "reds")]
    assert (board.standing("aster").since, board.standing("aster").evidence) == (whole.since, whole.evidence)


def test_what_is_settled_is_not_muted_any_more() -> None:
    pieces = [said("took reds"), *(said("holds reds", hours=24 * day) for day in range(10, 71, 10))]
    board = board_of(*pieces)
    assert board.apply(act("mute", "1", hours=24 * 70)) == []
    for seq in range(2, 9):
        board.apply(act("mute", str(seq), hours=24 * 70))
    assert board.standing("aster").state == "captured"


def test_a_muted_rule_is_silent_everywhere_and_for_what_is_still_to_come() -> None:
    board = board_of(OTHER, said("took reds", place="bexley", rule="other"))
    changes = board.apply(act("mute", "other", hours=2))
    assert [(one.place, one.after) for one in changes] == [("aster", "unknown"), ("bexley", "unknown")]
    assert board.add(logged([said("took reds", by="Star", hours=3, rule="other", place="corran")])) == []
    assert len(board.apply(act("unmute", "other", hours=4))) == 3


def test_a_retracted_story_is_taken_back_from_every_place_that_it_spoke_of() -> None:
    board = board_of(said("took reds", story="s"), said("took reds", story="s", place="bexley"), OTHER)
    changes = board.apply(act("retract", story="s", hours=2))
    assert [(one.place, one.before, one.after, one.rule) for one in changes] == [
        ("bexley", "captured", "unknown", "withdrawn")
    ]
    assert board.standing("aster").origins == 1
    assert board.apply(act("retract", story="s", hours=3)) == []


def test_what_a_story_says_after_it_was_corrected_counts() -> None:
    board = board_of(said("took reds", story="s"))
    board.apply(act("retract", "1", story="s", hours=1))
    corrected = logged([said("fighting", story="x"), said("fighting", story="s", hours=0)])[1]
    board.add([corrected])
    assert board.standing("aster").state == "contested"


def test_actions_of_another_theatre_and_marks_move_nothing() -> None:
    board = board_of(CAPTURE)
    elsewhere = act("override", "held", hours=1)
    assert (
        board.apply(
            type(elsewhere)("override", "ann", elsewhere.at, theatre="x", place="aster", value="held")
        )
        == []
    )
    assert board.apply(act("flag", hours=1)) == []


def test_a_replay_of_log_and_journal_gives_the_same_board() -> None:
    pieces = logged([
        said("took reds", story="s"),
        said("took reds", by="Herald", hours=2, rule="other"),
        said("holds blues", by="Star", hours=3),
        said("fighting", by="Post", hours=6),
    ])  # fmt: skip
    actions = [
        act("retract", "1", story="s", hours=1, seq=1),
        act("override", "held blues", hours=2.5, seq=2, until=NOON + timedelta(hours=5)),
        act("mute", "other", hours=5.5, seq=3),
        act("unmute", "other", hours=7, seq=4),
    ]
    live = Board(THEATRE)
    changes = live.add(pieces[:1])
    for action, piece in zip(actions[:2], pieces[1:3], strict=True):
        changes += live.apply(action) + live.add([piece])
    changes += live.apply(actions[2]) + live.add(pieces[3:]) + live.apply(actions[3])
    changes += live.tick(NOON + timedelta(hours=40))
    again = Board(THEATRE)
    history = again.restore(pieces, actions, until=NOON + timedelta(hours=40))
    assert as_json(again.standings(), history) == as_json(live.standings(), changes)
