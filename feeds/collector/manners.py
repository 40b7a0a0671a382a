"""Turns and patience together: how the hosts are asked that one feed leads to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from feeds.clock import Clock
from feeds.collector.hosts import Hosts
from feeds.collector.patience import Patience, host_of
from feeds.errors import Unreachable
from feeds.story import Subscription
from feeds.wire.fetch import Manners


class NotYetError(Exception):
    """While a feed waited for its turn, its server asked to be left alone."""


class FeedManners(Manners):
    """One feed's: each host in its turn, and none that asked for patience."""

    def __init__(
        self, hosts: Hosts, patience: Patience, subscription: Subscription, url: str, clock: Clock
    ) -> None:
        """``url`` is the feed's own address; only a redirect leads to others."""
        self._hosts = hosts
        self._patience = patience
        self._subscription = subscription
        self._url = url
        self._clock = clock

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """As :meth:`Manners.turn`; raises NotYetError, or Unreachable where a redirect led to an impatient host."""
        async with self._hosts.turn(url):
            if not self._patience.allows(self._subscription, url, self._clock()):
                if url == self._url:
                    raise NotYetError
                raise Unreachable(f"redirected to {host_of(url)}, which asked to be left alone for now")
            yield

    def heed(self, url: str, seconds: float) -> None:
        """As :meth:`Manners.heed`."""
        self._patience.ask(self._subscription, url, self._clock() + timedelta(seconds=seconds))
