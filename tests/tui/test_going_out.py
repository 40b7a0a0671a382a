"""Out of the screen and back in time: browser, clipboard, shell, and the board as it was."""

from __future__ import annotations

import base64
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import hours_ago, story, thursday
from tests.tui.screen import app_of, lines, press, run, screen, text
from tui.outside import browse, browser_command, paper, pipe

SAFE = "https://wire.example/901"


def sent(pilot: Pilot[None]) -> list[str]:
    """What the app writes to the terminal beside its frames, from now on."""
    written: list[str] = []
    driver = pilot.app._driver
    assert driver is not None
    driver.write = written.append  # type: ignore[method-assign,assignment]
    return written


def test_y_puts_the_link_on_the_clipboard_of_the_terminal() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            written = sent(pilot)
            await press(pilot, "2", "y")
            assert f"Copied {SAFE}" in text(pilot)
            coded = base64.b64encode(SAFE.encode()).decode()
            assert any(f"\x1b]52;c;{coded}\a" in each for each in written)

    run(test)


def test_of_many_marked_stories_the_first_are_taken_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.outgoing.MOST_LINKS", 2)

    async def test() -> None:
        async with screen(thursday()) as pilot:
            sent(pilot)
            await press(pilot, "2", "space", "space", "space", "y")
            assert "Copied 2 links (the first 2 of 3)" in text(pilot)
            await press(pilot, "vertical_line", *"grep -c https", "enter")
            assert "2 (the first 2 of 3)" in text(pilot)

    run(test)


def test_of_hostile_addresses_nothing_is_copied_or_opened() -> None:
    archive = FakeArchive()
    archive.add_story(story(1, "Bad", url="javascript:alert(1)"))
    archive.add_story(story(2, "Worse", url="file:///etc/passwd"))

    async def test() -> None:
        async with screen(archive) as pilot:
            written = sent(pilot)
            await press(pilot, "2", "asterisk", "y")
            assert "No address to copy" in text(pilot)
            assert not any("]52;" in each for each in written)
            await press(pilot, "escape", "b")
            assert "no address that may be opened" in text(pilot)

    run(test)


def test_the_browser_gets_a_clean_address_and_no_shell() -> None:
    assert browser_command("https://a.example/x y;rm -rf", {"BROWSER": "lynx -dump"}) == [
        "lynx", "-dump", "https://a.example/x%20y;rm%20-rf",
    ]  # fmt: skip
    assert (
        browser_command("https://a.example/", {"BROWSER": "open-it --at=%s --new"})[1]
        == "--at=https://a.example/"
    )
    assert browser_command("https://a.example/", {}) in ([], ["open", "https://a.example/"])
    assert browser_command("ftp://a.example/", {"BROWSER": "x"}) == []
    assert "did not start" in browse("https://a.example/", {"BROWSER": "/no/such/program"})


def test_b_opens_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = tmp_path / "opened"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(program))

    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "2", "b")
            for _ in range(100):
                if opened.exists() and opened.read_text():
                    break
                await pilot.pause(0.05)
            assert opened.read_text() == SAFE

    run(test)


def test_a_command_reads_the_text_and_its_answer_is_shown_clean() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "2", "vertical_line", *"head -1 | tr a-z A-Z", "enter")
            assert "TRAFFIC RESUMES ON THE ROAD" in text(pilot)

    run(test)


def test_what_a_command_may_say() -> None:
    assert pipe("cat", "a\nb\n") == "a\nb"
    assert pipe("printf '\\033[2Jx\\033]52;c;eA==\\007'", "") == "x"
    assert pipe("exit 3", "") == "exit 3: exit status 3"
    assert pipe("true", "") == "true: done"
    assert pipe("seq 40", "").endswith("… 28 more lines")


def lives(pid: int) -> bool:
    """Whether a process is there and not only waits for its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_command_that_takes_too_long_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.outside.PATIENCE", 0.5)
    told = tmp_path / "pid"
    said = pipe(f"sleep 300 & echo $! > {told}; cat; sleep 300", "text")
    assert "ended after" in said
    started = int(told.read_text())
    end = time.monotonic() + 20
    while lives(started) and time.monotonic() < end:
        time.sleep(0.01)
    assert not lives(started)


def test_a_browser_that_cannot_be_read_is_a_word_and_no_crash() -> None:
    assert "BROWSER cannot be read" in browse(SAFE, {"BROWSER": "lynx 'dump"})


def test_a_story_on_paper() -> None:
    written = paper(story(1, "Herat falls", body="It fell.\n\nSo they say."))
    assert written.splitlines()[0] == "Herat falls"
    assert written.splitlines()[2] == "https://wire.example/1"
    assert written.endswith("So they say.\n")


def test_t_shows_everything_as_it_was_and_shift_t_as_it_is() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            app_of(pilot).look()
            archive.past[hours_ago(24)] = {
                place: standing
                for place, standing in archive.board.items()
                if standing.since is not None and standing.since <= hours_ago(24)
            }
            await press(pilot, "t", *"24h", "enter")
            assert "as of Wed 11 Aug 2021 18:42Z" in lines(pilot)[0]
            assert "9 captured" in lines(pilot)[1]
            assert "Governor of Ghazni" not in text(pilot)
            assert "Traffic resumes" not in text(pilot)
            await press(pilot, "2", "f")
            assert archive.journal[-1].at > hours_ago(1)
            await press(pilot, "T")
            assert "as of" not in lines(pilot)[0]
            assert "11 captured" in lines(pilot)[1]
            assert "Traffic resumes" in text(pilot)
            await press(pilot, "T")
            assert "This is now" in text(pilot)
            await press(pilot, "t", *"soon", "enter")
            assert "That is no time" in text(pilot)

    run(test)
