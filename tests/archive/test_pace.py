"""How many stories came in each hour."""

from __future__ import annotations

from datetime import UTC, datetime

from feeds.archive import Archive, Batch
from tests.archive.samples import a_story, after, alone


def test_stories_are_counted_by_the_hour_in_which_they_came(archive: Archive) -> None:
    told = [a_story(f"s{minute}", received=after(minutes=minute)) for minute in (0, 10, 29, 31, 200)]
    archive.write(Batch(stories=told, folds=[alone(story) for story in told]))
    nine, ten, twelve = (datetime(2021, 8, 12, hour, tzinfo=UTC) for hour in (9, 10, 12))
    assert archive.stories_by_hour() == {nine: 3, ten: 1, twelve: 1}
    assert archive.stories_by_hour(before=twelve) == {nine: 3, ten: 1}
    assert archive.stories_by_hour(since=ten) == {ten: 1, twelve: 1}


def test_an_empty_archive_has_no_hours(archive: Archive) -> None:
    assert archive.stories_by_hour() == {}
