"""What a desk does to an article, one edit at a time: every one of them is folded, in any order."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.dedupe import Folder
from feeds.story import About, Fold, Story
from tests.dedupe.groups import folded, story
from tests.dedupe.test_general_news import headlines

HALVES = ("dev", "held", "outlets-dev", "outlets-held", "timelines-dev", "timelines-held")
TITLES = [one for half in HALVES for one in headlines(half)]
LED = [one for half in HALVES for one in headlines(half, leads=True)]

OF_TITLES: dict[str, Callable[[str], str]] = {
    "the same": str,
    "update": lambda title: f"UPDATE 1-{title}",
    "urgent": lambda title: f"URGENT: {title}",
    "wrap-up": lambda title: f"WRAPUP 2-{title}",
    "repeated": lambda title: f"RPT-UPDATE 3-{title}",
    "corrected": lambda title: f"CORRECTED-{title}",
    "update at the end": lambda title: f"{title} (Update 1)",
    "curly quotes": lambda title: title.replace("'", "’"),
    "full stop": lambda title: f"{title}.",
    "capitals": str.upper,
    "small letters": str.lower,
    "cut by a word": lambda title: cut(title, 1),
    "cut by two words": lambda title: cut(title, 2),
    "cut with dots": lambda title: f"{cut(title, 2)} ...",
    "cut by a third": lambda title: cut(title, len(title.split()) // 3),
    "its source": lambda title: f"{title} - sources",
    "whose it is": lambda title: f"{title} | Daily Courier",
    "officials say": lambda title: f"{title}, officials say",
    "a word before it": lambda title: f"Police: {title}",
    "updated, with other figures": lambda title: "UPDATE 3-" + re.sub(r"\b\d+\b", _more, title),
}
_FEW = 5
"""Words of a title that is too short to be cut."""


def cut(title: str, words: int) -> str:
    """A title without its last words, as long as enough of it is left."""
    written = title.split()
    return " ".join(written[: max(len(written) - words, _FEW)])


def _more(found: re.Match[str]) -> str:
    return str(int(found[0]) + 2)


OF_LEADS: dict[str, Callable[[str], str]] = {
    "the same": str,
    "cut": lambda lead: lead[: int(len(lead) * 0.6)],
    "dateline": lambda lead: f"LONDON (Reuters) - {lead}",
    "other figures": lambda lead: re.sub(r"\b\d+\b", _more, lead),
    "a clause more": lambda lead: f"{lead.rstrip('.')}, officials said.",
    "a sentence more": lambda lead: f"{lead} It was not clear what would follow, and nobody answered calls.",
    "sentences reordered": lambda lead: ". ".join(reversed(lead.rstrip(".").split(". "))),
    "reordered": lambda lead: ", ".join(reversed(lead.rstrip(".").split(", "))),
}


@pytest.mark.parametrize("edit", OF_TITLES)
def test_a_title_that_a_desk_has_touched_is_a_copy_though_nobody_says_whose(edit: str) -> None:
    missed = [
        one.title
        for one in TITLES
        if not second(story(one.title, n=1), story(OF_TITLES[edit](one.title), n=2)).copy_of
    ]
    assert len(missed) <= len(TITLES) // 200, missed


@pytest.mark.parametrize("edit", OF_LEADS)
def test_the_same_lead_under_another_headline_is_a_copy(edit: str) -> None:
    missed = []
    for n, one in enumerate(LED):
        title = one.title if edit == "cut" else LED[(n + 7) % len(LED)].title
        if not second(story(one.title, one.lead, n=1), story(title, OF_LEADS[edit](one.lead), n=2)).copy_of:
            missed.append(one.lead)
    assert missed == []


def second(one: Story, other: Story) -> Fold:
    folder = Folder()
    folder.fold(one, About())
    return folder.fold(other, About())


@given(
    st.lists(st.integers(0, len(LED) - 1), min_size=2, max_size=6, unique=True),
    st.lists(st.sampled_from(sorted(OF_LEADS)), min_size=1, max_size=4, unique=True),
    st.integers(0, 10_000),
)
@settings(max_examples=60, deadline=None)
def test_another_order_gives_the_same_copies(articles: list[int], edits: list[str], seed: int) -> None:
    """Whichever comes first, the same stories are one article."""
    told = [
        story(LED[n].title, OF_LEADS[edit](LED[n].lead), n=10 * n + k)
        for n in articles
        for k, edit in enumerate(["the same", *edits])
    ]
    shuffled = list(told)
    random.Random(seed).shuffle(shuffled)
    assert articles_of(told) == articles_of(shuffled)


def articles_of(told: list[Story]) -> set[frozenset[str]]:
    folds = folded(Folder(), ((one, About()) for one in told))
    first = {fold.story: fold.copy_of or fold.story for fold in folds}
    return {frozenset(one for one in first if first[one] == root) for root in set(first.values())}


def test_fed_again_in_any_order_nothing_changes() -> None:
    folder = Folder()
    told = [story(one.title, one.lead, n=n) for n, one in enumerate(LED)]
    folds = {fold.story: fold for fold in folded(folder, ((one, About()) for one in told))}
    random.Random(1).shuffle(told)
    assert {one.id: folder.fold(one, About()) for one in told} == folds
    assert len(folder) == len(told)
