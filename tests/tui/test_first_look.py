"""What a stranger meets in the first minutes: the story under the cursor, messages that leave the screen legible."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import hours_ago, sentence, story, thursday
from tests.tui.screen import app_of, lines, look, press, row_with, run, screen, settle, text


@pytest.mark.parametrize("keys", [("tab",), ("2",), ("tab", "tab", "shift+tab")], ids="-".join)
def test_on_the_wire_the_story_under_the_cursor_is_shown_at_once_and_stays_unread(
    keys: tuple[str, ...],
) -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            assert "Evidence  Herat" in text(pilot)
            await press(pilot, *keys)
            assert "Story  Local radio" in text(pilot)
            assert "Choose a story" not in text(pilot)
            assert archive.journal == []

    run(test)


def test_a_terminal_made_larger_shows_the_story_that_has_room_now() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await pilot.resize_terminal(200, 60)
            await settle(pilot)
            assert "Story  Local radio" in text(pilot)

    run(test)


def test_in_forty_columns_the_wire_has_headlines_and_the_help_is_not_crooked() -> None:
    async def test() -> None:
        async with screen(thursday(), (40, 24)) as pilot:
            assert "B   Officials flee H…" in row_with(pilot, "• 18:06")
            await press(pilot, "question_mark")
            assert "j Down" in row_with(pilot, "Next row")
            body = [each for each in lines(pilot) if each.strip().startswith("│   ")]
            assert len(body) > 8
            assert max(len(each) for each in body) <= 40
            await press(pilot, "escape")
            await pilot.resize_terminal(60, 24)
            await settle(pilot)
            assert "Highland" in row_with(pilot, "• 18:06")

    run(test)


def test_a_filter_asked_for_in_an_opened_story_shows_the_wire_that_it_filters() -> None:
    async def test() -> None:
        async with screen(thursday(), (80, 24)) as pilot:
            await press(pilot, "2", "enter")
            assert "Wire  " not in text(pilot)
            await press(pilot, "backslash", *"herat")
            assert "only: herat, Esc shows all" in text(pilot)
            assert "Officials flee Herat" in text(pilot)
            assert "Exchange rates" not in text(pilot)

    run(test)


def bulletins(archive: FakeArchive, count: int) -> None:
    """So many stories come in, one after the other."""
    first = len(archive.stories)
    for number in range(first, first + count):
        archive.add_story(
            story(5000 + number, f"Late bulletin {number - first + 1}", (first - number) / 1000)
        )


def test_whoever_lets_in_what_came_sees_it_unless_they_read_further_down() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, (80, 24)) as pilot:
            await press(pilot, "2", "j", "1")  # been there, and left
            bulletins(archive, 30)
            await look(pilot)
            assert "30 new, r shows them" in text(pilot)
            await press(pilot, "r")
            assert "Late bulletin 30" in text(pilot)
            await press(pilot, "2", "j", "j")
            bulletins(archive, 20)
            await look(pilot)
            await press(pilot, "r")
            assert "20 let in, above these; Home goes to the newest." in text(pilot)
            assert "Late bulletin 28" in text(pilot)
            await press(pilot, "home")
            assert "Late bulletin 20" in text(pilot)

    run(test)


def tell_of_herat(archive: FakeArchive, first: int, count: int) -> None:
    """Sentences about Herat that count, one after the other, each newer than all before."""
    for number in range(first, first + count):
        words = f"Herat is lost, sentence {number} of a long afternoon says once more and at length."
        seqs = archive.add_evidence(
            sentence("herat", words, archive.stories[-1].id, told=hours_ago(0.5 - number / 100))
        )
        archive.board["herat"] = replace(archive.board["herat"], evidence=tuple(seqs))


def test_evidence_that_nobody_is_in_stays_at_its_top_while_sentences_come_in() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            for first in range(0, 12, 4):
                tell_of_herat(archive, first, 4)
                await look(pilot)
            assert "Taliban holds it  0.91  13 sentences" in text(pilot)
            assert "sentence 11 of" in text(pilot)

    run(test)


def test_evidence_that_is_opened_begins_at_its_top_and_then_keeps_the_sentence_under_the_cursor() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, (80, 24)) as pilot:
            tell_of_herat(archive, 0, 8)
            await look(pilot)
            await press(pilot, "e", "j", "j", "j", "j", "j", "j")
            view = app_of(pilot).room.evidence
            assert view.selected is not None
            chosen = view.selected.seq
            tell_of_herat(archive, 8, 4)
            await look(pilot)
            assert view.selected.seq == chosen
            await press(pilot, "q", "e")
            assert "Taliban holds it  0.91  13 sentences" in text(pilot)
            assert view.selected_item == 0

    run(test)
