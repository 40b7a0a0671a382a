"""One event told by many is one thread; two events never are, however alike their words."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from feeds.dedupe import Folder
from feeds.story import About
from tests.dedupe.groups import NOON, Score, Telling, folded, read_groups, score, story

TELLINGS = read_groups()
TRUTH = {telling.story.id: telling.event for telling in TELLINGS}
TITLES = {telling.story.id: telling.story.title for telling in TELLINGS}


def partition(tellings: list[Telling]) -> Score:
    folder = Folder(window=timedelta(days=3650))  # so that a shuffled year stays together
    folds = folded(folder, ((telling.story, telling.about) for telling in tellings))
    put = {fold.story: fold.thread for fold in folds}
    return score(list(put), TRUTH, put)


def claim(place: str, label: str = "holds", side: str = "taliban", *, denied: bool = False) -> About:
    return About((place,), ((place, label, side, denied),))


def test_there_are_enough_groups_to_say_something() -> None:
    assert len(set(TRUTH.values())) >= 60


def test_labelled_events_are_told_apart_and_put_together() -> None:
    found = partition(sorted(TELLINGS, key=lambda telling: telling.story.told))
    print(f"\npairs: precision {found.precision:.3f} recall {found.recall:.3f} F1 {found.f1:.3f}")
    for one, other in found.wrong:
        print(f"  wrongly together: {TITLES[one]} | {TITLES[other]}")
    assert found.precision >= 0.93
    assert found.f1 >= 0.90


@pytest.mark.parametrize("seed", range(3))
def test_another_order_of_arrival_is_about_as_good(seed: int) -> None:
    shuffled = list(TELLINGS)
    random.Random(seed).shuffle(shuffled)
    found = partition(shuffled)
    assert found.precision >= 0.91
    assert found.f1 >= 0.88


def test_no_placed_event_is_mixed_with_another_in_any_order() -> None:
    placed = {telling.story.id for telling in TELLINGS if telling.about.places or telling.about.numbers}
    for seed in range(5):
        shuffled = list(TELLINGS)
        random.Random(seed).shuffle(shuffled)
        wrong = partition(shuffled).wrong
        assert not [(TITLES[a], TITLES[b]) for a, b in wrong if a in placed or b in placed]


def test_outlets_that_use_other_words_tell_one_fall() -> None:
    folder = Folder()
    first = folder.fold(story("Taliban seize Kunduz", n=1), claim("kunduz"))
    second = folder.fold(
        story("Insurgents overrun northern hub of Kunduz as officials flee", n=2), claim("kunduz")
    )
    assert second.thread == first.thread
    assert second.copy_of is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (claim("kunduz"), claim("farah")),
        (claim("kunduz"), claim("kunduz", denied=True)),
        (claim("kunduz"), claim("kunduz", side="government")),
        (claim("kunduz"), claim("kunduz", "threat")),
        (claim("kunduz"), About(("kunduz",))),
        (About(numbers=(6,)), About(numbers=(10,))),
        (About(("kunduz",)), About(("farah",))),
    ],
)
def test_across_blocks_nothing_merges(one: About, other: About) -> None:
    folder = Folder()
    title = "Provincial capital reported taken by insurgent fighters after siege"
    first = folder.fold(story(title, n=1), one)
    second = folder.fold(story(title, n=2, at=NOON + timedelta(minutes=1)), other)
    assert second.thread != first.thread
    assert second.copy_of is None


def test_a_city_that_falls_again_a_week_later_is_another_event() -> None:
    folder = Folder()
    first = folder.fold(story("Taliban seize Kunduz", n=1), claim("kunduz"))
    again = folder.fold(
        story("Taliban seize Kunduz again", n=2, at=NOON + timedelta(days=7)), claim("kunduz")
    )
    assert again.thread != first.thread


def test_a_claim_told_at_the_end_of_a_long_text_does_not_move_the_block() -> None:
    folder = Folder()
    whole = About(
        ("kunduz", "zaranj"), (("kunduz", "holds", "taliban", False), ("zaranj", "threat", "", False))
    )
    first = folder.fold(story("Taliban seize Kunduz", n=1), claim("kunduz"))
    assert folder.fold(story("Kunduz seized by Taliban", n=2), whole).thread == first.thread
