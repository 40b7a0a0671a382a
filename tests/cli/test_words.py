"""The words of the command line: help, mistakes, options before and after the command."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Warwatch, one_clear_line
from tui.cli.arguments import COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(warwatch: Warwatch, command: str) -> None:
    said = warwatch(command, "--help")
    assert said.status == 0
    assert "example" in said.out
    assert f"warwatch {command}" in said.out or command == "view"
    assert "--archive" in said.out


def test_the_help_names_every_command(warwatch: Warwatch) -> None:
    said = warwatch("--help")
    assert said.status == 0
    assert all(command in said.out for command in COMMANDS)


def test_a_mistyped_command_is_one_line_with_a_guess(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("bord"), "did you mean `board`", status=2)


def test_a_mistyped_option_names_the_command_whose_help_to_read(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("theatre", "list", "--frob"), "--frob", "warwatch theatre list --help", status=2)


def test_a_missing_argument_is_wrong_usage(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("read"), "FILE|-", status=2)


def test_a_time_that_is_none_says_how_to_write_one(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("board", "--as-of", "yesterday"), "2021-08-15", status=2)


@pytest.mark.parametrize(
    "words",
    [
        ("--theatre", "nowhere", "theatre", "show"),
        ("theatre", "--theatre", "nowhere", "show"),
        ("theatre", "show", "--theatre", "nowhere"),
        ("--theatre=nowhere", "theatre", "show"),
    ],
)
def test_where_may_be_said_before_the_command_or_after_it(warwatch: Warwatch, words: tuple[str, ...]) -> None:
    one_clear_line(warwatch(*words), "nowhere", "afghanistan-2021")


def test_the_environment_stands_in_for_options(warwatch: Warwatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARWATCH_THEATRE", "nowhere")
    one_clear_line(warwatch("theatre", "show"), "nowhere")


def test_theatres_can_be_listed_and_shown(warwatch: Warwatch) -> None:
    assert "afghanistan-2021" in warwatch("theatre", "list").out
    shown = json.loads(warwatch("theatre", "show", "afghanistan-2021", "--json").out)
    assert len(shown["capitals"]) == 34
    assert {"id": "taliban", "name": "Taliban"} in shown["sides"]


def test_without_a_terminal_the_screen_points_to_the_board(warwatch: Warwatch) -> None:
    one_clear_line(warwatch(), "`warwatch board`")


def test_a_dumb_terminal_is_refused(warwatch: Warwatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    one_clear_line(warwatch("view"), "dumb", "`warwatch board`")
