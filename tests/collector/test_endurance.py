"""What the archive cannot do just now is tried again; what it can never do is said at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest

from feeds.collector.endurance import Endurance, Impatience
from feeds.errors import ArchiveError, PassingError


class Door:
    """An archive that cannot be written some times, and then can."""

    def __init__(self, shut: int, error: type[ArchiveError] = PassingError) -> None:
        self.shut, self.error, self.knocks = shut, error, 0

    async def __call__(self) -> str:
        self.knocks += 1
        if self.knocks <= self.shut:
            raise self.error("the disk is full")
        return "written"


def in_time(work: Callable[[], Awaitable[object]]) -> None:
    async def main() -> None:
        async with asyncio.timeout(30):
            await work()

    asyncio.run(main())


def test_it_is_tried_again_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        endure, doors = Endurance(first=0.001), [Door(3), Door(2), Door(0)]
        assert await asyncio.gather(*map(endure, doors)) == ["written"] * 3
        assert [door.knocks for door in doors] == [4, 3, 1]
        assert endure.trouble == ""

    with caplog.at_level(logging.WARNING, "warwatch"):
        in_time(work)
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "the disk is full; what is fetched is kept until then",
        "the archive takes in again; what was kept is written",
    ]


def test_while_it_waits_it_says_for_what(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        endure = Endurance(first=3600.0)
        task = asyncio.ensure_future(endure(Door(1)))
        for _ in range(9):
            await asyncio.sleep(0)
        assert endure.trouble == "the disk is full"
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert endure.trouble == ""

    in_time(work)
    assert not [record for record in caplog.records if "takes in again" in record.getMessage()]


def test_what_does_not_pass_is_raised() -> None:
    async def work() -> None:
        with pytest.raises(ArchiveError, match="the disk is full"):
            await Endurance(first=0.001)(Door(1, ArchiveError))
        with pytest.raises(PassingError):
            await Impatience()(Door(1))

    in_time(work)
