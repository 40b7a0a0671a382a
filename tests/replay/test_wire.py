"""A recording is read line by line, and what is wrong with it is said in one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feeds.errors import InputError
from feeds.replay import load_wire
from tests.replay.recording import BEGIN, write_recording


def test_feeds_show_what_was_published_newest_first(tmp_path: Path) -> None:
    wire = load_wire(write_recording(tmp_path))
    assert list(wire.feeds) == ["alpha", "beta", "delta", "gamma"]
    shown = wire.until("alpha", BEGIN + timedelta(hours=5), 40)
    assert [item.id for item in shown] == ["alpha-1", "alpha-0"]
    assert wire.until("alpha", BEGIN - timedelta(hours=1), 40) == ()
    assert len(wire.until("alpha", wire.end, 2)) == 2
    assert wire.begin == BEGIN


def test_letters_come_from_the_file_beside_it(tmp_path: Path) -> None:
    path = write_recording(tmp_path)
    (tmp_path / "outlets.toml").write_text('"The Alpha" = "B"\n')
    assert load_wire(path).reliability == {"The Alpha": "B"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2"),
        ("[]", "line 2"),
        ('{"id": "x", "feed": "f", "title": "t"}', "line 2"),
        ('{"id": "x", "feed": "f", "title": "t", "published": "yesterday"}', "line 2"),
        ('{"id": "x", "feed": "f", "title": "t", "published": "0001-01-01T00:00:00Z"}', "no time of news"),
        ('{"id": "", "feed": "f", "title": "t", "published": "2021-08-01T00:00:00Z"}', "needs id"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, said: str) -> None:
    good = {"id": "1", "feed": "f", "title": "t", "published": datetime(2021, 8, 1, tzinfo=UTC).isoformat()}
    path = tmp_path / "wire.jsonl"
    path.write_text(json.dumps(good) + "\n" + line + "\n")
    with pytest.raises(InputError, match=said):
        load_wire(path)


def test_no_file_no_stories_and_wrong_letters_are_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can be read"):
        load_wire(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="no stories"):
        load_wire(tmp_path / "empty.jsonl")
    path = write_recording(tmp_path)
    (tmp_path / "outlets.toml").write_text('"The Alpha" = "Z"\n')
    with pytest.raises(InputError, match="'Z'"):
        load_wire(path)
