"""What changed since, the count with its range, and the names that ACLED gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.report.transitions import NAMES
from tests.report.newsroom import Newsroom, Said, ago

FELL = Said("Herat fell", "AFP")


def test_a_city_is_told_once_with_all_its_steps() -> None:
    room = Newsroom()
    room.stand("herat", "contested", Said("Fighting in Herat"), hours=10)
    room.stand("herat", "captured", FELL, hours=5)
    room.stand("kabul", "threatened", Said("Kabul is next"), hours=40)
    (moved,) = room.report(24).moved
    assert (moved.entry.place.id, moved.before, moved.back) == ("herat", "without a report", False)
    assert [step.after for step in moved.steps] == ["contested", "taken"]


def test_the_gravest_comes_first_then_the_newest() -> None:
    room = Newsroom()
    room.stand("kabul", "threatened", Said("Kabul is next"), hours=1)
    room.stand("herat", "captured", FELL, hours=9)
    room.stand("ghazni", "captured", Said("Ghazni fell"), hours=3)
    assert [moved.entry.place.id for moved in room.report().moved] == ["ghazni", "herat", "kabul"]


def test_what_is_back_where_it_was_says_so_and_is_no_highlight() -> None:
    room = Newsroom()
    room.stand("herat", "contested", Said("Fighting in Herat"), hours=60)
    room.stand("herat", "claimed", Said("Herat is ours", "Voice", "D", "self-serving"), hours=8)
    room.stand("herat", "contested", Said("Herat holds out"), hours=4)
    report = room.report()
    assert report.moved[0].back
    assert not [line for line in report.highlights if line.text.startswith("Herat")]


def test_a_withdrawn_report_is_a_highlight() -> None:
    room = Newsroom()
    room.stand("gardez", "claimed", Said("Gardez fell", "Courier", "C"), hours=6)
    room.stand("gardez", "unknown", hours=3, rule="withdrawn")
    report = room.report()
    assert any(
        line.cause == "withdrawn" and "withdrawn by its outlet" in line.text for line in report.highlights
    )
    assert report.moved[0].last.word is None


def test_nothing_after_the_moment_is_in_it() -> None:
    room = Newsroom()
    room.stand("herat", "contested", Said("Fighting in Herat"), hours=10)
    room.stand("ghazni", "captured", Said("Ghazni fell"), hours=1)
    report = room.report(as_of=ago(5))
    assert [step.place.id for step in report.steps] == ["herat"]
    assert {entry.standing.state for entry in report.entries} == {"contested", "unknown"}


# The count.


def test_the_count_is_a_range_of_what_is_said_now_beside_the_board() -> None:
    room = Newsroom()
    room.count(9, "AP", 40)
    room.count(11, "AP", 5)
    room.count(12, "BBC", 3, of=34)
    room.stand("herat", "captured", FELL)
    counts = room.report().counts
    assert (counts.range, counts.named, counts.of, counts.unnamed) == ("11-12", 1, 34, 11)
    assert [(each.number, each.word.outlet) for each in counts.said] == [(11, "AP"), (12, "BBC")]
    assert room.report().highlights[0].text == (
        "1 of 34 capitals on the board as taken by Taliban; reported 11-12, 11 of them not named yet"
    )


def test_an_outlets_older_count_and_the_nth_to_fall_do_not_widen_the_range() -> None:
    room = Newsroom()
    room.count(7, "AP", 20)
    room.count(12, "AP", 2)
    room.count(2, "AFP", 1, qualifier="nth")
    room.count(3, "BBC", 1)
    room.count(9, "TASS", 1, qualifier="more")
    assert room.report().counts.range == "12"


def test_when_nobody_counted_the_report_says_so() -> None:
    room = Newsroom()
    room.stand("herat", "captured", FELL)
    assert room.report().counts.range == ""
    assert room.report().highlights[0].text.endswith("nobody reports how many")


# ACLED's names.


@pytest.mark.parametrize(
    ("state", "holder", "sentence", "fighting", "name"),
    [
        (
            "captured",
            "taliban",
            "Herat fell after street battles",
            0.6,
            "Non-state actor overtakes territory",
        ),
        ("captured", "taliban", "Herat fell", 0.0, "Non-state actor overtakes territory"),
        (
            "captured",
            "taliban",
            "Herat was handed over without a shot",
            0.6,
            "Non-violent transfer of territory",
        ),
        ("captured", "taliban", "Officials surrendered Herat", 0.0, "Non-violent transfer of territory"),
        ("captured", "taliban", "Officials surrendered Herat", 0.6, "Non-state actor overtakes territory"),
        ("retaken", "government", "The army drove them out", 0.6, "Government regains territory"),
        ("contested", "government", "Fighting in Herat", 0.6, "Armed clash"),
        ("disputed", "taliban", "Both say they hold Herat", 0.6, "Armed clash"),
    ],
)
def test_a_transition_has_acleds_name(
    state: str, holder: str, sentence: str, fighting: float, name: str
) -> None:
    room = Newsroom()
    room.stand("herat", state, Said(sentence), holder=holder, fighting=fighting)
    transition = room.entry("herat").transition
    assert transition is not None
    assert transition.name == name
    assert name in NAMES
    assert transition.basis


@pytest.mark.parametrize("state", ["claimed", "disputed", "threatened", "held", "unknown"])
def test_where_nothing_changed_hands_there_is_no_transition(state: str) -> None:
    room = Newsroom()
    room.stand("herat", state, Said("Herat is talked of"))
    assert room.entry("herat").transition is None


def test_what_the_desk_set_is_no_transition() -> None:
    room = Newsroom()
    room.stand("herat", "captured", rule="D1", override="we know")
    assert room.entry("herat").transition is None


def test_how_a_city_fell_may_be_told_later() -> None:
    room = Newsroom()
    room.stand("herat", "captured", FELL, hours=8)
    later = room.tell("herat", Said("Herat had been handed over without a bullet", "Guardian"), "holds")
    standing = room.board["herat"]
    room.board["herat"] = replace(standing, evidence=(*standing.evidence, later))
    transition = room.entry("herat").transition
    assert transition is not None
    assert transition.name == "Non-violent transfer of territory"
