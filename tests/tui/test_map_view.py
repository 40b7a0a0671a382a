"""The map as a view: every city in sight has its glyph, names cover nothing, the selection is the board's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import TheatreError
from feeds.evidence import Standing, unheard_of
from feeds.theatres import load_theatre
from feeds.theatres.model import Theatre
from feeds.theatres.shapes import Shapes
from tests.tui.samples import NOW, THEATRE, thursday
from tui.states import LOOKS
from tui.views.board import BoardRow, BoardView
from tui.views.labels import Spot, place_labels
from tui.views.map import MODES, MapView, legend

GLYPHS = {look.glyph for look in LOOKS}


def board_of(theatre: Theatre = THEATRE, standings: list[Standing] | None = None) -> BoardView:
    board = BoardView(theatre, lambda: NOW)
    by_place = {each.place: each for each in thursday().board.values()} if standings is None else {}
    rows = [
        BoardRow(place, by_place.get(place.id) or unheard_of(theatre.id, place.id, place.holder))
        for place in theatre.capitals
    ]
    board.show(rows, None)
    return board


def map_of(columns: int = 100, rows: int = 35, theatre: Theatre = THEATRE) -> MapView:
    view = MapView(theatre, board_of(theatre, None if theatre is THEATRE else []))
    view.fit(columns, rows)
    return view


def text_of(view: MapView, *, ascii_only: bool = False) -> list[str]:
    return ["".join(piece.text for piece in line) for line in view.lines(ascii_only=ascii_only)]


def test_all_capitals_stand_on_a_map_of_usual_size() -> None:
    view = map_of()
    assert sum(sum(sign in GLYPHS for sign in line) for line in text_of(view)) == 34
    assert "Herat" in "\n".join(text_of(view))


def test_a_province_is_tinted_by_the_standing_of_its_capital() -> None:
    view = map_of()
    herat = next(piece for line in view.lines() for piece in line if piece.text == "Herat" and piece.ground)
    assert herat.ground == "captured"
    grounds = {piece.ground for line in view.lines() for piece in line}
    assert grounds == {"", "captured", "claimed", "contested", "threatened", "unknown"}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 120), st.integers(1, 45), st.sampled_from(MODES), st.integers(0, 6), st.booleans())
def test_every_line_is_as_wide_as_the_map_at_any_size(
    columns: int, rows: int, mode: str, zoom: int, ascii_only: bool
) -> None:
    view = map_of(columns, rows)
    view.mode = mode
    view.closer(zoom)
    view.fit(columns, rows)
    lines = text_of(view, ascii_only=ascii_only)
    assert [len(line) for line in lines] == [columns] * rows
    assert not ascii_only or all(line.isascii() for line in lines)
    assert view.at(columns - 1, rows - 1) is None or view.at(columns - 1, rows - 1) in THEATRE.by_id


def test_letters_tell_the_state_without_colour() -> None:
    view = map_of()
    view.mode = "letters"
    lines = "\n".join(text_of(view, ascii_only=True))
    assert "X Herat" in lines
    assert "F Kandahar" in lines
    assert all(piece.ground == "" for line in view.lines() for piece in line)


def test_zoom_keeps_the_chosen_city_in_sight_and_the_map_follows_the_board() -> None:
    view = map_of(60, 20)
    assert not view.pan(1, 0)
    assert not view.follow()
    assert view.closer(4)
    view.fit(60, 20)
    assert "Herat" in "\n".join(text_of(view))
    assert view.board.listing.select("fayzabad")
    assert view.follow()
    view.fit(60, 20)
    assert "Fayzabad" in "\n".join(text_of(view))
    assert view.pan(-1, 0)
    view.fit(60, 20)
    assert view.closer(-9)
    assert view.zoom == 0
    assert not view.closer(-1)


def test_pointing_at_a_city_or_its_province_names_its_capital() -> None:
    view = map_of()
    (column, row), _ = next(
        (cell, found) for cell, found in view.spots().items() if found[0].place.id == "farah"
    )
    assert view.at(column, row) == "farah"
    assert view.at(column - 4, row) == "farah"
    assert view.at(0, 0) is None


def test_a_map_that_cannot_be_read_says_so_and_still_shows_the_cities() -> None:
    def broken(theatre: Theatre) -> Shapes:
        raise TheatreError("AF.json.gz: not the file that was built")

    view = MapView(THEATRE, board_of(), broken)
    view.fit(80, 20)
    assert "Herat" in "\n".join(text_of(view))
    assert "not the file" in view.trouble


def test_newer_provinces_are_shared_out_by_the_nearest_capital() -> None:
    theatre = load_theatre("iraq-2014")
    view = map_of(120, 45, theatre)
    (column, row), _ = next(
        (cell, found) for cell, found in view.spots().items() if found[0].place.id == "halabja"
    )
    assert view.at(column, row) == "halabja"
    assert view.shapes.approximate


def test_the_world_and_countries_side_by_side_are_drawn() -> None:
    for name in ("world", "sahel", "lebanon-israel-palestine"):
        view = map_of(100, 30, load_theatre(name))
        assert len({piece.ground for line in view.lines() for piece in line}) > 1


def test_the_legend_names_what_is_on_the_map_gravest_first() -> None:
    said = legend({"held": 3, "captured": 1}, ascii_only=False)
    assert [word for word, _ in said] == ["✕ captured", "∙ held"]
    assert legend({"captured": 1}, ascii_only=True) == [("X captured", "captured")]


spots = st.lists(
    st.builds(
        Spot,
        st.tuples(st.integers(0, 29), st.integers(0, 9)),
        st.just("o"),
        st.text("abcdef", min_size=1, max_size=12),
        st.just("held"),
        st.just("muted"),
    ),
    max_size=25,
    unique_by=lambda spot: spot.cell,
)


@given(spots)
def test_names_cover_no_city_and_no_other_name(wanted: list[Spot]) -> None:
    taken: set[tuple[int, int]] = set()
    labels = place_labels(wanted, 30, 10)
    for label in labels:
        cells = {(label.column + at, label.row) for at in range(len(label.text))}
        assert not cells & taken
        assert all(0 <= column < 30 and 0 <= row < 10 for column, row in cells)
        taken |= cells
    assert {(label.column, label.row) for label in labels if label.text == "o"} == {
        spot.cell for spot in wanted
    }
