"""The first page of an archive, read plainly, is what the archive itself says; the archive follows when it is wanted."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, Batch, Beat, LateArchive, open_archive, open_late
from feeds.archive.plain import PlainReader
from feeds.errors import ArchiveError
from feeds.evidence import Action, Count
from feeds.story import FeedState
from tests.archive.samples import (
    THEATRE,
    THURSDAY,
    a_story,
    after,
    alone,
    behind,
    mark,
    put,
    said_of,
    standing_at,
    step_to,
)


def filled(path: Path) -> Archive:
    """An archive with something of everything that the first page shows."""
    archive = open_archive(path)
    lead, copy = (
        a_story("lead", "Ghazni falls"),
        a_story("copy", "Ghazni falls", received=after(minutes=3), outlet="AP"),
    )
    other = a_story("other", "Traffic resumes", received=after(minutes=9))
    then, now = standing_at(THURSDAY, "contested"), standing_at(after(hours=2), "captured", seqs=(1, 2))
    claim = said_of(lead, "ghazni")
    count = Count("lead", THEATRE, "taliban", 9, 34, "exact", "nine of 34", 0, 10, THURSDAY, "Reuters")
    archive.write(
        Batch(
            stories=[lead, copy, other],
            folds=[alone(lead), behind(copy, lead, copy=True), alone(other)],
            evidence=[claim, said_of(copy, "ghazni"), said_of(other, "herat")],
            counts=[count],
            standings=[then, now, standing_at(after(hours=1), place="herat")],
            changes=[step_to(then), step_to(now, "contested")],
            feeds=[FeedState("https://example.org/feed", last_answer=THURSDAY, gone=True, error="410 Gone")],
        )
    )
    archive.act(mark("flag", "lead"))
    archive.act(Action("override", "amina", THURSDAY, theatre=THEATRE, place="herat", until=after(hours=9)))
    archive.take_lease("collector", "poll@desk", 60, THURSDAY)
    archive.beat(Beat("poll@desk", THURSDAY, 7, 1, 0, "resting"))
    return archive


def plain(path: Path) -> PlainReader:
    reader = PlainReader.of(path)
    assert reader is not None
    return reader


def test_both_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as archive:
        reader = plain(path)
        ids = archive.lead_ids(10)
        assert len(ids) == 2
        assert reader.newest(10, None) == ids
        assert reader.newest(10, after(minutes=5)) == archive.lead_ids(10, before=after(minutes=5)) == ids[1:]
        assert reader.rows([*reversed(ids), 4]) == archive.rows([*reversed(ids), 4])
        assert reader.rows([]) == []
        for by in (THURSDAY, after(minutes=3), after(hours=1)):
            assert reader.told_until(ids, by) == archive.told_until(ids, by) != {}
        for as_of in (None, after(hours=1), THURSDAY - timedelta(days=1)):
            assert reader.standings(THEATRE, as_of) == archive.standings(THEATRE, as_of)
        assert reader.changes(THEATRE) == archive.changes(THEATRE)
        assert reader.changes(THEATRE, place="ghazni", since=after(hours=1), limit=1) == archive.changes(
            THEATRE, place="ghazni", since=after(hours=1), limit=1
        )
        assert len(reader.changes(THEATRE, limit=1)) == 1
        for asked in ({"place": "ghazni"}, {"story": "other"}, {"after_seq": 1, "limit": 1}):
            assert reader.evidence(THEATRE, **asked) == archive.evidence(THEATRE, **asked) != []
        assert reader.counts(THEATRE) == archive.counts(THEATRE) != []
        assert reader.actions(THEATRE) == archive.actions(THEATRE)
        assert reader.actions(story="lead") == archive.actions(story="lead") != []
        assert reader.actions(after_seq=1) == archive.actions(after_seq=1) != []
        assert reader.feed_states() == archive.feed_states() != {}
        assert reader.last_beat() == archive.last_beat() is not None
        assert reader.lease("collector") == archive.lease("collector") is not None
        assert reader.lease("nobody") is None
        reader.close()


def test_what_another_process_commits_while_the_archive_opens_is_not_missed(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as collector, open_late(str(path)) as archive:
        assert isinstance(archive, LateArchive)
        seen = archive.stamp()
        assert archive.stamp() == seen
        put(collector, a_story("late", received=after(hours=3)))
        moved = archive.stamp()
        assert moved != seen
        whole = [archive.is_whole]
        assert archive.story("late") is not None
        assert [*whole, archive.is_whole] == [False, True]
        assert archive.stamp() != moved
        assert archive.lead_ids() == collector.lead_ids()


def test_what_is_asked_at_every_look_is_answered_alike_once_the_archive_is_open_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as collector, open_late(str(path)) as archive:
        assert archive.story("lead") is not None
        put(collector, a_story("late", received=after(hours=3)))
        newest = archive.lead_ids(3)
        assert newest == collector.lead_ids(3)
        assert archive.rows(newest) == collector.rows(newest) != []
        assert archive.rows(newest * 60) == collector.rows(newest * 60)
        assert archive.standings(THEATRE) == collector.standings(THEATRE) != []
        assert archive.changes(THEATRE, since=after(hours=-999)) == collector.changes(THEATRE) != []
        assert archive.evidence(THEATRE, limit=1) == collector.evidence(THEATRE)[:1] != []
        assert archive.actions(THEATRE) == collector.actions(THEATRE) != []


def test_a_decision_goes_into_the_archive_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with filled(path) as collector, open_late(str(path)) as archive:
        archive.act(mark("read", "other"))
        assert [row.read for row in collector.rows(collector.lead_ids(1))] == [True]


def test_a_reader_only_reads(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path).close()
    with open_late(str(path), read_only=True) as archive, pytest.raises(ArchiveError, match="read-only"):
        archive.act(mark("read", "other"))


def test_what_is_not_there_is_made_whole(tmp_path: Path) -> None:
    with open_late(str(tmp_path / "new.db")) as archive:
        assert isinstance(archive, Archive)
        assert archive.lead_ids() == []


@pytest.mark.parametrize("old", [True, False])
def test_another_version_is_brought_up_or_refused_before_anything_shows(tmp_path: Path, old: bool) -> None:
    path = tmp_path / "a.db"
    filled(path).close()
    with sqlite3.connect(path) as file:
        file.execute("UPDATE alembic_version SET version_num = ?", ["0002" if old else "9999"])
    assert PlainReader.of(path) is None
    with pytest.raises(ArchiveError, match="older" if old else "newer"):
        open_late(str(path), read_only=True)


@pytest.mark.parametrize("content", [b"", b"no archive", b"SQLite format 3\0" + bytes(200)])
def test_what_is_no_archive_is_left_to_the_archive_to_complain_of(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert PlainReader.of(path) is None
    with pytest.raises(ArchiveError):
        open_late(str(path), read_only=True)


def test_a_damaged_page_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    filled(path).close()
    reader = plain(path)
    with sqlite3.connect(path) as file:
        file.execute("DROP TABLE beats")
    with pytest.raises(ArchiveError) as caught:
        reader.last_beat()
    assert "\n" not in str(caught.value)
    reader.close()
