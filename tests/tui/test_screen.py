"""The screen as a person opens it and moves about: sizes, panels, reading, going back, leaving."""

from __future__ import annotations

import pytest

from feeds.clock import ReplayClock
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, hours_ago, thursday
from tests.tui.screen import app_of, lines, matches_golden, press, run, screen, settle, text, with_options


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
