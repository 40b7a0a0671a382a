"""A viewer that read its first page plainly, and writes after another process has come and gone."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from feeds.archive import LateArchive, open_archive, open_late
from feeds.evidence import Action

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PASSES_BY = """
import sys
from feeds.archive import open_archive
from feeds.story import FeedState
with open_archive(sys.argv[1]) as archive:
    archive.save_feed_state(FeedState(sys.argv[2]))
"""
COUNTS = """
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM actions").fetchone()[0])
"""


def in_another_process(script: str, *words: str) -> str:
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_is_decided_after_a_collector_left_is_there_for_everybody(path: Path) -> None:
    """SQLite's locks are the process's: closing the file by other means would lose them, and then what is written."""
    open_archive(path).close()
    with open_late(str(path)) as archive:
        assert isinstance(archive, LateArchive)
        assert archive.feed_states() == {}
        assert archive.whole.feed_states() == {}
        for number in range(3):
            in_another_process(PASSES_BY, str(path), f"https://a.example/{number}")
            archive.act(Action("note", "me", NOON, value=str(number)))
            assert in_another_process(COUNTS, str(path)) == str(number + 1)
        assert len(archive.feed_states()) == 3
