"""A list of rows under a reader: nothing moves by itself, nothing is lost, nothing shows twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tui.views.listing import Listing
from tui.views.order import NewestFirst

KEYS = st.lists(st.integers(0, 60), max_size=25)


class AnyDesk(RuleBasedStateMachine):
    """Stories arrive, lists are read anew, and a person moves about in them."""

    @initialize(first=KEYS)
    def start(self, first: list[int]) -> None:
        self.listing: Listing[int] = Listing()
        self.latest: list[int] = []
        self.listing.offer(first)
        self.latest = list(dict.fromkeys(first))

    @rule(newest=KEYS)
    def stories_arrive(self, newest: list[int]) -> None:
        before = self._snapshot()
        self.listing.prepend(newest)
        self.latest = [each for each in dict.fromkeys(newest) if each not in self.latest] + self.latest
        self._nothing_moved(before)

    @rule(latest=KEYS)
    def the_list_is_read_anew(self, latest: list[int]) -> None:
        before = self._snapshot()
        self.listing.offer(latest)
        self.latest = list(dict.fromkeys(latest))
        self._nothing_moved(before)

    @rule(by=st.integers(-70, 70))
    def the_reader_moves(self, by: int) -> None:
        shown = list(self.listing.shown)
        self.listing.move(by)
        assert list(self.listing.shown) == shown

    @rule(key=st.integers(0, 60))
    def the_reader_jumps(self, key: int) -> None:
        if self.listing.select(key):
            assert self.listing.selected == key

    @rule()
    def the_reader_asks_for_what_is_new(self) -> None:
        selected = self.listing.selected
        self.listing.refresh()
        assert list(self.listing.shown) == self.latest
        if selected in self.latest:
            assert self.listing.selected == selected

    @rule()
    def the_reader_leaves(self) -> None:
        self.listing.leave()

    @invariant()
    def nothing_is_shown_twice_or_lost(self) -> None:
        shown = list(self.listing.shown)
        assert len(shown) == len(set(shown))
        assert self.listing.waiting == len(set(self.latest) - set(shown))
        assert 0 <= self.listing.index < max(len(shown), 1)

    def _snapshot(self) -> tuple[bool, list[int], int | None]:
        return self.listing.following, list(self.listing.shown), self.listing.selected

    def _nothing_moved(self, before: tuple[bool, list[int], int | None]) -> None:
        following, shown, selected = before
        if not following and shown:
            assert list(self.listing.shown) == shown
            assert self.listing.selected == selected
        else:
            assert list(self.listing.shown) == self.latest


class WireDesk(RuleBasedStateMachine):
    """The same with row numbers, newest first, of which a list keeps only so many."""

    @initialize(first=KEYS)
    def start(self, first: list[int]) -> None:
        self.listing: Listing[int] = Listing(NewestFirst(), 30)
        self.listing.offer(first)
        self.latest = sorted(set(first), reverse=True)

    @rule(newest=KEYS)
    def stories_arrive(self, newest: list[int]) -> None:
        before = (self.listing.following, list(self.listing.shown), self.listing.selected)
        self.listing.prepend(newest)
        self.latest = sorted({*newest, *self.latest}, reverse=True)[:30]
        following, shown, selected = before
        if following or not shown:
            assert list(self.listing.shown) == self.latest
        else:
            assert (list(self.listing.shown), self.listing.selected) == (shown, selected)

    @rule(by=st.integers(-40, 40))
    def the_reader_moves(self, by: int) -> None:
        self.listing.move(by)

    @rule()
    def the_reader_asks_for_what_is_new(self) -> None:
        selected = self.listing.selected
        self.listing.refresh()
        assert list(self.listing.shown) == self.latest
        assert self.listing.waiting == 0
        if selected in self.latest:
            assert self.listing.selected == selected

    @invariant()
    def every_row_is_found_where_it_stands(self) -> None:
        shown = self.listing.shown
        assert [shown.index(key) for key in shown] == list(range(len(shown)))
        assert self.listing.waiting <= 30


TestWireDesk = WireDesk.TestCase
TestWireDesk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestAnyDesk = AnyDesk.TestCase
TestAnyDesk.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)


def test_an_untouched_list_follows_what_arrives() -> None:
    listing: Listing[str] = Listing()
    listing.offer(["old"])
    listing.prepend(["new"])
    assert list(listing.shown) == ["new", "old"]
    assert listing.selected == "new"


def test_a_touched_list_holds_still_and_counts_what_waits() -> None:
    listing: Listing[str] = Listing()
    listing.offer(["a", "b", "c"])
    listing.move(1)
    listing.prepend(["x", "y"])
    assert (listing.selected, listing.index, listing.waiting) == ("b", 1, 2)
    listing.refresh()
    assert (list(listing.shown), listing.selected, listing.waiting) == (["x", "y", "a", "b", "c"], "b", 0)


def test_a_row_that_vanished_hands_the_cursor_to_its_neighbour() -> None:
    listing: Listing[str] = Listing()
    listing.offer(["a", "b", "c"])
    listing.move(1)
    listing.offer(["a", "c"])
    assert listing.selected == "b"
    listing.refresh()
    assert listing.selected == "c"


def test_leaving_the_top_lets_a_list_follow_again() -> None:
    listing: Listing[str] = Listing()
    listing.offer(["a", "b"])
    listing.touch()
    listing.leave()
    listing.prepend(["n"])
    assert list(listing.shown) == ["n", "a", "b"]
    listing.move(1)
    listing.leave()
    listing.prepend(["m"])
    assert listing.waiting == 1


@given(KEYS, KEYS)
def test_a_filter_taken_off_gives_every_row_back(all_keys: list[int], some: list[int]) -> None:
    listing: Listing[int] = Listing()
    listing.replace(some)
    listing.replace(all_keys)
    assert list(listing.shown) == list(dict.fromkeys(all_keys))


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_row_numbers_stand_newest_first_however_they_come(some: set[int], more: set[int]) -> None:
    order = NewestFirst.of(some)
    assert list(order) == order[:] == sorted(some, reverse=True)
    assert all((number in order) == (number in some) for number in range(61))
    later = order.behind(more - some)
    assert list(later) == sorted(some | more, reverse=True)
    assert later.lacking(order) == len(more - some)
    assert list(later.without(frozenset(some))) == sorted(more - some, reverse=True)
    assert list(later.first(3)) == sorted(some | more, reverse=True)[:3]
    assert list(order) == sorted(some, reverse=True)
