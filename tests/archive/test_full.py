"""A disk that is full: what was saved is safe, one line says so, and with room it goes on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from feeds.archive import Archive, Batch, open_archive
from feeds.archive.upkeep.checking import sound
from feeds.errors import ArchiveError
from tests.archive.samples import a_story, after, alone, put


def large(number: int) -> Batch:
    story = replace(a_story(f"large{number}", received=after(seconds=number)), body="long words " * 20_000)
    return Batch(stories=[story], folds=[alone(story)])


def fill_up(archive: Archive) -> None:
    for number in range(9):
        archive.write(large(number))


def test_a_full_disk_is_said_and_nothing_of_the_write_remains(path: Path) -> None:
    with open_archive(path) as archive:
        put(archive, a_story("before"))
        pages = _pages(archive)

        @event.listens_for(archive.store._engine, "begin")  # type: ignore[attr-defined]
        def no_room(connection: object) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")  # type: ignore[attr-defined]

        with pytest.raises(
            ArchiveError, match="is full; make room and try again, what was saved before is safe"
        ) as caught:
            fill_up(archive)
        assert "\n" not in str(caught.value)
        kept = len(archive.lead_ids())
        assert 1 <= kept < 10
        sound(archive)
        event.remove(archive.store._engine, "begin", no_room)  # type: ignore[attr-defined]
    with open_archive(path) as archive:
        assert len(archive.lead_ids()) == kept
        archive.write(large(99))
        assert len(archive.lead_ids()) == kept + 1
        sound(archive)


def _pages(archive: Archive) -> int:
    with archive.store.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
