"""What can be replayed: JSON lines, feeds that somebody saved, a folder of them; and an archive written out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.archive import Archive, Batch, open_archive
from feeds.errors import InputError
from feeds.replay import ReplayServer, fast_forward, lines_of, load_wire
from feeds.replay.record import feed_name
from feeds.replay.server import SHOWN
from feeds.story import Fold, Story
from tests.collector.fakes import fake_pipeline
from tests.replay.recording import BEGIN, HEADLINES, write_recording

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Harbour Gazette</title>
<item><title>Aster falls to the reds</title><link>https://harbour.example/1</link>
<pubDate>Fri, 06 Aug 2021 06:00:00 GMT</pubDate><description>Two lawmakers said so.</description></item>
<item><title>No day on this one</title><link>https://harbour.example/2</link></item></channel></rss>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Hill Post",
    "items": [
        {
            "id": "1",
            "title": "Bexley falls to the reds",
            "date_published": "2021-08-06T09:00:00Z",
            "url": "https://hill.example/1",
        }
    ],
}


def line(id_: str, published: datetime, **more: str) -> str:
    return json.dumps(
        {"id": id_, "published": published.isoformat(), "feed": "f", "outlet": "Post", "title": "t"} | more
    )


def test_saved_feeds_are_played_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "harbour.xml").write_text(RSS)
    (tmp_path / "hill.json").write_text(json.dumps(JSON_FEED))
    (tmp_path / "wire.jsonl").write_text(line("x", BEGIN))
    (tmp_path / "outlets.toml").write_text('"The Hill Post" = "B"\n')
    wire = load_wire(tmp_path)
    assert sorted(wire.feeds) == ["f", "harbour", "hill"]
    (item,) = wire.feeds["harbour"]
    assert (item.outlet, item.title, item.summary, item.published) == (
        "The Harbour Gazette",
        "Aster falls to the reds",
        "Two lawmakers said so.",
        BEGIN,
    )
    assert (wire.reliability, wire.stories) == ({"The Hill Post": "B"}, 3)
    assert load_wire(tmp_path / "hill.json").begin == datetime(2021, 8, 6, 9, tzinfo=UTC)


def test_what_cannot_be_played_is_said(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body>Not found</body></html>")
    with pytest.raises(InputError, match=r"page\.html: not a feed"):
        load_wire(tmp_path / "page.html")
    (tmp_path / "undated.xml").write_text(RSS.replace("<pubDate>Fri, 06 Aug 2021 06:00:00 GMT</pubDate>", ""))
    with pytest.raises(InputError, match="no story in it says when"):
        load_wire(tmp_path / "undated.xml")
    (tmp_path / "none").mkdir()
    with pytest.raises(InputError, match="an empty folder"):
        load_wire(tmp_path / "none")
    (tmp_path / "w.jsonl").write_text(line("x", BEGIN, reliability="Z"))
    with pytest.raises(InputError, match="line 1: reliability 'Z'"):
        load_wire(tmp_path / "w.jsonl")


def test_a_later_text_takes_the_place_of_the_earlier_when_it_came(tmp_path: Path) -> None:
    later = BEGIN + timedelta(hours=3)
    path = tmp_path / "w.jsonl"
    path.write_text(
        "\n".join([line("x", BEGIN), line("y", BEGIN), line("x", BEGIN, seen=later.isoformat(), title="u")])
    )
    wire = load_wire(path)
    assert [(item.id, item.title) for item in wire.until("f", BEGIN, 40)] == [("y", "t"), ("x", "t")]
    assert [(item.id, item.title) for item in wire.until("f", later, 40)] == [("x", "u"), ("y", "t")]
    assert (wire.stories, wire.end, wire.moments) == (2, later, (BEGIN, later))


def test_no_story_is_lost_where_a_feed_tells_more_in_a_step_than_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "w.jsonl"
    count = 3 * SHOWN + 5
    path.write_text(
        "\n".join(line(f"s{n}", BEGIN + timedelta(minutes=n), title=f"Story {n}") for n in range(count))
    )
    wire = load_wire(path)
    with open_archive(tmp_path / "a.db") as archive, ReplayServer(wire, lambda: BEGIN) as server:
        asyncio.run(
            fast_forward(archive, lambda: fake_pipeline(archive), server, wire.end, step=timedelta(days=9))
        )
        assert len(list(archive.recent_stories(BEGIN - timedelta(days=1)))) == count


def changes(archive: Archive) -> list[tuple[str, str, str, datetime]]:
    return [(one.place, one.after, one.holder_after, one.at) for one in archive.changes("testland")]


def test_an_archive_recorded_and_replayed_gives_the_same_board(tmp_path: Path) -> None:
    wire = load_wire(write_recording(tmp_path))
    with open_archive(tmp_path / "first.db") as first, ReplayServer(wire, lambda: BEGIN) as server:
        asyncio.run(fast_forward(first, lambda: fake_pipeline(first), server, wire.end))
        lines = list(lines_of(first))
        again = tmp_path / "again.jsonl"
        again.write_text("\n".join(json.dumps(one) for one in lines))
        recorded = load_wire(again)
        with open_archive(tmp_path / "second.db") as second, ReplayServer(recorded, lambda: BEGIN) as other:
            asyncio.run(fast_forward(second, lambda: fake_pipeline(second), other, recorded.end))
            assert changes(second) == changes(first) != []
            titles = sorted(story.title for story, _ in second.recent_stories(BEGIN))
            assert titles == sorted(HEADLINES * 4)
    assert {one["outlet"] for one in lines} == {"The Alpha", "The Beta", "The Gamma", "The Delta"}
    assert recorded.reliability == dict.fromkeys(sorted({one["outlet"] for one in lines}), "F")


def kept(archive: Archive, *stories: Story) -> None:
    for story in stories:
        archive.write(Batch(stories=[story], folds=[Fold(story.id, story.id, None, story.id)]))


def recorded(archive: Archive, **bounds: datetime) -> list[Mapping[str, str]]:
    return list(lines_of(archive, **bounds))


def test_when_it_came_its_later_texts_and_its_letter_are_recorded(tmp_path: Path) -> None:
    feed = "https://user:secret@feeds.example/world.rss"
    story = Story(
        "1" * 16,
        "Aster falls",
        "Lawmakers said so.",
        url="https://p.example/1",
        feed=feed,
        outlet="Post",
        reliability="B",
        published=BEGIN,
        received=BEGIN + timedelta(hours=2),
    )
    edited = replace(story, title="Aster falls, mayor says", received=BEGIN + timedelta(hours=5))
    undated = replace(
        story, id="2" * 16, title="Undated", published=None, received=BEGIN + timedelta(hours=6)
    )
    with open_archive(tmp_path / "a.db") as archive:
        kept(archive, story, edited, undated)
        lines = recorded(archive)
        assert [(one["title"], one["published"][11:16], one["seen"][11:16]) for one in lines] == [
            ("Aster falls", "06:00", "08:00"),
            ("Aster falls, mayor says", "06:00", "11:00"),
            ("Undated", "12:00", "12:00"),
        ]
        assert {one["reliability"] for one in lines} == {"B"}
        assert {one["feed"] for one in lines} == {feed_name(feed)}
        assert "secret" not in json.dumps(lines)
        assert len(recorded(archive, until=BEGIN + timedelta(hours=3))) == 1
        assert [one["title"] for one in recorded(archive, since=BEGIN + timedelta(hours=6))] == ["Undated"]
    assert feed_name("https://a.example/x") != feed_name("https://a.example/y")
