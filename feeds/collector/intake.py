"""The thread in which stories are taken in and written, as the event loop sees it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from feeds.collector.digest import Digester
from feeds.collector.summary import FeedResult
from feeds.collector.visit import Visit


class Intake:
    """The one thread that takes in what was fetched and writes it: the event loop never waits for a disk."""

    def __init__(self, digester: Digester, thread: ThreadPoolExecutor) -> None:
        self._digester = digester
        self._thread = thread

    async def prepare(self) -> None:
        """Restores the pipeline from the archive."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._digester.prepare)

    async def __call__(self, visits: Sequence[Visit]) -> list[FeedResult]:
        """Takes in visits; with none, lets time pass."""
        loop = asyncio.get_running_loop()
        if not visits:
            await loop.run_in_executor(self._thread, self._digester.tick)
            return []
        return await loop.run_in_executor(self._thread, self._digester.digest, list(visits))
