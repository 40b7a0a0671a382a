"""Finding things on the screen: searching, filtering, the help and the palette."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.widgets import Input

from tests.tui.samples import thursday
from tests.tui.screen import app_of, press, run, screen, text
from tui.palette import CommandProvider
from tui.screens.help import HelpScreen


def test_searching_the_board_and_stepping_on() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "slash", *"kab")
            assert app_of(pilot).room.board.listing.selected == "kabul"
            await press(pilot, "enter", "slash", *"captured", "enter")
            first = app_of(pilot).room.board.listing.selected
            await press(pilot, "n")
            second = app_of(pilot).room.board.listing.selected
            await press(pilot, "p")
            assert first == app_of(pilot).room.board.listing.selected != second

    run(test)


def test_searching_the_wire_asks_the_archive_and_marks_the_words() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "2", "slash", *"bulletin 4", "enter")
            row = app_of(pilot).room.wire.selected
            assert row is not None
            assert row.title.endswith("bulletin 59") or "4" in row.title
            await press(pilot, "n")
            again = app_of(pilot).room.wire.selected
            assert again is not None
            assert again.row != row.row

    run(test)


def test_search_without_words_or_without_match_says_so() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "n")
            assert "Nothing searched for yet" in text(pilot)
            await press(pilot, "slash", *"atlantis", "enter", "n")
            assert "No match here" in text(pilot)

    run(test)


def test_filtering_the_wire_by_words_and_taking_it_off() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "2", "backslash", *"bulletin", "enter")
            assert "Wire  59 stories" in text(pilot)
            assert "only: bulletin" in text(pilot)
            await press(pilot, "escape")
            assert "Wire  74 stories" in text(pilot)

    run(test)


def test_filtering_the_wire_by_place_turned_round_and_to_nothing() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "2", "backslash", *"place:ghazni", "enter")
            assert "Wire  1 stories" in text(pilot) or "Wire  1 story" in text(pilot)
            await press(pilot, "backslash", *(["backspace"] * 12), *"!bulletin", "enter")
            assert "Wire  15 stories" in text(pilot)
            await press(pilot, "backslash", *(["backspace"] * 9), *"zzz", "enter")
            assert "No story matches the filter." in text(pilot)

    run(test)


def test_filtering_the_board() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "backslash", *"contested", "enter")
            assert app_of(pilot).room.board.listing.count == 1
            assert "filtered, Esc shows all" in text(pilot)
            await press(pilot, "escape")
            assert app_of(pilot).room.board.listing.count == 34

    run(test)


def test_leaving_the_prompt_leaves_everything_as_it_was() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "slash", "escape")
            assert not pilot.app.screen.query_one("#prompt").display
            assert pilot.app.focused is not None
            assert pilot.app.focused.id == "board"

    run(test)


def test_one_letter_is_not_looked_for_before_the_next_one_unless_it_is_all() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            wire = app_of(pilot).room.wire
            await press(pilot, "2", "slash", "b")
            assert not wire.found
            await press(pilot, "u")
            assert len(wire.found) == 60
            await press(pilot, "backspace")
            assert not wire.found
            await press(pilot, "enter")
            assert len(wire.found) >= 60

    run(test)


def test_the_help_is_searchable() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, "question_mark", *"probability")
            assert "not a probability of" in text(pilot)
            assert "Next row" not in text(pilot)
            await press(pilot, *"zzz")
            assert "Nothing in the help holds these words." in text(pilot)
            await press(pilot, "escape")
            assert not isinstance(pilot.app.screen, HelpScreen)

    run(test)


def test_the_palette_offers_a_title_before_a_help_that_holds_the_word() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            found = [str(hit.text) async for hit in CommandProvider(pilot.app.screen).search("set")]
            assert found[0].startswith("Set up")
            assert found[-1].startswith("Override")  # "Set the standing of …" is its help
            await press(pilot, "colon")
            pilot.app.screen.query_one(Input).value = "set"
            await pilot.pause(0.6)
            shown = text(pilot)
            assert 0 < shown.index("Set up  (") < shown.index("Override  (")

    run(test)


def test_the_palette_has_the_commands_and_runs_them() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "colon")
            assert isinstance(pilot.app.screen, CommandPalette)
            pilot.app.screen.query_one(Input).value = "order of the board"
            await pilot.pause(0.6)
            await press(pilot, "enter", "enter")
            await pilot.pause(0.3)
            assert app_of(pilot).room.board.order == "state"

    run(test)
