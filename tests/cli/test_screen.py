"""The screen as opened from the command line, in a real pseudo-terminal, with its collector beside it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.archive import open_archive
from tests.cli.news import rss
from tests.feedserver import FeedServer
from tests.terminal import Terminal
from tui.cli.child import CollectorChild

WARWATCH = [sys.executable, "-m", "tui.cli"]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return keep | {
        "WARWATCH_ARCHIVE": str(tmp_path / "archive.db"),
        "WARWATCH_DESK": str(tmp_path / "desk.json"),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


def test_the_screen_starts_a_collector_shows_its_news_and_ends_it(
    environment: dict[str, str], tmp_path: Path, server: FeedServer
) -> None:
    url = server.serve("/news.xml", body=rss())
    desk = {
        "subscriptions": {"1": {"url": url, "outlet": "Testpost", "reliability": "B"}},
        "settings": {"1": {"key": "allow_private", "value": True}},
    }
    (tmp_path / "desk.json").write_text(json.dumps(desk))
    with Terminal(WARWATCH, environment, columns=80, rows=24) as terminal:
        terminal.wait_for("Kunduz", "captured", "Testpost")
        with open_archive(tmp_path / "archive.db", read_only=True) as archive:
            beat = archive.last_beat()
            assert beat is not None
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    assert not _runs(beat.pid)
    with open_archive(tmp_path / "archive.db", read_only=True) as archive:
        assert archive.lease("collector") is None


def test_nothing_is_started_when_only_looking(environment: dict[str, str], tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive.db"):
        pass
    with Terminal([*WARWATCH, "--read-only"], environment, columns=80, rows=24) as terminal:
        terminal.wait_for("Capitals")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
    with open_archive(tmp_path / "archive.db", read_only=True) as archive:
        assert archive.last_beat() is None
    assert not (tmp_path / "desk.json").exists()


def test_the_demo_opens_on_a_board_and_goes_on(environment: dict[str, str], tmp_path: Path) -> None:
    recording = tmp_path / "recording.jsonl"
    stories = [
        ("a1", "2021-08-11T04:00:00Z", "Taliban capture Kunduz after governor flees"),
        ("a2", "2021-08-12T06:10:00Z", "Taliban seize Aybak, deputy governor says"),
    ]
    lines = [
        json.dumps({"id": id_, "published": at, "feed": "post", "outlet": "Post", "title": title})
        for id_, at, title in stories
    ]
    recording.write_text("\n".join(lines))
    (tmp_path / "outlets.toml").write_text('Post = "B"\n')
    words = ["demo", "--replay", str(recording), "--speed", "300"]
    with Terminal([*WARWATCH, *words], environment, columns=80, rows=24) as terminal:
        terminal.wait_for("Kunduz", "captured", "12 Aug 2021")
        terminal.wait_for("Taliban seize Aybak")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_a_collector_that_cannot_work_leaves_its_last_word() -> None:
    words = ["poll", "--once", "--archive", "/proc/nowhere/archive.db"]
    with CollectorChild(words, lambda: False, look=0.05) as child:
        until = time.monotonic() + 20
        while not child.complaint and time.monotonic() < until:
            time.sleep(0.05)
    assert "/proc/nowhere" in child.complaint


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
