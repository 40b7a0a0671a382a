"""The journal as the board takes it: undoing an override lifts it, undoing that puts it back."""

from __future__ import annotations

from datetime import timedelta

from feeds.collector.decisions import effective
from feeds.evidence import Action
from tests.dedupe.groups import NOON


def act(seq: int, kind: str, value: str = "") -> Action:
    return Action(
        kind, "ann", NOON + timedelta(minutes=seq), theatre="t", place="aster", value=value, seq=seq
    )


def kinds(*journal: Action) -> list[tuple[int, str, str]]:
    return [(one.seq, one.kind, one.value) for one in effective(journal)]


def test_marks_move_no_board() -> None:
    assert kinds(act(1, "read"), act(2, "flag"), act(3, "undo", "1")) == []


def test_an_undone_override_is_lifted_at_the_time_of_the_undoing() -> None:
    over, undo = act(1, "override", "held blues"), act(2, "undo", "1")
    assert kinds(over, undo) == [(1, "override", "held blues"), (2, "lift", "held blues")]
    assert effective([over, undo])[1].at == undo.at


def test_an_undone_undo_and_an_undone_lift_put_the_override_back() -> None:
    over = act(1, "override", "held blues")
    assert kinds(over, act(2, "undo", "1"), act(3, "undo", "2"))[2] == (3, "override", "held blues")
    assert kinds(over, act(2, "lift"), act(3, "undo", "2"))[2] == (3, "override", "held blues")


def test_mutes_turn_round() -> None:
    assert [
        kind for _, kind, _ in kinds(act(1, "mute", "take"), act(2, "undo", "1"), act(3, "undo", "2"))
    ] == ["mute", "unmute", "mute"]


def test_an_undoing_of_nothing_is_nothing() -> None:
    assert kinds(act(1, "undo", "7"), act(2, "undo", "x")) == []
