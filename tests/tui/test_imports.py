"""Opening the screen loads nothing that fetches, parses or compares; views load no terminal."""

from __future__ import annotations

import subprocess
import sys


def loaded_by(module: str) -> set[str]:
    script = f"import sys, {module}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_screen_loads_no_fetching_and_no_parsing() -> None:
    loaded = loaded_by("tui.app")
    assert loaded & {"httpx", "feedparser", "rapidfuzz", "selectolax", "feeds.wire", "feeds.tracker"} == set()


def test_views_load_no_textual() -> None:
    for name in ("board", "wire", "story", "evidence", "layout", "status"):
        assert "textual" not in loaded_by(f"tui.views.{name}")


def test_an_archive_in_a_file_loads_no_servers_language() -> None:
    assert not {
        name for name in loaded_by("feeds.archive.archive") if "postgresql" in name or "psycopg" in name
    }
