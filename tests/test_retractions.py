"""An outlet takes a story back, or corrects it: the board stands as if it had never said it, after a replay too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.collector import open_pipeline
from feeds.evidence import Standing
from feeds.retractions import headline
from feeds.story import Story
from feeds.theatres import load_theatre
from tests.dedupe.groups import NOON, story

THEATRE = load_theatre("afghanistan-2021")
FALL = "Gardez falls to Taliban, says provincial council"
LEAD = "Taliban fighters captured the city of Gardez on Wednesday, a council member said."
LATER = NOON + timedelta(hours=12)


def told(
    n: int, title: str = FALL, lead: str = LEAD, *, outlet: str = "Courier", hours: float = 0, flag: str = ""
) -> Story:
    at = NOON + timedelta(hours=hours)
    made = story(title, lead, n=n, at=at, outlet=outlet)
    return replace(made, reliability="B", feed=f"http://{outlet.lower()}.example/", flag=flag)


WITHDRAWAL = told(2, f"WITHDRAWN: {FALL}", "The Courier has withdrawn its report.", hours=3, flag="WITHDRAWN")


def board(archive: Archive, *takes: list[Story]) -> dict[str, Standing]:
    """The board after each list of stories was taken by a collector started anew."""
    for stories in takes:
        now = max(one.received for one in stories)
        archive.write(open_pipeline(archive, [THEATRE], now).take(stories, now))
    return {row.place: row for row in archive.standings(THEATRE.id)}


@pytest.mark.parametrize("restarted", [False, True])
def test_a_withdrawn_story_takes_back_what_it_said(tmp_path: Path, restarted: bool) -> None:
    takes = [[told(1)], [WITHDRAWAL]] if restarted else [[told(1), WITHDRAWAL]]
    with open_archive(tmp_path / "a.db") as archive:
        row = board(archive, *takes)["gardez"]
        assert (row.state, row.evidence) == ("unknown", ())
        steps = [(change.rule, change.after) for change in archive.changes(THEATRE.id, place="gardez")]
        assert steps == [("D2", "captured"), ("withdrawn", "unknown")]
        (action,) = archive.actions(THEATRE.id)
        assert (action.kind, action.who, action.story) == ("retract", "wire", told(1).id)
        assert action.reason == f"withdrawn by Courier: {WITHDRAWAL.title}"
        shown = archive.standings(THEATRE.id, as_of=NOON + timedelta(hours=1))
        assert {one.place: one.state for one in shown}["gardez"] == "captured"


def test_a_restart_after_a_withdrawal_takes_it_back_again(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        board(archive, [told(1)], [WITHDRAWAL])
        pipeline = open_pipeline(archive, [THEATRE], LATER)
        batch = pipeline.act(archive.actions(after_seq=pipeline.heeded), LATER)
        assert not [change for change in batch.changes if change.place == "gardez"]
        assert not pipeline.take([told(1), WITHDRAWAL], LATER).stories


def test_a_withdrawn_story_leaves_the_word_of_others(tmp_path: Path) -> None:
    other = told(
        3, "Gardez lost, residents say", "Gardez fell to the Taliban, residents said.", outlet="Star", hours=1
    )
    with open_archive(tmp_path / "a.db") as archive:
        row = board(archive, [told(1), other, WITHDRAWAL])["gardez"]
        assert row.origins == 1
        assert {piece.outlet for piece in archive.evidence(THEATRE.id) if piece.seq in row.evidence} == {
            "Star"
        }


def test_copies_of_a_withdrawn_story_go_with_it_early_and_late(tmp_path: Path) -> None:
    early, late = told(4, outlet="Drift", hours=1), told(5, outlet="Echo", hours=5)
    with open_archive(tmp_path / "a.db") as archive:
        assert board(archive, [told(1), early], [WITHDRAWAL], [late])["gardez"].state == "unknown"


def test_a_story_that_comes_after_its_withdrawal_is_not_believed(tmp_path: Path) -> None:
    late = replace(told(1), received=NOON + timedelta(hours=4))
    with open_archive(tmp_path / "a.db") as archive:
        assert board(archive, [WITHDRAWAL], [late])["gardez"].state == "unknown"
        assert "withdrawn before it came" in archive.drops()[0].reason


def test_a_story_withdrawn_in_its_own_place(tmp_path: Path) -> None:
    same = replace(
        told(1), title=f"WITHDRAWN: {FALL}", summary="", flag="WITHDRAWN", received=NOON + timedelta(hours=2)
    )
    with open_archive(tmp_path / "a.db") as archive:
        assert board(archive, [told(1)], [same])["gardez"].state == "unknown"


def test_another_story_of_the_outlet_is_not_taken_back(tmp_path: Path) -> None:
    other = told(
        6, "Taliban seize Kunduz", "Taliban fighters seized the city of Kunduz, residents said.", hours=1
    )
    with open_archive(tmp_path / "a.db") as archive:
        assert board(archive, [told(1), other, WITHDRAWAL])["kunduz"].state == "captured"


TWO = "Taliban seize Gardez and Khost, officials say"
TWO_LEAD = "Taliban fighters seized the cities of Gardez and Khost on Wednesday, officials said."
ONE = "CORRECTED-Taliban seize Gardez, officials say"
ONE_LEAD = "(Corrects to drop Khost) Taliban fighters seized the city of Gardez on Wednesday, officials said."


@pytest.mark.parametrize("number", [1, 2])
def test_a_correction_stands_for_what_it_corrects(tmp_path: Path, number: int) -> None:
    """As a story of its own (2), or in the place of the old one (1)."""
    corrected = told(number, ONE, ONE_LEAD, hours=2, flag="CORRECTED")
    with open_archive(tmp_path / "a.db") as archive:
        rows = board(archive, [told(1, TWO, TWO_LEAD)], [corrected])
        assert (rows["gardez"].state, rows["khost"].state) == ("captured", "unknown")
        again = board(archive, [told(9, "Rain in Kabul", "It rained in Kabul.", hours=3)])
        assert (again["gardez"].state, again["khost"].state) == ("captured", "unknown")


def test_a_notice_of_a_slip_leaves_the_story_in_force(tmp_path: Path) -> None:
    body = "\n\n".join([TWO_LEAD] + ["Shops were shut and the streets were empty, residents said."] * 20)
    notice = told(
        2,
        "Correction: Afghanistan story",
        "The airport is eight kilometers from town.",
        hours=2,
        flag="CORRECTED",
    )
    with open_archive(tmp_path / "a.db") as archive:
        rows = board(archive, [replace(told(1, TWO, TWO_LEAD), body=body)], [notice])
        assert (rows["gardez"].state, rows["khost"].state) == ("captured", "captured")


@pytest.mark.parametrize(
    "title",
    [
        "Gardez falls", "WITHDRAWN: Gardez falls", "UPDATE 1-CORRECTED-Gardez falls", "CORRECTED (OFFICIAL)-Gardez falls",
        "Gardez falls [corrected]", "URGENT - Gardez  Falls", "KILL: Gardez falls", "Correction: Gardez falls (Withdrawn)",
    ],
)  # fmt: skip
def test_a_headline_without_its_flags(title: str) -> None:
    assert headline(title) == "gardez falls"


def test_a_correction_that_says_the_same_of_a_place_leaves_its_row_as_it_was(tmp_path: Path) -> None:
    corrected = told(2, f"CORRECTED-{TWO}", f"(Corrects the date) {TWO_LEAD}", hours=4, flag="CORRECTED")
    with open_archive(tmp_path / "a.db") as archive:
        rows = board(archive, [told(1, TWO, TWO_LEAD)], [corrected])
        assert {rows[place].since for place in ("gardez", "khost")} == {NOON}
        assert [change.place for change in archive.changes(THEATRE.id)] == ["gardez", "khost"]
