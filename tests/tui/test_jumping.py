"""Straight to a place, a feed, a view or a term by a few letters; filters that speak of the desk's own names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot

from feeds.desk import Desk, SavedView
from feeds.watch.parsing import parse
from feeds.watch.terms import term_id
from feeds.watched import Hit
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import NOW, THEATRE, story, thursday
from tests.tui.screen import app_of, look, run, screen, settle, text
from tests.tui.setup import desk, strike
from tui.jumping import Target, best, targets
from tui.settings import Settings
from tui.views.story import StoryPage, StoryView

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("typed", "kind", "key"),
    [
        ("kandhar", "place", "kandahar"),
        ("mazar", "place", "mazar-i-sharif"),
        ("Qandahar", "place", "kandahar"),
        ("morning", "feed", "Morning Post"),
        ("mornng post", "feed", "Morning Post"),
        ("west", "view", "West"),
        ("airport", "term", "Kabul airport"),
    ],
)
def test_a_few_letters_are_enough_also_misspelt(typed: str, kind: str, key: str, desk: Desk) -> None:
    found = best(typed, targets(THEATRE, Settings(desk)))
    assert (found[0][1].kind, found[0][1].key) == (kind, key)
    assert 0.7 < found[0][0] <= 1.0


def test_letters_that_mean_nothing_find_nothing(desk: Desk) -> None:
    assert best("xqzzy", targets(THEATRE, Settings(desk))) == []


async def palette(pilot: Pilot[None], words: str) -> None:
    """Open the palette, type, and take the first that it offers."""
    await strike(pilot, "colon")
    assert isinstance(pilot.app.screen, CommandPalette)
    await strike(pilot, f"'{words}")
    for _ in range(100):
        if words[:4].casefold() in text(pilot).split("\n", 4)[-1].casefold():
            break
        await pilot.pause(0.05)
    await pilot.pause(0.3)


def test_the_palette_jumps_to_a_capital(desk: Desk) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await strike(pilot, "backslash", "'contested", "enter")
            await palette(pilot, "zaranj")
            assert "Zaranj  (place)" in text(pilot)
            await strike(pilot, "enter", "", "enter", "")
            await pilot.pause(0.3)
            await settle(pilot)
            assert app_of(pilot).room.board.listing.selected == "zaranj"

    run(test)


def test_a_name_misspelt_comes_before_commands_that_only_share_its_letters(desk: Desk) -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24), desk=desk) as pilot:
            await palette(pilot, "kandhar")
            assert "Kandahar  (place)" in text(pilot)
            assert "Mark" not in text(pilot)

    run(test)


def jump(pilot: Pilot[None], kind: str, key: str) -> None:
    app_of(pilot).main.jump(Target(kind, key, key, ""))


def archive() -> FakeArchive:
    """Thursday, with a story of another outlet that holds a term, and a place of which it tells."""
    found = thursday()
    found.add_story(replace(story(990, "Flights from Kabul airport go on"), outlet="Morning Post"))
    id_ = term_id(parse("Kabul airport"))
    found.watch.found = {id_: {len(found.stories)}}
    found.watch.told_of = {id_: {"kabul"}}
    return found


def test_a_feed_shows_its_stories_a_term_those_in_which_it_was_found(desk: Desk) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            jump(pilot, "feed", "Morning Post")
            await settle(pilot)
            assert 'only: outlet:"Morning Post"' in text(pilot)
            assert app_of(pilot).room.wire.listing.count == 1
            jump(pilot, "term", "Kabul airport")
            await settle(pilot)
            assert app_of(pilot).room.wire.listing.count == 1
            jump(pilot, "view", "West")
            await settle(pilot)
            assert list(app_of(pilot).room.board.listing.shown) == ["herat"]

    run(test)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("term:airport", 1),
        ("-term:airport", 74),
        ("group:wires", 14),
        ("group:world", 14),
        ("-group:wires", 61),
        ("view:post", 1),
        ("-view:post", 74),
        ("view:others", 74),
        ("term:airport group:wires", 0),
        ("!term:airport", 74),
    ],
)
def test_what_the_wire_shows_of_the_desks_own_names(line: str, count: int, desk: Desk) -> None:
    desk.save_view(SavedView("Post", 'outlet:"Morning Post"'))
    desk.save_view(SavedView("Others", "!outlet:post"))

    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await look(pilot)
            await strike(pilot, "2", "backslash", f"'{line}", "enter")
            assert app_of(pilot).room.wire.listing.count == count

    run(test)


def test_the_board_knows_in_what_is_told_of_which_capital_a_term_was_found(desk: Desk) -> None:
    async def test() -> None:
        async with screen(archive(), desk=desk) as pilot:
            await strike(pilot, "backslash", "'term:airport", "enter")
            assert list(app_of(pilot).room.board.listing.shown) == ["kabul"]
            await strike(pilot, "backslash", "ctrl+u", "'-term:airport", "enter")
            assert app_of(pilot).room.board.listing.count == 33

    run(test)


def test_what_a_watch_term_found_is_marked_in_the_story() -> None:
    told = story(991, "Flights go on", body="The tower at Kabul airport is lit.")
    begin = told.text.index("Kabul airport")
    hit = Hit("t", told.id, ((begin, begin + 13), (-4, 2), (begin, 10**6)), told.told)
    view = StoryView(THEATRE, StoryPage(told, hits=(hit,)))
    runs = [run for line in view.lines(60, NOW) for run in line.runs]
    assert [text for text, style in runs if style == "mark"] == ["Kabul airport"]
