"""``warwatch demo``: August 2021 played offline from the recording that comes with it."""

from __future__ import annotations

import json
from datetime import datetime

from feeds.theatres import load_theatre
from tests.end_to_end.machine import Machine

NEVER_IN_AUGUST = "bazarak"
"""The capital of Panjshir held out until September."""
FELL = {
    6: ("zaranj",),
    7: ("sheberghan",),
    8: ("sar-e-pol", "kunduz", "taloqan"),
    9: ("aybak",),
    10: ("farah", "pul-e-khumri"),
    11: ("fayzabad",),
    12: ("ghazni", "herat", "qala-e-naw"),
    13: ("kandahar", "lashkar-gah", "chaghcharan", "tarinkot", "qalat", "pul-e-alam"),
    14: ("sharana", "asadabad", "gardez", "maymana", "mazar-i-sharif", "mihtarlam", "nili"),
    15: ("jalalabad", "maidan-shahr", "khost", "bamyan", "mahmud-i-raqi", "charikar", "parun", "kabul"),
}
"""The day of August 2021 on which each fell; sources differ by a day on some."""


def test_all_33_capitals_of_august_are_on_the_board(machine: Machine) -> None:
    machine.environment |= {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    said = machine.run("demo", "--headless", "--until", "2021-08-16", "--json")
    board = {row["id"]: row for row in json.loads(said.out)["capitals"]}
    assert board.keys() == {place.id for place in load_theatre("afghanistan-2021").capitals}
    fallen = {
        place for place, row in board.items() if (row["state"], row["holder"]) == ("captured", "taliban")
    }
    assert set(board) - fallen == {NEVER_IN_AUGUST}
    days = {place: day for day, places in FELL.items() for place in places}
    assert days.keys() == fallen
    since = {place: datetime.fromisoformat(board[place]["since"]).day for place in fallen}
    assert {place: (since[place], day) for place, day in days.items() if abs(since[place] - day) > 1} == {}
    assert all(row["evidence"] for place, row in board.items() if place in fallen)
    assert json.loads(said.out)["counts"]["named"] == 33
    assert not machine.path.exists(), "the demo leaves the operator's own archive alone"


def test_it_opens_on_a_board_that_is_already_moving(machine: Machine) -> None:
    with machine.screen("demo", columns=80, rows=24) as terminal:
        terminal.wait_for("Capitals", "Wire", "captured", "12 Aug 2021", timeout=40)
        assert "reported" in terminal.text
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        assert b"\x1b[?1049l" in terminal.raw
