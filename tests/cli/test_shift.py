"""``warwatch diff`` and ``warwatch shift``: what changed for a pipe, and a shift closed without a screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch, one_clear_line
from tests.tui.test_real_archive import filled

SINCE = ("--since", "2021-08-12 12:00", "--until", "2021-08-12 18:42")


@pytest.fixture
def thursday(home: Path) -> Path:
    """Thursday's archive where the command looks for it."""
    filled(home / "archive.db").close()
    return home


def test_what_changed_for_people(thursday: Path, warwatch: Warwatch) -> None:
    said = warwatch("diff", *SINCE)
    assert said.status == 0
    assert "12 Aug 12:00Z to 12 Aug 18:42Z" in said.out
    assert "Ghazni" in said.out
    assert "→ captured" in said.out
    assert "The city is lost" in said.out
    assert "reported 11 of 34, named 11" in said.out


def test_what_changed_for_programs(thursday: Path, warwatch: Warwatch) -> None:
    found = json.loads(warwatch("diff", *SINCE, "--json").out)
    assert (found["theatre"], found["since"]) == ("afghanistan-2021", "2021-08-12T12:00:00Z")
    ghazni = next(each for each in found["changes"] if each["id"] == "ghazni")
    assert (ghazni["from"], ghazni["to"], ghazni["steps"]) == ("held", "captured", 1)
    assert ghazni["evidence"]["voice"] == "against-interest"
    assert found["counts"]["capitals"] == len(found["changes"])
    assert found["counts"]["reported"]["now"]["reported"] == 11


def test_words_that_are_no_time_are_wrong_usage(thursday: Path, warwatch: Warwatch) -> None:
    one_clear_line(warwatch("diff", "--since", "teatime"), "teatime", status=2)


def test_a_shift_is_closed_and_the_next_one_begins_there(thursday: Path, warwatch: Warwatch) -> None:
    assert "No shift was closed" in warwatch("shift", "show").out
    assert json.loads(warwatch("shift", "show", "--json").out)["shift"] is None
    draft = warwatch("shift", "draft", "--since", "2021-08-12 12:00", "--at", "2021-08-12 17:30")
    assert "Ghazni" in draft.out
    assert "No shift was closed" in warwatch("shift", "show").out
    closed = warwatch("shift", "close", "AFP calls back", "--who", "amina", "--at", "2021-08-12 17:30")
    assert closed.status == 0
    assert "AFP calls back" in closed.out
    shown = warwatch("shift", "show").out
    assert "closed by amina, 12 Aug 2021 17:30Z" in shown
    assert "AFP calls back" in shown
    since = warwatch("diff", "--until", "2021-08-12 18:42").out
    assert "when amina closed the last shift" in since
    assert "Ghazni  " not in since.split("New events")[0]


def test_where_nothing_can_be_written_a_shift_is_not_closed(home: Path, warwatch: Warwatch) -> None:
    (home / "archive.db").mkdir()
    one_clear_line(warwatch("shift", "close"), "directory")
