"""Manners: how many requests may be under way in all, and how they follow each other at one host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from feeds.collector.patience import host_of


class Hosts:
    """Hands out turns: one request in flight a host, a pause between two, and a limit over all hosts."""

    def __init__(self, *, at_once: int = 16, pause: float = 1.0) -> None:
        """``at_once`` requests in all; ``pause`` seconds between the end of one and the start of the next at a host."""
        self._pause = pause
        self._places = asyncio.Semaphore(at_once)
        self._hosts: dict[str, asyncio.Lock] = {}
        self._ended: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Waits until the host of the address may be asked, and lets the next one ask afterwards."""
        host = host_of(url)
        loop = asyncio.get_running_loop()
        async with self._hosts.setdefault(host, asyncio.Lock()):
            wait = self._ended.get(host, 0.0) + self._pause - loop.time()
            if host in self._ended and wait > 0:
                await asyncio.sleep(wait)
            # Only one who could start at once takes one of the places: a slow host holds up nobody else.
            async with self._places:
                try:
                    yield
                finally:
                    self._ended[host] = loop.time()
