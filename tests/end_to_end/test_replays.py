"""The three recordings that come with warwatch, scored against the public record."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from feeds.replay import load_wire
from feeds.theatres.load import load_theatre
from tests.end_to_end.machine import Machine
from tui.cli.replays import shipped_wire

HABITS: Mapping[str, tuple[str, ...]] = {
    "terse wire": ("Reuters", "AFP", "AP"),
    "long read": ("Guardian", "BBC World", "Al Jazeera"),
    "state agency": ("Xinhua", "TASS", "Bakhtar", "Ministry of Defence (statement)"),
    "insurgent statement": ("Voice of the Emirate (Taliban statement)",),
    "local broadcaster": ("Ariana Desk", "Hindukush Agency", "Khaama Courier"),
    "aggregator": ("Newsdrift", "Deccan Post", "Ohio Valley Herald", "Lisbon Gazette"),
}
"""How each outlet of August 2021 writes."""


def scored(machine: Machine, theatre: str) -> Mapping[str, Any]:
    machine.environment |= {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    found: Mapping[str, Any] = json.loads(machine.run("score", "--theatre", theatre, "--json").out)
    return found


def test_august_2021_all_34_within_a_day_and_no_false_fall_at_any_hour(machine: Machine) -> None:
    """33 fell from 6 to 15 August, Bazarak on 6 September; the recording goes on to 7 September."""
    found = scored(machine, "afghanistan-2021")
    assert found["false_falls"] == []
    assert [row["id"] for row in found["places"] if row["verdict"] != "in time"] == []
    assert {row["id"] for row in found["places"]} == {
        place.id for place in load_theatre("afghanistan-2021").capitals
    }
    late = {row["id"]: row["day"] for row in found["places"] if row["day"] > "2021-08-31"}
    assert late == {"bazarak": "2021-09-06"}
    assert not machine.path.exists(), "a score leaves the operator's own archive alone"


@pytest.mark.parametrize(
    ("theatre", "turns", "recall"),
    # Kafranbel and Douma are each told of once, by residents through an outlet of letter C: a claim, and no more.
    [("ukraine", 8, 1.0), ("syria", 21, 0.90)],
)
def test_two_other_wars(machine: Machine, theatre: str, turns: int, recall: float) -> None:
    found = scored(machine, theatre)
    assert (found["of"], found["stories"] >= 120) == (turns, True)
    assert found["false_falls"] == []
    assert found["recall"] >= recall, [row for row in found["places"] if row["verdict"] != "in time"]


def test_august_2021_is_told_by_outlets_of_every_habit_over_every_capital() -> None:
    theatre = load_theatre("afghanistan-2021")
    names = {place.id: _pattern((place.name, *place.aliases)) for place in theatre.capitals}
    habit_of = {outlet: habit for habit, outlets in HABITS.items() for outlet in outlets}
    told: dict[str, set[str]] = {place: set() for place in names}
    stories: Counter[str] = Counter()
    for items in load_wire(shipped_wire(theatre)).feeds.values():
        for item in items:
            text = f"{item.title}\n{item.summary}\n{item.body}"
            named = [place for place, name in names.items() if name.search(text)]
            habit = habit_of.get(item.outlet)
            if habit and named:
                stories[habit] += 1
                for place in named:
                    told[place].add(habit)
    assert sum(stories.values()) >= 300
    assert min(stories[habit] for habit in HABITS) >= 45, stories
    assert {place: habits for place, habits in told.items() if len(habits) < 4} == {}


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
