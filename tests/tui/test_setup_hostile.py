"""Hostile names on the desk, typed, imported or answered by a server: shown in every section, dialog and menu, and obeyed nowhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual import events

from feeds.desk import Desk
from feeds.story import FeedState
from tests.tui.samples import NOW, thursday
from tests.tui.screen import app_of, press, run, screen, settle, text
from tests.tui.setup import Child, child_, desk_in, open_section, strike
from tests.tui.test_hostile import HOSTILE, nothing_is_obeyed
from tui.setup import Said
from tui.setup.child import text as text_of

__all__ = ["child_"]
WORDS = ("".join(HOSTILE[:3]), "x".join(HOSTILE[3:]))
"""All of them, in a few lines: each test goes through the whole set up."""


def desk_of(words: str, folder: Path) -> Desk:
    """A desk that somebody edited by hand, with the words in every field that takes any."""
    desk = desk_in(folder)
    tables = json.loads(desk.path.read_text(encoding="utf-8"))
    tables["subscriptions"]["1"] |= {
        "outlet": words,
        "group": f"{words}/{words}",
        "user_agent": words,
        "language": words,
    }
    tables["subscriptions"]["2"]["url"] = f"https://x.example/{words}"
    tables["watch"]["1"]["text"] = words
    tables["views"]["1"] |= {"name": words, "filter": words, "key": words}
    tables["alerts"] = {
        "1": {
            "kind": "sink",
            "by": "webhook",
            "name": words,
            "url": f"https://x.example/{words}",
            "topic": words,
        },
        "2": {"kind": "rule", "on": "change", "name": words, "to": [words], "severity": words},
    }
    tables["keys"] = {"1": {"command": words, "keys": [words]}}
    tables["settings"] = {"1": {"key": "theme", "value": words}}
    desk.path.write_text(json.dumps(tables), encoding="utf-8")
    return desk


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_in_every_section_form_and_menu(words: str, tmp_path: Path, child_: Child) -> None:
    desk = desk_of(words, tmp_path)
    archive = thursday()
    archive.feeds = {
        "https://wire.example/feed": FeedState("https://wire.example/feed", last_fetch=NOW, error=words)
    }
    child_.answers["watch list"] = [{"term": words, "error": words, "day": 1}]

    async def test() -> None:
        async with screen(archive, (120, 40), desk=desk) as pilot:
            nothing_is_obeyed(pilot)
            await strike(pilot, "comma")
            for _ in range(7):
                nothing_is_obeyed(pilot)
                await strike(pilot, "enter", "enter")
                nothing_is_obeyed(pilot)
                await strike(pilot, "escape", "d")
                nothing_is_obeyed(pilot)
                await strike(pilot, "escape", "left", "down")
            await strike(pilot, "escape", "w")
            nothing_is_obeyed(pilot)
            await strike(pilot, "enter", "backslash", "'outlet:", "tab")
            nothing_is_obeyed(pilot)
            await strike(pilot, "ctrl+u", "'view:", "tab", "tab")
            nothing_is_obeyed(pilot)
            await strike(pilot, "escape", "colon")
            await pilot.pause(0.1)
            nothing_is_obeyed(pilot)
            assert pilot.app.is_running

    run(test)


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_what_a_server_or_a_child_says(words: str, tmp_path: Path, child_: Child) -> None:
    found = {"kind": "page", "url": words, "feeds": [{"url": f"https://x.example/{words}", "title": words}]}
    child_.answers["feeds find"] = found
    child_.answers["watch try"] = {
        "term": words, "hits": 1, "stories": 1, "days": {words: 1}, "newest": [{"title": words, "outlet": words, "told": words}],
    }  # fmt: skip

    async def test() -> None:
        async with screen(thursday(), desk=desk_in(tmp_path)) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "a", "'x.example", "enter", "")
            nothing_is_obeyed(pilot)
            await strike(pilot, "enter")
            nothing_is_obeyed(pilot)
            await strike(pilot, "escape", "left", "down", "right", "t", "")
            nothing_is_obeyed(pilot)
            await strike(pilot, "escape")
            setup = pilot.app.screen
            setup.say(words)  # type: ignore[attr-defined]
            await settle(pilot)
            nothing_is_obeyed(pilot)

    run(test)


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_what_is_pasted_into_a_form_is_cleaned_before_it_is_kept(
    words: str, tmp_path: Path, child_: Child
) -> None:
    desk = desk_in(tmp_path)

    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            await open_section(pilot, "Views")
            await strike(pilot, "a")
            pilot.app.screen.focused.post_message(events.Paste(words))  # type: ignore[union-attr]
            await settle(pilot)
            nothing_is_obeyed(pilot)
            await strike(pilot, "down", "'unread", "ctrl+o")
            nothing_is_obeyed(pilot)

    run(test)
    kept = desk.path.read_text(encoding="utf-8")
    assert not [letter for letter in kept if ord(letter) < 32 and letter != "\n"]
    assert "\\u001b" not in kept
    assert not any(letter in kept for letter in "\u202e\u2066\x9b")


def test_a_desk_that_breaks_while_it_is_open_is_said_and_the_screen_goes_on(
    tmp_path: Path, child_: Child
) -> None:
    desk = desk_in(tmp_path)

    async def test() -> None:
        async with screen(thursday(), desk=desk) as pilot:
            desk.path.write_text('{"views": [\x1b]0;x')
            await strike(pilot, "comma")
            nothing_is_obeyed(pilot)
            assert "line 1" in text(pilot)
            await strike(pilot, "enter", "a", "escape", "escape", "escape")
            await press(pilot, "2", "j")
            assert app_of(pilot).room.wire.listing.index == 1

    run(test)


def test_an_errand_that_fails_is_one_line(tmp_path: Path, child_: Child) -> None:
    async def test() -> None:
        async with screen(thursday(), desk=desk_in(tmp_path)) as pilot:
            await open_section(pilot, "Feeds")
            await strike(pilot, "t", "")
            assert "no child answers here" in text(pilot)
            nothing_is_obeyed(pilot)

    run(test)
    assert Said(text_of({"x": "a\x1b]0;b\x07\nc"}, "x")).words == "a c"
