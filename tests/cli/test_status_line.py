"""The line for tmux and prompts: what it says first, how wide it gets, and that it loads nothing slow."""

from __future__ import annotations

import os
import socket
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.archive import Beat, open_archive
from feeds.clock import system_clock
from feeds.evidence import STATES
from tests.test_imports import loaded, with_an_archive
from tui.cells import width
from tui.cli import main
from tui.cli.pulse import Collector
from tui.cli.statusline import forms

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ALIVE = Collector(Beat("h/1/x", NOW, 1, 3, 0), at_work=True, now=NOW)
DEAD = Collector(Beat("h/1/x", NOW - timedelta(hours=2), 1, 3, 0), at_work=False, now=NOW, killed=True)
BOARD = Counter({"captured": 11, "contested": 3, "held": 20})


def with_a_collector(path: Path, *, alive: bool) -> None:
    """An archive whose collector beats, or was killed: its process number is nobody's."""
    with open_archive(path) as archive:
        holder = f"{socket.gethostname()}/{os.getpid() if alive else 2**22 + 7}/x"
        archive.take_lease("collector", holder, 15.0, system_clock())
        archive.beat(Beat(holder, system_clock(), os.getpid(), 1, 0))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WARWATCH_ARCHIVE", str(tmp_path / "archive.db"))
    monkeypatch.setenv("WARWATCH_DESK", str(tmp_path / "desk.json"))
    monkeypatch.delenv("WARWATCH_THEATRE", raising=False)
    return tmp_path / "archive.db"


def test_all_is_well(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_a_collector(place, alive=True)
    assert main(["status", "--line"]) == 0
    assert capsys.readouterr().out == "Afghanistan 2021: all quiet; feeds 0 of 0; collector ok\n"


def test_a_killed_collector_is_the_first_thing_said_and_the_exit_status_says_so_too(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_a_collector(place, alive=False)
    assert main(["status", "--line"]) == 1
    assert capsys.readouterr().out.startswith("COLLECTOR DEAD ")
    assert main(["status", "--line", "--width", "14"]) == 1
    assert capsys.readouterr().out == "DEAD\n"
    assert main(["status", "--line", "--colour", "tmux"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("#[fg=red,bold]COLLECTOR DEAD")
    assert said.endswith("#[default]\n")
    assert main(["status"]) == 1
    assert "collector dead" in capsys.readouterr().out


def test_without_an_archive_it_is_one_line_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--line"]) == 1
    said = capsys.readouterr()
    assert said.out.startswith("warwatch: there is no archive at ")
    assert said.out.count("\n") == 1
    assert not said.err


def test_no_colour_means_no_colour(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_collector(place, alive=False)
    main(["status", "--line", "--color", "ansi"])
    assert "\x1b[1;31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["status", "--line", "--color", "ansi"])
    assert "\x1b" not in capsys.readouterr().out


def test_the_forms_get_shorter_and_the_shortest_still_tells_what_matters() -> None:
    long, *_, short = forms("Afghanistan 2021", BOARD, [False, True], 2, ALIVE)
    assert long == "Afghanistan 2021: 11 captured, 3 contested; 2 alerts; feeds 1 of 2; collector ok"
    assert short == "11X 3F"
    long, *_, short = forms("Afghanistan 2021", BOARD, [], 0, DEAD)
    assert long == "COLLECTOR DEAD 2 h; Afghanistan 2021: 11 captured, 3 contested; feeds 0 of 0"
    assert short == "DEAD"


@given(
    st.dictionaries(st.sampled_from(STATES), st.integers(0, 60)),
    st.lists(st.booleans(), max_size=9),
    st.integers(0, 999),
    st.sampled_from((ALIVE, DEAD)),
)
def test_each_form_is_shorter_than_the_one_before(
    states: dict[str, int], failing: list[bool], alerts: int, collector: Collector
) -> None:
    found = forms("Afghanistan 2021", Counter(states), failing, alerts, collector)
    assert [width(form) for form in found] == sorted((width(form) for form in found), reverse=True)
    if not collector.alive:
        assert all("DEAD" in form[:15] for form in found)


def test_a_prompt_waits_for_no_database_library_and_no_net(tmp_path: Path) -> None:
    script = """
import contextlib, io, sys
from tui.cli import main
with contextlib.redirect_stdout(io.StringIO()):
    assert main(["status", "--line"]) == 1
"""
    modules = loaded(script, with_an_archive(tmp_path))
    assert "feeds.archive.plain" in modules
    assert modules.isdisjoint(
        ("sqlalchemy", "textual", "asyncio", "httpx", "importlib.metadata", "feeds.wire")
    )
