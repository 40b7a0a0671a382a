"""The window: what was folded stays folded, restarts are not noticed, memory is given back."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from feeds.dedupe import Folder
from feeds.story import About, Fold, Story
from tests.dedupe.groups import NOON, Telling, folded, read_groups, story

TELLINGS = sorted(read_groups(), key=lambda telling: telling.story.told)


def fold_all(folder: Folder, tellings: list[Telling]) -> list[Fold]:
    return folded(folder, ((telling.story, telling.about) for telling in tellings))


YEARS = timedelta(days=3650)


def test_the_same_stories_again_change_nothing() -> None:
    folder = Folder(YEARS)
    first = fold_all(folder, TELLINGS)
    assert fold_all(folder, TELLINGS) == first
    assert len(folder) == len(TELLINGS)


def test_a_restart_anywhere_is_not_noticed() -> None:
    whole = fold_all(Folder(YEARS), TELLINGS)
    for cut in (1, 57, 130, len(TELLINGS) - 1):
        before = fold_all(Folder(YEARS), TELLINGS[:cut])
        after = Folder(YEARS)
        after.remember((t.story, t.about, fold) for t, fold in zip(TELLINGS[:cut], before, strict=True))
        fold_all(after, TELLINGS[cut:])
        assert [after.fold_of(telling.story.id) for telling in TELLINGS] == whole


def test_stories_older_than_the_window_are_let_go() -> None:
    folder = Folder(window=timedelta(days=14))
    old = folder.fold(story("Kabul bakery wins prize for its naan bread", n=1), About())
    folder.fold(
        story("Something else entirely happens in the harbour", n=2, at=NOON + timedelta(days=15)), About()
    )
    assert len(folder) == 1
    assert folder.fold_of(old.story) is None
    again = story("Kabul bakery wins prize for its naan bread", n=3, at=NOON + timedelta(days=15))
    assert folder.fold(again, About()).thread == again.id


def test_everything_is_given_back_when_the_window_moves_on() -> None:
    folder = Folder(window=timedelta(days=14))
    fold_all(folder, TELLINGS)
    folder.fold(story("x", n=9999, at=NOON + timedelta(days=400)), About())
    assert len(folder._copies._by_key) <= 2  # the newcomer's own
    assert len(folder._threads._candidates) <= 1  # the newcomer itself
    assert len(folder._threads._threads) == 1
    assert len(folder._threads._blocks) == 0
    assert len(folder._threads.weights._with) <= 1


def test_no_more_than_its_capacity_is_kept() -> None:
    folder = Folder(window=timedelta(days=3650), capacity=50)
    fold_all(folder, TELLINGS)
    assert len(folder) == 50


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120), st.integers(0, 400)), max_size=12))
def test_any_text_can_be_folded(texts: list[tuple[str, str, int]]) -> None:
    folder = Folder(capacity=5)
    for n, (title, lead, hours) in enumerate(texts):
        one: Story = story(title, lead, n=n, at=NOON + timedelta(hours=hours))
        fold = folder.fold(one, About())
        assert fold.story == one.id
        assert fold.thread
        assert fold.origin
