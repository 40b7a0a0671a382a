"""Hostile titles in every widget: nothing is obeyed, nothing is read as markup, nothing crashes."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.color import Color
from textual.pilot import Pilot

from feeds.story import FeedState, Fold
from tests.tui.fake_archive import FakeArchive, FakeBeat
from tests.tui.samples import NOW, sentence, standing, story, thursday
from tests.tui.screen import app_of, lines, press, run, screen, settle, text

BLACK = Color(0, 0, 0)
HOSTILE = (
    "[/oops] closing tag",
    "[@click=app.quit]click[/]",
    "[URGENT] [bold red]big",
    "\x1b]52;c;ZWNobyBoaQ==\x07clipboard",
    "\x1b[2J\x1b[Hcleared",
    "\x9b31mC1 colour",
    "\u202ereversed\u2066isolated",
    "zero\u200bwidth\ufeff\U000e0041tags",
    "漢字 wide 한국어 👩‍👩‍👧 ❤️ عربى",
    "e\u0301" * 3 + "\u0300" * 40,
    "line\nbreak\r\ttab\x00nul",
    "$(reboot) `id` ; rm -rf ~",
)


def archive_of(words: str) -> FakeArchive:
    """Every field that a feed can fill holds the hostile words."""
    archive = thursday()
    lead = story(
        1900, words, -0.2, summary=words, body=f"{words}\n\n{words}", outlet=words, wire=words, flag=words
    )
    copy = story(1901, words, -0.1, outlet=words)
    archive.add_story(lead)
    archive.add_story(copy)
    archive.folds[lead.id] = Fold(lead.id, lead.id, None, words)
    archive.folds[copy.id] = Fold(copy.id, lead.id, lead.id, words)
    archive.told[lead.id] = (2, 2)
    more = {"outlet": words, "speaker": words, "triggers": (words, "x"), "rule": words, "voice": words}
    seqs = archive.add_evidence(sentence("nili", words, lead.id, **more))
    archive.stand(standing("nili", "captured", 0, seqs, override=words, flags=(words,)))
    archive.feeds[f"https://{words}/"] = FeedState("https://x.example", error=words)
    return archive


def sent(pilot: Pilot[None]) -> str:
    """The words that a terminal would be sent for the whole screen, beside Textual's own codes."""
    app = pilot.app
    out = []
    for strip in app.screen._compositor.render_strips():
        painted = strip
        for each in app.get_line_filters():
            painted = painted.apply_filter(each, BLACK)
        out.append("".join(segment.text for segment in painted))
    return "\n".join(out)


def nothing_is_obeyed(pilot: Pilot[None]) -> None:
    raw = sent(pilot).replace("\n", "")
    for letter in raw:
        assert ord(letter) >= 32, repr(letter)
        assert not 0x7F <= ord(letter) < 0xA0, repr(letter)
    assert not any(letter in raw for letter in "\u202e\u2066\u200b\ufeff\U000e0041")


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_everywhere(words: str) -> None:
    async def test() -> None:
        async with screen(archive_of(words), (200, 60)) as pilot:
            nothing_is_obeyed(pilot)
            await press(pilot, "2", "enter")
            nothing_is_obeyed(pilot)
            await press(pilot, "e", "enter", "q", "q", "1", "enter", "enter", "q")
            nothing_is_obeyed(pilot)
            app_of(pilot).main.say(words)
            await settle(pilot)
            nothing_is_obeyed(pilot)
            assert pilot.app.is_running

    run(test)


@pytest.mark.parametrize(
    "words", ["[/oops] closing tag", "[URGENT] [bold red]big", "[@click=app.quit]click[/]"]
)
def test_brackets_are_shown_as_they_are(words: str) -> None:
    async def test() -> None:
        async with screen(archive_of(words), (200, 60)) as pilot:
            assert text(pilot).count(words) >= 2
            await press(pilot, "2", "slash", *"[/x", "enter", "backslash", *"[@", "enter")
            assert "only: [@" in text(pilot)

    run(test)


def test_wide_words_keep_the_borders_straight() -> None:
    async def test() -> None:
        async with screen(archive_of("漢字 wide 한국어 👩‍👩‍👧 ❤️ عربى"), (120, 40)) as pilot:
            assert {cell_len(line) for line in lines(pilot)[1:-1]} == {120}

    run(test)


def test_a_collector_s_trouble_is_shown_without_markup() -> None:
    archive = FakeArchive()
    archive.feeds["https://a.example"] = FeedState("https://a.example", error="[/no] \x1b[31mroute")

    async def test() -> None:
        archive.beat = FakeBeat(NOW)
        async with screen(archive, (80, 24)) as pilot:
            assert "[/no] route" in text(pilot)
            nothing_is_obeyed(pilot)

    run(test)
