"""Keys of one's own: given on the screen, kept in the desk, shown wherever keys are shown, and never two for one."""

from __future__ import annotations

import json

import pytest
from textual.command import CommandPalette

from feeds.desk import Desk
from tests.tui.samples import thursday
from tests.tui.screen import app_of, row_with, run, screen, settle, text
from tests.tui.setup import Child, child_, desk, open_section, strike
from tui.commands import COMMANDS
from tui.keymap import KEPT, USUAL, Keymap, command

__all__ = ["child_", "desk"]
AT = {each.id: number for number, each in enumerate(COMMANDS)}


def test_a_command_gets_another_key_which_works_and_is_shown_everywhere(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Keys")
            await strike(pilot, *(["down"] * AT["filter"]), "enter", "f8")
            assert "F8 does it now: Filter" in text(pilot)
            assert "*" in row_with(pilot, " Filter ")
            await strike(pilot, "escape", "escape")
            assert "F8 filter" in text(pilot)
            await strike(pilot, "backslash")
            assert not pilot.app.screen.query_one("#prompt").display
            await strike(pilot, "f8", "'contested", "enter")
            assert app_of(pilot).room.board.listing.count == 1
            await strike(pilot, "question_mark", "'only rows")
            assert "  F8  " in row_with(pilot, "Filter. Only rows")
            await strike(pilot, "escape", "colon", "'filter")
            await pilot.pause(0.6)
            assert isinstance(pilot.app.screen, CommandPalette)
            assert "Filter  (F8)" in text(pilot)

    run(test)
    assert desk.keys() == {"filter": ("f8",)}


def test_keys_of_ones_own_are_there_the_next_day_and_the_usual_ones_come_back(
    desk: Desk, child_: Child
) -> None:
    desk.set_keys("dismiss", ["ctrl+x"])

    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await strike(pilot, "2", "x")
            assert "dismissed" not in text(pilot)
            await strike(pilot, "ctrl+x")
            assert "1 story dismissed" in text(pilot)
            await open_section(pilot, "Keys")
            await strike(pilot, *(["down"] * AT["dismiss"]), "d", "escape", "escape", "down", "x")
            assert "1 story dismissed" in text(pilot)

    run(test)
    assert desk.keys() == {}


@pytest.mark.parametrize(
    ("wanted", "key", "said"),
    [
        ("dismiss", "f", "f is the key of Flag; give that another key first"),
        ("dismiss", "ctrl+q", ""),
        ("dismiss", "ctrl+c", "Ctrl-c is the terminal's own and cannot be given away"),
        ("dismiss", "f5", "F5 opens the view West; give that another key first"),
        ("list.down", "d", "d is the key of Remove; give that another key first"),
        ("setup.add", "j", "j is the key of Next row; give that another key first"),
        ("setup.add", "f", "f does it now: Add"),
        ("map.mode", "x", "x is the key of Dismiss; give that another key first"),
    ],
)
def test_a_key_that_is_taken_is_refused_with_a_word(
    wanted: str, key: str, said: str, desk: Desk, child_: Child
) -> None:
    async def test() -> None:
        async with screen(thursday(), (120, 60), desk=desk) as pilot:
            await open_section(pilot, "Keys")
            await strike(pilot, *(["down"] * AT[wanted]), "enter", key)
            if said:
                assert said in text(pilot)
            else:
                assert not pilot.app.is_running  # the way out is a way out

    run(test)
    assert desk.keys() == ({wanted: (key,)} if "does it now" in said else {})


def test_leaving_changes_no_key(desk: Desk, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Keys")
            await strike(pilot, "enter", "escape", "d")
            assert "has its usual keys" in text(pilot)

    run(test)
    assert desk.keys() == {}


def test_two_commands_may_have_swapped_their_keys() -> None:
    swapped = Keymap({"flag": ("x",), "dismiss": ("f",)})
    assert swapped.complaints == ()
    assert (swapped.of(command("flag")), swapped.of(command("dismiss"))) == (("x",), ("f",))


def test_a_map_broken_by_hand_leaves_every_command_a_key_and_says_so(desk: Desk) -> None:
    tables = json.loads(desk.path.read_text())
    tables["keys"] = {
        "1": {"command": "flag", "keys": ["x"]},
        "2": {"command": "fly", "keys": ["f9"]},
        "3": {"command": "undo", "keys": []},
        "4": {"command": "redo", "keys": ["\x1b]0;", "[x]"]},
        "5": {"command": "quit", "keys": ["ctrl+q"]},
    }
    desk.path.write_text(json.dumps(tables))
    keymap = Keymap(desk.keys())
    assert len(keymap.complaints) == 5
    assert all(keymap.of(each) == each.keys for each in COMMANDS)
    assert not any("\x1b" in said for said in keymap.complaints)

    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            app_of(pilot).main.tick()
            await settle(pilot)
            assert "Keys on the desk" in text(pilot)
            await strike(pilot, "2", "x")
            assert "1 story dismissed" in text(pilot)

    run(test)


def test_what_is_kept_for_the_terminal_belongs_to_no_command() -> None:
    assert not [each.id for each in COMMANDS for key in each.keys if key in KEPT]
    assert all(USUAL.of(each) for each in COMMANDS)


def test_a_desk_changed_elsewhere_is_followed_within_a_second(desk: Desk) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            desk.set_keys("filter", ["f8"])
            app_of(pilot).main.tick()
            await settle(pilot)
            assert "F8 filter" in text(pilot)
            await strike(pilot, "f8", "'contested", "enter")
            assert app_of(pilot).room.board.listing.count == 1

    run(test)
