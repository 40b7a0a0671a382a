"""Working through the wire by keyboard: marked, done to, undone, and still there tomorrow."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import story, thursday
from tests.tui.screen import app_of, lines, press, row_with, run, screen, settle, text, with_options
from tui.marked import Marked
from tui.views.filtering import parse_filter
from tui.views.wire import WireView


async def look(pilot: Pilot[None]) -> None:
    """What the pump does four times a second."""
    app_of(pilot).look()
    await settle(pilot)


def kinds(archive: FakeArchive) -> list[str]:
    return [f"{each.kind}{' off' if each.value == 'off' else ''}" for each in archive.journal]


def ten() -> FakeArchive:
    archive = FakeArchive()
    for number in range(1, 11):
        archive.add_story(story(number, f"Story {number}.", 20 - number))
    return archive


def test_space_marks_and_goes_on_v_marks_a_range_and_esc_clears() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            wire = app_of(pilot).room.wire
            await press(pilot, "2", "space", "space")
            assert (wire.marking.keys, wire.listing.index) == ((10, 9), 2)
            assert "2 marked" in text(pilot)
            await press(pilot, "j", "j", "V")
            assert set(wire.marking.keys) == {10, 9, 8, 7, 6}
            assert "•+" in row_with(pilot, "Story 6.")
            await press(pilot, "escape")
            assert len(wire.marking) == 0
            await press(pilot, "asterisk")
            assert len(wire.marking) == 10
            await press(pilot, "asterisk")
            assert len(wire.marking) == 0
            assert archive.journal == []

    run(test)


def test_a_range_without_a_beginning_begins_here() -> None:
    async def test() -> None:
        async with screen(ten()) as pilot:
            await press(pilot, "2", "j", "V")
            assert "The range begins here" in text(pilot)
            await press(pilot, "G", "V")
            assert len(app_of(pilot).room.wire.marking) == 9

    run(test)


@pytest.mark.parametrize(
    ("key", "kind", "sign"),
    [("m", "read", " "), ("f", "flag", "f"), ("x", "dismiss", "x"), ("exclamation_mark", "escalate", "!")],
)
def test_one_key_marks_the_story_and_again_takes_it_back(key: str, kind: str, sign: str) -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j", key)
            assert kinds(archive) == [kind]
            assert archive.journal[0].story == archive.stories[8].id
            assert f"│{sign} " in row_with(pilot, "Story 9.")
            await press(pilot, key)
            assert kinds(archive) == [kind, f"{kind} off"]
            assert "│• " in row_with(pilot, "Story 9.")

    run(test)


def test_what_is_done_to_the_marked_is_done_to_all_of_them_and_undone_as_one() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "space", "space", "space", "f")
            assert kinds(archive) == ["flag"] * 3
            assert "3 stories flagged" in text(pilot)
            await press(pilot, "u")
            assert kinds(archive)[3:] == ["undo"] * 3
            assert "Undone: flag, 3 stories" in text(pilot)
            assert "f+" not in text(pilot)
            await press(pilot, "U")
            assert "f+" in row_with(pilot, "Story 9.")
            await press(pilot, "U")
            assert "Nothing to do again" in text(pilot)

    run(test)


def test_undo_and_redo_survive_a_restart() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "f", "j", "x")
        async with screen(archive) as pilot:
            await press(pilot, "2", "u")
            assert "Undone: dismiss “Story 9.”" in text(pilot)
            await press(pilot, "z")
            assert "Undone: flag “Story 10.”" in text(pilot)
        async with screen(archive) as pilot:
            await press(pilot, "2", "U")
            assert "│f " in row_with(pilot, "Story 10.")
            await press(pilot, "U")
            assert "│x " in row_with(pilot, "Story 9.")

    run(test)


def test_another_operator_s_doings_are_not_mine_to_undo() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive, options=with_options(operator="ann")) as pilot:
            await press(pilot, "2", "f")
        async with screen(archive) as pilot:
            await press(pilot, "2", "u")
            assert "Nothing to undo" in text(pilot)

    run(test)


def test_dismissed_stories_stay_until_refreshed_are_then_hidden_and_can_be_asked_for() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j", "x", "j")
            await look(pilot)
            assert "│x " in row_with(pilot, "Story 9.")
            await press(pilot, "r")
            assert "Story 9." not in text(pilot)
            assert "9 stories" in text(pilot)
            assert app_of(pilot).room.wire.listing.selected == 8
            await press(pilot, "D")
            assert "Dismissed stories are shown" in text(pilot)
            assert "│x " in row_with(pilot, "Story 9.")
            await press(pilot, "D", "backslash", *"dismissed", "enter")
            assert list(app_of(pilot).room.wire.listing.shown) == [9]
        async with screen(archive) as pilot:
            assert "Story 9." not in text(pilot)

    run(test)


def test_unread_stories_are_counted_and_stepped_through() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            assert "10 unread" in text(pilot)
            await press(pilot, "2", "j", "space", "space", "space", "m", "escape", "g", "g")
            await look(pilot)
            assert "7 unread" in text(pilot)
            await press(pilot, "right_square_bracket")
            assert app_of(pilot).room.wire.listing.selected == 6
            await press(pilot, "left_square_bracket")
            assert app_of(pilot).room.wire.listing.selected == 10
            await press(pilot, "left_square_bracket")
            assert "No unread story above" in text(pilot)

    run(test)


def test_an_unread_story_far_away_is_looked_for_in_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.views.wire.NEAR", 3)
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j", *["space"] * 5, "m", "escape", "g", "g", "right_square_bracket")
            assert app_of(pilot).room.wire.listing.selected == 4
            await press(pilot, "left_square_bracket")
            assert app_of(pilot).room.wire.listing.selected == 10
            await press(pilot, "2", *["space"] * 10, "m", "escape", "g", "g", "right_square_bracket")
            assert app_of(pilot).room.wire.listing.selected == 10
            assert "No unread story below" in text(pilot)

    run(test)


def test_a_colleague_s_marks_arrive() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot, screen(archive, options=with_options(operator="ann")) as other:
            await press(other, "2", "f")
            await look(pilot)
            assert "f " in row_with(pilot, "Story 10.")

    run(test)


def test_a_note_is_kept_and_shown_with_the_story() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "N", *"call the desk", "enter")
            assert [(each.kind, each.value) for each in archive.journal] == [("note", "call the desk")]
            await press(pilot, "enter")
            assert "note by tester" in text(pilot)
            assert "call the desk" in text(pilot)
            await press(pilot, "N", "escape")
            assert "note" in kinds(archive)
            assert kinds(archive).count("note") == 1

    run(test)


def test_in_the_story_and_in_the_evidence_it_is_the_story_shown() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "j", "j", "e", "f")
            chosen = app_of(pilot).room.evidence.selected
            assert chosen is not None
            assert (archive.journal[-1].kind, archive.journal[-1].story) == ("flag", chosen.story)
            await press(pilot, "enter", "x")
            assert (archive.journal[-1].kind, archive.journal[-1].story) == ("dismiss", chosen.story)

    run(test)


def test_on_the_board_m_says_that_a_change_was_seen_and_the_rest_asks_for_a_story() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "m")
            await look(pilot)
            assert (archive.journal[-1].kind, archive.journal[-1].place) == ("acknowledge", "herat")
            assert "*✕ Herat" not in text(pilot)
            await press(pilot, "u")
            await look(pilot)
            assert "*✕ Herat" in text(pilot)
            await press(pilot, "f")
            assert "Choose a story first" in text(pilot)
            await press(pilot, "space")
            assert "Stories are marked on the wire" in text(pilot)

    run(test)


def test_a_viewer_that_only_reads_says_so() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive, options=with_options(read_only=True)) as pilot:
            await press(pilot, "2", "f")
            assert "this viewer only reads" in text(pilot)
            assert archive.journal == []

    run(test)


def test_too_many_at_once_is_said() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            app_of(pilot).room.wire.marking.all(range(1, 3000))
            await press(pilot, "2", "m")
            assert "at most 2,000 at once" in text(pilot)
            assert archive.journal == []

    run(test)


def test_the_top_line_stays_the_same_while_marking() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            before = lines(pilot)[0]
            await press(pilot, "2", "space", "space")
            assert lines(pilot)[0] == before

    run(test)


def test_a_filter_is_evaluated_again_when_marks_change() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot, screen(archive, options=with_options(operator="ann")) as other:
            wire = app_of(pilot).room.wire
            await press(pilot, "2", "f", "j", "f")
            await look(pilot)
            await press(pilot, "backslash", *"flagged", "enter")
            assert list(wire.listing.shown) == [10, 9]
            await press(pilot, "u")
            await look(pilot)
            assert list(wire.listing.shown) == [10, 9]  # the row stays under the reader
            await press(pilot, "r")
            assert list(wire.listing.shown) == [10]
            await press(other, "2", "j", "j", "f")
            await look(pilot)
            assert "1 new, r shows them" in text(pilot)
            await press(pilot, "x", "r")
            assert list(wire.listing.shown) == [
                10,
                8,
            ]  # nothing is known yet of the dismissal, what waited is there
            await look(pilot)
            await press(pilot, "r")
            assert list(wire.listing.shown) == [8]

    run(test)


def test_what_waits_in_a_filtered_list_comes_in_when_something_was_dismissed_meanwhile() -> None:
    wire = WireView(lambda keys: [])
    wire.take_all([3, 2, 1])
    wire.set_filter(parse_filter("story"), [3, 2, 1])
    wire.listing.touch()
    wire.take_filtered([4, 3, 2, 1])
    wire.take_marked(Marked(dismissed=frozenset({2})))
    wire.refresh()
    assert list(wire.listing.shown) == [4, 3, 1]


def test_a_filter_whose_first_answer_was_overtaken_by_another_reading_is_in_force() -> None:
    archive = ten()

    async def test() -> None:
        async with screen(archive) as pilot:
            main, wire = app_of(pilot).main, app_of(pilot).room.wire
            for _ in range(2):
                await press(pilot, "2")
                main._filter_line = "Story 9"  # typed, and read ...
                main.read_filter("Story 9")
                main.read_filter("Story 9", again=True)  # ... and again for news, before the answer is there
                await settle(pilot)
                assert (wire.filter.words, list(wire.listing.shown)) == (("Story", "9"), [9])
                await press(pilot, "escape")
                assert wire.filter.empty

    run(test)
