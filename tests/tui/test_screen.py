"""The screen as a person uses it: keys pressed, words read."""

from __future__ import annotations

import pytest
from textual.command import CommandPalette
from textual.widgets import Input

from feeds.clock import ReplayClock
from feeds.errors import ArchiveError
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, hours_ago, sentence, standing, story, thursday
from tests.tui.screen import (
    Clicker,
    app_of,
    lines,
    matches_golden,
    press,
    row_with,
    run,
    screen,
    settle,
    text,
    with_options,
)
from tui.screens.help import HelpScreen


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_main_screen_as_it_opens(size: tuple[int, int]) -> None:
    async def test() -> None:
        async with screen(thursday(), size) as pilot:
            matches_golden(f"main-{size[0]}x{size[1]}", text(pilot))

    run(test)


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("evidence-80x24", ("j", "j", "enter")),
        ("story-80x24", ("2", "j", "enter")),
        ("help-80x24", ("question_mark",)),
    ],
)
def test_what_opens_over_the_lists(name: str, keys: tuple[str, ...]) -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, *keys)
            matches_golden(name, text(pilot))

    run(test)


def test_ascii_draws_without_a_single_wide_sign() -> None:
    async def test() -> None:
        async with screen(thursday(), options=with_options(ascii_only=True)) as pilot:
            await press(pilot, "j", "enter")
            assert text(pilot).isascii(), [line for line in lines(pilot) if not line.isascii()]
            matches_golden("ascii-120x40", text(pilot))

    run(test)


def test_moving_on_the_board_shows_the_evidence_of_the_row() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            assert "Evidence  Herat" in text(pilot)
            await press(pilot, "j", "j")
            assert "Evidence  Ghazni" in text(pilot)
            await press(pilot, "G")
            assert app_of(pilot).room.board.listing.index == 33
            await press(pilot, "g", "g")
            assert app_of(pilot).room.board.listing.index == 0
            await press(pilot, "g", "j")
            assert app_of(pilot).room.board.listing.index == 1
            await press(pilot, "end", "home", "ctrl+d", "ctrl+u", "pagedown", "pageup")
            assert app_of(pilot).room.board.listing.index == 0

    run(test)


def test_a_small_terminal_opens_evidence_then_story_and_q_goes_back() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, "j", "j", "enter")
            assert "Evidence  Ghazni" in text(pilot)
            assert "Capitals" not in text(pilot)
            await press(pilot, "enter")
            assert "More follows." in text(pilot)
            await press(pilot, "q")
            assert "Evidence  Ghazni" in text(pilot)
            await press(pilot, "escape")
            assert "Capitals" in text(pilot)
            await press(pilot, "q")
            assert "Q quits" in text(pilot)

    run(test)


def test_opening_marks_read_and_moving_over_does_not() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j", "j", "j")
            assert archive.journal == []
            await press(pilot, "enter")
            assert [(each.kind, each.who) for each in archive.journal] == [("read", "tester")]
            await press(pilot, "q", "k", "enter")
            assert len(archive.journal) == 2
            await press(pilot, "q", "enter")
            assert len(archive.journal) == 2

    run(test)


def test_a_read_only_viewer_writes_nothing() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, options=with_options(read_only=True)) as pilot:
            await press(pilot, "2", "enter", "q", "1", "enter")
            assert archive.journal == []

    run(test)


def test_the_mark_of_a_changed_row_goes_when_it_is_opened() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            assert "*✕ Herat" in text(pilot)
            await press(pilot, "e", "q")
            assert "*✕ Herat" not in text(pilot)
            assert "*✕ Ghazni" in text(pilot)

    run(test)


def test_panels_by_number_and_by_tab() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            room = app_of(pilot).room
            seen = []
            for key in ("tab", "tab", "tab", "shift+tab", "1", "2", "3", "4"):
                await press(pilot, key)
                seen.append(room.layout.focus)
            assert seen == ["wire", "story", "board", "evidence", "board", "wire", "story", "evidence"]
            assert pilot.app.focused is not None
            assert pilot.app.focused.id == "evidence"

    run(test)


def test_new_stories_wait_behind_a_count_until_asked_for() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j")
            chosen = app_of(pilot).room.wire.selected
            archive.add_story(story(950, "Bridge closed at Torkham", -0.1))
            app_of(pilot).look()
            await settle(pilot)
            assert "1 new" in lines(pilot)[0]
            assert "1 new, r shows them" in text(pilot)
            assert "Torkham" not in text(pilot)
            await press(pilot, "r")
            assert "Torkham" in text(pilot)
            assert app_of(pilot).room.wire.selected == chosen

    run(test)


def test_a_fall_is_seen_at_once_by_whoever_has_touched_nothing() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            seqs = archive.add_evidence(
                sentence("lashkar-gah", "Lashkar Gah has fallen.", archive.stories[0].id)
            )
            archive.stand(standing("lashkar-gah", "captured", 0, seqs))
            app_of(pilot).look()
            await settle(pilot)
            shown = lines(pilot)
            assert "*✕ Lashkar Gah" in shown[3]
            assert "12 captured" in shown[1]
            assert "6 changes since 06:00" in shown[0]
            assert "Evidence  Lashkar Gah" in text(pilot)

    run(test)


def test_a_fall_does_not_move_the_row_under_a_reader() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "j")
            before = lines(pilot)[2:19]
            seqs = archive.add_evidence(
                sentence("lashkar-gah", "Lashkar Gah has fallen.", archive.stories[0].id)
            )
            archive.stand(standing("lashkar-gah", "captured", 0, seqs))
            app_of(pilot).look()
            await settle(pilot)
            assert lines(pilot)[2:19] == before
            assert "rows have moved, r sorts" in text(pilot)
            assert "12 captured" in text(pilot)
            await press(pilot, "r")
            assert "*✕ Lashkar Gah" in lines(pilot)[3]
            assert app_of(pilot).room.board.listing.selected == "kandahar"

    run(test)


def test_evidence_that_arrives_for_the_row_in_sight_is_shown() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            seqs = archive.add_evidence(
                sentence("herat", "The governor left Herat.", archive.stories[0].id, told=NOW)
            )
            archive.stand(standing("herat", "captured", 0.6, (*archive.board["herat"].evidence, *seqs)))
            app_of(pilot).look()
            await settle(pilot)
            assert "The governor left Herat." in text(pilot)

    run(test)


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


def test_the_help_is_searchable() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, "question_mark", *"probability")
            assert "probability of truth" in text(pilot)
            assert "Next row" not in text(pilot)
            await press(pilot, *"zzz")
            assert "Nothing in the help holds these words." in text(pilot)
            await press(pilot, "escape")
            assert not isinstance(pilot.app.screen, HelpScreen)

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


def test_s_orders_the_board_and_says_how() -> None:
    async def test() -> None:
        async with screen(thursday(), (200, 60)) as pilot:
            await press(pilot, "s", "s")
            assert "by region" in text(pilot)

    run(test)


def test_resizing_keeps_the_place_and_the_focus() -> None:
    async def test() -> None:
        async with screen(thursday(), (200, 60)) as pilot:
            await press(pilot, "4")
            await pilot.resize_terminal(80, 24)
            await settle(pilot)
            assert "Capitals" in text(pilot)
            await pilot.resize_terminal(120, 40)
            await settle(pilot)
            assert "Evidence" in text(pilot)

    run(test)


def test_an_empty_archive_says_what_to_do() -> None:
    async def test() -> None:
        async with screen(FakeArchive(), (80, 24)) as pilot:
            assert "no collector is running" in text(pilot)
            assert "warwatch demo" in text(pilot)
            assert "no collector" in lines(pilot)[0]
            await press(pilot, "2", "j", "enter", "q", "e", "q", "1", "enter")
            assert "No sentence about it yet." in text(pilot)

    run(test)


def test_ages_and_clock_move_with_the_clock_alone() -> None:
    clock = Clicker()

    async def test() -> None:
        async with screen(thursday(), clock=clock) as pilot:
            assert "36m" in row_with(pilot, "Herat  ")
            clock.now = hours_ago(-1)
            app_of(pilot).main.tick()
            await settle(pilot)
            assert "19:42Z" in lines(pilot)[0]
            assert " 1h " in row_with(pilot, "✕ Herat  ")

    run(test)


def test_an_archive_that_cannot_be_read_is_said_and_the_screen_goes_on() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            archive.broken = "the archive's disk is gone [/oops]"
            await press(pilot, "j", "j")
            assert "disk is gone [/oops]" in text(pilot)
            with pytest.raises(ArchiveError):
                app_of(pilot).look()
            archive.broken = ""
            await press(pilot, "k")
            assert "Evidence  Kandahar" in text(pilot)

    run(test)


def test_the_pump_brings_news_by_itself_and_outlives_trouble() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, options=with_options(poll_seconds=0.02)) as pilot:
            archive.add_story(story(960, "Bridge closed at Torkham", -0.1))
            for _ in range(100):
                await pilot.pause(0.02)
                if "Torkham" in text(pilot):
                    break
            assert "Torkham" in text(pilot)

    run(test)


def test_as_of_shows_the_moment_asked_for() -> None:
    async def test() -> None:
        moment = hours_ago(24)
        async with screen(
            thursday(), clock=ReplayClock(NOW, 1.0), options=with_options(as_of=moment)
        ) as pilot:
            assert "as of Wed 11 Aug 2021 18:42Z" in lines(pilot)[0]

    run(test)


def test_shift_q_quits() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await pilot.press("Q")
            await pilot.pause()
            assert not pilot.app.is_running or pilot.app._exit

    run(test)
