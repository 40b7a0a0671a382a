"""The wire under a filter: what was dismissed, and what keeps coming while the filter is read."""

from __future__ import annotations

from tests.tui.samples import story, thursday
from tests.tui.screen import app_of, look, press, run, screen, settle, text


def test_under_a_filter_turned_round_what_was_dismissed_is_hidden_too() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await look(pilot)
            await press(pilot, "2", "x")
            await look(pilot)
            await press(pilot, "r", "backslash", *"!zzz", "enter")
            assert app_of(pilot).room.wire.listing.count == 73
            await press(pilot, "D")
            assert app_of(pilot).room.wire.listing.count == 74
            await press(pilot, "D")
            assert app_of(pilot).room.wire.listing.count == 73

    run(test)


def test_dismissed_stories_are_shown_under_a_filter_and_hidden_again() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await look(pilot)
            await press(pilot, "2", "backslash", *"bulletin", "enter", "x")
            await look(pilot)
            assert app_of(pilot).room.wire.listing.count == 59
            await press(pilot, "r")
            hidden = app_of(pilot).room.wire.listing.count
            await press(pilot, "D")
            assert app_of(pilot).room.wire.listing.count == 59
            assert hidden == 58
            await press(pilot, "D")
            assert app_of(pilot).room.wire.listing.count == hidden

    run(test)


def test_a_filter_that_takes_long_is_answered_though_news_keeps_coming() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            main = app_of(pilot).main
            asked: list[str] = []
            read = main._read_filter

            def keep(line: str, *, again: bool) -> None:
                asked.append(line)

            main._read_filter = keep  # type: ignore[method-assign,assignment]
            await press(pilot, "2", "backslash", *"b", "enter")
            for number in range(5):
                archive.add_story(story(980 + number, "More news"))
                await look(pilot)
            assert asked == [
                "b",
                "b",
            ]  # typed, and done; what arrives does not ask anew while it is being read
            main._read_filter = read  # type: ignore[method-assign]
            main.filter_was_read("b")
            await settle(pilot)
            assert "only: b" in text(pilot)

    run(test)
