"""``warwatch demo``: August 2021 played offline from the recording that comes with it."""

from __future__ import annotations

import json

import pytest

from feeds.theatres import load_theatre
from feeds.theatres.load import PACKS
from tests.end_to_end.machine import Machine

RECORDING = next((PACKS / "afghanistan-2021").glob("replay/*.jsonl"), None)
NEVER_IN_AUGUST = "bazarak"
"""The capital of Panjshir held out until September."""
needs_recording = pytest.mark.skipif(RECORDING is None, reason="no recording of August 2021 in the pack yet")


@needs_recording
def test_all_33_capitals_of_august_are_on_the_board(machine: Machine) -> None:
    machine.environment |= {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    said = machine.run("demo", "--headless", "--until", "2021-08-16", "--json")
    board = {row["id"]: row for row in json.loads(said.out)["capitals"]}
    assert board.keys() == {place.id for place in load_theatre("afghanistan-2021").capitals}
    fallen = {
        place for place, row in board.items() if (row["state"], row["holder"]) == ("captured", "taliban")
    }
    assert set(board) - fallen == {NEVER_IN_AUGUST}
    assert all(row["evidence"] for place, row in board.items() if place in fallen)
    assert json.loads(said.out)["counts"]["named"] == 33
    assert not machine.path.exists(), "the demo leaves the operator's own archive alone"


@needs_recording
def test_it_opens_on_a_board_that_is_already_moving(machine: Machine) -> None:
    with machine.screen("demo", columns=80, rows=24) as terminal:
        terminal.wait_for("Capitals", "Wire", "captured", "12 Aug 2021", timeout=40)
        assert "reported" in terminal.text
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        assert b"\x1b[?1049l" in terminal.raw
