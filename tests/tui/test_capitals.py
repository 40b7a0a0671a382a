"""The board in groups, with towns, and a row that glows once; the map with both, each label on ground of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from feeds.clock import system_clock
from feeds.desk import Desk
from feeds.evidence import unheard_of
from feeds.theatres import load_theatre, theatre_ids
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import THEATRE, hours_ago, standing, thursday
from tests.tui.screen import OPTIONS, Clicker, app_of, lines, look, press, row_with, run, screen, settle, text
from tui.app import WarwatchApp
from tui.cells import width
from tui.panels.board import BoardPanel
from tui.views.board import BoardRow, BoardView
from tui.views.labels import Spot, place_labels
from tui.views.map import MapView


def board_of(theatre_id: str) -> BoardView:
    theatre = load_theatre(theatre_id)
    view = BoardView(theatre, system_clock)
    view.show(
        [BoardRow(place, unheard_of(theatre.id, place.id, place.holder)) for place in theatre.places], None
    )
    return view


def test_towns_are_listed_when_asked_for() -> None:
    view = board_of("ukraine")
    capitals = view.listing.count
    assert view.next_places() == "towns"
    towns = view.listing.count
    assert {view.row(index).place.kind for index in range(towns)} == {"town"}
    assert view.next_places() == "both"
    assert view.listing.count == capitals + towns
    assert sum(view.counts().values()) == capitals + towns
    assert view.next_places() == "capitals"
    assert view.listing.count == capitals


def test_a_theatre_without_towns_says_so() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await press(pilot, "P")
            assert "no towns" in text(pilot)
            assert app_of(pilot).room.board.listing.count == 34

    run(test)


def test_groups_stand_under_headings_and_the_cursor_passes_over_them() -> None:
    async def test() -> None:
        async with screen(thursday(), (120, 60)) as pilot:
            await press(pilot, "B")
            shown = [line[2:].strip() for line in lines(pilot)]
            heads = [
                line
                for line in shown
                if line.split()
                and line.split()[0] in ("captured", "claimed", "contested", "threatened", "unknown")
                and line.rstrip("│ ▁▂▃▄▅▆▇█").split()[-1].isdigit()
            ]
            assert [head.split()[:2] for head in heads][:4] == [
                ["captured", "11"],
                ["claimed", "1"],
                ["contested", "1"],
                ["threatened", "1"],
            ]
            board = app_of(pilot).room.board
            await press(pilot, *("j" * 11))
            assert board.selected is not None
            assert board.selected.place.id == "qala-e-naw"
            panel = pilot.app.screen.query_one(BoardPanel)
            assert panel.cursor_span() == (13, 14)
            await press(pilot, "k")
            assert board.selected.standing.state == "captured"
            await press(pilot, "B")
            assert f"{board.selected.place.region} 1" in text(pilot)
            assert [board.row(at).place.region for at in range(34)] == sorted(
                place.region for place in THEATRE.capitals
            )
            await press(pilot, "B")
            assert board.group == ""

    run(test)  # fmt: skip


def test_a_row_that_changed_glows_once_and_keeps_its_mark_until_it_is_seen() -> None:
    archive = thursday()

    async def test() -> None:
        async with screen(archive) as pilot:
            await look(pilot)
            archive.stand(standing("kabul", "contested", 0, at=hours_ago(0)))
            app_of(pilot).look()
            await pilot.pause()
            view = app_of(pilot).room.board
            assert view.glowing == {"kabul"}
            panel = pilot.app.screen.query_one(BoardPanel)
            at = view.listing.shown.index("kabul")
            assert {style for _, style in panel.line_runs(at, 100)} == {"glow"}
            app_of(pilot).main._fade()
            await settle(pilot)
            assert "glow" not in {style for _, style in panel.line_runs(at, 100)}
            assert row_with(pilot, "Kabul  ")[1] == "*"
            await press(pilot, "slash", *"kabul", "enter", "enter", "q")
            assert row_with(pilot, "Kabul  ")[1] == " "

    run(test)


def test_what_changed_before_the_screen_opened_does_not_glow() -> None:
    async def test() -> None:
        async with screen(thursday()) as pilot:
            await look(pilot)
            assert app_of(pilot).room.board.glowing == frozenset()

    run(test)


def test_order_and_groups_are_as_they_were_left(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "desk.json")

    async def test() -> None:
        for wanted in ("change", "strength"):
            app = WarwatchApp(thursday(), THEATRE, Clicker(), OPTIONS, desk)
            async with app.run_test(size=(120, 40)) as pilot:
                await settle(pilot)
                board = app.room.board
                assert board.order == wanted
                if wanted == "change":
                    await press(pilot, "s", "s", "s", "B")
        assert board.group == "state"

    run(test)


@pytest.mark.parametrize("theatre_id", theatre_ids())
def test_no_label_of_the_map_covers_another(theatre_id: str) -> None:
    board = board_of(theatre_id)
    if board.next_places():
        board.next_places()
    view = MapView(board.theatre, board)
    for size in ((78, 20), (38, 10), (118, 36)):
        view.fit(*size)
        taken: set[tuple[int, int]] = set()
        named = 0
        for row, labels in view._overlays(view.spots(), ascii_only=False).items():
            for label in labels:
                if not label.text.strip():
                    continue
                cells = {(label.column + at, row) for at in range(width(label.text))}
                assert not cells & taken, (theatre_id, size, label)
                taken |= cells
                named += width(label.text) > 1
        assert all(0 <= column < size[0] and 0 <= row < size[1] for column, row in taken)
        assert named >= 3


def test_two_cities_on_one_cell_share_a_label() -> None:
    spot = Spot((5, 1), "x", ("Kabul, Charikar", "Kabul +1", "Kabul"), "captured", "strong")

    def written(columns: int) -> list[str]:
        return [label.text for label in place_labels([spot], columns, 2) if len(label.text.strip()) > 1]

    assert written(40) == ["Kabul, Charikar"]
    assert written(14) == ["Kabul +1"]
    assert written(6) == ["Kabul"]
    assert written(4) == []


def test_a_crowded_cell_names_the_graver_city_and_how_many_more() -> None:
    archive: FakeArchive = thursday()
    view = BoardView(THEATRE, Clicker())
    rows = [
        BoardRow(place, archive.board.get(place.id) or unheard_of(THEATRE.id, place.id, place.holder))
        for place in THEATRE.places
    ]
    kabul = next(row for row in rows if row.place.id == "kabul")
    rows = [
        replace(row, place=replace(row.place, lat=kabul.place.lat, lon=kabul.place.lon))
        if row.place.id in ("charikar", "herat")
        else row
        for row in rows
    ]
    view.show(rows, None)
    country = MapView(THEATRE, view)
    country.fit(100, 35)
    crowd = next(found for found in country.spots().values() if len(found) == 3)
    assert crowd[0].place.id == "herat"
    assert country._names(crowd) == ("Herat +2", "Herat")
