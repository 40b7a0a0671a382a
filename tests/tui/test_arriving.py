"""What reaches an open screen by itself: news, falls, the passing of time, trouble with the archive."""

from __future__ import annotations

import pytest

from feeds.errors import ArchiveError
from tests.tui.samples import NOW, hours_ago, sentence, standing, story, thursday
from tests.tui.screen import (
    Clicker,
    app_of,
    lines,
    look,
    press,
    row_with,
    run,
    screen,
    settle,
    text,
    with_options,
)


def test_new_stories_wait_behind_a_count_until_asked_for() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "2", "j")
            chosen = app_of(pilot).room.wire.selected
            archive.add_story(story(950, "Bridge closed at Torkham", -0.1))
            await look(pilot)
            assert "1 new, r shows them" in text(pilot)
            assert "1 new" not in lines(pilot)[0]
            assert "Torkham" not in text(pilot)
            await press(pilot, "r")
            assert "Torkham" in text(pilot)
            assert app_of(pilot).room.wire.selected == chosen

    run(test)


def test_with_the_wire_out_of_sight_the_line_at_the_top_says_how_many_wait() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, size=(80, 24)) as pilot:
            await press(pilot, "2", "j")
            archive.add_story(story(950, "Bridge closed at Torkham", -0.1))
            await look(pilot)
            assert "1 new" not in lines(pilot)[0]
            await press(pilot, "enter")
            assert "1 new" in lines(pilot)[0]
            archive.add_story(story(951, "Bridge open again at Torkham", -0.2))
            await look(pilot)
            assert "2 new" in lines(pilot)[0]
            await press(pilot, "q")
            assert "2 new" not in lines(pilot)[0]
            assert "2 new, r shows them" in text(pilot)

    run(test)


def test_a_fall_is_seen_at_once_by_whoever_has_touched_nothing() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            seqs = archive.add_evidence(
                sentence("lashkar-gah", "Lashkar Gah has fallen.", archive.stories[0].id)
            )
            archive.stand(standing("lashkar-gah", "captured", 0, seqs))
            await look(pilot)
            shown = lines(pilot)
            assert "*✕ Lashkar Gah" in shown[3]
            assert "12 captured" in shown[1]
            assert "6 changes since 06:00" in shown[0]
            assert "Evidence  Lashkar Gah" in text(pilot)

    run(test)


def test_a_fall_does_not_move_the_row_under_a_reader() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await press(pilot, "j")
            before = lines(pilot)[2:19]
            seqs = archive.add_evidence(
                sentence("lashkar-gah", "Lashkar Gah has fallen.", archive.stories[0].id)
            )
            archive.stand(standing("lashkar-gah", "captured", 0, seqs))
            await look(pilot)
            assert lines(pilot)[2:19] == before
            assert "rows have moved, r sorts" in text(pilot)
            assert "12 captured" in text(pilot)
            await press(pilot, "r")
            assert "*✕ Lashkar Gah" in lines(pilot)[3]
            assert app_of(pilot).room.board.listing.selected == "kandahar"

    run(test)


def test_a_small_screen_names_the_fall_though_the_rows_wait() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, (80, 24)) as pilot:
            await press(pilot, "j")
            seqs = archive.add_evidence(sentence("maymana", "Maymana has fallen.", archive.stories[0].id))
            archive.stand(standing("maymana", "captured", 0, seqs))
            await look(pilot)
            assert "Maymana → captured" in text(pilot)
            assert "r sorts" in row_with(pilot, "Maymana → captured")
            assert "reported 11 of 34" in row_with(pilot, "Maymana → captured")

    run(test)


def test_evidence_that_arrives_for_the_row_in_sight_is_shown() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            seqs = archive.add_evidence(
                sentence("herat", "The governor left Herat.", archive.stories[0].id, told=NOW)
            )
            archive.stand(standing("herat", "captured", 0.6, (*archive.board["herat"].evidence, *seqs)))
            await look(pilot)
            assert "The governor left Herat." in text(pilot)

    run(test)


def test_ages_and_clock_move_with_the_clock_alone() -> None:
    clock = Clicker()

    async def test() -> None:
        async with screen(thursday(), clock=clock) as pilot:
            assert "36m" in row_with(pilot, "Herat  ")
            clock.now = hours_ago(-1)
            app_of(pilot).main.tick()
            await settle(pilot)
            assert "19:42Z" in lines(pilot)[0]
            assert " 1h " in row_with(pilot, "✕ Herat  ")

    run(test)


def test_an_archive_that_cannot_be_read_is_said_and_the_screen_goes_on() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            archive.broken = "the archive's disk is gone [/oops]"
            await press(pilot, "j", "j")
            assert "disk is gone [/oops]" in text(pilot)
            with pytest.raises(ArchiveError):
                app_of(pilot).look()
            archive.broken = ""
            await press(pilot, "k")
            assert "Evidence  Kandahar" in text(pilot)

    run(test)


def test_the_pump_brings_news_by_itself_and_outlives_trouble() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, options=with_options(poll_seconds=0.02)) as pilot:
            archive.add_story(story(960, "Bridge closed at Torkham", -0.1))
            for _ in range(100):
                await pilot.pause(0.02)
                if "Torkham" in text(pilot):
                    break
            assert "Torkham" in text(pilot)

    run(test)
