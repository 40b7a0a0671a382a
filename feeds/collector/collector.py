"""The loop that joins the rooms: due feeds are fetched, parsed, read, folded, weighed and written."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from feeds.archive import Archive
from feeds.clock import Clock, system_clock
from feeds.collector.digest import Digester
from feeds.collector.hosts import Hosts
from feeds.collector.intake import Intake
from feeds.collector.lease import Shift
from feeds.collector.summary import FeedResult, Summary, count_states
from feeds.collector.visit import Visit, visit
from feeds.errors import DeskError, FetchError
from feeds.pipeline import Pipeline
from feeds.story import FeedState, Subscription
from feeds.watch.watcher import Terms, Watcher, no_terms
from feeds.wire.client import Limits, WireClient, open_client

Subscriptions = Callable[[], Sequence[Subscription]]
"""Gives the feeds to follow; asked again while the loop runs, so that the desk may change."""
Told = Callable[[FeedResult], None]
"""Hears how each feed did, as soon as it is archived."""

_PATIENCE: Final = (429, 503)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a collector goes."""

    at_once: int = 16
    """Requests under way in all."""
    pause: float = 1.0
    """Seconds between two requests to one host, while the loop runs."""
    first: float = 6.0
    """Seconds that the first round of an archive waits, to take in together what came."""
    look: float = 1.0
    """Seconds between two looks at what is due."""
    tick: float = 10.0
    """Seconds between two looks at the journal and at what has faded."""


class Collector:
    """Polls the feeds of one archive, alone: it takes the archive's lease while it works."""

    def __init__(
        self,
        archive: Archive,
        make_pipeline: Callable[[], Pipeline],
        subscriptions: Subscriptions,
        *,
        clock: Clock = system_clock,
        wall: Clock = system_clock,
        limits: Limits | None = None,
        pace: Pace | None = None,
        terms: Terms = no_terms,
    ) -> None:
        """``clock`` dates the news and the heartbeat (a replay's may run fast), ``wall`` the lease.

        ``terms`` are looked for in every story that comes in.
        """
        self._archive = archive
        self._subscriptions = subscriptions
        self._clock = clock
        self._wall = wall
        self._limits = limits or Limits()
        self._pace = pace or Pace()
        self._digester = Digester(archive, make_pipeline, clock, Watcher(archive.watch, terms))
        self._note = "starting"
        self._followed: tuple[Subscription, ...] = ()

    async def poll_once(
        self, *, only_due: bool = False, together: bool | None = None, told: Told | None = None
    ) -> Summary:
        """Fetches every subscription now, each host's feeds one after the other, and says what came of it.

        Feeds that are gone, and those whose server asked for patience that is not over, are left out; with
        ``only_due`` also those that are not due. ``together`` takes all stories in at the end, in the order in
        which they were told, instead of feed by feed; by default the first round of an archive is taken so, since
        a board is best built in the order of events. Raises ArchiveError when another collector is at work.
        """
        if together is None:
            together = self._first
        async with self._at_work() as (client, intake):
            return await self._round(client, intake, only_due=only_due, together=together, told=told)

    async def poll_each(self, moments: Iterable[object]) -> Summary:
        """One round for each of the moments, all stories of a round taken in together; what came of them all.

        Whoever gives the moments sets the clock.
        """
        results: list[FeedResult] = []
        async with self._at_work() as (client, intake):
            for _ in moments:
                results += (
                    await self._round(client, intake, only_due=False, together=True, told=None)
                ).results
        return Summary(tuple(results))

    async def _round(
        self, client: WireClient, intake: Intake, *, only_due: bool, together: bool, told: Told | None
    ) -> Summary:
        self._look()
        may = self._due if only_due else self._may_ask
        chosen = [one for one in self._followed if may(self._state(one))]
        hosts = Hosts(at_once=self._pace.at_once, pause=0.0)
        self._note = f"fetching {len(chosen)} feeds"
        if not together:
            done = await asyncio.gather(*(self._follow(client, hosts, intake, one, told) for one in chosen))
            return Summary(tuple(done))
        visits = await asyncio.gather(*(self._visit(client, hosts, one) for one in chosen))
        results = await intake(visits)
        if told is not None:
            for result in results:
                told(result)
        return Summary(tuple(results))

    async def run(self, *, told: Told | None = None) -> None:
        """Follows the feeds until cancelled; the lease is given back at the end.

        Raises ArchiveError when another collector is at work or the archive cannot be written.
        """
        hosts = Hosts(at_once=self._pace.at_once, pause=self._pace.pause)
        under_way: set[str] = set()
        async with self._at_work() as (client, intake), asyncio.TaskGroup() as tasks:

            async def one(subscription: Subscription) -> None:
                try:
                    await self._follow(client, hosts, intake, subscription, told)
                finally:
                    under_way.discard(subscription.url)

            if self._first:
                await self._begin(client, hosts, intake, told)

            ticked = self._wall()
            while True:
                self._look()
                for subscription in self._followed:
                    if subscription.url not in under_way and self._due(self._state(subscription)):
                        under_way.add(subscription.url)
                        tasks.create_task(one(subscription))
                if (self._wall() - ticked).total_seconds() >= self._pace.tick:
                    ticked = self._wall()
                    await intake(())
                self._note = (
                    f"fetching {len(under_way)} of {len(self._followed)} feeds" if under_way else "waiting"
                )
                await asyncio.sleep(self._pace.look)

    async def _begin(self, client: WireClient, hosts: Hosts, intake: Intake, told: Told | None) -> None:
        """The first round of an archive: what comes within seconds is taken in together, in the order of events."""
        self._look()
        self._note = f"fetching {len(self._followed)} feeds for the first time"
        visits = [asyncio.create_task(self._visit(client, hosts, one)) for one in self._followed]
        if not visits:
            return
        try:
            done, _ = await asyncio.wait(visits, timeout=self._pace.first)
        finally:
            for late in visits:
                late.cancel()  # asked again at once by the loop, each on its own
        results = await intake([task.result() for task in visits if task in done]) if done else []
        for result in results:
            if told is not None:
                told(result)

    @asynccontextmanager
    async def _at_work(self) -> AsyncIterator[tuple[WireClient, Intake]]:
        """The lease, the heartbeat, the client, and the one thread in which everything is written."""
        with (
            Shift(self._archive, wall=self._wall, clock=self._clock) as shift,
            ThreadPoolExecutor(1, "digest") as thread,
        ):
            intake = Intake(self._digester, thread)
            try:
                async with open_client(self._limits) as client, asyncio.TaskGroup() as tasks:
                    heart = tasks.create_task(shift.keep(self._say))
                    await intake.prepare()
                    yield client, intake
                    heart.cancel()
            except BaseExceptionGroup as group:
                raise _first(group) from None

    async def _follow(
        self, client: WireClient, hosts: Hosts, intake: Intake, subscription: Subscription, told: Told | None
    ) -> FeedResult:
        """One feed from the request to the archive."""
        (result,) = await intake([await self._visit(client, hosts, subscription)])
        if told is not None:
            told(result)
        return result

    async def _visit(self, client: WireClient, hosts: Hosts, subscription: Subscription) -> Visit:
        state = self._state(subscription)
        async with hosts.turn(state.moved_to or state.url):
            try:
                return await visit(client, subscription, state, limits=self._limits, clock=self._clock)
            except Exception as error:  # noqa: BLE001 - the boundary: one feed, however broken, stops no other
                reason = f"warwatch failed on this feed: {type(error).__name__}: {error}"[:300]
                return Visit(subscription, state, FetchError(reason))

    @property
    def _first(self) -> bool:
        """Whether nothing was ever fetched into this archive."""
        return not self._digester.states

    def _look(self) -> None:
        try:
            by_url = {one.url: one for one in self._subscriptions()}
        except DeskError:
            if not self._followed:
                raise
            return  # a desk broken while it is edited: go on with the feeds known, it is read again in a moment
        self._followed = tuple(by_url.values())

    def _state(self, subscription: Subscription) -> FeedState:
        return self._digester.states.get(subscription.url) or FeedState(subscription.url)

    def _may_ask(self, state: FeedState) -> bool:
        if state.gone:
            return False
        return not (
            state.status in _PATIENCE and state.next_due is not None and state.next_due > self._clock()
        )

    def _due(self, state: FeedState) -> bool:
        return not state.gone and (state.next_due is None or state.next_due <= self._clock())

    def _say(self) -> tuple[int, int, str]:
        return (*count_states([self._state(one) for one in self._followed]), self._note)


def run_until_ended(collector: Collector, *, told: Told | None = None) -> None:
    """Runs a collector in this process until SIGINT or SIGTERM; what is under way is written first."""

    async def main() -> None:
        task = asyncio.current_task()
        assert task is not None
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await collector.run(told=told)

    asyncio.run(main())


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first error in a group of tasks': one line is what an operator reads."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
