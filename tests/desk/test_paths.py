"""Where things lie: where the system keeps such files, unless the environment says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.paths import default_archive, default_desk, default_theatre


def test_the_system_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("WARWATCH_ARCHIVE", "WARWATCH_DESK", "WARWATCH_THEATRE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Path(default_archive()).name == "archive.db"
    assert default_desk().name == "desk.json"
    assert "warwatch" in default_desk().parts
    assert default_theatre() == ""


def test_the_environment_stands_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("WARWATCH_ARCHIVE", "~/war.db")
    monkeypatch.setenv("WARWATCH_DESK", "/srv/desk.json")
    monkeypatch.setenv("WARWATCH_THEATRE", "ukraine")
    assert default_archive() == tmp_path / "war.db"
    assert default_desk() == Path("/srv/desk.json")
    assert default_theatre() == "ukraine"
    monkeypatch.setenv("WARWATCH_ARCHIVE", "postgresql:///war")
    assert default_archive() == "postgresql:///war"
