"""Whatever the order, the batches and the restarts: the same stories are the same articles, and what is folded stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.dedupe import Folder
from feeds.story import About, Fold, Story
from tests.dedupe.groups import NOON, folded, story
from tests.dedupe.test_edits import LED, OF_LEADS, OF_TITLES

EDITED = st.tuples(
    st.integers(0, len(LED) - 1), st.sampled_from(sorted(OF_TITLES)), st.sampled_from(sorted(OF_LEADS))
)
"""An article, and what a desk made of its title and of its lead."""
NEWS = st.lists(EDITED, min_size=1, max_size=24)


def told(edited: Iterable[tuple[int, str, str]]) -> list[Story]:
    """Stories a few minutes apart, some of them one article, some of them one event."""
    return [
        story(
            OF_TITLES[title](LED[which].title),
            OF_LEADS[lead](LED[which].lead),
            n=n,
            at=NOON + timedelta(minutes=7 * n),
            outlet=f"Outlet {n % 5}",
        )
        for n, (which, title, lead) in enumerate(edited)
    ]


def read(stories: Iterable[Story]) -> list[tuple[Story, About]]:
    return [(one, About()) for one in stories]


@given(NEWS)
@settings(max_examples=40, deadline=None)
def test_the_same_stories_again_change_nothing(edited: list[tuple[int, str, str]]) -> None:
    folder, stories = Folder(), told(edited)
    first = folded(folder, read(stories))
    assert folded(folder, read(reversed(stories))) == first[::-1]
    assert folder.moved() == []
    assert len(folder) == len(stories)


@given(NEWS, st.data())
@settings(max_examples=40, deadline=None)
def test_a_restart_between_any_two_stories_changes_nothing(
    edited: list[tuple[int, str, str]], data: st.DataObject
) -> None:
    stories = told(edited)
    whole = folded(Folder(), read(stories))
    cuts = data.draw(st.sets(st.integers(0, len(stories)), max_size=4))
    archived: dict[str, Fold] = {}
    folder = Folder()
    for n, one in enumerate(stories):
        if n in cuts:
            folder = Folder()
            folder.remember((before, About(), archived[before.id]) for before in stories[:n])
        archived[one.id] = folder.fold(one, About())
        archived.update((fold.story, fold) for fold in folder.moved())
    assert [archived[one.id] for one in stories] == whole


@given(NEWS)
@settings(max_examples=40, deadline=None)
def test_every_thread_is_named_after_its_oldest_story_and_every_copy_is_where_its_article_is(
    edited: list[tuple[int, str, str]],
) -> None:
    folds = {fold.story: fold for fold in folded(Folder(), read(told(edited)))}
    threads: dict[str, list[str]] = {}
    for fold in folds.values():
        threads.setdefault(fold.thread, []).append(fold.story)
        if fold.copy_of is not None:
            article = folds[fold.copy_of]
            assert (article.copy_of, article.thread, article.origin) == (None, fold.thread, fold.origin)
    assert {name: min(stories) for name, stories in threads.items()} == {name: name for name in threads}
