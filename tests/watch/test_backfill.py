"""The archive looked through for new terms: all of it, once, also by those who are killed on the way."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from feeds.archive import Archive, open_archive
from feeds.watch.backfill import PART, Progress, backfill
from feeds.watch.watcher import Watcher
from feeds.watched import WatchTerm
from tests.watch.samples import fill, hit_stories, id_of, ingest, term, told

ROOT = Path(__file__).parents[2]


def test_a_new_term_finds_what_came_before_newest_first(archive: Archive) -> None:
    fill(archive, 3 * PART + 7)
    steps: list[Progress] = []
    archive.watch.look_back(term("Herat"))
    done = backfill(archive.watch, term("Herat"), told=steps.append)
    assert (done.done, done.of, done.hits) == (3 * PART + 7, 3 * PART + 7, 151)
    assert [step.done for step in steps] == [PART, 2 * PART, 3 * PART, 3 * PART + 7]
    reached = [step.reached for step in steps if step.reached]
    assert reached == sorted(reached, reverse=True)
    assert len(hit_stories(archive, "Herat")) == 151
    assert archive.watch.gaps() == []


def test_many_terms_are_looked_for_in_one_pass(archive: Archive) -> None:
    fill(archive, 30)
    terms = {**term("Herat"), **term("Lisbon"), **term("rain AND NOT Lisbon")}
    archive.watch.look_back(terms)
    assert backfill(archive.watch, terms).of == 30
    assert [len(hit_stories(archive, text)) for text in ("Herat", "Lisbon", "rain AND NOT Lisbon")] == [
        3,
        27,
        0,
    ]


def test_stopped_in_the_middle_it_goes_on_where_it_was(archive: Archive) -> None:
    fill(archive, 3 * PART)
    archive.watch.look_back(term("Herat"))
    first = backfill(archive.watch, term("Herat"), seconds=0.0)
    assert (first.done, first.of) == (PART, 3 * PART)
    ingest(archive, None, told("Herat again", minutes=-5000, id_="before all"))
    ingest(archive, None, told("Herat again", minutes=9000, id_="later"))
    archive.watch.look_back(term("Herat"))
    rest = backfill(archive.watch, term("Herat"))
    assert rest.of == 2 * PART + 2
    assert len(hit_stories(archive, "Herat")) == 152


@pytest.mark.parametrize("acknowledged", [1, 7, 19])
def test_killed_in_the_middle_nothing_is_lost_and_nothing_twice(path: Path, acknowledged: int) -> None:
    with open_archive(path) as archive:
        fill(archive, 500)
    command = [sys.executable, "-m", "tests.watch.killed", str(path), "Herat"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as victim:
        assert victim.stdout is not None
        told_ = [int(victim.stdout.readline()) for _ in range(acknowledged)]
        victim.send_signal(signal.SIGKILL)
        told_ += map(int, victim.stdout.read().split())
    with open_archive(path) as archive:
        found = set(hit_stories(archive, "Herat"))
        newest_first = [f"s{n}" for n in reversed(range(500))]
        assert found >= {id_ for id_ in newest_first[: told_[-1]] if int(id_[1:]) % 10 == 0}
        rest = backfill(archive.watch, term("Herat"))
        assert rest.of <= 500 - told_[-1]
        every = hit_stories(archive, "Herat")
        assert every == [f"s{n}" for n in range(0, 500, 10)]
        assert archive.watch.gaps() == []


def test_two_who_fill_one_gap_find_the_same(path: Path) -> None:
    with open_archive(path) as one, open_archive(path) as two:
        fill(one, 3 * PART)
        one.watch.look_back(term("Herat"))
        backfill(one.watch, term("Herat"), seconds=0.0, told=lambda _: None)
        backfill(one.watch, term("Herat"), told=lambda _: _ignore(backfill(two.watch, term("Herat"))))
        assert len(hit_stories(one, "Herat")) == 150
        assert one.watch.gaps() == []


def _ignore(_: object) -> None:
    return


def test_a_term_of_another_desk_is_brought_up_to_date_when_asked_for_again(archive: Archive) -> None:
    ingest(archive, None, told("Herat", id_="one"))
    archive.watch.look_back(term("Herat"))
    backfill(archive.watch, term("Herat"))
    ingest(archive, None, told("Herat", minutes=1, id_="two"))
    assert hit_stories(archive, "Herat") == ["one"]
    archive.watch.look_back(term("Herat"))
    assert backfill(archive.watch, term("Herat")).of == 1
    assert hit_stories(archive, "Herat") == ["one", "two"]


def test_what_a_collector_without_the_term_brought_is_looked_through_by_the_next_one(
    archive: Archive,
) -> None:
    mine = Watcher(archive.watch, lambda: [WatchTerm("Herat")])
    theirs = Watcher(archive.watch, lambda: [WatchTerm("Kabul")])
    ingest(archive, mine, told("Herat", id_="one"))
    ingest(archive, theirs, told("Herat", minutes=1, id_="two"))
    again = Watcher(archive.watch, lambda: [WatchTerm("Herat")])
    ingest(archive, again, told("Herat", minutes=2, id_="three"))
    assert hit_stories(archive, "Herat") == ["one", "three"]
    again.catch_up()
    assert hit_stories(archive, "Herat") == ["one", "two", "three"]
    assert archive.watch.followed() == {id_of("Herat")}


def test_an_empty_archive_has_nothing_to_look_through(archive: Archive) -> None:
    archive.watch.look_back(term("Herat"))
    assert backfill(archive.watch, term("Herat")) == Progress(0, 0, 0, None)
    assert archive.watch.gaps() == []
