"""Keys that arrive together, as over a slow link or in a paste: each goes where it was meant for."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.tui.samples import hours_ago, story, thursday
from tests.tui.screen import app_of, press, row_with, run, screen, settle, text


async def burst(pilot: Pilot[None], typed: str) -> None:
    """All characters at once, as one reading of the terminal gives them; ``\\r`` is Enter, ``\\t`` is Tab."""
    named = {"\r": "enter", "\t": "tab", "\x1b": "escape"}
    for character in typed:
        key = named.get(character) or _character_to_key(character)
        pilot.app.post_message(events.Key(key, character if character.isprintable() else None))
    await settle(pilot)
    await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
def test_to_the_wire_and_find(size: tuple[int, int]) -> None:
    async def test() -> None:
        async with screen(thursday(), size) as pilot:
            await burst(pilot, "2/bulletin 41\r")
            row = app_of(pilot).room.wire.selected
            assert row is not None
            assert row.title.endswith("bulletin 41")
            assert pilot.app.focused is not None
            assert pilot.app.focused.id == "wire"

    run(test)


def test_to_the_wire_and_open() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await burst(pilot, "2\r")
            assert "Traffic resumes" in text(pilot)
            assert app_of(pilot).room.layout.solo == "story"

    run(test)


def test_through_the_panels_and_down() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await burst(pilot, "2jj1j\tj")
            room = app_of(pilot).room
            assert (room.wire.listing.index, room.board.listing.index) == (3, 1)

    run(test)


def test_a_filter_left_and_a_help_searched() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await burst(pilot, "2\\bulletin\x1bjj")
            assert app_of(pilot).room.wire.listing.index == 2
            await burst(pilot, "?probability")
            assert "probability of truth" in text(pilot)
            assert "Next row" not in text(pilot)

    run(test)


def test_the_wire_shows_when_a_story_was_told_in_the_order_of_arrival() -> None:
    archive = thursday()
    archive.add_story(story(970, "Told at dawn, came late", 0.1, published=hours_ago(14)))

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2")
            assert " 04:42 " in row_with(pilot, "Told at dawn")
            assert app_of(pilot).room.wire.listing.index == 0

    run(test)
