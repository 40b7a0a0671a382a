"""The shapes of the map: each capital has its province, and a file that was not built is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from feeds.errors import TheatreError
from feeds.theatres import load_theatre, shapes, theatre_ids
from feeds.theatres.build.polygons import shape_files
from feeds.theatres.build.topology import read_topology, simplified
from feeds.theatres.gazetteer import Capital
from feeds.theatres.shapes import Shapes, shapes_of

WITHOUT_SHAPE = {"world"}
"""Island states are too small for the map of the world."""


def division_at(shape: Shapes, lon: float, lat: float) -> str:
    """Name of the division at a point, by counting crossings; empty outside."""
    inside: set[int] = set()
    for arc in shape.arcs:
        for (x1, y1), (x2, y2) in zip(arc.points, arc.points[1:], strict=False):
            if (y1 > lat) != (y2 > lat) and x1 + (lat - y1) * (x2 - x1) / (y2 - y1) > lon:
                inside ^= {side for side in (arc.left, arc.right) if side >= 0}
    return " ".join(shape.divisions[side].name for side in sorted(inside))


@pytest.mark.parametrize("name", theatre_ids())
def test_every_capital_has_its_shape(name: str) -> None:
    theatre = load_theatre(name)
    seated = [place.id for division in shapes_of(theatre).divisions for place in division.seats]
    assert len(seated) == len(set(seated))
    if name not in WITHOUT_SHAPE:
        assert set(seated) == {place.id for place in theatre.capitals}
    else:
        assert len(seated) > 160


def test_capitals_lie_in_the_province_that_they_are_the_seat_of() -> None:
    theatre = load_theatre("afghanistan-2021")
    shape = shapes_of(theatre)
    by_seat = {place.id: division.name for division in shape.divisions for place in division.seats}
    assert len(by_seat) == 34
    for place in theatre.capitals:
        assert division_at(shape, place.lon, place.lat) == by_seat[place.id], place.id


def test_newer_divisions_share_an_older_shape_and_say_so() -> None:
    shape = shapes_of(load_theatre("iraq-2014"))
    shared = [division for division in shape.divisions if len(division.seats) > 1]
    assert [[place.id for place in each.seats] for each in shared] == [["sulaymaniyah", "halabja"]]
    assert shape.approximate
    assert not shapes_of(load_theatre("afghanistan-2021")).approximate


def test_a_country_takes_a_few_kilobytes() -> None:
    sizes = {path.name: path.stat().st_size for path in shapes.SHAPES.glob("*.json.gz")}
    assert sizes["AF.json.gz"] < 4_000
    assert sum(sizes.values()) < 550_000


def test_a_file_that_was_changed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "AF.json.gz").write_bytes(b"not it")
    monkeypatch.setattr(shapes, "SHAPES", tmp_path)
    shapes._read.cache_clear()
    with pytest.raises(TheatreError, match="make gazetteer"):
        shapes_of(load_theatre("afghanistan-2021"))
    shapes._read.cache_clear()


def test_a_line_keeps_what_is_further_off_than_the_tolerance() -> None:
    line = ((0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0))
    assert simplified(line, 0.1) == [(0.0, 0.0), (2.0, 0.0), (3.0, 1.0), (4.0, 0.0)]
    ring = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0))
    assert simplified(ring, 0.1) == list(ring)


SQUARES = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [0.0, 0.0]},
    "objects": {
        "xyz": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "A", "properties": {"name": "West"}, "arcs": [[0, 1]]},
                {"type": "Polygon", "id": "B", "properties": {"name": "East"}, "arcs": [[2, -1]]},
            ],
        }
    },
    "arcs": [
        [[100, 0], [0, 100]],
        [[100, 100], [-100, 0], [0, -100], [100, 0]],
        [[100, 100], [100, 0], [0, -100], [-100, 0]],
    ],
}
"""Two squares side by side; the border between them is one line."""


def _capital(name: str, lon: float) -> Capital:
    return Capital(
        0, "XY", "1", name, (), name, name, national=True, lat=5.0, lon=lon, population=1, spellings=(),
        alternates=(),
    )  # fmt: skip


def test_the_build_joins_shapes_with_capitals_and_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("xyz", "world"):
        (tmp_path / f"{name}.topo.json").write_text(json.dumps(SQUARES))
    west, east = read_topology(tmp_path / "xyz.topo.json").outlines
    assert west.arcs & east.arcs == {0}
    made = shape_files(tmp_path, {"XYZ": "XY"}, [_capital("westburg", 5.0), _capital("eastburg", 15.0)])
    again = shape_files(tmp_path, {"XYZ": "XY"}, [_capital("westburg", 5.0), _capital("eastburg", 15.0)])
    assert made == again
    assert [path.name for path in made] == ["XY.json.gz", "world.json.gz", "shapes.sha256"]
    alone = shape_files(tmp_path, {"XYZ": "XY"}, [_capital("westburg", 5.0)])
    assert alone != made
