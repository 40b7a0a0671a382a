"""Watch terms on the desk: kept in order, described anew, and never lost to a slip of the hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.desk import Desk
from feeds.errors import DeskError
from feeds.story import Subscription
from feeds.watched import WatchTerm


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path / "desk.json")


def test_terms_are_there_the_next_day_in_their_order(desk: Desk) -> None:
    desk.subscribe(Subscription("https://example.org/feed", "Post"))
    desk.watch(WatchTerm("Herat", "high", "red"), WatchTerm("~Zelenskyy"))
    desk.watch(WatchTerm("Kabul"))
    again = Desk.open(desk.path)
    assert again.watch_terms() == [
        WatchTerm("Herat", "high", "red"),
        WatchTerm("~Zelenskyy"),
        WatchTerm("Kabul"),
    ]
    assert len(again.subscriptions()) == 1


def test_a_term_described_anew_keeps_its_place(desk: Desk) -> None:
    desk.watch(WatchTerm("Herat"), WatchTerm("Kabul"))
    desk.watch(WatchTerm("Herat", "low"), WatchTerm("Ghazni"))
    assert desk.watch_terms() == [WatchTerm("Herat", "low"), WatchTerm("Kabul"), WatchTerm("Ghazni")]


def test_terms_are_taken_out(desk: Desk) -> None:
    desk.watch(WatchTerm("Herat"), WatchTerm("Kabul"))
    assert desk.unwatch("Herat", "Ghazni") == 1
    assert desk.watch_terms() == [WatchTerm("Kabul")]


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"severity": "high"}, "watch term 1 has no `text`"),
        ({"text": "Herat", "severity": "grave"}, "`severity` must be one of low, medium, high"),
        ({"text": "Herat", "colour": "pink"}, "`colour` must be one of"),
        ({"text": ["Herat"]}, "`text` must be text"),
    ],
)
def test_a_term_broken_by_hand_is_one_line_and_nothing_is_overwritten(
    tmp_path: Path, entry: dict[str, object], what: str
) -> None:
    path = tmp_path / "desk.json"
    path.write_text(json.dumps({"watch": {"1": entry}}))
    before = path.read_bytes()
    with pytest.raises(DeskError) as caught:
        Desk.open(path)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == before
