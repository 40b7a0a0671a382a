"""What one key does to a whole choice is one durable write, however many stories there are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from feeds.archive import Archive, Batch, open_archive
from feeds.clock import system_clock
from tests.archive.samples import a_story, after, alone
from tests.tui.samples import THEATRE
from tui.triage import Targets, Triage


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "a.db") as opened:
        told = [a_story(f"s{n}", f"Story {n}", received=after(minutes=n)) for n in range(300)]
        opened.write(Batch(stories=told, folds=[alone(one) for one in told]))
        yield opened


@pytest.fixture
def commits() -> Iterator[list[Connection]]:
    found: list[Connection] = []
    hear = found.append
    event.listen(Engine, "commit", hear)
    yield found
    event.remove(Engine, "commit", hear)


def test_marked_undone_and_done_again_each_in_one_write(archive: Archive, commits: list[Connection]) -> None:
    triage = Triage(archive, THEATRE, "anna", system_clock)
    chosen = Targets(rows=tuple(archive.lead_ids(300)))

    def flagged() -> int:
        return sum(row.flagged for row in archive.rows(chosen.rows))

    assert triage.mark("flag", chosen) == "300 stories flagged."
    assert (len(commits), flagged()) == (1, 300)
    assert triage.undo() == "Undone: flag, 300 stories."
    assert (len(commits), flagged()) == (2, 0)
    assert triage.redo() == "Done again: flag, 300 stories."
    assert (len(commits), flagged()) == (3, 300)
    triage.note(chosen, "seen")
    triage.assign(chosen, "ben")
    triage.merge(Targets(rows=chosen.rows[:20]))
    assert len(commits) == 6
    assert len({(one.kind, one.at) for one in archive.actions() if one.kind != "undo"}) == 4
