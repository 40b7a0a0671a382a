"""``warwatch archive``: copied there and back, checked, relieved of what is old, opened to roles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.clock import system_clock
from tests.archive.samples import a_story, put
from tests.archive.test_upkeep import fill
from tests.cli.conftest import Warwatch, one_clear_line
from tests.cluster import Cluster


def test_a_desk_moves_to_a_server_and_back(warwatch: Warwatch, home: Path, server: Cluster) -> None:
    with open_archive(home / "archive.db") as archive:
        fill(archive)
    there = server.database()
    said = warwatch("archive", "copy", home / "archive.db", there)
    assert said.status == 0
    assert "42 stories" in said.out
    assert said.err.count("stories: 42 rows copied") == 1
    board = ("board", "--json", "--as-of", system_clock().isoformat())
    assert (here := warwatch(*board)).status == 0
    assert warwatch(*board, "--archive", there).out == here.out
    assert warwatch("archive", "check", "--archive", there).status == 0
    assert warwatch("archive", "copy", there, home / "back.db").status == 0
    assert "42 stories" in warwatch("archive", "copy", there, home / "back.db").out


def test_nothing_is_copied_while_somebody_collects(warwatch: Warwatch, home: Path) -> None:
    with open_archive(home / "archive.db") as archive:
        archive.take_lease("collector", "elsewhere/1/a", 60, system_clock())
    one_clear_line(warwatch("archive", "copy", home / "archive.db", home / "b.db"), "a collector is at work")
    one_clear_line(warwatch("archive", "copy", home / "nothing.db", home / "b.db"), "there is no archive at")


def test_what_is_not_sound_is_said(warwatch: Warwatch, home: Path) -> None:
    with open_archive(home / "archive.db") as archive:
        fill(archive)
        with archive.store.writing() as connection:
            connection.exec_driver_sql("UPDATE stories SET teller = NULL")
    said = warwatch("archive", "check")
    assert said.status == 1
    assert "WRONG  every story knows who told it: 42 times it is not so" in said.out
    assert '"42 times it is not so"' in warwatch("archive", "check", "--json").out


def test_old_stories_go_when_one_says_so(warwatch: Warwatch, home: Path) -> None:
    now = system_clock()
    with open_archive(home / "archive.db") as archive:
        put(archive, a_story("old", received=now - timedelta(days=40)), a_story("new", received=now))
    assert "1 stories would go" in warwatch("archive", "vacuum", "--older-than", "30d", "--dry-run").out
    assert "1 stories gone" in warwatch("archive", "vacuum", "--older-than", "30").out
    assert "0 stories gone" in warwatch("archive", "vacuum").out
    one_clear_line(warwatch("archive", "vacuum", "--older-than", "3d"), "stories of the last 15 days stay")
    one_clear_line(warwatch("archive", "vacuum", "--older-than", "soon"), "a number of days")


def test_grants_are_sql_to_be_read(warwatch: Warwatch) -> None:
    said = warwatch("archive", "grants", "--reader", "guests")
    assert "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guests;" in said.out
    one_clear_line(warwatch("archive", "grants", "--reader", "a b"), "is no name for a role")


@pytest.mark.parametrize("words", [["board"], ["archive", "check"]])
def test_no_password_on_the_command_line(warwatch: Warwatch, words: list[str]) -> None:
    said = warwatch(*words, "--archive", "postgresql://me:s3cret@127.0.0.1:1/desk")
    one_clear_line(said, "PGPASSFILE")
    assert "s3cret" not in said.err


def test_a_server_that_does_not_answer_is_one_line(warwatch: Warwatch) -> None:
    one_clear_line(
        warwatch("board", "--archive", "postgresql://me@127.0.0.1:1/desk"),
        "postgresql://me@127.0.0.1:1/desk cannot be reached",
    )
