"""Waiting out what passes: a disk that is full, a server that is away. What was fetched is kept meanwhile.

A collector that ended would have to fetch it all again, and what left its feed by then would be lost.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from feeds.errors import PassingError

AGAIN_SECONDS: Final = 2.0
"""Before it is tried again the first time; twice as long each time after."""
LONGEST_SECONDS: Final = 15.0
_GOES_ON: Final = "the archive takes in again; what was kept is written"

log = logging.getLogger("warwatch.collector")
_T = TypeVar("_T")


class Endurance:
    """Tries again, as long as it takes, what the archive cannot do just now; says so once, and once when it can."""

    def __init__(self, *, first: float = AGAIN_SECONDS) -> None:
        self._first = first
        self._waiting = 0
        self.trouble = ""
        """What is being waited out, in one line; empty when nothing is."""

    async def __call__(self, work: Callable[[], Awaitable[_T]]) -> _T:
        """What the work gives in the end; what does not pass is raised."""
        try:
            return await work()
        except PassingError as error:
            self._begin(str(error))
        try:
            pause = self._first
            while True:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_SECONDS)
                try:
                    done = await work()
                except PassingError as error:
                    self.trouble = str(error)
                else:
                    break
        except BaseException:  # told to end, or what it waited for is worse than it was
            self._end()
            raise
        if self._end():
            log.warning(_GOES_ON)
        return done

    def _begin(self, trouble: str) -> None:
        self._waiting += 1
        self.trouble = trouble
        if self._waiting == 1:
            log.warning("%s; what is fetched is kept until then", trouble)

    def _end(self) -> bool:
        """Whether nothing is waited for any more."""
        self._waiting -= 1
        if not self._waiting:
            self.trouble = ""
        return not self._waiting


class Impatience(Endurance):
    """Tries everything once: for a collector that asks its feeds once and ends."""

    async def __call__(self, work: Callable[[], Awaitable[_T]]) -> _T:
        """What the work gives, or raises."""
        return await work()
