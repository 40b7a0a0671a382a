"""The map and the timeline as numbers: every theatre can be drawn, names cover nothing, bars fill the time."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.report.labels import DOT, LETTER, SIZE, Spot, place_labels
from feeds.report.map import WIDTH, draw_map, rings
from feeds.theatres import load_theatre, theatre_ids
from tests.report.newsroom import NOW, THEATRE, Newsroom, Said


@pytest.mark.parametrize("id_", theatre_ids())
def test_every_theatre_can_be_drawn(id_: str) -> None:
    theatre = load_theatre(id_)
    picture = draw_map(theatre, {place.id: "held" for place in theatre.capitals})
    assert len(picture.cities) == len(theatre.capitals)
    assert picture.areas
    assert 0 < picture.height <= 900
    for city in picture.cities:
        assert 0 <= city.x <= WIDTH
        assert 0 <= city.y <= picture.height
    for area in picture.areas:
        assert re.fullmatch(r"(?:M[-\d. L]+Z)+", area.path), area.name


def test_a_province_has_the_tint_of_its_capital() -> None:
    picture = draw_map(THEATRE, {"herat": "captured", "kabul": "threatened"})
    tints = {area.name: area.state for area in picture.areas}
    assert (tints["Hirat"], tints["Kabul"]) == ("captured", "threatened")
    assert [city.name for city in picture.cities] == ["Kabul", "Herat"], "the gravest is drawn last, on top"


def test_lines_are_put_end_to_end_in_either_direction() -> None:
    square = [[(0.0, 0.0), (1.0, 0.0)], [(1.0, 1.0), (1.0, 0.0)], [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]]
    island = [[(5.0, 5.0), (6.0, 5.0), (6.0, 6.0), (5.0, 5.0)]]
    found = rings([*square, *island])
    assert [len(ring) for ring in found] == [5, 4]
    assert all(ring[0] == ring[-1] for ring in found)
    assert set(found[0]) == {(0, 0), (1, 0), (1, 1), (0, 1)}


spots = st.builds(
    Spot,
    st.floats(min_value=0, max_value=720),
    st.floats(min_value=0, max_value=500),
    st.text("abcdefg", min_size=3, max_size=14),
)


@given(st.lists(spots, max_size=25))
def test_a_name_covers_no_dot_and_no_other_name(given_spots: list[Spot]) -> None:
    boxes: list[tuple[float, float, float, float]] = []
    for spot, label in zip(given_spots, place_labels(given_spots, 720, 500), strict=True):
        if label is None:
            continue
        long = len(spot.name) * LETTER
        left = label.x - {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
        box = (left, label.y - SIZE * 0.85, left + long, label.y + SIZE * 0.25)
        assert not any(_overlap(box, other) for other in boxes)
        others = (each for each in given_spots if each is not spot)
        dots = ((each.x - DOT, each.y - DOT, each.x + DOT, each.y + DOT) for each in others)
        assert not any(_overlap(box, dot) for dot in dots)
        boxes.append(box)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    near = 0.11  # anchors are rounded to tenths
    return (
        one[0] + near < other[2]
        and other[0] + near < one[2]
        and one[1] + near < other[3]
        and other[1] + near < one[3]
    )


def test_bars_stand_in_the_order_of_the_first_change_and_fill_the_time() -> None:
    room = Newsroom()
    room.stand("herat", "contested", Said("Fighting in Herat"), hours=50)
    room.stand("ghazni", "captured", Said("Ghazni fell"), hours=30)
    room.stand("herat", "captured", Said("Herat fell"), hours=5)
    line = room.report(24).timeline
    assert [bar.name for bar in line.bars] == ["Herat", "Ghazni"]
    assert [piece.state for piece in line.bars[0].pieces] == ["unknown", "contested", "captured"]
    for bar in line.bars:
        for before, after in zip(bar.pieces, bar.pieces[1:], strict=False):
            assert before.x + before.width == pytest.approx(after.x, abs=0.2)
    assert line.since is not None
    assert line.ticks[0].label == "10 Aug"


def test_a_long_war_is_told_from_four_weeks_back() -> None:
    room = Newsroom()
    room.stand("herat", "captured", Said("Herat fell"), hours=24 * 90)
    line = room.report().timeline
    (piece,) = line.bars[0].pieces
    assert piece.state == "captured"
    assert len(line.ticks) <= 8
    assert NOW.strftime("%b") == "Aug"
