"""General news is grouped anew around each newcomer: by what stands out of the surroundings, and without moving more than it must."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from feeds.dedupe import Folder
from feeds.dedupe.kin import KEPT, SPARSE, Kin
from feeds.story import About
from tests.dedupe.groups import NOON, folded, story

CAMPAIGN = (
    "Sorensen campaign buys radio spots aimed at suburban commuters and night nurses",
    "Bus of Sorensen campaign breaks down outside bakery, mechanics wait for gearbox",
    "Sorensen campaign apologises for leaflet that mocked dairy farmers of the valley",
    "Sister of candidate joins Sorensen campaign, praises plan to save village library",
    "Stadium grill party of Sorensen campaign leaves hundreds of vegetarians hungry",
    "Judge orders Sorensen campaign to list every donation from brewers and casinos",
    "Sorensen campaign hires former goalkeeper as spokesman despite gambling debts",
    "Typo on hoarding embarrasses Sorensen campaign: governor spelled with three vowels",
)
"""Eight events of one campaign: they share its name, and nothing else."""
QUARRELS = (
    "Sorensen campaign drops song after guitarist threatens lawsuit over royalties",
    "Volunteers walk out of Sorensen campaign over unpaid pizza bills in Lakeside",
)
"""Two more."""
LAKESIDE = (
    "Volunteers walk out over unpaid pizza bills in Lakeside",
    "Unpaid pizza bills in Lakeside: volunteers walk out",
    "Lakeside volunteers quit over pizza bills",
)
"""The second of the quarrels, by others."""
MERGER = (
    "Halcyon Mills to merge with Brightwater Paper",
    "Brightwater Paper and Halcyon Mills agree merger",
    "Halcyon Mills, Brightwater Paper in merger",
    "Paper makers Brightwater and Halcyon Mills to merge",
)


def threads_of(folder: Folder, titles: Iterable[str]) -> list[str]:
    """The thread of each headline when all have come, a minute apart."""
    told = [story(title, n=n, at=NOON + timedelta(minutes=n)) for n, title in enumerate(titles)]
    return [fold.thread for fold in folded(folder, ((one, About()) for one in told))]


def test_what_everything_around_them_shares_does_not_make_two_stories_one_event() -> None:
    alone = threads_of(Folder(), QUARRELS)
    assert alone[0] == alone[1]
    crowded = threads_of(Folder(), (*CAMPAIGN, *QUARRELS))
    assert crowded[-1] != crowded[-2]


def test_what_stands_out_of_the_surroundings_does() -> None:
    goat = (
        "Goat bites Sorensen during campaign stop at county fair",
        "Sorensen campaign stop ends early as goat bites candidate",
    )
    found = threads_of(Folder(), (*CAMPAIGN, *goat))
    assert found[-1] == found[-2]


def test_a_story_leaves_the_thread_that_it_was_put_in_for_want_of_a_better_one() -> None:
    folder = Folder()
    before = threads_of(folder, (*QUARRELS, *LAKESIDE[:2]))
    assert len(set(before)) == 1
    folder.moved()
    third = folder.fold(story(LAKESIDE[2], n=len(before), at=NOON + timedelta(minutes=9)), About())
    moved = {fold.story: fold.thread for fold in folder.moved()}
    assert third.thread == f"{1:016x}"
    assert moved == {f"{n:016x}": third.thread for n in (1, 2, 3)}


def test_a_large_thread_takes_in_what_comes_and_stays_as_it_is() -> None:
    folder = Folder()
    titles = [f"{title}, {word}" for word in ("board says", "shares jump", "unions wary", "deal hailed", "jobs at risk")
              for title in MERGER]  # fmt: skip
    threads = threads_of(folder, titles)
    assert len(set(threads)) == 1
    folder.moved()
    late = folder.fold(story("Merger of Halcyon Mills and Brightwater Paper cleared", n=99), About())
    assert late.thread == threads[0]
    assert folder.moved() == []


def test_only_the_likest_are_remembered() -> None:
    kin = Kin()
    for number in range(KEPT + 3):
        kin.add(f"{number:x}", 1000 + number)
    kin.add("late", 5)
    assert set(kin.alike) == {f"{number:x}" for number in range(3, KEPT + 3)}
    assert kin.crowding == sum(range(1003, 1003 + KEPT)) / KEPT
    assert Kin().crowding == SPARSE
