"""The screen on the archive itself, where the other tests use one in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from feeds.archive import Archive, Batch, Beat, open_archive
from feeds.story import Fold, Story
from tests.tui.samples import NOW, THEATRE, sentence, standing, story, thursday
from tests.tui.screen import OPTIONS, Clicker, app_of, lines, press, row_with, run, settle, text
from tui.app import WarwatchApp
from tui.reading import ArchiveReader


def own_fold(each: Story) -> Fold:
    return Fold(each.id, each.id, None, each.id)


def filled(path: Path) -> Archive:
    archive, memory = open_archive(path), thursday()
    batch = Batch(
        stories=list(memory.stories),
        folds=[memory.folds.get(each.id) or own_fold(each) for each in memory.stories],
        evidence=list(memory.log),
        counts=list(memory.said),
        standings=list(memory.board.values()),
        changes=list(memory.steps),
        feeds=list(memory.feeds.values()),
    )
    archive.write(batch)
    archive.take_lease("collector", "poll@desk", 60, NOW)
    archive.beat(Beat("poll@desk", NOW - timedelta(seconds=12), 1, 2, 1, ""))
    return archive


def test_the_archive_is_what_the_screen_asks_for(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a.db") as archive:
        reader: ArchiveReader = archive
        assert reader.lead_ids() == []


def test_a_fall_written_by_another_process_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.db"

    async def test() -> None:
        with filled(path) as archive, open_archive(path) as collector:
            app = WarwatchApp(archive, THEATRE, Clicker(), OPTIONS)
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await settle(pilot)
                assert "11 captured" in lines(pilot)[1]
                assert "Evidence  Herat" in text(pilot)
                fresh = story(990, "Commandos leave Lashkar Gah", 0)
                words = sentence("lashkar-gah", "Lashkar Gah has fallen.", fresh.id, seq=1)
                collector.write(
                    Batch(
                        stories=[fresh],
                        folds=[own_fold(fresh)],
                        evidence=[replace(words, seq=0)],
                        standings=[standing("lashkar-gah", "captured", 0)],
                    )
                )
                app_of(pilot).look()
                await settle(pilot)
                assert "12 captured" in lines(pilot)[1]
                assert "Commandos leave" in text(pilot)
                await press(pilot, "2", "backslash", *"comman", "enter")
                assert "only: comman" in text(pilot)
                assert app_of(pilot).room.wire.listing.count == 1
                await press(pilot, "enter")
                assert archive.actions(story=fresh.id)[0].kind == "read"

    run(test)


def test_back_in_time_an_event_has_the_outlets_that_told_it_by_then(tmp_path: Path) -> None:
    async def test() -> None:
        with filled(tmp_path / "a.db") as archive:
            app = WarwatchApp(archive, THEATRE, Clicker(), OPTIONS)
            async with app.run_test(size=(120, 40), notifications=True) as pilot:
                await settle(pilot)
                assert "2/1" in row_with(pilot, "Governor of Ghazni")
                await press(pilot, "t", *"2021-08-12 17:00", "enter")
                assert "as of" in lines(pilot)[0]
                assert "2/1" not in row_with(pilot, "Governor of Ghazni")
                assert "Officials flee Herat" not in text(pilot)
                await press(pilot, "T")
                assert "2/1" in row_with(pilot, "Governor of Ghazni")

    run(test)
