"""Input that cannot be used: one clear line that says what and what to do, and nothing lost."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Warwatch, one_clear_line

ROOT = os.geteuid() == 0


@pytest.mark.parametrize(
    ("found", "word"),
    [(b"PK\x03\x04\x00\x00 Kunduz", "NUL"), (b"\xff\xd8 Kunduz \xe9", "UTF-8"), (b"  \n ", "empty")],
)
def test_a_file_that_is_not_text(warwatch: Warwatch, home: Path, found: bytes, word: str) -> None:
    file = home / "article.txt"
    file.write_bytes(found)
    one_clear_line(warwatch("read", file), str(file), word)
    one_clear_line(warwatch("read", "-", stdin=found), "standard input", word)


def test_a_file_that_is_not_there(warwatch: Warwatch, home: Path) -> None:
    one_clear_line(warwatch("read", home / "nothing.txt"), "nothing.txt", "cannot be read")
    one_clear_line(warwatch("evidence", home / "nothing.jsonl"), "nothing.jsonl", "cannot be read")


def test_a_directory_is_no_text(warwatch: Warwatch, home: Path) -> None:
    one_clear_line(warwatch("read", home), "cannot be read")


def test_an_unknown_theatre(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("board", "--theatre", "narnia"), "narnia", "afghanistan-2021")


def test_an_archive_that_is_not_an_archive(warwatch: Warwatch, home: Path) -> None:
    file = home / "archive.db"
    file.write_text("Dear diary, today Kunduz fell.")
    for command in (["board"], ["status"], ["why", "https://x.example/1"]):
        one_clear_line(warwatch(*command), "not an archive", "--archive")
    assert file.read_text() == "Dear diary, today Kunduz fell."


def test_a_database_of_another_program_is_left_alone(warwatch: Warwatch, home: Path) -> None:
    file = home / "archive.db"
    with sqlite3.connect(file) as other:
        other.execute("create table recipes (name text)")
    before = file.read_bytes()
    one_clear_line(warwatch("poll", "--once"), "not an archive")
    assert file.read_bytes() == before


def test_no_archive_yet_says_how_to_make_one(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("board"), "`warwatch poll`")


def test_a_desk_edited_by_hand_and_broken_is_never_written_over(warwatch: Warwatch, home: Path) -> None:
    desk = home / "desk.json"
    desk.write_text('{"subscriptions": {"1": {"url": "https://x.example/feed",}}}')
    before = desk.read_text()
    for words in (
        ["feeds", "list"],
        ["feeds", "add", "https://y.example/feed"],
        ["poll", "--once"],
        ["board"],
    ):
        one_clear_line(warwatch(*words), "desk.json", "line 1")
    assert desk.read_text() == before


@pytest.mark.parametrize("url", ["ftp://x.example/feed", "file:///etc/passwd", "javascript:alert(1)", "x"])
def test_a_feed_with_another_scheme(warwatch: Warwatch, home: Path, url: str) -> None:
    one_clear_line(warwatch("feeds", "add", url), "http(s)")
    assert not (home / "desk.json").exists()


def test_a_feed_on_this_machine_is_refused_unless_allowed(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("feeds", "add", "http://127.0.0.1:1/feed"), "no public address")
    assert warwatch("feeds", "add", "http://127.0.0.1:1/feed", "--allow-private").status == 0


@pytest.mark.skipif(ROOT, reason="root may write everywhere")
def test_a_read_only_directory(warwatch: Warwatch, home: Path) -> None:
    folder = home / "locked"
    folder.mkdir(mode=0o500)
    one_clear_line(
        warwatch("feeds", "add", "https://x.example/feed", "--desk", folder / "desk.json"), "--desk"
    )
    one_clear_line(warwatch("poll", "--once", "--archive", folder / "a.db"), "--archive")


def test_a_place_where_nothing_can_be_written(warwatch: Warwatch) -> None:
    one_clear_line(
        warwatch("feeds", "add", "https://x.example/f", "--desk", "/proc/warwatch/desk.json"), "--desk"
    )
    one_clear_line(warwatch("poll", "--once", "--archive", "/proc/warwatch/a.db"), "--archive")


def test_an_opml_file_that_is_none(warwatch: Warwatch, home: Path) -> None:
    one_clear_line(warwatch("feeds", "import", "-", stdin="Kunduz"), "not an OPML file")
    assert not (home / "desk.json").exists()


def test_a_feed_that_is_not_followed_cannot_be_removed(warwatch: Warwatch) -> None:
    one_clear_line(warwatch("feeds", "remove", "https://x.example/feed"), "feeds list")


def test_lines_that_are_no_stories_are_counted_and_the_others_read(warwatch: Warwatch) -> None:
    lines = '{"title": "Rain in Lisbon"}\nnot json\n["no object"]\n{"summary": "no title"}\n{"title": 3.5}'
    said = warwatch("threads", "-", stdin=lines)
    one_clear_line(said, "3 lines were left out", "line 2")
    assert [json.loads(line)["story"] for line in said.out.splitlines()] == ["1", "5"]


def test_hostile_text_in_an_argument_does_not_reach_the_terminal(warwatch: Warwatch) -> None:
    said = warwatch("why", "https://x.example/\x1b]52;c;eA==\x07")
    assert "\x1b" not in said.err + said.out
