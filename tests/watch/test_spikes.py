"""A spike: more than five hits in an hour, three times what is usual, from two outlets or more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from feeds.archive import Archive
from feeds.watch.spikes import Pulse, pulses
from feeds.watch.watcher import Watcher
from feeds.watched import WatchTerm
from tests.archive.samples import THURSDAY
from tests.watch.samples import HOUR, id_of, ingest, told

HERAT = id_of("Herat")


@pytest.fixture
def watcher(archive: Archive) -> Watcher:
    return Watcher(archive.watch, lambda: [WatchTerm("Herat")])


def tell(archive: Archive, watcher: Watcher, count: int, *, minutes: float, outlets: int = 2) -> None:
    """So many stories about Herat within a minute."""
    ingest(
        archive,
        watcher,
        *(
            told("Herat", minutes=minutes + n / 60, outlet=f"Outlet {n % outlets}", id_=f"{minutes}-{n}")
            for n in range(count)
        ),
    )


def pulse(archive: Archive, now: datetime) -> Pulse:
    return pulses(archive.watch, now, [HERAT])[HERAT]


@pytest.mark.parametrize(
    ("hits", "outlets", "baseline", "spikes"),
    [
        (6, 2, 0.0, True),
        (5, 2, 0.0, False),
        (6, 1, 0.0, False),
        (6, 2, 2.0, True),
        (6, 2, 2.1, False),
        (300, 40, 100.0, True),
        (299, 40, 100.0, False),
        (0, 0, 0.0, False),
    ],
)
def test_the_rule(hits: int, outlets: int, baseline: float, *, spikes: bool) -> None:
    assert Pulse(hits, outlets, baseline, 168.0).spike is spikes


def test_the_last_hour_is_held_against_the_seven_days_before(archive: Archive, watcher: Watcher) -> None:
    for day in range(9):
        tell(archive, watcher, 24, minutes=-60 * (24 * day + 2))
    tell(archive, watcher, 7, minutes=-20)
    now = pulse(archive, THURSDAY)
    assert (now.hits, now.outlets, now.hours) == (7, 2, 168.0)
    assert now.baseline == pytest.approx(24 * 7 / 168)
    assert now.spike


def test_an_hour_is_the_last_sixty_minutes(archive: Archive, watcher: Watcher) -> None:
    tell(archive, watcher, 6, minutes=-50)
    assert pulse(archive, THURSDAY).spike
    later = pulse(archive, THURSDAY + HOUR)
    assert (later.hits, later.spike) == (0, False)
    assert later.baseline > 0


def test_a_young_archive_is_measured_by_its_age(archive: Archive, watcher: Watcher) -> None:
    ingest(archive, watcher, told("Rain", minutes=-60 * 11, id_="first"))
    tell(archive, watcher, 30, minutes=-60 * 5)
    tell(archive, watcher, 8, minutes=-10)
    now = pulse(archive, THURSDAY)
    assert now.hours == pytest.approx(10.0)
    assert now.baseline == pytest.approx(3.0)
    assert not now.spike


def test_a_story_of_many_words_is_one_hit_and_one_told_at_this_moment_counts(
    archive: Archive, watcher: Watcher
) -> None:
    story = told("Herat Herat Herat", minutes=5, id_="one")
    ingest(archive, watcher, story)
    assert pulse(archive, story.told).hits == 1


def test_news_that_comes_late_counts_when_it_was_told(archive: Archive, watcher: Watcher) -> None:
    stories = [told("Herat", outlet=f"Outlet {n}", id_=f"late-{n}") for n in range(8)]
    late = [replace(story, published=THURSDAY - timedelta(days=2)) for story in stories]
    ingest(archive, watcher, *late)
    assert not pulse(archive, THURSDAY).spike


def test_a_term_that_never_hit_has_a_pulse_too(archive: Archive) -> None:
    assert pulses(archive.watch, THURSDAY, ["nothing"])["nothing"] == Pulse(0, 0, 0.0, 1.0)


def test_hours_make_a_line_to_draw(archive: Archive, watcher: Watcher) -> None:
    tell(archive, watcher, 2, minutes=-25)  # told five minutes before they came
    tell(archive, watcher, 3, minutes=-60)
    tell(archive, watcher, 1, minutes=-60 * 30)
    last = archive.watch.hours(HERAT, THURSDAY - 4 * HOUR, THURSDAY + HOUR)
    assert [tally.hits for tally in last.values()] == [3, 2]
    ((hour, tally),) = archive.watch.hours(HERAT, THURSDAY - 40 * HOUR, THURSDAY - 20 * HOUR).items()
    assert (hour.minute, hour.second, tally.hits, tally.outlets) == (0, 0, 1, 1)
