"""What was fetched is written together: a transaction costs the same for one feed as for many."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pytest

from feeds.collector import intake
from feeds.collector.digest import Digester
from feeds.collector.intake import AT_ONCE, Intake
from feeds.collector.summary import FeedResult
from feeds.collector.visit import Visit
from feeds.errors import FetchError
from feeds.story import FeedState, Subscription


class Writer:
    """Takes the place of a digester: says how many feeds each transaction had."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def digest(self, visits: Sequence[Visit]) -> list[FeedResult]:
        self.sizes.append(len(visits))
        return [FeedResult(one.subscription, one.state) for one in visits]


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as one:
        yield one


def visits(count: int) -> list[Visit]:
    return [
        Visit(
            Subscription(f"https://{n}.example/", "Wire", "B"),
            FeedState(f"https://{n}.example/"),
            FetchError(""),
        )
        for n in range(count)
    ]


def test_the_first_is_written_at_once_and_the_next_together(
    thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "GATHER_SECONDS", 3600.0)
    writer, (first, *others) = Writer(), visits(1 + AT_ONCE)

    async def work() -> None:
        take_in = Intake(cast("Digester", writer), thread)
        assert (await take_in(first)).subscription == first.subscription
        results = await asyncio.gather(*map(take_in, others))
        assert [one.subscription for one in results] == [one.subscription for one in others]

    asyncio.run(asyncio.wait_for(work(), 60))
    assert writer.sizes == [1, AT_ONCE]


def test_few_are_written_when_nobody_else_comes(
    thread: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "GATHER_SECONDS", 0.05)
    writer, (first, *others) = Writer(), visits(4)

    async def work() -> None:
        take_in = Intake(cast("Digester", writer), thread)
        await take_in(first)
        await asyncio.gather(*map(take_in, others))

    asyncio.run(asyncio.wait_for(work(), 60))
    assert writer.sizes == [1, 3]
