"""Hits are recorded as stories come in, with the terms that the desk has at that moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive
from feeds.collector import Collector
from feeds.errors import DeskError
from feeds.story import Subscription
from feeds.watch.watcher import Watcher
from feeds.watched import WatchTerm
from tests.collector.fakes import fake_pipeline
from tests.collector.feeds_of_tests import LIMITS, PACE, RSS, rss
from tests.dedupe.groups import NOON
from tests.feedserver import FeedServer
from tests.watch.samples import hit_stories, id_of, ingest, told


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


class Desk:
    """Terms that can be changed while somebody reads them."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.broken = False

    def __call__(self) -> list[WatchTerm]:
        if self.broken:
            raise DeskError("the desk is being edited")
        return [WatchTerm(text) for text in self.texts]


def poll(archive: Archive, url: str, desk: Desk) -> None:
    followed = [Subscription(url, "Post", "B")]
    collector = Collector(
        archive,
        lambda: fake_pipeline(archive),
        lambda: followed,
        clock=lambda: NOON + timedelta(hours=6),
        limits=LIMITS,
        pace=PACE,
        terms=desk,
    )
    asyncio.run(collector.poll_once())


def test_a_poll_records_where_each_term_stands(archive: Archive, server: FeedServer) -> None:
    url = server.serve(
        "/f", body=rss("Aster falls to the reds", "Rain in Bexley", "Aster is quiet"), headers=RSS
    )
    poll(archive, url, Desk("Aster AND fall*", "rain OR snow"))
    (fall,) = archive.watch.hits(id_of("Aster AND fall*"))
    story = archive.story(fall.story)
    assert story is not None
    assert [story.text[start:end] for start, end in fall.spans] == ["Aster", "falls"]
    assert (fall.outlet, fall.told, fall.version) == ("Post", story.told, 1)
    assert len(archive.watch.hits(id_of("rain OR snow"))) == 1
    assert archive.watch.gaps() == []


def test_stories_polled_before_a_term_was_there_are_looked_through_by_the_collector(
    archive: Archive, server: FeedServer
) -> None:
    url = server.serve("/f", body=rss("Aster falls to the reds", "Rain in Bexley"), headers=RSS)
    desk = Desk()
    poll(archive, url, desk)
    assert archive.watch.hits() == []
    desk.texts = ["rain"]
    poll(archive, url, desk)
    assert len(hit_stories(archive, "rain")) == 1
    assert archive.watch.gaps() == []


def test_a_term_that_does_not_parse_is_left_out_and_named_in_the_ledger(
    archive: Archive, server: FeedServer
) -> None:
    url = server.serve("/f", body=rss("Rain in Bexley"), headers=RSS)
    poll(archive, url, Desk("rain AND (", "rain"))
    assert len(hit_stories(archive, "rain")) == 1
    (drop,) = [drop for drop in archive.drops() if drop.stage == "watch"]
    assert "rain AND (" in drop.reason
    assert "position 10" in drop.reason


def test_a_term_added_and_removed_while_the_collector_runs(archive: Archive) -> None:
    desk = Desk("Herat")
    watcher = Watcher(archive.watch, desk)
    ingest(archive, watcher, told("Herat and Kabul", id_="one"))
    desk.texts = ["Herat", "Kabul"]
    ingest(archive, watcher, told("Kabul", minutes=1, id_="two"))
    desk.texts = ["Kabul"]
    ingest(archive, watcher, told("Herat", minutes=2, id_="three"))
    assert hit_stories(archive, "Herat") == ["one"]
    assert hit_stories(archive, "Kabul") == ["two"]
    watcher.catch_up()
    assert hit_stories(archive, "Kabul") == ["one", "two"]
    assert archive.watch.followed() == {id_of("Kabul")}
    desk.texts = ["Kabul", "Herat"]
    watcher.look()
    watcher.catch_up()
    assert hit_stories(archive, "Herat") == ["one", "three"]


def test_a_desk_broken_while_it_is_edited_changes_nothing(archive: Archive) -> None:
    desk = Desk("Herat")
    watcher = Watcher(archive.watch, desk)
    watcher.look()
    desk.broken = True
    ingest(archive, watcher, told("Herat", id_="one"))
    assert hit_stories(archive, "Herat") == ["one"]


def test_colour_and_severity_are_no_new_term(archive: Archive) -> None:
    terms = [WatchTerm("Herat")]
    watcher = Watcher(archive.watch, lambda: terms)
    ingest(archive, watcher, told("Herat", id_="one"))
    stamp = archive.stamp()
    terms = [WatchTerm("herat", "high", "red")]
    watcher.look()
    assert archive.stamp() == stamp


def test_a_story_told_anew_hits_anew_and_the_old_words_are_kept(archive: Archive) -> None:
    watcher = Watcher(archive.watch, Desk("Herat"))
    story = told("Herat holds", id_="one")
    ingest(archive, watcher, story)
    ingest(archive, watcher, replace(story, title="Fighters enter Herat"))
    first, second = sorted(archive.watch.hits(id_of("Herat")), key=lambda hit: hit.version)
    assert (first.version, first.spans) == (1, ((0, 5),))
    assert (second.version, second.spans) == (2, ((15, 20),))
    assert archive.watch.hits_in(["one"]) == {"one": [second]}
    assert archive.watch.tallies(story.told, story.told + timedelta(hours=1))[id_of("Herat")].hits == 1
    ingest(archive, watcher, replace(story, title="Fighters leave"))
    assert archive.watch.hits_in(["one", "two"]) == {}


def test_the_same_batch_twice_adds_no_hit(archive: Archive) -> None:
    watcher = Watcher(archive.watch, Desk("Herat"))
    for _ in range(2):
        ingest(archive, watcher, told("Herat", id_="one"))
    assert len(archive.watch.hits(story="one")) == 1


def test_an_archive_of_the_first_schema_is_brought_up_to_date(path: Path) -> None:
    from alembic import command

    from feeds.archive import open_archive
    from feeds.archive.migrate import configuration
    from feeds.archive.store import Store

    store = Store(path, read_only=False, wait=1.0)
    path.touch()
    store.use_wal()
    config = configuration()
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("PRAGMA application_id = 2004309793")
    store.close()
    with open_archive(path) as archive:
        ingest(archive, Watcher(archive.watch, Desk("Herat")), told("Herat", id_="one"))
        assert hit_stories(archive, "Herat") == ["one"]
