"""What an operator wants to be asked now is seen, and only what was wanted since the collector began."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.archive import open_archive
from feeds.collector.reloads import RELOAD, Reloads
from feeds.evidence import Action
from tests.dedupe.groups import NOON


def test_a_long_journal_is_not_read_to_begin_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.db"
    with open_archive(path) as archive, open_archive(path) as viewer:
        viewer.act_all([Action("note", "ann", NOON, f"s{n}") for n in range(50)])
        viewer.act(Action(RELOAD, "ann", NOON, value="http://early.example/"))
        seen: list[list[Action]] = []
        read = archive.actions

        def actions(theatre: str = "", story: str = "", after_seq: int = 0) -> list[Action]:
            seen.append(read(theatre, story, after_seq))
            return seen[-1]

        monkeypatch.setattr(archive, "actions", actions)
        reloads = Reloads(archive)
        assert not reloads.asked()("http://early.example/")
        viewer.act(Action(RELOAD, "ann", NOON, value="http://late.example/"))
        wanted = reloads.asked()
        assert wanted("http://late.example/")
        assert not wanted("http://early.example/")
        assert [len(some) for some in seen] == [1]
