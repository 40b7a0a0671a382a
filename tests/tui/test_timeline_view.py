"""The timeline as a view: each cell tells how a capital stood when it ended."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.evidence import STATES, Change
from tests.tui.samples import NOW, hours_ago, standing, thursday
from tests.tui.test_map_view import board_of
from tui.views.timeline import UNITS, TermLine, TimelinePage, TimelineView, unit_word


def change(place: str, before: str, after: str, hours: float, seq: int = 0) -> Change:
    now = standing(place, after, hours)
    return Change(
        theatre=now.theatre, place=place, before=before, after=after, holder_before="government",
        holder_after=now.holder, at=hours_ago(hours), rule="D2", scores=(), evidence=(), standing=now, seq=seq,
    )  # fmt: skip


def timeline(*changes: Change, stories: dict[datetime, int] | None = None) -> TimelineView:
    view = TimelineView(board_of())
    view.show(TimelinePage(NOW, changes, stories or {}))
    return view


def states_of(view: TimelineView, place: str, cells: int = 80) -> list[str]:
    row = view.board.row_of(place)
    assert row is not None
    return view.states(row, view.scale(cells))


def test_a_fall_is_a_step_in_the_band() -> None:
    view = timeline(
        change("herat", "held", "contested", 30.0, 1), change("herat", "contested", "captured", 6.0, 2)
    )
    assert view.scale(80).unit == timedelta(hours=1)
    states = states_of(view, "herat")
    assert states == ["held"] + ["contested"] * 24 + ["captured"] * 7


def test_a_capital_of_which_nothing_is_told_stands_as_on_the_board() -> None:
    assert set(states_of(timeline(change("herat", "held", "captured", 3.0)), "kandahar")) == {"contested"}


def test_the_finest_unit_that_shows_all_of_the_past_is_taken() -> None:
    view = timeline(change("herat", "held", "captured", 24.0 * 10))
    assert view.scale(100).unit == timedelta(hours=3)
    assert view.scale(20).unit == timedelta(days=1)
    assert view.closer(1, 100)
    assert view.scale(100).unit == timedelta(hours=2)
    assert view.closer(-9, 100)
    assert unit_word(view.scale(100).unit) == "week"
    assert not view.closer(-1, 100)


@given(st.lists(st.tuples(st.floats(0, 500), st.sampled_from(STATES)), max_size=12), st.integers(1, 150))
def test_a_band_fills_its_cells_and_ends_as_the_last_change_left_it(
    steps: list[tuple[float, str]], cells: int
) -> None:
    steps.sort(reverse=True)
    before = ["held", *(after for _, after in steps)]
    view = timeline(
        *(change("herat", before[at], after, hours, at) for at, (hours, after) in enumerate(steps))
    )
    scale = view.scale(cells)
    row = view.board.row_of("herat")
    assert row is not None
    for ascii_only in (False, True):
        band = view.band(row, scale, ascii_only=ascii_only)
        assert sum(len(text) for text, _ in band) == scale.cells <= cells
        assert band[-1][1] == (steps[-1][1] if steps else row.standing.state)
    assert len(view.axis(scale)) == scale.cells
    assert scale.index(NOW) == scale.cells - 1
    assert scale.unit in UNITS


def test_stories_are_bars_and_the_highest_is_named() -> None:
    hour = NOW.replace(minute=0)
    view = timeline(change("herat", "held", "captured", 3.0), stories={hour: 8, hour - timedelta(hours=2): 1})
    bars, most = view.bars(view.scale(80), ascii_only=False)
    assert (bars[-1], bars[-2], bars[-3], most) == ("█", " ", "▁", 8)
    assert view.bars(view.scale(80), ascii_only=True)[0].isascii()
    assert timeline().bars(timeline().scale(10), ascii_only=False)[1] == 0


def test_days_are_named_where_they_begin() -> None:
    view = timeline(change("herat", "held", "captured", 40.0))
    axis = view.axis(view.scale(80))
    scale = view.scale(80)
    assert scale.begin(axis.index("12 Aug")) == NOW.replace(hour=0, minute=0)


@pytest.mark.parametrize("unit", range(len(UNITS)))
@pytest.mark.parametrize("cells", [30, 62, 102])
def test_labels_of_the_axis_stand_apart(unit: int, cells: int) -> None:
    view = timeline(change("herat", "held", "captured", 24.0 * 40))
    view.chosen = unit
    axis = view.axis(view.scale(cells))
    words = re.findall(r"\d+ \w{3}|12h", axis)
    assert words
    gaps = re.findall(r"(?<=\S)( +)(?=\d)", axis.strip())
    assert all(len(gap) >= 2 for gap in gaps), axis
    days = [match.start() for match in re.finditer(r"\d+ [A-Z]\w\w", axis)]
    steps = {after - before for before, after in pairwise(days)}
    assert len(steps) <= 1, axis


def test_a_watch_term_has_a_line_of_its_own() -> None:
    hour = NOW.replace(minute=0)
    term = TermLine("airport", "high", {hour: 4, hour - timedelta(hours=1): 1})
    view = TimelineView(board_of())
    view.show(TimelinePage(NOW, (change("herat", "held", "captured", 5.0),), {}, (term,)))
    bars, most = view.bars(view.scale(40), ascii_only=False, of=term.hits)
    assert (bars[-2:], most) == ("▂█", 4)


def test_what_was_read_twice_moves_nothing() -> None:
    view = TimelineView(board_of())
    page = TimelinePage(NOW, tuple(thursday().steps))
    assert view.show(page)
    assert not view.show(TimelinePage(NOW, tuple(thursday().steps)))
