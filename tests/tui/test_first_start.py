"""The first start: two questions at most, and what is answered lies on the desk."""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from feeds.desk import Desk
from feeds.errors import DeskError
from feeds.theatres.model import Theatre
from tests.tui.samples import THEATRE
from tests.tui.screen import run, text
from tui.cli.view import _is_first_start
from tui.first import FirstApp, ask_first

QUIET = replace(THEATRE, id="quiet", title="Quiet [/oops]\x1b]0;x\x07", subscriptions=())


@asynccontextmanager
async def first(desk: Desk, *theatres: Theatre) -> AsyncIterator[Pilot[bool]]:
    async with FirstApp(desk, theatres or (THEATRE, QUIET), theme="dark").run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        yield pilot


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path / "desk.json")


def test_which_war_and_whether_to_follow_its_feeds(desk: Desk) -> None:
    async def test() -> None:
        async with first(desk) as pilot:
            assert "Which war is to be watched?" in text(pilot)  # type: ignore[arg-type]
            assert f"{len(THEATRE.subscriptions)} feeds" in text(pilot)  # type: ignore[arg-type]
            await pilot.press("enter")
            await pilot.pause()
            assert "Are its feeds to be followed?" in text(pilot)  # type: ignore[arg-type]
            await pilot.press("enter")
            assert pilot.app.return_value is True

    run(test)
    assert desk.theatre() == THEATRE.id
    assert desk.subscriptions() == list(THEATRE.subscriptions)


def test_following_none_is_an_answer_that_lasts(desk: Desk) -> None:
    async def test() -> None:
        async with first(desk) as pilot:
            await pilot.press("enter", "down", "enter")
            assert pilot.app.return_value is True

    run(test)
    assert desk.theatre() == THEATRE.id
    assert desk.subscriptions() == []
    assert desk.path.exists()  # an emptied desk stays empty: the collector follows no feeds of its own accord


def test_a_war_without_feeds_asks_one_question_and_no_title_is_markup(desk: Desk) -> None:
    async def test() -> None:
        async with first(desk) as pilot:
            assert "Quiet [/oops]" in text(pilot)  # type: ignore[arg-type]
            assert "\x1b" not in text(pilot)  # type: ignore[arg-type]
            await pilot.press("down", "enter")
            assert pilot.app.return_value is True

    run(test)
    assert desk.theatre() == "quiet"


@pytest.mark.parametrize("keys", [("escape",), ("enter", "escape"), ("q",)])
def test_leaving_sets_nothing_up(keys: tuple[str, ...], desk: Desk) -> None:
    async def test() -> None:
        async with first(desk) as pilot:
            await pilot.press(*keys)
            assert pilot.app.return_value is False

    run(test)
    assert not desk.path.exists()


def test_answers_that_cannot_be_kept_are_one_line_and_no_crash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nowhere = Desk.open(Path("/proc/warwatch/desk.json"))

    async def test() -> None:
        async with first(nowhere) as pilot:
            await pilot.press("enter", "enter")
            assert pilot.app.return_value is False
            assert isinstance(pilot.app, FirstApp)
            assert "cannot be written" in str(pilot.app.trouble)

    run(test)
    monkeypatch.setattr(FirstApp, "run", lambda self: self._keep(follow=False))
    with pytest.raises(DeskError, match="cannot be written"):
        ask_first(nowhere)


def test_it_is_asked_only_where_nothing_was_set_up_or_collected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WARWATCH_THEATRE", raising=False)
    options = argparse.Namespace(
        read_only=False, desk=str(tmp_path / "desk.json"), archive=str(tmp_path / "archive.db")
    )
    assert _is_first_start(options)
    assert not _is_first_start(argparse.Namespace(**vars(options) | {"read_only": True}))
    assert not _is_first_start(argparse.Namespace(**vars(options) | {"theatre": "ukraine"}))
    assert not _is_first_start(argparse.Namespace(**vars(options) | {"archive": "postgresql://x/y"}))
    (tmp_path / "archive.db").touch()
    assert not _is_first_start(options)
    (tmp_path / "archive.db").unlink()
    (tmp_path / "desk.json").write_text("{}")
    assert not _is_first_start(options)
