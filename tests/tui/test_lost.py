"""The database goes away under a viewer: the screen stands, says so, and goes on where the archive does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.errors import ArchiveError
from feeds.evidence import Action
from feeds.theatres import load_theatre
from tests.archive.samples import THEATRE, THURSDAY, a_story, after, put
from tests.tui.samples import thursday
from tests.tui.screen import OPTIONS, app_of, run, screen, text
from tui.app import ANSWERS_AGAIN
from tui.bridge import Bridge


def test_what_a_broken_look_had_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        put(archive, a_story("a"))
        bridge = Bridge(archive, load_theatre("afghanistan-2021"), lambda: after(hours=1))
        bridge.look()
        assert bridge.look() is None
        put(archive, a_story("b", received=after(minutes=1)))
        archive.act(
            Action("override", "amina", THURSDAY, theatre=THEATRE, place="kabul", value="held government")
        )
        with monkeypatch.context() as broken:

            def gone(*_: object, **__: object) -> None:
                raise ArchiveError("the server is gone")

            broken.setattr(Archive, "changes", gone)
            for _ in range(2):
                with pytest.raises(ArchiveError, match="the server is gone"):
                    bridge.look()
        news = bridge.look()
        assert news is not None
        assert news.all_ids == tuple(archive.lead_ids())
        assert news.decisions is not None
        assert list(news.decisions.overrides) == ["kabul"]
        assert bridge.look() is None


def test_the_screen_stands_says_so_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.TROUBLE_SECONDS", 0.05)

    async def test() -> None:
        archive = thursday()
        async with screen(archive, options=replace(OPTIONS, poll_seconds=0.02)) as pilot:
            before = app_of(pilot).room.wire.listing.count
            archive.broken = "the server is gone"
            while "the server is gone" not in text(pilot):
                await pilot.pause(0.02)
            assert "Kabul" in text(pilot)
            wire = app_of(pilot).room.wire
            assert not wire.reread(0, 5)
            assert wire.row(0) is not None, "what is on the screen stays there"
            archive.broken = ""
            while ANSWERS_AGAIN not in text(pilot):
                await pilot.pause(0.02)
            assert app_of(pilot).room.wire.listing.count == before

    run(test)
