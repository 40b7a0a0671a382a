"""The map and the timeline as a person uses them: keys pressed, words read."""

from __future__ import annotations

import pytest

from tests.tui.samples import standing, story, thursday
from tests.tui.screen import (
    app_of,
    lines,
    look,
    matches_golden,
    press,
    row_with,
    run,
    screen,
    settle,
    text,
    with_options,
)
from tui.panels.map import MapPanel
from tui.panels.timeline import TimelinePanel


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("panel", "key"), [("map", "5"), ("timeline", "6")])
def test_a_panel_over_the_whole_screen(panel: str, key: str, size: tuple[int, int]) -> None:
    async def test() -> None:
        async with screen(thursday(), size) as pilot:
            await press(pilot, key)
            matches_golden(f"{panel}-{size[0]}x{size[1]}", "\n".join(lines(pilot)[1:-1]))

    run(test)


def test_the_map_shares_the_selection_of_the_board_and_opens_its_evidence() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "5")
            assert "Map  Herat captured" in text(pilot)
            await press(pilot, "j", "j")
            assert "Map  Ghazni captured" in text(pilot)
            assert app_of(pilot).room.board.listing.index == 2
            await press(pilot, "enter")
            assert "Evidence  Ghazni" in text(pilot)
            await press(pilot, "q")
            assert "Map  Ghazni" in text(pilot)
            await press(pilot, "G", "q")
            assert app_of(pilot).room.board.listing.index == 33
            assert "Capitals" in text(pilot)

    run(test)


def test_zoom_pan_and_drawing_by_key() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "5", "plus", "plus")
            assert "zoom 2" in text(pilot)
            before = text(pilot)
            await press(pilot, "left")
            assert text(pilot) != before
            await press(pilot, "minus", "minus")
            assert "zoom" not in lines(pilot)[1]
            await press(pilot, "v")
            assert "▀" in text(pilot)
            await press(pilot, "v")
            assert "X Herat" in text(pilot)

    run(test)


@pytest.mark.parametrize("theme", ["dark", "light", "ansi"])
def test_a_fall_moves_the_map_and_the_timeline_on_a_large_screen(theme: str) -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive, (200, 60), options=with_options(theme=theme)) as pilot:
            assert "12 captured" not in text(pilot)
            archive.add_story(story(990, "Commandos leave Lashkar Gah", 0))
            archive.stand(standing("lashkar-gah", "captured", 0))
            await look(pilot)
            assert "12 captured" in text(pilot)
            row = app_of(pilot).room.board.row_of("lashkar-gah")
            assert row is not None
            view = app_of(pilot).room.timeline
            assert view.states(row, view.scale(60))[-1] == "captured"

    run(test)


def test_a_click_on_the_map_chooses_the_city() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "5")
            spots = app_of(pilot).room.map.spots()
            column, row = next(cell for cell, found in spots.items() if found[0].place.id == "fayzabad")
            gutter = pilot.app.screen.query_one(MapPanel).styles.gutter
            await pilot.click(MapPanel, offset=(column + gutter.left, row + gutter.top))
            await settle(pilot)
            assert "Map  Fayzabad captured" in text(pilot)

    run(test)


def test_the_timeline_moves_with_the_board_and_takes_a_finer_unit() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "6")
            assert "a cell is 2 hours" in text(pilot)
            assert "✕─" in row_with(pilot, "Fayzabad")
            await press(pilot, "plus")
            assert "a cell is an hour" in text(pilot)
            await press(pilot, "j")
            assert app_of(pilot).room.board.listing.index == 1
            await press(pilot, "minus", "minus", "s")
            assert "a cell is 3 hours" in text(pilot)

    run(test)


def test_without_unicode_both_are_drawn_in_letters() -> None:
    async def test() -> None:
        async with screen(thursday(), options=with_options(ascii_only=True)) as pilot:
            await press(pilot, "5")
            assert text(pilot).isascii()
            assert "X Herat" in text(pilot)
            await press(pilot, "6")
            assert text(pilot).isascii()
            assert "XXX" in row_with(pilot, "Fayzabad")

    run(test)


def test_without_colour_the_map_has_no_tinted_ground() -> None:
    async def test() -> None:
        async with screen(thursday(), options=with_options(theme="ansi")) as pilot:
            await press(pilot, "5")
            assert app_of(pilot).room.map.mode == "letters"
            assert "X Herat" in text(pilot)
            await press(pilot, "6")
            assert "XXX" in row_with(pilot, "Fayzabad")

    run(test)


def test_nothing_is_painted_again_when_nothing_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        async with screen(thursday(), (200, 60)) as pilot:
            panel = pilot.app.screen.query_one(MapPanel)
            asked: list[int] = []
            monkeypatch.setattr(panel, "refresh_line", asked.append)
            panel.repaint_if_changed()
            assert asked == []
            assert pilot.app.screen.query_one(TimelinePanel).display

    run(test)
