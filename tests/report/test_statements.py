"""What may be said of a city: never more strongly than its standing, and a claim is never a fact."""

from __future__ import annotations

from dataclasses import replace

import pytest

from feeds.evidence import STATES, Action
from tests.report.newsroom import Newsroom, Said, ago

CLAIM = Said("Herat is conquered", "Voice of the Emirate", "D", "self-serving")


def test_what_only_the_taliban_say_is_said_to_be_said_by_them() -> None:
    room = Newsroom()
    room.stand("herat", "claimed", CLAIM, grade="D4")
    entry = room.entry("herat")
    assert entry.statement == "Taliban says it holds the city; not confirmed"
    assert (entry.reports, entry.claims[0].sentence) == ((), "Herat is conquered")
    assert entry.transition is None, "a claim is no transition"


def test_a_weak_outlet_alone_is_named_with_what_it_says() -> None:
    room = Newsroom()
    room.stand("herat", "claimed", Said("Herat has fallen", "Town Crier", "E"))
    assert room.entry("herat").statement == "Town Crier says Taliban holds the city; not confirmed"
    room.stand("kabul", "contested", Said("Shots in Kabul", "Town Crier", "E"))
    assert room.entry("kabul").statement.startswith("Town Crier says there is fighting, not confirmed")


def test_a_city_is_said_to_be_taken_only_when_two_who_do_not_gain_say_so() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("Herat fell", "AFP"), CLAIM)
    assert room.entry("herat").statement == "reported taken by Taliban"
    room.stand("ghazni", "captured", Said("Ghazni fell", "AFP"), Said("Ghazni is lost", "BBC"), CLAIM)
    assert room.entry("ghazni").statement == "taken by Taliban, 2 independent reports say"


def test_copies_of_one_agency_are_one_report() -> None:
    room = Newsroom()
    room.stand("ghazni", "captured", Said("Ghazni fell", "AFP"), Said("Ghazni fell again", "AFP"))
    assert room.entry("ghazni").statement == "reported taken by Taliban"


def test_where_word_stands_against_word_both_sides_are_named() -> None:
    room = Newsroom()
    room.stand(
        "kunduz",
        "disputed",
        Said("Kunduz fell"),
        Said("The army holds Kunduz", "MoD", "C", "official", "government"),
    )
    assert room.entry("kunduz").statement == "said to be held by Taliban and by Government"


def test_where_word_stands_against_word_and_nobody_is_the_holder_both_are_quoted() -> None:
    room = Newsroom()
    room.stand("kunduz", "retaken", Said("The army is back in Kunduz", "BBC", side="government"), hours=9)
    room.stand("kunduz", "disputed", Said("Kunduz fell", "AFP"), hours=2)
    room.board["kunduz"] = replace(
        room.board["kunduz"], holder="", scores=(("holds:government", 0.4), ("holds:taliban", 0.6))
    )
    entry = room.entry("kunduz")
    assert entry.statement == "said to be held by Taliban and by Government"
    assert {word.outlet for word in entry.reports} == {"AFP", "BBC"}


def test_a_row_whose_testimony_is_too_old_keeps_the_words_that_brought_it_there_and_says_so() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("Herat fell", "AFP"), hours=24 * 30)
    room.board["herat"] = replace(
        room.board["herat"], evidence=(), outlets=0, origins=0, grade="F6", stale=True
    )
    entry = room.entry("herat")
    assert entry.statement.startswith("reported taken by Taliban; nothing that counts now was told")
    assert entry.reports[0].outlet == "AFP"
    assert entry.notes


def test_a_denial_is_told_as_one_and_is_no_report() -> None:
    room = Newsroom()
    denied = Said("The city is not in enemy hands", "MoD", "B", modality="negated")
    room.stand("kunduz", "captured", Said("Kunduz fell"), denied)
    entry = room.entry("kunduz")
    assert [word.sentence for word in entry.denials] == ["The city is not in enemy hands"]
    assert [word.sentence for word in entry.reports] == ["Kunduz fell"]


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_words_and_a_section(state: str) -> None:
    room = Newsroom()
    room.stand("herat", state)
    report = room.report()
    (section,) = [one for one in (*report.sections, report.silent) if one and one.state == state]
    assert section.title
    assert section.note
    assert "{" not in room.entry("herat").statement


def test_an_override_is_the_desks_word_with_its_reason_and_who_until_when() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("Herat fell", "AFP"), hours=4)
    room.journal.append(
        Action("override", "amina", ago(1), theatre="afghanistan-2021", place="herat", value="contested government",
               reason="our stringer saw government troops", until=ago(-5), seq=1)
    )  # fmt: skip
    room.stand(
        "herat",
        "contested",
        rule="D1",
        hours=1,
        override="our stringer saw government troops",
        flags=("review",),
    )
    entry = room.entry("herat")
    assert [word.sentence for word in entry.reports] == ["Herat fell"], (
        "the evidence stands below the desk's word"
    )
    assert entry.statement == "set by the desk to contested, Government"
    assert entry.desk is not None
    assert (entry.desk.reason, entry.desk.who, entry.desk.until) == (
        "our stringer saw government troops", "amina", ago(-5),
    )  # fmt: skip
    assert "it wants another look" in entry.notes[0]
    assert any(line.cause == "desk" and "stringer" in line.text for line in room.report().highlights)
    assert room.report().moved[0].last.cause == "desk"


def test_the_sentence_about_the_city_alone_is_quoted_before_a_list() -> None:
    room = Newsroom()
    listed = Said("Kunduz, Herat and Ghazni have fallen", "Reuters")
    heading = Said("HERAT (Aug. 12)", "AP", rule="heading")
    room.stand("herat", "captured", listed, heading, Said("Herat fell on Thursday", "AFP"))
    assert [word.outlet for word in room.entry("herat").reports] == ["AFP", "Reuters"]


def test_a_dateline_is_nobody_who_could_be_quoted() -> None:
    room = Newsroom()
    room.stand(
        "herat",
        "captured",
        Said("Herat fell", speaker="KABUL"),
        Said("Herat is lost", "AFP", speaker="a lawmaker"),
    )
    assert [word.speaker for word in room.entry("herat").reports] == ["", "a lawmaker"]


def test_a_link_that_is_not_http_is_no_link() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("Herat fell", url="javascript:alert(1)"))
    assert room.entry("herat").reports[0].url == ""


def test_a_very_long_sentence_is_cut_at_a_word() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("word " * 200))
    sentence = room.entry("herat").reports[0].sentence
    assert len(sentence) <= 282
    assert sentence.endswith("word …")
