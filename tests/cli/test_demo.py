"""The demo without a screen: a recording played over loopback into an archive of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch, one_clear_line
from tests.cli.news import KUNDUZ


@pytest.fixture
def recording(home: Path) -> Path:
    file = home / "recording.jsonl"
    stories = [
        ("a1", "2021-08-08T04:00:00Z", "Taliban capture Kunduz after governor flees", KUNDUZ),
        (
            "a2",
            "2021-08-09T04:00:00Z",
            "Taliban seize Aybak, deputy governor says",
            "https://news.example/a2",
        ),
    ]
    file.write_text(
        "\n".join(
            json.dumps(
                {"id": id_, "published": at, "feed": "post", "outlet": "Post", "title": title, "url": url}
            )
            for id_, at, title, url in stories
        )
    )
    (home / "outlets.toml").write_text('Post = "B"\n')
    return file


def test_the_board_stands_as_it_stood_then(warwatch: Warwatch, recording: Path) -> None:
    said = warwatch("demo", "--headless", "--replay", recording, "--until", "2021-08-08 12:00", "--json")
    assert said.status == 0
    assert "no network is used" in said.err
    states = {capital["id"]: capital["state"] for capital in json.loads(said.out)["capitals"]}
    assert (states["kunduz"], states["aybak"]) == ("captured", "unknown")


def test_an_archive_named_is_kept_and_can_be_gone_on_with(
    warwatch: Warwatch, recording: Path, home: Path
) -> None:
    archive = home / "kept.db"
    words = ("demo", "--headless", "--replay", recording, "--archive", archive)
    assert "Kunduz" in warwatch(*words, "--until", "2021-08-08").out
    assert "2 captured" in warwatch(*words, "--until", "2021-08-09").out
    then = json.loads(warwatch("board", "--archive", archive, "--as-of", "2021-08-08", "--json").out)
    states = {capital["id"]: capital["state"] for capital in then["capitals"]}
    assert (states["kunduz"], states["aybak"]) == ("captured", "unknown")
    assert "Taliban took Kunduz" in warwatch("why", KUNDUZ, "--archive", archive).out


def test_without_a_terminal_and_without_headless_it_says_what_to_do(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("demo"), "`warwatch board`")


def test_a_speed_that_is_none(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("demo", "--speed", "fast"), "no number", status=2)
    one_clear_line(warwatch("demo", "--speed", "0"), "more than 0", status=2)


def test_a_recording_that_is_none(warwatch: Warwatch, home: Path) -> None:
    (home / "x.jsonl").write_text("no story\n")
    one_clear_line(warwatch("demo", "--headless", "--replay", home / "x.jsonl"), "x.jsonl", "line 1")


@pytest.mark.parametrize(
    ("theatre", "captured", "day"), [("ukraine", "kherson", "10 Sep 2022"), ("syria", "aleppo", "5 Dec 2024")]
)
def test_two_other_wars_open_on_a_board_with_something_on_it(
    warwatch: Warwatch, theatre: str, captured: str, day: str
) -> None:
    said = warwatch("demo", "--headless", "--theatre", theatre, "--json")
    assert day in said.err
    assert {row["id"]: row["state"] for row in json.loads(said.out)["capitals"]}[captured] == "captured"


def test_a_recording_of_other_days_opens_in_its_middle(warwatch: Warwatch, recording: Path) -> None:
    said = warwatch("demo", "--headless", "--replay", recording)
    assert "8 Aug 2021 16:00Z" in said.err
    assert "1 captured" in said.out
