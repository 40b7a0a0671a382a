"""``warwatch read`` on a long article about one week of a war: the right rows, and nothing for places elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.end_to_end.machine import ROOT, Machine

ARTICLE = ROOT / "screenshots" / "article.txt"
CAPTURED = (
    "aybak",
    "ghazni",
    "herat",
    "kandahar",
    "kunduz",
    "lashkar-gah",
    "sar-e-pol",
    "sheberghan",
    "taloqan",
    "zaranj",
)
OTHERS = {"jalalabad": "contested", "kabul": "threatened", "bazarak": "held", "mazar-i-sharif": "unknown"}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    machine = Machine(tmp_path_factory.mktemp("read"))
    said = machine.run("read", ARTICLE, "--date", "2021-08-15 09:00", "--outlet", "a long-read", "--json")
    found: Mapping[str, Any] = json.loads(said.out)
    return found


@pytest.mark.parametrize(
    "place",
    CAPTURED,
)
def test_a_city_that_fell_is_captured(read: Mapping[str, Any], place: str) -> None:
    row = next(row for row in read["capitals"] if row["id"] == place)
    assert (row["state"], row["holder"]) == ("captured", "taliban")
    assert row["evidence"][0]["sentence"] in " ".join(ARTICLE.read_text("utf-8").split())


@pytest.mark.parametrize("place", OTHERS)
def test_a_city_that_did_not_fall_is_not(read: Mapping[str, Any], place: str) -> None:
    row = next(row for row in read["capitals"] if row["id"] == place)
    assert (row["state"], row["holder"]) == (OTHERS[place], "government")


def test_nothing_is_said_of_the_rest_and_the_count_is_held_against_the_rows(read: Mapping[str, Any]) -> None:
    named = {row["id"] for row in read["capitals"] if row["state"] != "unknown"}
    assert named <= {*CAPTURED, *OTHERS, "bamyan"}
    counts = read["counts"]
    assert (counts["reported"], counts["of"]) == (25, 34)
    assert counts["unnamed"] == 25 - counts["named"]
