"""The viewer with a collector of its own: what is published while one looks appears, and nobody touched a key."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feeds.archive import open_archive
from tests.end_to_end.machine import Machine
from tests.end_to_end.papers import RSS, Item, rss
from tests.end_to_end.thursday import POST, RADIO, publish
from tests.feedserver import FeedServer

FALL = Item("Taliban capture Jalalabad without a fight, governor says", minutes=1)


def test_a_story_published_while_one_looks_appears_and_its_capital_falls(
    machine: Machine, server: FeedServer
) -> None:
    publish(machine, server)
    machine.run("poll", "--once")
    two_minutes_pass(machine, server.url("/radio"))
    server.serve("/radio", body=rss(FALL, *RADIO), headers=RSS)
    with machine.screen(columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Kandahar", "unknown")
        terminal.wait_for("Taliban capture Jalalabad", "Jalalabad → captured", timeout=30)
        terminal.wait_until(lambda: "captured" in terminal.line_with("│*✕ Jalalabad"), "the row moved")
        terminal.wait_for("feeds 2 of 2", "collector ok")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    with machine.archive() as archive:
        assert archive.lease("collector") is None


def test_a_feed_added_while_one_looks_is_followed(machine: Machine, server: FeedServer) -> None:
    publish(machine, server)
    machine.run("poll", "--once")
    new = server.serve("/new", body=rss(FALL), headers=RSS)
    with machine.screen(columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Kandahar")
        machine.run("feeds", "add", new, "--outlet", "Newcomer")
        terminal.wait_for("Newcomer", "feeds 3 of 3", timeout=30)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_what_arrives_never_moves_the_row_under_the_reader(machine: Machine, server: FeedServer) -> None:
    publish(machine, server)
    machine.run("poll", "--once")
    two_minutes_pass(machine, server.url("/post"))
    server.serve("/post", body=rss(FALL, *POST), headers=RSS)
    with machine.screen("--no-poll", columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Lima")
        terminal.press("2")
        terminal.settle()
        terminal.press("j")
        terminal.settle()
        before = terminal.lines.index(terminal.line_with("Parliament in Lima"))
        machine.run("poll", "--once")
        terminal.wait_for("1 new")
        assert terminal.lines.index(terminal.line_with("Parliament in Lima")) == before
        assert "Jalalabad" not in "".join(line for line in terminal.lines if "Post" in line)
        terminal.press("r")
        terminal.wait_until(lambda: "Jalalabad" in terminal.line_with("B Post"), "let in")


def test_two_viewers_on_one_archive_poll_once(machine: Machine, server: FeedServer) -> None:
    publish(machine, server)
    with machine.screen(columns=120, rows=40) as first:
        first.wait_for("feeds 2 of 2", "Kandahar", timeout=30)
        with machine.screen(columns=120, rows=40) as second:
            second.wait_for("feeds 2 of 2", "Kandahar", "collector ok")
            second.press("Q")
            assert second.wait_for_end() == 0
        assert len(server.requests("/radio")) == 1
        first.press("Q")
        assert first.wait_for_end() == 0


def test_the_demo_moves_while_one_looks(machine: Machine) -> None:
    noon = datetime(2021, 8, 12, 12, tzinfo=UTC)
    told = [
        (noon - timedelta(hours=3), "Taliban capture Ghazni, provincial council member says"),
        (noon + timedelta(minutes=8), "Herat falls to the Taliban, lawmaker confirms"),
    ]
    recording = machine.home / "recording.jsonl"
    write(recording, told)
    words = ("demo", "--replay", recording, "--until", "2021-08-12 12:00", "--speed", "120")
    with machine.screen(*words, columns=120, rows=40) as terminal:
        terminal.wait_for("Capitals", "Wire", "Ghazni")
        assert "unknown" in terminal.line_with("│ ◌ Herat")
        terminal.wait_for("Herat falls to the Taliban", "Herat → captured", timeout=30)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def write(recording: Path, told: list[tuple[datetime, str]]) -> None:
    lines = (
        {"id": f"s{number}", "published": at.isoformat(), "feed": "post", "outlet": "Post", "title": title}
        for number, (at, title) in enumerate(told)
    )
    recording.write_text("".join(json.dumps(line) + "\n" for line in lines))
    recording.with_name("outlets.toml").write_text('Post = "B"\n')


def two_minutes_pass(machine: Machine, url: str) -> None:
    """Make a feed due that was asked a moment ago: no feed is asked twice within two minutes."""
    with open_archive(machine.path) as archive:
        state = archive.feed_states()[url]
        archive.save_feed_state(replace(state, next_due=state.last_fetch))
