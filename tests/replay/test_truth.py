"""A file of known dates is read as it stands, and what is wrong in it is said with its name."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from feeds.errors import InputError
from feeds.replay import load_truth, load_wire
from feeds.theatres.load import PACKS, load_theatre
from tests.replay.test_score import THEATRE

GUIDE = Path(__file__).parents[2] / "docs" / "scoring.md"
TURN = '[[turn]]\nplace = "aster"\nholder = "reds"\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "x.truth.toml"
    path.write_text('theatre = "testland"\n' + text)
    return path


def test_turns_are_in_order_of_time_with_a_day_of_slack_unless_said(tmp_path: Path) -> None:
    text = (
        '[opening]\nbexley = "reds"\n'
        f"{TURN}day = 2021-08-12\nslack_days = 0\nhour = 2021-08-12T05:00:00Z\n{TURN}day = 2021-08-08\n"
        '[[doubt]]\nplace = "corran"\nfrom = 2021-08-17\nto = 2021-08-18\n'
    )
    truth = load_truth(written(tmp_path, text), THEATRE)
    first, second = truth.turns
    assert (first.day, first.opens, first.closes) == (
        date(2021, 8, 8),
        datetime(2021, 8, 7, tzinfo=UTC),
        datetime(2021, 8, 10, tzinfo=UTC),
    )
    assert second.closes - second.opens == timedelta(days=1)
    assert second.begins == datetime(2021, 8, 12, 5, tzinfo=UTC)
    assert truth.opening == {"bexley": "reds"}
    assert truth.doubts[0].closes == datetime(2021, 8, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("turn = 3", "turn"),
        ("turns = []", "'turns' means nothing"),
        (f"{TURN}", "aster: day is a day"),
        (f'{TURN}day = "2021-08-08"', "day is a day"),
        (f"{TURN}day = 2021-08-08T00:00:00Z", "day is a day"),
        (f"{TURN}day = 2021-08-08\nslack_days = -1", "whole number"),
        (f'{TURN}day = 2021-08-08\nsure = "perhaps"', "'perhaps'"),
        (f"{TURN}day = 2021-08-08\nhour = 2021-08-08T05:00:00", "with its zone"),
        ('[[turn]]\nplace = "atlantis"\nholder = "reds"\nday = 2021-08-08', "no place 'atlantis'"),
        ('[[turn]]\nplace = "aster"\nholder = "greens"\nday = 2021-08-08', "no side 'greens'"),
        ('[opening]\naster = "greens"', "no side 'greens'"),
        ("[[turn", "can be read"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError, match=rf"x\.truth\.toml: .*{said}"):
        load_truth(written(tmp_path, text), THEATRE)


def test_another_theatres_dates_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'testland', not 'ukraine'"):
        load_truth(written(tmp_path, ""), load_theatre("ukraine"))
    with pytest.raises(InputError, match="can be read"):
        load_truth(tmp_path / "none.toml", THEATRE)


def test_every_recording_shipped_has_its_dates() -> None:
    recordings = sorted(PACKS.rglob("*.jsonl"))
    assert len(recordings) >= 3
    for recording in recordings:
        theatre = load_theatre(recording.parent.name)
        assert load_truth(recording.with_suffix(".truth.toml"), theatre).turns


def test_the_example_in_the_guide_is_one_that_is_read(tmp_path: Path) -> None:
    example = GUIDE.read_text().partition("## A file of known dates")[2]
    path = tmp_path / "guide.truth.toml"
    path.write_text("\n".join(line[4:] for line in example.splitlines() if line.startswith("    ")))
    truth = load_truth(path, load_theatre("ukraine"))
    assert [(turn.place, turn.holder) for turn in truth.turns] == [("kherson", "ukraine")]
    assert [doubt.place for doubt in truth.doubts] == ["kupiansk"]


def test_the_guide_says_how_much_comes_with_it() -> None:
    rows = re.findall(
        r"^\| `([a-z0-9-]+)` \| `([a-z0-9-]+\.jsonl)`[^|]*\| (\d+) \|", GUIDE.read_text(), re.MULTILINE
    )
    assert len(rows) == len(list(PACKS.rglob("*.jsonl")))
    for theatre, recording, stories in rows:
        assert load_wire(PACKS / theatre / recording).stories == int(stories)
