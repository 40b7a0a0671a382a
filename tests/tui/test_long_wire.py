"""Half a year of stories: the wire lists the newest, and what lies behind them is still found."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.archive import Sieve, open_archive
from feeds.theatres import load_theatre
from tests.archive.samples import a_story, after, put
from tui import bridge
from tui.bridge import Bridge


def test_a_long_wire_lists_its_newest_and_what_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "FIRST_PAGE", 3)
    monkeypatch.setattr(bridge, "MOST", 5)
    with open_archive(tmp_path / "a.db") as archive:
        put(archive, *(a_story(f"s{number}", received=after(minutes=number)) for number in range(9)))
        look = Bridge(archive, load_theatre("afghanistan-2021"), lambda: after(hours=1))
        first, second = look.look(), look.look()
        assert first is not None
        assert second is not None
        assert first.all_ids == tuple(archive.lead_ids(3))
        assert second.all_ids == tuple(archive.lead_ids(5))
        assert look.look() is None
        put(archive, *(a_story(f"n{number}", received=after(minutes=20 + number)) for number in range(4)))
        news = look.look()
        assert news is not None
        assert news.all_ids is None
        assert news.new_ids == tuple(archive.lead_ids(4))
        assert len(archive.lead_ids(sieve=Sieve(outlet="reuters"))) == 13
