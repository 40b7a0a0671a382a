"""Stories that left memory are found again as articles, whatever was started again or killed meanwhile."""

from __future__ import annotations

import logging
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.dedupe import Folder
from feeds.dedupe.coldfile import ColdFile
from feeds.dedupe.marks import mark_of_code
from feeds.story import About, Story
from tests.dedupe.groups import NOON, story
from tests.dedupe.keeping import Desk
from tests.dedupe.test_edits import LED, OF_LEADS, OF_TITLES, TITLES

ROOT = Path(__file__).parents[2]


def filler(first: int, many: int, *, hours: float = 0.0, over: float = 1.0) -> list[Story]:
    """Stories that have nothing to do with any other, spread over some hours."""
    chance = random.Random(first)
    words = ["".join(chance.choices("bdfgklmnprstvz", k=4)) + "o" for _ in range(12 * many)]
    return [
        story(
            " ".join(words[12 * n : 12 * n + 8]),
            n=first + n,
            at=NOON + timedelta(hours=hours + over * n / many),
            url=f"https://filler.example/{first + n}",
        )
        for n in range(many)
    ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "window", 40)


def test_an_edited_article_is_found_when_memory_is_full_of_others(desk: Desk) -> None:
    articles = [story(one.title, one.lead, n=n) for n, one in enumerate(LED)]
    desk.take(articles)
    desk.take(filler(10_000, 200))
    assert not any(one.id in desk.folder for one in articles)
    for number, (name, edit) in enumerate(OF_LEADS.items()):
        others = filler(200_000 + 1000 * number, len(LED))
        again = [
            story(
                one.title if name == "cut" else others[n].title,
                edit(one.lead),
                n=20_000 + 1000 * number + n,
                at=NOON + timedelta(hours=2 + number),
            )
            for n, one in enumerate(LED)
        ]
        desk.take(again)
        missed = [
            one.title
            for one, first in zip(again, articles, strict=True)
            if desk.articles()[one.id] != first.id
        ]
        assert missed == [], name
        desk.take(filler(100_000 + 1000 * number, 50, hours=2.5 + number))


@pytest.mark.parametrize("edit", OF_TITLES)
def test_an_edited_headline_is_found_as_it_is_in_memory(tmp_path: Path, edit: str) -> None:
    told = [story(one.title, n=n) for n, one in enumerate(TITLES[:150])]
    again = [
        story(OF_TITLES[edit](one.title), n=20_000 + n, at=NOON + timedelta(hours=2))
        for n, one in enumerate(TITLES[:150])
    ]
    small, large = Desk(tmp_path / "small", 20), Desk(tmp_path / "large", 10_000)
    for desk in (small, large):
        desk.take(told)
        desk.take(filler(10_000, 60))
        desk.take(again)
    missed = [one.title for one in again if desk.articles()[one.id] == one.id != small.articles()[one.id]]
    assert missed == []
    assert (
        sum(small.articles()[one.id] != one.id for one in again)
        >= sum(large.articles()[one.id] != one.id for one in again) - 1
    )


def test_ten_days_later_the_same_address_and_the_same_text_are_the_same_article(desk: Desk) -> None:
    led = LED[0]
    first = replace(story(led.title, led.lead, n=1), url="https://m.news.example/a?utm_source=x")
    desk.take([first])
    for day in range(1, 10):
        desk.take(filler(1000 * day, 100, hours=24 * day))
    late = NOON + timedelta(days=10)
    desk.take(
        [
            story(f"Updated: {led.title}", "", n=50_001, at=late, url="https://news.example/a"),
            story(led.title, led.lead, n=50_002, at=late),
            story(led.title, led.lead.replace(" the ", " a "), n=50_003, at=late),
        ]
    )
    articles = desk.articles()
    assert [articles[f"{n:016x}"] for n in (50_001, 50_002)] == [first.id, first.id]
    assert articles[f"{50_003:016x}"] == first.id, "an edit of a copy that is in memory"


def test_ten_days_later_an_edit_is_news_again_and_so_is_the_same_text_after_fourteen(desk: Desk) -> None:
    led, late = LED[0], NOON + timedelta(days=10)
    edit = story(led.title, led.lead.replace(" the ", " a "), n=50_003, at=late)
    whole = story(led.title, led.lead, n=50_004, at=NOON + timedelta(days=15))
    desk.take([story(led.title, led.lead, n=1)])
    desk.take(filler(1000, 100, hours=24))
    desk.take([edit])
    desk.take(filler(2000, 100, hours=24 * 10))
    desk.take([whole])
    assert [desk.articles()[one.id] for one in (edit, whole)] == [edit.id, whole.id]


def test_only_what_may_be_a_copy_is_read_in_the_archive(desk: Desk) -> None:
    desk.take(filler(0, 300))
    desk.kept.asked.clear()
    desk.take(filler(5000, 300, hours=1))
    assert desk.kept.asked == []


EDITED = st.tuples(
    st.integers(0, 11),
    st.sampled_from(sorted(OF_TITLES)),
    st.sampled_from(sorted(OF_LEADS)),
    st.integers(0, 20),
)


def edited(news: list[tuple[int, str, str, int]]) -> list[Story]:
    at, told = NOON, []
    for n, (which, title, lead, hours) in enumerate(news):
        at += timedelta(hours=hours)
        told.append(
            replace(
                story(OF_TITLES[title](LED[which].title), OF_LEADS[lead](LED[which].lead), n=n, at=at),
                url=f"https://news.example/{which}/{n % 3}",
                outlet=f"Outlet {n % 5}",
            )
        )
    return told


@given(st.lists(EDITED, max_size=40), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_started_again_killed_or_thrown_away_the_folds_are_the_same(
    news: list[tuple[int, str, str, int]], data: st.DataObject
) -> None:
    stories = edited(news)
    with tempfile.TemporaryDirectory() as folder:
        once, often = Desk(Path(folder) / "once", 5), Desk(Path(folder) / "often", 5)
        left = list(stories)
        while left:
            batch = [left.pop(0) for _ in range(min(len(left), data.draw(st.integers(1, 9))))]
            once.take(batch)
            what = data.draw(st.sampled_from(["goes on", "starts", "is killed", "loses its file", "fails"]))
            if what == "starts":
                often.cold.close()
            if what == "loses its file":
                often.path.unlink(missing_ok=True)
            if what == "fails":
                often.take(batch, fails=True)
            if what != "goes on":
                often.start()
            often.take(batch)
        assert often.kept.folds == once.kept.folds


def test_a_write_that_failed_forgets_nothing(desk: Desk) -> None:
    first = story(LED[8].title, LED[8].lead, n=900, at=NOON)
    desk.take([first])
    desk.take(filler(0, 200, hours=1))
    late = filler(2000, 1, hours=14 * 24 + 1)
    desk.take(late, fails=True)
    desk.start()
    again = story(LED[8].title, LED[8].lead, n=901, at=NOON + timedelta(days=14))
    desk.take([again, *late])
    assert desk.kept.folds[again.id].copy_of == first.id


@given(st.lists(EDITED, max_size=40), st.sets(st.integers(0, 40), max_size=5))
@settings(max_examples=40, deadline=None)
def test_without_what_was_noted_of_stories_the_copies_are_the_same(
    news: list[tuple[int, str, str, int]], starts: set[int]
) -> None:
    stories = edited(news)
    with tempfile.TemporaryDirectory() as folder:
        once, often = Desk(Path(folder) / "once", 5), Desk(Path(folder) / "often", 5)
        for n, one in enumerate(stories):
            once.take([one])
            if n in starts:
                for path in Path(folder).glob("often-notes*"):
                    path.write_bytes(path.read_bytes()[:-9] if n % 2 else b"")
                often.start()
            often.take([one])
        assert often.articles() == once.articles()


@given(st.lists(EDITED, max_size=30))
@settings(max_examples=40, deadline=None)
def test_a_small_memory_finds_the_articles_that_a_large_one_finds_at_an_address(
    news: list[tuple[int, str, str, int]],
) -> None:
    """What came first at an address is the article, in memory or not."""
    stories = [replace(one, title=f"{one.title} {n}", summary="") for n, one in enumerate(edited(news))]
    with tempfile.TemporaryDirectory() as folder:
        small = Desk(Path(folder) / "small", 2)
        for one in stories:
            small.take([one])
        found = small.articles()
        for one in stories:
            same = [
                each
                for each in stories
                if each.url == one.url and abs(each.received - one.received) <= timedelta(days=14)
            ]
            if same[0] is not one:
                assert found[one.id] != one.id


def wire(many: int) -> list[Story]:
    """The same stories every time: articles, what desks make of them up to days later, and others between."""
    chance = random.Random(11)
    titles, leads = sorted(OF_TITLES), sorted(OF_LEADS)
    return edited(
        [
            (chance.randrange(60), chance.choice(titles), chance.choice(leads), chance.choice((0, 0, 0, 1)))
            for _ in range(many)
        ]
    )


def test_killed_while_it_works_it_loses_nothing_and_makes_nothing_up(tmp_path: Path) -> None:
    from tests.dedupe import victim

    chance, path = random.Random(5), tmp_path / "killed.db"
    for _ in range(3):
        desk = subprocess.Popen(
            [sys.executable, "-m", "tests.dedupe.victim", str(path)], stdout=subprocess.PIPE, cwd=ROOT
        )
        assert desk.stdout is not None
        for _ in range(chance.randrange(8, 16)):
            assert desk.stdout.readline(), "killed before it was done"
        desk.send_signal(signal.SIGKILL)
        desk.communicate()
    assert 100 < len(victim.archived(path)) < victim.STORIES
    folds = victim.run(path)
    assert len(folds) == victim.STORIES
    assert folds == victim.run(tmp_path / "whole.db")
    assert 100 < sum(fold.copy_of is not None for fold in folds) < 390
    with ColdFile(path.with_name("killed.db-window"), cold_mark(path)) as file:
        ids = [one.id for one in file.newest(10_000)]
        assert len(ids) == len(set(ids)) > 300


def cold_mark(path: Path) -> bytes:
    return sha256(f"{path}\n{mark_of_code()}".encode()).digest()


def test_a_disk_that_fails_costs_copies_and_no_news(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.take(filler(0, 100))
    assert desk.cold._opened is not None
    os.close(desk.cold._opened._fd)
    with caplog.at_level(logging.WARNING):
        desk.take(filler(1000, 100))
    desk.cold._opened = None
    assert len(desk.kept.stories) == 200
    assert ["copies of older stories are not looked for" in line for line in caplog.messages] == [True]


def test_where_nothing_can_be_written_stories_are_folded_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "no folder").write_text("")
    desk = Desk(tmp_path / "no folder" / "window", 10)
    with caplog.at_level(logging.WARNING):
        desk.take(filler(0, 50))
        desk.start()
        desk.take(filler(1000, 50, hours=1))
    assert len(desk.kept.folds) == 100
    assert Counter(line.partition(":")[0] for line in caplog.messages) == {
        "what is in memory is not written down, a start will take longer": 2,
        "copies of older stories are not looked for": 2,
    }, "once each, by each start"


def test_without_an_archive_what_left_memory_is_known_by_its_address() -> None:
    folder = Folder(capacity=10)
    first = replace(story(LED[0].title, LED[0].lead, n=1), url="https://news.example/a")
    folder.fold(first, About())
    for one in filler(1000, 50, hours=1):
        folder.fold(one, About())
    again = replace(first, id=f"{2:016x}", received=NOON + timedelta(days=9))
    assert folder.fold(again, About()).copy_of == first.id
    late = replace(first, id=f"{3:016x}", url="https://news.example/b", received=NOON + timedelta(days=9))
    assert folder.fold(late, About()).copy_of == first.id, "it is in memory again as a copy"
