"""The wire: reads what is in sight, keeps what waits, finds and filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from feeds.watched import WatchTerm
from tests.tui.fake_archive import FakeArchive
from tests.tui.samples import story
from tui.views.filtering import Filter, parse_filter
from tui.views.order import NewestFirst
from tui.views.watchmarks import WatchMark, mark_of
from tui.views.wire import WireView


def archive_of(count: int) -> FakeArchive:
    archive = FakeArchive()
    for number in range(1, count + 1):
        archive.add_story(story(number, f"Story {number}", hours=count - number))
    return archive


def test_of_many_stories_only_those_in_sight_are_read() -> None:
    archive = archive_of(2000)
    view = WireView(archive.rows)
    view.take_all(archive.lead_ids())
    for index in range(40):
        assert view.row(index) is not None
    assert archive.rows_read <= 64


def test_new_stories_wait_while_somebody_reads() -> None:
    archive = archive_of(10)
    view = WireView(archive.rows)
    view.take_all(archive.lead_ids())
    view.listing.move(2)
    reading = view.selected
    archive.add_story(story(11, "Story 11", hours=-1))
    assert not view.take_new([11])
    assert view.selected == reading
    assert view.listing.waiting == 1
    view.listing.refresh()
    assert view.selected == reading
    assert view.listing.shown[0] == 11


def test_a_filter_holds_and_comes_off_without_losing_what_arrived() -> None:
    archive = archive_of(30)
    view = WireView(archive.rows)
    view.take_all(archive.lead_ids())
    view.set_filter(parse_filter("7"), archive.lead_ids(text="7"))
    shown = list(view.listing.shown)
    archive.add_story(story(31, "Story 31", hours=-1))
    assert not view.take_new([31])
    assert list(view.listing.shown) == shown
    view.set_filter(Filter(), ())
    assert list(view.listing.shown) == archive.lead_ids()


def test_a_filter_turned_round_shows_the_others() -> None:
    archive = archive_of(10)
    view = WireView(archive.rows)
    view.take_all(archive.lead_ids())
    view.set_filter(parse_filter("!1"), archive.lead_ids(text="1"))
    assert list(view.listing.shown) == [9, 8, 7, 6, 5, 4, 3, 2]


def test_search_steps_through_matches_and_round_the_end() -> None:
    archive = archive_of(10)
    view = WireView(archive.rows)
    view.take_all(archive.lead_ids())
    view.found = NewestFirst.of([9, 3])
    assert view.find(1, here=True)
    assert view.listing.selected == 9
    assert view.find(1)
    assert view.listing.selected == 3
    assert view.find(1)
    assert view.listing.selected == 9
    assert view.find(-1)
    assert view.listing.selected == 3
    view.found = NewestFirst()
    assert not view.find(1)


def test_a_copy_that_arrives_changes_the_line_in_place() -> None:
    archive = archive_of(3)
    view = WireView(archive.rows)
    view.take_all(archive.lead_ids())
    assert view.row(0) is not None
    assert not view.reread(0, 3)
    archive.told[archive.stories[2].id] = (4, 2)
    assert view.reread(0, 3)
    row = view.row(0)
    assert row is not None
    assert (row.outlets, row.origins) == (4, 2)


def test_a_story_that_the_archive_lost_is_none() -> None:
    view = WireView(archive_of(1).rows)
    view.take_all([99, 1])
    assert view.row(0) is None


def test_watch_marks_are_asked_for_once_a_block_and_again_with_the_rows() -> None:
    archive = archive_of(200)
    asked: list[int] = []
    known: dict[str, WatchMark] = {}

    def watched(stories: Sequence[str]) -> Mapping[str, WatchMark]:
        asked.append(len(stories))
        return known

    view = WireView(archive.rows, watched)
    view.take_all(archive.lead_ids())
    for index in range(128):
        view.row(index)
    assert asked == [64, 64]
    first = view.row(0)
    assert first is not None
    assert view.watch_mark(first.row) is None
    assert not view.reread(0, 40)
    known[first.id] = WatchMark("K", "captured")
    assert view.reread(0, 40)
    assert view.watch_mark(first.row) == WatchMark("K", "captured")


def test_the_mark_is_of_the_term_that_matters_most_in_its_colour_or_by_its_severity() -> None:
    kabul, herat = WatchTerm('"Kabul airport"', "high"), WatchTerm("herat", "medium", "green")
    assert mark_of([herat, kabul]) == WatchMark("K", "captured")
    assert mark_of([herat]) == WatchMark("H", "good")
    assert mark_of([herat, WatchTerm("ghazni")]) == WatchMark("H", "good")
    assert mark_of([WatchTerm("喀布尔", "low")]) == WatchMark("#", "muted")


@given(st.sets(st.integers(1, 12)), st.sets(st.integers(1, 14)), st.integers(0, 11), st.sampled_from([1, -1]))
def test_the_next_match_is_the_next_row_that_matches_whichever_are_more(
    hidden: set[int], found: set[int], at: int, step: int
) -> None:
    view = WireView(archive_of(12).rows)
    view.take_all([row for row in range(12, 0, -1) if row not in hidden])
    view.found = NewestFirst.of(found)
    view.listing.go(at)
    shown, start = list(view.listing.shown), view.listing.index
    ring = [shown[(start + step * distance) % len(shown)] for distance in range(1, len(shown) + 1)]
    wanted = next((row for row in ring if row in found), None)
    assert view.find(step) == (wanted is not None)
    if wanted is not None:
        assert view.listing.selected == wanted
