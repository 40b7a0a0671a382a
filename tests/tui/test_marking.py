"""Marked rows and the journal's undo, against the plainest model of each."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.evidence import Action
from feeds.theatres import load_theatre
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, THEATRE, story
from tui.journal import Journal
from tui.triage import Targets, Triage
from tui.views.marking import Marking

ROWS = tuple(range(12))


@given(st.lists(st.tuples(st.sampled_from(("toggle", "range", "all", "clear")), st.sampled_from(ROWS))))
def test_marks_are_those_that_a_person_set_and_no_others(steps: list[tuple[str, int]]) -> None:
    marking: Marking[int] = Marking()
    model: set[int] = set()
    anchor: int | None = None
    for step, row in steps:
        if step == "toggle":
            marking.toggle(row)
            model ^= {row}
            anchor = row
        elif step == "range":
            marking.stretch(ROWS, row)
            low, high = sorted((row if anchor is None else anchor, row))
            model |= set(range(low, high + 1))
            anchor = row
        elif step == "all":
            marking.all(ROWS)
            anchor = None if model == set(ROWS) else anchor
            model = set() if model == set(ROWS) else set(ROWS)
        else:
            marking.clear()
            model, anchor = set(), None
        assert set(marking.keys) == model
        assert len(marking) == len(model)
        assert all((each in marking) == (each in model) for each in ROWS)


def test_a_range_whose_beginning_is_gone_begins_anew() -> None:
    marking: Marking[int] = Marking()
    marking.toggle(99)
    assert not marking.stretch(ROWS, 4)
    assert marking.stretch(ROWS, 2)
    assert set(marking.keys) == {99, 2, 3, 4}


STEPS = st.lists(st.sampled_from(("flag", "dismiss", "read", "undo", "redo", "restart")), max_size=30)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.lists(st.integers(1, 4), min_size=30, max_size=30))
def test_undo_and_redo_are_two_stacks_whatever_is_restarted(steps: list[str], rows: list[int]) -> None:
    archive = FakeArchive()
    for number in range(1, 5):
        archive.add_story(story(number, f"Story {number}"))
    triage = Triage(archive, THEATRE, "ann", lambda: NOW)
    state: frozenset[tuple[str, int]] = frozenset()
    done: list[frozenset[tuple[str, int]]] = []
    undone: list[frozenset[tuple[str, int]]] = []
    for step, row in zip(steps, rows, strict=False):
        if step == "restart":
            triage = Triage(archive, THEATRE, "ann", lambda: NOW)
        elif step == "undo":
            triage.undo()
            if done:
                undone.append(state)
                state = done.pop()
        elif step == "redo":
            triage.redo()
            if undone:
                done.append(state)
                state = undone.pop()
        else:
            triage.mark(step, Targets(rows=(row,)))
            done.append(state)
            undone.clear()
            state = state ^ {(step, row)}
        shown = archive.rows([1, 2, 3, 4])
        seen = {("flag", each.row) for each in shown if each.flagged}
        seen |= {("dismiss", each.row) for each in shown if each.dismissed}
        seen |= {("read", each.row) for each in shown if each.read}
        assert seen == state


def test_marking_some_that_are_marked_already_marks_the_rest_and_undo_leaves_the_first() -> None:
    archive = FakeArchive()
    for number in range(1, 4):
        archive.add_story(story(number, f"Story {number}"))
    triage = Triage(archive, THEATRE, "ann", lambda: NOW)
    triage.mark("flag", Targets(rows=(1,)))
    assert triage.mark("flag", Targets(rows=(1, 2, 3))) == "2 stories flagged."
    assert triage.undo() == "Undone: flag, 2 stories."
    assert [each.flagged for each in archive.rows([1, 2, 3])] == [True, False, False]


def test_decisions_are_those_in_force() -> None:
    archive = FakeArchive()
    triage = Triage(archive, THEATRE, "ann", lambda: NOW)
    triage.override("herat", "held government", "first", NOW + timedelta(hours=1))
    triage.override("herat", "captured taliban", "second", None)
    triage.mute(7, "herat")
    journal = Journal(archive, THEATRE.id)
    journal.read()
    decisions = journal.decisions()
    found = decisions.override_of("herat", NOW + timedelta(hours=2))
    assert found is not None
    assert (found.reason, decisions.muted) == ("second", frozenset({"7"}))
    triage.undo()
    triage.undo()
    journal.read()
    decisions = journal.decisions()
    first = decisions.override_of("herat", NOW)
    assert first is not None
    assert (first.reason, decisions.muted) == ("first", frozenset())
    assert decisions.override_of("herat", NOW + timedelta(hours=2)) is None


def test_every_decision_has_its_own_moment_though_the_clock_stands_still() -> None:
    archive = FakeArchive(journal=[Action("flag", "ann", NOW, story="x", theatre=THEATRE.id, seq=1)])
    triage = Triage(archive, THEATRE, "ann", lambda: NOW)
    triage.acknowledge("herat")
    triage.acknowledge("herat")
    assert len({each.at for each in archive.journal}) == 3


def test_a_town_is_called_by_its_name_as_a_capital_is() -> None:
    ukraine = load_theatre("ukraine")
    town = next(place for place in ukraine.places if place.kind == "town" and place.id != place.name)
    triage = Triage(FakeArchive(), ukraine, "ann", lambda: NOW)
    assert triage.acknowledge(town.id) == f"{town.name}: the change is seen."
