"""The factbox in one key: read over the screen, turned into Markdown, put on the terminal's clipboard."""

from __future__ import annotations

import base64
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.samples import hours_ago, thursday
from tests.tui.screen import lines, press, run, screen, text, with_options
from tests.tui.test_going_out import sent
from tui.clipboard import MOST, fitting
from tui.screens.factbox import hung

CLIPBOARD = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a")


def copied(written: list[str]) -> str:
    """What was put on the clipboard last."""
    found = [match[1] for each in written if (match := CLIPBOARD.search(each))]
    assert found, "nothing was copied"
    return base64.b64decode(found[-1]).decode()


def test_shift_r_shows_the_factbox_and_escape_goes_back() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "R")
            assert "FACTBOX AND SITUATION REPORT" in text(pilot)
            await press(pilot, "pagedown", "pagedown", "pagedown")
            assert "TAKEN (" in text(pilot)
            await press(pilot, "escape")
            assert "FACTBOX" not in text(pilot)
            assert "Capitals" in lines(pilot)[1]

    run(test)


def test_y_copies_it_whole_and_f_turns_it_into_markdown() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            written = sent(pilot)
            await press(pilot, "R", "y")
            assert copied(written).startswith("AFGHANISTAN 2021: FACTBOX")
            assert copied(written).endswith("nobody at ACLED coded them.\n")
            assert re.search(r"Copied \d+ lines as text", text(pilot))
            await press(pilot, "f", "y")
            assert copied(written).startswith("# Afghanistan 2021: factbox")

    run(test)


@pytest.mark.parametrize("columns", [80, 60, 120])
def test_no_line_of_it_is_crooked_in_a_small_terminal(columns: int) -> None:
    async def test() -> None:
        async with screen(thursday(), (columns, 40)) as pilot:
            await press(pilot, "R")
            shown = [each.strip()[1:-1].rstrip(" ▁▂▃▄▅▆▇█") for each in lines(pilot)[1:-2]]
            marked = next(number for number, each in enumerate(shown) if each.startswith("* "))
            ends = [at for at, each in enumerate(shown) if at > marked and each[:5].isupper()]
            body = [each for each in shown[marked : min([*ends, len(shown)])] if each]
            assert any(each.startswith("  ") for each in body)
            assert [each for each in body if not each.startswith(("* ", "  "))] == []

    run(test)


def test_a_line_that_is_too_long_goes_on_under_its_words() -> None:
    assert list(hung("* Herat: taken by Taliban since Thursday", 20)) == [
        "* Herat: taken by",
        "  Taliban since",
        "  Thursday",
    ]
    assert list(hung("    https://a.example/long/address", 20)) == [
        "    https://a.exampl",
        "    e/long/address",
    ]
    assert list(hung("", 20)) == [""]


def test_what_is_too_long_for_a_terminal_is_cut_and_the_screen_says_so() -> None:
    archive = thursday()
    long = f"https://long.example/{'x' * 7_000}"
    archive.stories = [replace(each, url=long) for each in archive.stories]

    async def test() -> None:
        async with screen(archive) as pilot:
            written = sent(pilot)
            await press(pilot, "R", "y")
            assert "lines did not fit" in text(pilot)
            assert 0 < len(copied(written).encode()) <= MOST

    run(test)


def test_it_is_the_factbox_of_the_moment_that_is_shown() -> None:
    async def test() -> None:
        async with screen(thursday(), options=with_options(as_of=hours_ago(3), read_only=True)) as pilot:
            await press(pilot, "R")
            assert f"As of {hours_ago(3):%-d %b %Y %H:%M}Z" in text(pilot)

    run(test)


def test_an_archive_that_cannot_be_read_is_one_line_and_the_screen_goes_on() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            archive.broken = "the disk is gone"
            await press(pilot, "R")
            assert "the disk is gone" in text(pilot)
            archive.broken = ""
            await press(pilot, "R")
            assert "FACTBOX" in text(pilot)

    run(test)


@given(st.text(max_size=300), st.integers(min_value=1, max_value=200))
def test_what_fits_is_whole_lines_from_the_beginning(whole: str, most: int) -> None:
    kept, left_out = fitting(whole, most)
    assert whole.startswith(kept)
    assert len(kept.encode()) <= most
    assert (kept == whole) == (left_out == 0)
    assert len(kept.splitlines()) + left_out == len(whole.splitlines())
