"""An archive in another's folder: it can be read, open or closed; writing is refused in one line."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.archive import open_archive
from tests.archive.samples import a_story, after, put

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shared() -> Iterator[Path]:
    """A closed archive in a folder that everybody may look into and in which a stranger can make nothing."""
    folder = Path(tempfile.mkdtemp(prefix="shared-"))
    path = folder / "archive.db"
    with open_archive(path) as archive:
        put(archive, a_story("a"))
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def stranger(path: Path, *how: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.archive.stranger", str(path), *how]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def lines(process: subprocess.Popen[str]) -> list[str]:
    said, _ = process.communicate("\n", timeout=30)
    return said.splitlines()


def test_a_closed_archive_is_read_and_not_written(shared: Path) -> None:
    opened, refused, desk = lines(stranger(shared, "read"))
    assert opened == "True 1"
    assert "was opened read-only" in refused
    assert "desk.json cannot be written (Permission denied); check its directory" in desk
    assert [each.name for each in shared.parent.iterdir()] == ["archive.db"]


def test_opening_it_for_writing_says_what_to_do(shared: Path) -> None:
    said = lines(stranger(shared, "write"))[0]
    assert "cannot be" in said
    assert "or open it with --read-only" in said


def test_making_one_there_says_what_to_do(shared: Path) -> None:
    said = lines(stranger(shared.with_name("new.db"), "write"))[0]
    assert "cannot be made (Permission denied); name a place that you may write" in said


def test_a_reader_follows_when_a_collector_begins_to_write(shared: Path) -> None:
    process = stranger(shared, "read", "wait")
    assert process.stdout is not None
    assert process.stdout.readline() == "True 1\n"
    shared.parent.chmod(0o755)
    shared.chmod(0o644)
    with open_archive(shared) as archive:
        put(archive, a_story("b", received=after(minutes=1)))
        assert lines(process)[0] == "2"
