"""Whose words are these, and is the story urgent, updated, corrected or withdrawn?"""

from __future__ import annotations

import pytest

from feeds.wire.wires import wire_credit, wire_flag


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("KABUL (AP) - The city fell.", "AP"),
        ("KABUL, Afghanistan (AP) — The city fell.", "AP"),
        ("KABUL, Aug. 12 (Reuters) - The city fell.", "Reuters"),
        ("(Reuters) - The city fell.", "Reuters"),
        ("Kabul (AFP) – The city fell.", "AFP"),
        ("AFP - The city fell.", "AFP"),
        ("The city fell. AFP contributed to this report.", "AFP"),
        ("The city fell. The Associated Press contributed to this report.", "AP"),
        ("The city fell. (With inputs from Reuters)", "Reuters"),
        ("The city fell. (AFP)", "AFP"),
        ("The city fell. Source: Reuters", "Reuters"),
        ("The city fell, residents told Reuters.", ""),
        ("ISLAMABAD - The minister (Reuters) said so.", ""),
        ("A map of the ap store and pa system.", ""),
    ],
)
def test_the_agency_is_read_in_the_text(text: str, agency: str) -> None:
    assert wire_credit(title="A headline", text=text) == agency


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Reuters", "Reuters"),
        ("By Jane Doe, Associated Press", "AP"),
        ("Jane Doe for Reuters", "Reuters"),
        ("AFP, Kabul", "AFP"),
        ("Jane Pa", ""),
        ("Staff", ""),
        ("", ""),
    ],
)
def test_the_agency_is_read_in_the_author(author: str, agency: str) -> None:
    assert wire_credit(title="x", text="y", author=author) == agency


def test_the_source_element_counts() -> None:
    assert wire_credit(title="x", text="y", source="The Associated Press") == "AP"


@pytest.mark.parametrize(
    ("title", "flag"),
    [
        ("URGENT: Ghazni falls", "URGENT"),
        ("[URGENT] Ghazni falls", "URGENT"),
        ("BREAKING | Ghazni falls", "URGENT"),
        ("UPDATE 2-Ghazni falls", "UPDATE"),
        ("WRAPUP 5-Ghazni falls", "UPDATE"),
        ("CORRECTED-Ghazni falls", "CORRECTED"),
        ("UPDATE 1-CORRECTED-Ghazni falls", "CORRECTED"),
        ("Correction: Ghazni", "CORRECTED"),
        ("REFILE-Ghazni falls", "CORRECTED"),
        ("WITHDRAWN - Ghazni falls", "WITHDRAWN"),
        ("KILL: Ghazni falls", "WITHDRAWN"),
        ("Troops withdrawn from Ghazni", ""),
        ("Urgent talks on Ghazni", ""),
        ("Killing in Ghazni", ""),
        ("Updated figures on Ghazni", ""),
    ],
)
def test_the_flag_is_read_in_the_title(title: str, flag: str) -> None:
    assert wire_flag(title) == flag


def test_a_withdrawal_in_the_text_counts() -> None:
    assert wire_flag("Ghazni falls", "ATTENTION EDITORS: this story has been withdrawn.") == "WITHDRAWN"
