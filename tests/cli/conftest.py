"""A machine of one's own: archive, desk and terminal as a test wants them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui.cli import main


@dataclass(frozen=True, slots=True)
class Said:
    """What one call of ``warwatch`` came to."""

    status: int
    out: str
    err: str


Warwatch = Callable[..., Said]
"""Runs ``warwatch`` with words and, when given, ``stdin``."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which archive and desk lie, and nothing of the real environment."""
    monkeypatch.setenv("WARWATCH_ARCHIVE", str(tmp_path / "archive.db"))
    monkeypatch.setenv("WARWATCH_DESK", str(tmp_path / "desk.json"))
    monkeypatch.delenv("WARWATCH_THEATRE", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def warwatch(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Warwatch:
    """``warwatch`` in this process."""

    def run(*words: object, stdin: str | bytes = "") -> Said:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return run


def one_clear_line(said: Said, *parts: str, status: int = 1) -> None:
    """The call failed, and one line on stderr says what is wrong, with these words in it."""
    assert said.status == status
    assert said.err.count("\n") == 1, said.err
    assert said.err.startswith("warwatch")
    for part in parts:
        assert part in said.err
