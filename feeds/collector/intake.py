"""The thread in which stories are taken in and written, as the event loop sees it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final, TypeVar

from feeds.collector.digest import Digester
from feeds.collector.endurance import Endurance, Impatience
from feeds.collector.load import Load
from feeds.collector.summary import FeedResult
from feeds.collector.visit import Visit

AT_ONCE: Final = 32
"""Feeds written in one transaction when several wait for the thread: each costs the disk as much as one feed."""
_T = TypeVar("_T")
GATHER_SECONDS: Final = 0.2
"""Between two transactions, unless so many wait: what comes meanwhile is written for the price of one feed."""


class Intake:
    """The one thread that takes in what was fetched and writes it: the event loop never waits for a disk.

    What comes while it is at work is taken in together afterwards.
    """

    def __init__(
        self,
        digester: Digester,
        thread: ThreadPoolExecutor,
        load: Load | None = None,
        endure: Endurance | None = None,
    ) -> None:
        """``endure`` waits out an archive that cannot be written just now; what was fetched is kept meanwhile."""
        self._digester = digester
        self._endure = endure or Impatience()
        self._load = load or Load()
        self._thread = thread
        self._waiting: list[tuple[Visit, asyncio.Future[FeedResult]]] = []
        self._work: asyncio.Task[None] | None = None
        self._enough = asyncio.Event()
        """Set while as many wait as are written at once."""
        self._next = 0.0
        """When, by the loop's clock, fewer are written too."""
        self._last = False

    async def prepare(self) -> None:
        """Restores the pipeline from the archive."""
        await self._in_thread(self._digester.prepare)

    async def pass_time(self) -> None:
        """Heeds what operators decided, and lets time pass."""
        await self._in_thread(self._digester.tick)

    async def heed(self) -> None:
        """Heeds what operators decided."""
        await self._in_thread(self._digester.heed)

    async def together(self, visits: Sequence[Visit]) -> list[FeedResult]:
        """Takes in visits in one transaction, their stories in the order in which they were told."""
        if not visits:
            return []
        some = list(visits)
        return await self._in_thread(lambda: self._digest(some))

    def hurry(self) -> None:
        """Hears that no more visits come: what waits is not kept for others."""
        self._last = True
        self._enough.set()

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        """What some work in the thread comes to."""
        loop = asyncio.get_running_loop()
        return await self._endure(lambda: loop.run_in_executor(self._thread, work))

    def _digest(self, visits: list[Visit]) -> list[FeedResult]:
        """In the thread: take in, and note how long that took."""
        began = time.monotonic()
        results = self._digester.digest(visits)
        self._load.digests += 1
        self._load.seconds += time.monotonic() - began
        return results

    async def __call__(self, visit: Visit) -> FeedResult:
        """Takes in one visit, with others that wait."""
        result: asyncio.Future[FeedResult] = asyncio.get_running_loop().create_future()
        self._waiting.append((visit, result))
        self._load.waiting += 1
        if len(self._waiting) >= AT_ONCE:
            self._enough.set()
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._take_in())
        return await result

    async def _take_in(self) -> None:
        while self._waiting:
            await self._gather()
            some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            self._load.waiting = len(self._waiting)
            try:
                results = await self.together([visit for visit, _ in some])
            except Exception as error:  # noqa: BLE001 - handed to those who wait for it
                for _, waiting in some:
                    if not waiting.done():
                        waiting.set_exception(error)
                continue
            for (_, waiting), result in zip(some, results, strict=True):
                if not waiting.done():
                    waiting.set_result(result)

    async def _gather(self) -> None:
        """Until it is time to write, or so many wait that it is worth it."""
        loop = asyncio.get_running_loop()
        if len(self._waiting) < AT_ONCE and not self._last:
            self._enough.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout_at(self._next):
                    await self._enough.wait()
        self._next = loop.time() + GATHER_SECONDS
