"""A round in which nothing was told and nothing can have faded makes no board, and leaves the archive as one that does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.archive import Archive, open_archive
from feeds.collector import Collector, Standstill, intake, open_pipeline, rooms, standstill_of
from feeds.collector.standstill import never
from feeds.evidence import Action, Standing
from feeds.pipeline import Pipeline
from feeds.story import Subscription
from tests.collector.fakes import THEATRE, FakeReader, FakeReading
from tests.collector.feeds_of_tests import LIMITS, PACE, RSS, rss
from tests.dedupe.groups import NOON
from tests.feedserver import FeedServer

BEGIN = NOON + timedelta(hours=6, minutes=10)


class Reader(FakeReader):
    """The fakes' reader where the collector makes one for a theatre."""

    def __init__(self, theatre: object) -> None:
        self.theatre = theatre

    def read(self, story: object) -> FakeReading:
        return super().read(story)  # type: ignore[arg-type]


@pytest.fixture(autouse=True, scope="module")
def _reader() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rooms, "LateReader", Reader)
        patched.setattr(intake, "GATHER_SECONDS", 0.0)
        yield


@dataclass
class Desk:
    """One archive, polled by a new collector each time, as from a crontab."""

    archive: Archive
    urls: list[str]
    standstill: Standstill
    made: list[Pipeline] = field(default_factory=list)

    def poll(self, now: datetime) -> int:
        """How many pipelines one round made."""
        before = len(self.made)
        followed = [Subscription(url, url.rpartition("/")[2], "B") for url in self.urls]

        def make() -> Pipeline:
            self.made.append(open_pipeline(self.archive, [THEATRE], now))
            return self.made[-1]

        at_work = Collector(
            self.archive,
            make,
            lambda: followed,
            clock=lambda: now,
            limits=LIMITS,
            pace=PACE,
            standstill=self.standstill,
        )
        summary = asyncio.run(at_work.poll_once())
        assert len(summary.ok) == len(self.urls)
        return len(self.made) - before


class Bench:
    """Feeds, and two archives that follow them: one weighs only what it must, the other always."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.server = stack.enter_context(FeedServer())
        self.titles: dict[str, list[str]] = {"/a": [], "/b": []}
        urls = [self.server.url(path) for path in self.titles]
        for path in self.titles:
            self.tell(path, "Harbour reports ship number one of the season")
        archives = [stack.enter_context(open_archive(folder / f"{n}.db")) for n in range(2)]
        self.brief = Desk(archives[0], urls, standstill_of(archives[0], [THEATRE]))
        self.full = Desk(archives[1], urls, never)

    def tell(self, path: str, title: str) -> None:
        """Puts a story into a feed."""
        self.titles[path].append(title)
        at = len(self.titles[path])
        self.server.serve(
            path,
            body=rss(*self.titles[path], key=path[1:]),
            headers={**RSS, "ETag": f'"{at}"'},
            validators=True,
        )

    def decide(self, action: Action) -> None:
        """Has an operator decide something in both archives."""
        for desk in (self.brief, self.full):
            desk.archive.act(action)

    def alike(self) -> None:
        """Nobody can tell from the archives which one weighed less."""
        seen = [
            (
                [_seen(one) for one in desk.archive.standings("testland")],
                [
                    (one.place, one.at, one.after, one.holder_after, one.rule)
                    for one in desk.archive.changes("testland")
                ],
            )
            for desk in (self.brief, self.full)
        ]
        assert seen[0] == seen[1]


def _seen(row: Standing) -> Standing:
    """A row without the moment it was weighed at: two feeds of a round may be taken in by one transaction or by two."""
    return replace(row, at=None, strength=0.0, scores=())


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with ExitStack() as stack:
        yield Bench(tmp_path, stack)


def minutes(count: float) -> datetime:
    return BEGIN + timedelta(minutes=count)


def override(now: datetime, kind: str = "override", value: str = "captured reds") -> Action:
    return Action(kind, "ann", now, theatre="testland", place="aster", value=value)


def test_nothing_new_within_the_hour_makes_no_pipeline(bench: Bench) -> None:
    assert bench.brief.poll(minutes(0)) == 1
    for later in (5, 20, 49):
        assert bench.brief.poll(minutes(later)) == 0
    states = bench.brief.archive.feed_states()
    assert {one.last_fetch for one in states.values()} == {minutes(49)}, (
        "what was asked is on record all the same"
    )


def test_the_hour_that_passes_is_weighed(bench: Bench) -> None:
    bench.tell("/a", "Aster falls to the reds")
    bench.brief.poll(minutes(0))
    before = bench.brief.archive.standings("testland")
    assert bench.brief.poll(minutes(50)) == 1
    assert bench.brief.poll(minutes(55)) == 0
    assert bench.brief.poll(minutes(60 * 80)) == 1
    assert bench.brief.archive.standings("testland") != before, "it has gone quiet since"


def test_a_story_and_a_decision_are_weighed(bench: Bench) -> None:
    bench.brief.poll(minutes(0))
    bench.tell("/b", "Aster falls to the reds")
    assert bench.brief.poll(minutes(1)) == 1
    assert bench.brief.poll(minutes(2)) == 0
    bench.brief.archive.act(override(minutes(3), value="held blues"))
    assert bench.brief.poll(minutes(4)) == 1
    (row,) = (one for one in bench.brief.archive.standings("testland") if one.place == "aster")
    assert (row.state, row.holder, bool(row.override)) == ("held", "blues", True)
    assert bench.brief.poll(minutes(5)) == 0
    bench.brief.archive.act(Action("read", "ann", minutes(6), story="s1"))
    assert bench.brief.poll(minutes(7)) == 0, "who read what moves no board"


def test_places_that_are_not_on_record_are_put_there(bench: Bench) -> None:
    bench.brief.poll(minutes(0))
    wider = replace(THEATRE, places=(*THEATRE.places, replace(THEATRE.places[0], id="corran", name="Corran")))
    assert standstill_of(bench.brief.archive, [THEATRE])(minutes(0), minutes(1))
    assert not standstill_of(bench.brief.archive, [wider])(minutes(0), minutes(1))
    assert not standstill_of(bench.brief.archive, [THEATRE])(minutes(1), minutes(0)), "the clock went back"


STEPS = st.one_of(
    st.sampled_from(("nothing", "override", "lift", "mute", "unmute")),
    st.tuples(
        st.sampled_from(("/a", "/b")),
        st.sampled_from(("reds", "blues")),
        st.sampled_from(("Aster", "Bexley")),
    ),
)


@given(st.lists(st.tuples(STEPS, st.sampled_from((1, 7, 30, 61, 60 * 30))), max_size=9))
@settings(max_examples=25, deadline=None)
def test_whatever_happens_the_archives_are_alike(steps: list[tuple[str | tuple[str, str, str], int]]) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        bench, now = Bench(Path(folder), stack), 0
        for step, passed in steps:
            if isinstance(step, tuple):
                path, side, place = step
                bench.tell(path, f"{place} falls to the {side}")
            elif step in {"override", "lift"}:
                bench.decide(override(minutes(now + passed - 0.5), step))
            elif step in {"mute", "unmute"}:
                bench.decide(
                    Action(step, "ann", minutes(now + passed - 0.5), theatre="testland", value="fake")
                )
            now += passed
            bench.brief.poll(minutes(now))
            bench.full.poll(minutes(now))
            bench.alike()
