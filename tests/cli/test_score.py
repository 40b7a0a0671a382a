"""``warwatch score``: a recording is played and the board held against known dates; ``record`` writes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch, one_clear_line

STORIES = (
    ("a1", "2021-08-08T05:00:00Z", "Taliban capture Kunduz after governor flees"),
    ("a2", "2021-08-09T08:00:00Z", "Taliban seize Aybak, deputy governor says"),
    ("a3", "2021-08-09T12:00:00Z", "Taliban capture Gardez after governor flees"),
)
TRUTH = """theatre = "afghanistan-2021"
[[turn]]
place = "kunduz"
holder = "taliban"
day = 2021-08-08
[[turn]]
place = "aybak"
holder = "taliban"
day = 2021-08-09
hour = 2021-08-09T07:30:00Z
[[turn]]
place = "ghazni"
holder = "taliban"
day = 2021-08-09
"""


@pytest.fixture
def recording(home: Path) -> Path:
    file = home / "week.jsonl"
    file.write_text(
        "\n".join(
            json.dumps({"id": id_, "published": at, "feed": "post", "outlet": "Post", "title": title})
            for id_, at, title in STORIES
        )
    )
    (home / "outlets.toml").write_text('Post = "B"\n')
    (home / "week.truth.toml").write_text(TRUTH)
    return file


def test_each_change_of_hands_has_its_line_and_a_false_fall_its_sentence(
    warwatch: Warwatch, recording: Path
) -> None:
    said = warwatch("score", recording)
    assert said.status == 0
    lines = [line.split() for line in said.out.splitlines() if line]
    assert "2 of 3 changes of hands in time (recall 0.667), 1 false, median lag 5.0 h" in said.out
    assert ["Kunduz", "Taliban", "08", "Aug", "checked", "08", "Aug", "05:00", "5.0"] in lines
    assert ["Aybak", "Taliban", "09", "Aug", "07:30", "checked", "09", "Aug", "08:00", "0.5"] in lines
    assert ["Ghazni", "Taliban", "09", "Aug", "checked", "MISSED"] in lines
    assert "Gardez to Taliban, 09 Aug 12:00 (wrong for 24 h)" in said.out
    assert "Post: “Taliban capture Gardez after governor flees”" in said.out


def test_as_json(warwatch: Warwatch, recording: Path) -> None:
    found = json.loads(warwatch("score", recording, "--json").out)
    assert {key: found[key] for key in ("stories", "in_time", "of", "missed", "late", "early", "false")} == {
        "stories": 3,
        "in_time": 2,
        "of": 3,
        "missed": 1,
        "late": 0,
        "early": 0,
        "false": 1,
    }
    assert [(row["id"], row["verdict"], row["lag_hours"]) for row in found["places"]] == [
        ("kunduz", "in time", 5.0),
        ("aybak", "in time", 0.5),
        ("ghazni", "missed", None),
    ]
    (stray,) = found["false_falls"]
    assert (stray["id"], stray["at"], stray["evidence"][0]["outlet"]) == (
        "gardez",
        "2021-08-09T12:00:00Z",
        "Post",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--min-recall", "0.6", "--max-false", "1"), ""),
        (("--min-recall", "0.7", "--max-false", "1"), "warwatch: recall 0.667 is below 0.7\n"),
        (("--min-recall", "0.6", "--max-false", "0"), "warwatch: 1 false falls are more than 0\n"),
    ],
)
def test_the_exit_status_says_whether_it_is_good_enough(
    warwatch: Warwatch, recording: Path, words: tuple[str, ...], said: str
) -> None:
    found = warwatch("score", recording, *words)
    assert (found.status, found.err) == (1 if said else 0, said)
    assert "Kunduz" in found.out, "the table is there all the same"


def test_the_plot_shows_where_board_and_record_part(
    warwatch: Warwatch, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    plot = warwatch("score", recording, "--plot").out.split("\n\n")[-2:]
    rows = {line.split()[0]: set(line.split()[1]) for line in plot[0].splitlines()[1:]}
    assert rows == {"Kunduz": {"█"}, "Aybak": {"·", "░", "█"}, "Ghazni": {"·", "░"}, "Gardez": {"·", "✕"}}
    assert all(len(line) <= 60 for part in plot for line in part.splitlines())
    assert "✕ on the board, and wrong" in plot[1]


def test_until_leaves_out_what_was_not_played(warwatch: Warwatch, recording: Path) -> None:
    found = json.loads(warwatch("score", recording, "--until", "2021-08-08 12:00", "--json").out)
    assert (found["in_time"], found["false"]) == (1, 0)


def test_the_speed_does_not_change_the_score(warwatch: Warwatch, recording: Path) -> None:
    fast = json.loads(warwatch("score", recording, "--json").out)
    timed = json.loads(warwatch("score", recording, "--json", "--speed", "500000").out)
    assert timed == fast


def test_the_dates_say_which_war_it_is(
    warwatch: Warwatch, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARWATCH_THEATRE", "syria")
    assert json.loads(warwatch("score", recording, "--json").out)["theatre"] == "afghanistan-2021"


def test_what_cannot_be_scored_is_said_in_a_line(warwatch: Warwatch, recording: Path, home: Path) -> None:
    one_clear_line(warwatch("score", recording, "--truth", home / "none.toml"), "none.toml", "can be read")
    one_clear_line(warwatch("score", recording, "--theatre", "ukraine"), "not 'ukraine'")
    one_clear_line(warwatch("score", home / "none.jsonl", "--truth", home / "week.truth.toml"), "none.jsonl")
    one_clear_line(warwatch("score", "--theatre", "haiti"), "no recording")
    one_clear_line(warwatch("score", recording, "--min-recall", "2"), "from 0 to 1", status=2)
    one_clear_line(warwatch("score", recording, "--max-false", "-1"), "--max-false", status=2)
    one_clear_line(warwatch("score", recording, "--speed", "0"), "more than 0", status=2)


def test_an_archive_recorded_can_be_scored(warwatch: Warwatch, recording: Path, home: Path) -> None:
    archive = home / "kept.db"
    words = ("--headless", "--replay", recording, "--archive", archive, "--until", "2021-08-09")
    assert warwatch("demo", *words).status == 0
    said = warwatch("record", "--archive", archive, "-o", home / "again.jsonl")
    assert (said.status, "3 stories" in said.err) == (0, True)
    again = json.loads(
        warwatch("score", home / "again.jsonl", "--truth", home / "week.truth.toml", "--json").out
    )
    assert (again["in_time"], again["false"], again["stories"]) == (2, 1, 3)
    lines = warwatch("record", "--archive", archive, "--since", "2021-08-09").out.splitlines()
    assert [json.loads(line)["title"] for line in lines][-1] == STORIES[2][2]


def test_nothing_to_record_leaves_no_file_behind(warwatch: Warwatch, recording: Path, home: Path) -> None:
    one_clear_line(warwatch("record", "-o", home / "x.jsonl"), "no archive")
    archive = home / "kept.db"
    words = ("--headless", "--replay", recording, "--archive", archive, "--until", "2021-08-09")
    assert warwatch("demo", *words).status == 0
    one_clear_line(
        warwatch("record", "--archive", archive, "--since", "2022-01-01", "-o", home / "x.jsonl"),
        "nothing written",
    )
    assert not [file for file in home.iterdir() if "x.jsonl" in file.name]
