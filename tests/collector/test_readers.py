"""Where much comes at once it is read ahead in a process of its own; what comes of it is the same, whatever happens to that."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest

from feeds.ahead import Worked, work_out
from feeds.collector import readers
from feeds.collector.readers import A_UNIT, Readers
from feeds.collector.rooms import LateReader
from feeds.errors import ParseError
from feeds.room import Room
from feeds.standing import Board
from feeds.story import Story
from feeds.theatres.load import load_theatre
from tests.children import none_left
from tests.collector.fakes import FakeReader
from tests.dedupe.groups import NOON, story
from tests.wire.samples import RECEIVED, SUBSCRIPTION
from tests.wire.samples import RSS as FEED

AFGHANISTAN, LIBYA = load_theatre("afghanistan-2021"), load_theatre("libya")
THEATRES = (AFGHANISTAN, LIBYA)
LATER = NOON + timedelta(hours=6)
CITIES = ("Kunduz", "Herat", "Ghazni", "Zaranj", "Farah", "Taloqan")
TITLES = (
    "Taliban capture {0}, provincial council member says",
    "UPDATE 2-Taliban seize {0} after days of fighting, police chief says",
    "CORRECTED-Government forces retake {0}, official says",
    "Governor of {0} denies city has fallen, the second time this week",
    "WITHDRAWN-Taliban capture {0}, provincial council member says",
    "Haftar's forces attack Tripoli, minister says",
    "Los talibanes toman la ciudad de {0} y el gobernador huye con los soldados",
    "Taliban capture {0}, sixth provincial capital to fall in a week",
    "Bakery in {0} wins prize for its 1.3 million naan breads",
)
STORIES = [
    replace(
        story(title.format(city), f"and the city of {city} was taken " * 80 * (n % 5 == 4), n=9 * n + m),
        outlet=f"Outlet {m % 3}",
        feed="http://feed.example/",
        received=NOON + timedelta(minutes=n),
        language="es" if title.startswith("Los ") else "en",
    )
    for n, title in enumerate(TITLES)
    for m, city in enumerate(CITIES)
]


def late() -> list[LateReader]:
    return [LateReader(theatre) for theatre in THEATRES]


@cache
def here() -> list[Worked]:
    """The stories worked out in this process."""
    rooms = [Room(one.theatre, one, Board(one.theatre)) for one in late()]
    return [work_out(rooms, one) for one in STORIES]


def workers(beside: Readers) -> list[int]:
    """The processes that read ahead."""
    pool = beside._apart._pool if beside._apart is not None else None
    return list(pool._processes or {}) if pool is not None else []


def with_readers(beside: Readers, work: Callable[[], Awaitable[None]]) -> None:
    """Does some work in a loop while there are readers; none of their processes is left afterwards."""

    async def go() -> None:
        try:
            await work()
        finally:
            beside.close()

    asyncio.run(go())
    assert none_left()


async def all_of(beside: Readers, stories: Sequence[Story]) -> list[Worked | None]:
    """What the readers have of stories, asked for as the thread asks that takes in."""
    return await asyncio.to_thread(lambda: [beside.of(one) for one in stories])


async def until(reached: Callable[[], bool]) -> None:
    """Waits for something; the test's own time limit is the only other end."""
    while not reached():  # noqa: ASYNC110 - what is waited for happens in another process
        await asyncio.sleep(0.01)


def test_what_is_read_ahead_is_what_would_be_read_here() -> None:
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        assert await all_of(beside, STORIES) == here()
        assert sum(len(read.evidence) for one in here() for read in one.reads) > len(CITIES)
        assert sum(len(one.drops) for one in here()) > len(CITIES), "foreign ones, and endless sentences"
        beside.forget(STORIES)
        assert not beside._sent
        assert not beside._waiting

    with_readers(beside, work)


@pytest.mark.parametrize(
    ("much", "cores", "since"),
    [(len(STORIES) + 1, 2, None), (1, 1, None), (1, 2, LATER)],
    ids=["little comes", "one core", "all of it is known"],
)
def test_no_process_is_begun_for_nothing(much: int, cores: int, since: datetime | None) -> None:
    beside = Readers(much=much, cores=cores)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, since)
        assert await all_of(beside, STORIES) == [None] * len(STORIES)
        assert not workers(beside)

    with_readers(beside, work)


def test_a_reader_of_another_kind_is_not_made_elsewhere() -> None:
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for([*late(), FakeReader()])
        beside.offer(STORIES, None)
        assert await all_of(beside, STORIES) == [None] * len(STORIES)

    with_readers(beside, work)


def test_another_text_under_the_same_name_is_not_answered_with_the_first() -> None:
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        edited = replace(STORIES[0], title="Nothing of the kind")
        assert await all_of(beside, [edited, STORIES[1]]) == [None, here()[1]]

    with_readers(beside, work)


def test_theatres_that_are_others_now_are_not_answered_with_the_old_ones() -> None:
    beside = Readers(much=1, cores=2)
    without = replace(AFGHANISTAN, places=tuple(one for one in AFGHANISTAN.places if one.name != "Kunduz"))
    now = LateReader(without)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        before = workers(beside)
        beside.read_for([now])
        assert await all_of(beside, STORIES) == [None] * len(STORIES)
        beside.forget(STORIES)
        beside.offer(STORIES, None)
        assert workers(beside) != before
        found = await all_of(beside, STORIES)
        assert found == [work_out([Room(without, now, Board(without))], one) for one in STORIES]
        assert found[0] != here()[0]

    with_readers(beside, work)


def test_what_came_before_it_was_known_who_reads_is_read_ahead_too() -> None:
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.offer(STORIES, None)
        assert not workers(beside)
        await asyncio.to_thread(beside.read_for, late())
        await until(lambda: bool(beside._sent))
        assert await all_of(beside, STORIES) == here()

    with_readers(beside, work)


def test_readers_that_are_made_anew_for_the_same_theatres_go_on() -> None:
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        beside.read_for(late())
        assert await all_of(beside, STORIES) == here()

    with_readers(beside, work)


@pytest.mark.parametrize("when", ["before it answers", "after it answered"])
def test_a_reader_that_is_killed_costs_one_line_and_no_story(
    caplog: pytest.LogCaptureFixture, when: str
) -> None:
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        (pid,) = workers(beside)
        if when == "after it answered":
            await until(lambda: beside._up)
        os.kill(pid, signal.SIGKILL)
        found = await all_of(beside, STORIES)
        assert found == (here() if when == "after it answered" else [None] * len(STORIES))
        while workers(beside):
            again = [replace(one) for one in STORIES]
            beside.offer(again, None)
            assert await all_of(beside, again) == [None] * len(again)
            await asyncio.sleep(0.01)

    with caplog.at_level(logging.WARNING):
        with_readers(beside, work)
    assert [line.partition(":")[0] for line in caplog.messages] == [
        "the process that reads stories ahead ended before its time"
    ]


def sleep(_: object) -> list[Worked]:
    time.sleep(60)
    raise AssertionError


def test_a_reader_that_takes_too_long_is_ended(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(readers, "_read", sleep)
    beside = Readers(much=1, cores=2, patience=0.05)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        assert await all_of(beside, STORIES) == [None] * len(STORIES)
        await until(lambda: not workers(beside))

    with caplog.at_level(logging.WARNING):
        with_readers(beside, work)
    assert len(caplog.messages) == 1
    assert "takes too long" in caplog.text


def test_a_feed_that_waits_for_a_process_that_is_ended_is_parsed_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(readers, "_read", sleep)
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        beside._up = True  # as if it had answered before
        parsing = [
            asyncio.create_task(beside.parse(FEED.encode(), SUBSCRIPTION, content_type="", received=RECEIVED))
            for _ in range(5)
        ]
        await until(lambda: beside._parsing == 5)
        beside.close()
        found = await asyncio.gather(*parsing)
        assert [len(one.stories) for one in found if one is not None] == [2] * 5

    with_readers(beside, work)


def fall_over(_: object) -> list[Worked]:
    raise RuntimeError("there")


def test_what_goes_wrong_there_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_read", fall_over)
    beside = Readers(much=1, cores=2)

    async def work() -> None:
        beside.read_for(late())
        beside.offer(STORIES, None)
        assert await all_of(beside, STORIES) == [None] * len(STORIES)

    with_readers(beside, work)


def test_it_ends_when_there_is_nothing_to_read_and_begins_again() -> None:
    beside = Readers(much=A_UNIT, cores=2, idle=0.02)
    more = [replace(one, id=f"{n:016x}") for n, one in enumerate(STORIES * 3)]

    async def work() -> None:
        beside.read_for(late())
        for stories in (more[:A_UNIT], more[A_UNIT:]):
            beside.offer(stories[:A_UNIT], None)
            assert workers(beside)
            await until(lambda: not workers(beside))
            assert None not in await all_of(beside, stories[:A_UNIT])
            beside.forget(stories)

    more += more
    with_readers(beside, work)


def test_feeds_are_parsed_there_once_it_answers_and_here_when_it_dies() -> None:
    beside = Readers(much=1, cores=2)

    async def parsed(body: str) -> object:
        return await beside.parse(body.encode(), SUBSCRIPTION, content_type="", received=RECEIVED)

    async def work() -> None:
        from_here = await parsed(FEED)
        beside.read_for(late())
        beside.offer(STORIES, None)
        await until(lambda: beside._up)
        before = len(beside._apart._done)  # type: ignore[union-attr]
        assert await parsed(FEED) == from_here
        assert len(beside._apart._done) == before + 1  # type: ignore[union-attr]
        assert await parsed(FEED.replace("</channel>", "")) is None
        with pytest.raises(ParseError, match="web page"):
            await parsed("<!doctype html><p>")
        (pid,) = workers(beside)
        os.kill(pid, signal.SIGKILL)
        assert await parsed(FEED) == from_here

    with_readers(beside, work)
