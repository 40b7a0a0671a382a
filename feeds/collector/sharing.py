"""Feeds that several collectors share: which ones this collector has now, and what becomes of them afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from feeds.clock import Clock
from feeds.collector.patience import host_of
from feeds.collector.summary import FeedResult
from feeds.story import FeedState, Subscription

if TYPE_CHECKING:
    from feeds.archive.server.feedturns import FeedTurns, GivenBack

Asked: TypeAlias = "asyncio.Task[FeedResult | None]"
"""A feed on its way from the server that tells to the archive."""
AT_A_TIME: Final = 10
"""Feeds taken at once."""
_HANDS: Final = 3
"""Feeds had for each that is asked at one moment: the next ones, and those that wait to be written."""
_A_LITTLE: Final = 0.1
GONE_SECONDS: Final = 3600.0
"""How long a feed is left alone that may not be asked at all."""


class SharedFeeds:
    """One collector's part of the feeds; what asks the server is run in a thread."""

    def __init__(self, turns: FeedTurns, clock: Clock, *, pause: float) -> None:
        """``pause`` is how many seconds a host rests between two requests, whoever makes them."""
        self._turns, self._clock, self._pause = turns, clock, pause
        self._followed: dict[str, Subscription] = {}
        self._foreign: set[str] = set()
        """Feeds of other desks, which this one does not follow."""

    async def follow(self, followed: Sequence[Subscription], states: dict[str, FeedState]) -> None:
        """Makes the feeds known that are followed now."""
        new = [one for one in followed if one.url not in self._followed]
        if new:
            hosts = {one.url: host_of(states[one.url].asked if one.url in states else one.url) for one in new}
            await asyncio.to_thread(self._turns.enroll, hosts)
        self._followed = {one.url: one for one in followed}
        self._foreign -= self._followed.keys()

    async def hasten(self, feeds: Iterable[str]) -> None:
        """Lets feeds be due at once, where nobody has them."""
        if wanted := list(feeds):
            await asyncio.to_thread(self._turns.hasten, wanted)

    async def take(self, at_most: int) -> list[Subscription]:
        """Feeds that are due and that this collector has from now on."""
        taken = await asyncio.to_thread(self._turns.take, at_most, sorted(self._foreign))
        strange = [url for url in taken if url not in self._followed]
        if strange:
            self._foreign.update(strange)
            await asyncio.to_thread(self._turns.give_back, [self._given(url, 0.0) for url in strange])
        return [self._followed[url] for url in taken if url in self._followed]

    async def leave(self, subscription: Subscription, until: datetime | None) -> None:
        """Gives back a feed that may not be asked before a moment, or at all."""
        wait = GONE_SECONDS if until is None else (until - self._clock()).total_seconds()
        given = self._given(subscription.url, max(wait, self._pause))
        await asyncio.to_thread(self._turns.give_back, [given])

    def done(self, states: Collection[FeedState]) -> None:
        """Gives back the feeds that were asked, in the transaction that writes what came of it."""
        self._turns.give_back([self._after(state) for state in states])

    def _after(self, state: FeedState) -> GivenBack:
        now = self._clock()
        due, rest = state.next_due, self._pause
        wait = GONE_SECONDS if state.gone or due is None else (due - now).total_seconds()
        subscription = self._followed.get(state.url)
        if state.patience_until is not None and (subscription is None or subscription.patience != "feed"):
            rest = max(rest, (state.patience_until - now).total_seconds())
        return self._given(state.url, max(0.0, wait), asked=state.asked, rest=rest)

    def _given(self, url: str, wait: float, *, asked: str = "", rest: float | None = None) -> GivenBack:
        from feeds.archive.server.feedturns import GivenBack

        return GivenBack(url, host_of(asked or url), wait, self._pause if rest is None else rest)


class Rounds:
    """The loop of a collector that shares its feeds: takes what is due as long as it has hands for it."""

    def __init__(
        self,
        feeds: SharedFeeds,
        at_once: int,
        begin: Callable[[Sequence[Subscription]], Awaitable[list[Asked]]],
    ) -> None:
        """``begin`` asks feeds just taken, and sees each through to the archive in a task of its own."""
        self._feeds, self._at_once, self._begin = feeds, at_once, begin
        self.under_way: set[Asked] = set()

    async def take(self) -> int:
        """Begins with as many feeds as there are hands for; how many were taken."""
        count = 0
        while (free := _HANDS * self._at_once - len(self.under_way)) > 0:
            wanted = min(AT_A_TIME, free)
            taken = await self._feeds.take(wanted)
            for task in await self._begin(taken):
                self.under_way.add(task)
                task.add_done_callback(self.under_way.discard)
            count += len(taken)
            if len(taken) < wanted:
                break
        return count

    async def wait(self, seconds: float) -> None:
        """Until some time has passed, or so much is done that ten more can be taken."""
        loop = asyncio.get_running_loop()
        end, enough = loop.time() + seconds, _HANDS * self._at_once - AT_A_TIME
        if len(self.under_way) <= enough:
            await asyncio.sleep(seconds if not self.under_way else min(seconds, _A_LITTLE))
            return
        while len(self.under_way) > enough and (left := end - loop.time()) > 0:
            await asyncio.wait(self.under_way, timeout=left, return_when=asyncio.FIRST_COMPLETED)
