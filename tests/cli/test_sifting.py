"""``warwatch board`` narrowed down by the screen's own grammar, and by the views that were saved there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.desk import Desk, SavedView
from tests.cli.conftest import Warwatch, one_clear_line
from tests.cli.test_board import polled, server

__all__ = ["polled", "server"]
pytestmark = pytest.mark.usefixtures("polled")


def names(warwatch: Warwatch, *words: str) -> list[str]:
    said = warwatch("board", "--json", *words)
    assert said.status == 0, said.err
    return [row["id"] for row in json.loads(said.out)["capitals"]]


def test_only_rows_that_match_are_printed(warwatch: Warwatch) -> None:
    every = names(warwatch)
    assert names(warwatch, "--filter", "place:kunduz") == ["kunduz"]
    assert names(warwatch, "--filter", "!place:kunduz") == [each for each in every if each != "kunduz"]
    moved = names(warwatch, "--filter=-state:unknown")
    assert "kunduz" in moved
    assert len(moved) < len(every)
    assert names(warwatch, "--filter", "place:kunduz state:unknown") == []


def test_a_saved_view_is_the_same_on_paper(warwatch: Warwatch, home: Path) -> None:
    desk = Desk.open(home / "desk.json")
    desk.save_view(SavedView("North", "place:kunduz"))
    desk.save_view(SavedView("Elsewhere", "!view:north"))
    assert names(warwatch, "--view", "north") == ["kunduz"]
    assert names(warwatch, "--view", "North", "--filter", "state:unknown") == []
    assert "kunduz" not in names(warwatch, "--view", "Elsewhere")
    one_clear_line(warwatch("board", "--view", "south"), "no view is called 'south'", "North, Elsewhere")


def test_a_watch_term_narrows_the_board_down_to_what_it_is_told_of(warwatch: Warwatch) -> None:
    assert warwatch("watch", "add", "Kunduz").status == 0
    assert "kunduz" in names(warwatch, "--filter", "term:kunduz")
    assert "kunduz" not in names(warwatch, "--filter=-term:kunduz")


def test_a_wrong_filter_says_what_is_wrong_and_where(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("board", "--filter", "herat state:lost"), "no state is called lost (at 7)")
    one_clear_line(
        warwatch("board", "--filter", "term:drone"), "nothing is watched for that reads drone (at 1)"
    )
    one_clear_line(warwatch("board", "--filter", "view:none"), "no view is called none (at 1)")
