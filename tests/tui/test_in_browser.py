"""The screen for somebody at a browser: nothing of the server's machine is started or written for him."""

from __future__ import annotations

import pytest
from textual.app import App

from tests.tui.samples import thursday
from tests.tui.screen import press, run, screen, text, with_options

THERE = with_options(in_browser=True)


def test_no_shell_command_runs() -> None:
    async def test() -> None:
        async with screen(thursday(), options=THERE) as pilot:
            await press(pilot, "2", "vertical_line")
            assert "No commands from a browser" in text(pilot)
            assert not pilot.app.screen.query_one("#prompt").display or "shell" not in text(pilot)

    run(test)


def test_a_page_opens_in_the_browser_that_shows_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(App, "open_url", lambda _, url, **__: opened.append(url))
    monkeypatch.setenv("BROWSER", "/no/such/browser")

    async def test() -> None:
        async with screen(thursday(), options=THERE) as pilot:
            await press(pilot, "2", "b")
            assert opened == ["https://wire.example/901"]
            assert "Opened https://wire.example/901" in text(pilot)

    run(test)


def test_setting_up_is_for_who_sits_at_the_machine() -> None:
    async def test() -> None:
        async with screen(thursday(), options=THERE) as pilot:
            await press(pilot, "comma")
            assert "Setting up is for who sits at the machine" in text(pilot)

    run(test)
