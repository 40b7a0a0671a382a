"""Parsing off the event loop: small sound feeds in a thread, all that takes long in a process of its own.

The threads share one interpreter with the event loop: what takes longer than a few milliseconds there is felt by every
other feed. A process can also be ended, which is the only way out of a parser that does not come to an end.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from typing import Final, Self

from feeds.errors import ParseError
from feeds.story import Subscription
from feeds.wire.parse import Parsed, parse, parse_if_sure

SMALL: Final = 50_000
"""Bytes that the fast path reads and cleans in a few milliseconds."""
PATIENCE: Final = 20.0
"""Seconds for one feed; the slowest that comes to an end needs three."""
IDLE: Final = 60.0
"""Seconds after which a process with nothing to do is ended, for its memory's sake."""


class Parsers:
    """Parses bodies, one large or odd one at a time; use it as an asynchronous context manager."""

    def __init__(self, *, small: int = SMALL, patience: float = PATIENCE, idle: float = IDLE) -> None:
        self._small, self._patience, self._idle = small, patience, idle
        self._pool: ProcessPoolExecutor | None = None
        self._turn = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._end()

    async def parse(
        self, body: bytes, subscription: Subscription, *, content_type: str, received: datetime
    ) -> Parsed:
        """As :func:`feeds.wire.parse.parse`; ParseError also when it takes too long, or takes its process along."""
        if len(body) <= self._small:
            sure = await asyncio.to_thread(
                parse_if_sure, body, subscription, content_type=content_type, received=received
            )
            if sure is not None:
                return sure
        async with self._turn:
            return await self._apart(body, subscription, content_type, received)

    async def _apart(
        self, body: bytes, subscription: Subscription, content_type: str, received: datetime
    ) -> Parsed:
        if self._ending is not None:
            self._ending.cancel()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        work = asyncio.get_running_loop().run_in_executor(
            self._pool, _parse, body, subscription, content_type, received
        )
        try:
            async with asyncio.timeout(self._patience):
                return await work
        except TimeoutError as error:
            self._end()
            raise ParseError(f"the feed takes longer than {self._patience:g} s to parse") from error
        except BrokenProcessPool as error:
            self._end()
            raise ParseError(
                "the feed ended the process that parsed it, for want of memory perhaps"
            ) from error
        finally:
            self._ending = asyncio.get_running_loop().call_later(self._idle, self._end)

    def _end(self) -> None:
        """Lets go of the process, whatever it is at."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # There is no public way to end a worker that does not come back before Python 3.14.
        workers = list((pool._processes or {}).values())  # noqa: SLF001
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(1.0)


def _parse(body: bytes, subscription: Subscription, content_type: str, received: datetime) -> Parsed:
    return parse(body, subscription, content_type=content_type, received=received)
