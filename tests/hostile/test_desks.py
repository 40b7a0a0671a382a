"""Desk files and OPML files made to hurt: what can be read is read, all else is one line, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from feeds.wire.opml import read_opml, write_opml
from tests.cli.conftest import Warwatch, home, one_clear_line, warwatch

__all__ = ["home", "warwatch"]

FEED = "https://x.example/feed"


def opml(attributes: str, before: str = "", behind: str = "") -> bytes:
    head = '<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>'
    return f'{head}{before}<outline type="rss" {attributes}/>{behind}</body></opml>'.encode()


def test_half_a_character_on_the_desk_is_kept_as_it_was_written(warwatch: Warwatch, home: Path) -> None:
    desk = home / "desk.json"
    desk.write_text(f'{{"subscriptions": {{"1": {{"url": "{FEED}", "outlet": "Half \\ud800"}}}}}}')
    assert warwatch("feeds", "add", "https://y.example/feed").status == 0
    assert "\\ud800" in desk.read_text()
    listed = warwatch("feeds", "list")
    assert (listed.status, listed.err) == (0, "")
    assert "https://y.example/feed" in listed.out
    assert FEED in listed.out


def test_an_entry_with_a_number_of_no_use_is_named(warwatch: Warwatch, home: Path) -> None:
    desk = home / "desk.json"
    desk.write_text(f'{{"subscriptions": {{"{"9" * 5000}": {{"url": "{FEED}"}}}}}}')
    before = desk.read_text()
    for words in (("feeds", "add", "https://y.example/feed"), ("watch", "add", "drone"), ("feeds", "list")):
        one_clear_line(warwatch(*words), "must be numbered")
    assert desk.read_text() == before


@pytest.mark.parametrize("number", ["NaN", "1e999", "-5", "true", "9" * 400])
def test_an_interval_that_is_no_span_of_time_is_named(warwatch: Warwatch, home: Path, number: str) -> None:
    (home / "desk.json").write_text(
        f'{{"subscriptions": {{"1": {{"url": "{FEED}", "interval": {number}}}}}}}'
    )
    one_clear_line(warwatch("feeds", "list"), "interval", "number of seconds")


def test_names_without_end_in_an_opml_file_are_cut() -> None:
    long = "A" * 100_000
    said = f'text="{long}" xmlUrl="{FEED}" language="{long}" userAgent="{long}" outlet="{long}"'
    [feed] = read_opml(opml(said, before=f'<outline text="{long}">', behind="</outline>"))
    assert {len(feed.outlet), len(feed.language), len(feed.user_agent), len(feed.group)} == {200}
    assert read_opml(write_opml([feed], "x")) == [feed]


@pytest.mark.parametrize(
    "attributes",
    [
        f'text="A&#x202e;B&#x200b;" xmlUrl="{FEED}"',
        f'text="A" xmlUrl="{FEED}" userAgent="x&#13;&#10;Evil: 1"',
        f'text="A" xmlUrl="{FEED}" language="e&#9;n"',
    ],
)
def test_no_sign_of_an_opml_file_reaches_a_header_or_a_terminal(attributes: str) -> None:
    [feed] = read_opml(opml(attributes))
    for said in (feed.outlet, feed.user_agent, feed.language):
        assert said.isprintable()
        assert "\u202e" not in said


@pytest.mark.parametrize("interval", ["-5m", "NaN", "1e999s", "99999999999999999999"])
def test_an_interval_of_an_opml_file_that_no_server_wants_is_none(interval: str) -> None:
    [feed] = read_opml(opml(f'text="A" xmlUrl="{FEED}" interval="{interval}"'))
    assert feed.interval == 0.0


def test_folders_in_folders_without_end_are_read_in_time() -> None:
    deep = 20_000
    [feed] = read_opml(
        opml(f'text="A" xmlUrl="{FEED}"', before='<outline text="g">' * deep, behind="</outline>" * deep)
    )
    assert len(feed.group) < 100


@pytest.mark.parametrize("encoding", ["hex", "utf-7", "rot13", "zip", "no-such"])
def test_an_opml_file_in_an_encoding_that_is_none_is_one_line(warwatch: Warwatch, encoding: str) -> None:
    said = warwatch("feeds", "import", "-", stdin=f'<?xml version="1.0" encoding="{encoding}"?><opml/>')
    one_clear_line(said, "OPML")
