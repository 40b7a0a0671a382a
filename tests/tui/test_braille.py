"""Areas painted as dots: every dot has one owner, borders stand where owners change, whatever the size."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.braille import BLANK, Line, Window, edges, fill, paint

SQUARES: list[Line] = [
    (1, 2, ((10.0, 0.0), (10.0, 10.0))),
    (1, 0, ((10.0, 10.0), (0.0, 10.0), (0.0, 0.0), (10.0, 0.0))),
    (2, 0, ((10.0, 10.0), (20.0, 10.0), (20.0, 0.0), (10.0, 0.0))),
]
"""Two squares side by side on the equator: 1 in the west, 2 in the east."""
BOX = ((0.0, 0.0), (20.0, 10.0))

sizes = st.tuples(st.integers(1, 60), st.integers(1, 30))
zooms = st.floats(0.3, 8.0)


def test_two_squares_are_filled_each_with_its_number() -> None:
    window = Window.around(BOX, 20, 5)
    raster = paint(window, SQUARES)
    assert raster.owners == ((1,) * 10 + (2,) * 10,) * 5
    assert {sign for line in raster.borders for sign in line[:9] + line[10:]} == {" "}
    assert {line[9] for line in raster.borders} == {chr(BLANK + 0xB8)}  # the right column of dots


@given(sizes, zooms)
def test_the_raster_has_the_size_of_the_window_and_knows_no_other_areas(
    size: tuple[int, int], zoom: float
) -> None:
    columns, rows = size
    raster = paint(Window.around(BOX, columns, rows, zoom), SQUARES)
    assert [len(line) for line in raster.owners] == [columns] * rows
    assert [len(line) for line in raster.borders] == [columns] * rows
    assert [len(line) for line in raster.halves] == [columns] * 2 * rows
    assert {owner for line in raster.owners for owner in line} <= {0, 1, 2}
    assert {owner for line in raster.halves for owner in line} <= {-1, 0, 1, 2}


@given(sizes, zooms, st.floats(0.01, 19.99), st.floats(0.01, 9.99))
def test_a_dot_belongs_to_the_area_around_its_middle(
    size: tuple[int, int], zoom: float, lon: float, lat: float
) -> None:
    window = Window.around(BOX, *size, zoom)
    grid = fill(window, SQUARES)
    x, y = (int(place // 1) for place in window.dot((lon, lat)))
    if not (0 <= y < len(grid) and 0 <= x < len(grid[0])):
        return
    middle, height = window.point(x + 0.5, y + 0.5)
    inside = 0 < middle < 20 and 0 < height < 10
    if min(abs(middle - edge) for edge in (0, 10, 20)) > 1e-6:
        assert grid[y][x] == ((1 if middle < 10 else 2) if inside else 0)


@given(sizes, zooms)
def test_borders_are_exactly_where_the_owner_changes(size: tuple[int, int], zoom: float) -> None:
    grid = fill(Window.around(BOX, *size, zoom), SQUARES)
    for y, row in enumerate(edges(grid)):
        for x, on in enumerate(row):
            beside = grid[y][min(x + 1, len(row) - 1)]
            below = grid[min(y + 1, len(grid) - 1)][x]
            assert on == (grid[y][x] != beside or grid[y][x] != below)


def test_a_shared_shape_is_given_out_by_the_dot() -> None:
    window = Window.around(BOX, 20, 5)
    raster = paint(window, SQUARES, {1: lambda lon, lat: 3 if lat > 5 else 4})
    assert {line[0] for line in raster.owners} == {3, 4}
    assert {line[19] for line in raster.owners} == {2}


@given(st.floats(-60, 60), st.floats(-170, 170), sizes, zooms)
def test_where_a_point_is_drawn_it_is_found_again(
    lat: float, lon: float, size: tuple[int, int], zoom: float
) -> None:
    window = Window.around(((lon - 5, lat - 3), (lon + 5, lat + 3)), *size, zoom)
    x, y = window.dot((lon, lat))
    again = window.point(x, y)
    assert abs(again[0] - lon) < 1e-6
    assert abs(again[1] - lat) < 1e-6
    assert window.cell((lon, lat)) is not None
    assert window.cell((lon + window.wide * window.columns * 4, lat)) is None
