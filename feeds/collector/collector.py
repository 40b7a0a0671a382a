"""The loop that joins the rooms: due feeds are fetched, parsed, read, folded, weighed and written."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Final, TypeVar

from feeds.archive import Archive
from feeds.clock import Clock, system_clock
from feeds.collector.digest import Digester
from feeds.collector.endurance import Endurance, Impatience
from feeds.collector.hosts import Hosts
from feeds.collector.intake import Intake
from feeds.collector.lease import Shift
from feeds.collector.load import Load
from feeds.collector.parsing import Parsers
from feeds.collector.patience import Patience
from feeds.collector.readers import Readers
from feeds.collector.reloads import Reloads
from feeds.collector.sharing import Asked, Rounds, SharedFeeds
from feeds.collector.standstill import Standstill, never
from feeds.collector.summary import FeedResult, Summary, count_states
from feeds.collector.work import Told, VisitTask, Work
from feeds.errors import DeskError
from feeds.pipeline import Pipeline
from feeds.story import FeedState, Subscription
from feeds.watch.watcher import Terms, Watcher, no_terms
from feeds.wire.client import Limits, open_client

Subscriptions = Callable[[], Sequence[Subscription]]
"""Gives the feeds to follow; asked again while the loop runs, so that the desk may change."""

_T = TypeVar("_T")
_AHEAD: Final = timedelta(hours=1)
"""A feed asked so far ahead of now was asked while the clock was wrong: when it is due next says nothing."""

Beside = Callable[[], AbstractAsyncContextManager[None]]
"""What goes on beside a collector while it has the lease; it may not raise, and is left when the work is done."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a collector goes."""

    at_once: int = 16
    """Requests under way in all."""
    pause: float = 1.0
    """Seconds between two requests to one host, while the loop runs."""
    first: float = 3.0
    """Seconds that the first round of an archive waits, to take in together what came (see :meth:`Work.take_first`)."""
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
        beside: Beside = nullcontext,
        readers: Readers | None = None,
        standstill: Standstill = never,
    ) -> None:
        """``clock`` dates the news (a replay's may run fast), ``wall`` the lease and the heartbeat.

        ``terms`` are looked for in every story that comes in; ``readers`` read ahead where much comes;
        ``standstill`` says when the boards need not be weighed (see :mod:`feeds.collector.standstill`).
        """
        self._beside = beside
        self.load = Load()
        """How busy it is."""
        self._archive = archive
        self._subscriptions = subscriptions
        self._clock = clock
        self._wall = wall
        self._limits = limits or Limits()
        self._pace = pace or Pace()
        self._readers = readers or Readers()
        self._digester = Digester(
            archive, make_pipeline, clock, Watcher(archive.watch, terms), self._readers, standstill
        )
        self._patience = Patience()
        self._endure: Endurance = Impatience()
        self._note = "starting"
        self._followed: tuple[Subscription, ...] = ()

    async def poll_once(
        self, *, only_due: bool = False, together: bool | None = None, told: Told | None = None
    ) -> Summary:
        """Fetches every subscription now, each host's feeds one after the other, and says what came of it.

        What operators decided is heeded when all has come in.

        Feeds that are gone, and those whose server asked for patience that is not over, are left out; with
        ``only_due`` also those that are not due. ``together`` takes all stories in at the end, in the order in
        which they were told, instead of feed by feed; by default the first round of an archive is taken so, as far
        as it comes within :attr:`Pace.first`. Raises ArchiveError when another collector is at work.
        """
        async with self._at_work(told) as work:
            if self._archive.shared:
                summary = await self._shared_round(work, only_due=only_due)
            else:
                summary = await self._round(work, only_due=only_due, together=together)
            await work.intake.heed()
            return summary

    async def poll_each(self, moments: Iterable[object]) -> Summary:
        """One round for each of the moments, all stories of a round taken in together; what came of them all.

        Whoever gives the moments sets the clock. What operators decided is heeded after each round.
        """
        results: list[FeedResult] = []
        async with self._at_work() as work:
            for _ in moments:
                results += (await self._round(work, only_due=False, together=True)).results
                await work.intake.heed()
        return Summary(tuple(results))

    async def _round(self, work: Work, *, only_due: bool, together: bool | None) -> Summary:
        self._look()
        may = self._due if only_due else self._may_ask
        hosts = Hosts(at_once=self._pace.at_once, pause=0.0)
        in_order = together or (together is None and self._first)
        received = self._clock() if in_order else None  # by each feed's own moment it would be feed by feed
        visits = [
            asyncio.create_task(work.visit(hosts, one, self._state(one), received))
            for one in self._followed
            if may(one)
        ]
        self._note = f"fetching {len(visits)} feeds"
        results: list[FeedResult] = []
        late = visits
        try:
            if in_order:
                results, late = await work.take_first(visits, None if together else self._pace.first)
            all_here = asyncio.gather(*late, return_exceptions=True)
            all_here.add_done_callback(lambda _: work.intake.hurry())
            results += filter(None, await asyncio.gather(*map(work.follow, late)))
        finally:
            for visit in visits:
                visit.cancel()
        order = {one.url: place for place, one in enumerate(self._followed)}
        return Summary(tuple(sorted(results, key=lambda result: order[result.subscription.url])))

    async def run(self, *, told: Told | None = None) -> None:
        """Follows the feeds until cancelled; the lease is given back at the end.

        An archive that cannot be written just now is waited for, with what was fetched in hand. Raises ArchiveError when
        another collector is at work or the archive cannot be written at all.
        """
        self._endure = Endurance()
        hosts = Hosts(at_once=self._pace.at_once, pause=self._pace.pause)
        under_way: set[str] = set()
        async with self._at_work(told) as work, asyncio.TaskGroup() as tasks:
            if self._archive.shared:
                await self._share(work, tasks)

            def begin(subscription: Subscription) -> VisitTask:
                under_way.add(subscription.url)
                return tasks.create_task(work.visit(hosts, subscription, self._state(subscription)))

            async def follow(subscription: Subscription, visit: VisitTask) -> None:
                try:
                    await work.follow(visit)
                finally:
                    under_way.discard(subscription.url)

            if self._first:
                self._look()
                self._note = f"fetching {len(self._followed)} feeds for the first time"
                begun = {begin(one): one for one in self._followed}
                _, late = await work.take_first(list(begun), self._pace.first)
                under_way.intersection_update(begun[visit].url for visit in late)
                for visit in late:
                    tasks.create_task(follow(begun[visit], visit))

            ticked, reloads = self._wall(), Reloads(self._archive)
            while True:
                self._look()
                wanted = await self._patiently(reloads.asked)
                for one in self._followed:
                    due = self._due(one) or (wanted(one.url) and self._may_ask(one))
                    if due and one.url not in under_way:
                        tasks.create_task(follow(one, begin(one)))
                if (self._wall() - ticked).total_seconds() >= self._pace.tick:
                    ticked = self._wall()
                    await work.intake.pass_time()
                self.load.under_way = len(under_way)
                self._note = (
                    f"fetching {len(under_way)} of {len(self._followed)} feeds" if under_way else "waiting"
                )
                await asyncio.sleep(self._pace.look)

    async def _share(self, work: Work, tasks: asyncio.TaskGroup) -> None:
        """Follows the feeds for ever, with all other collectors of the archive."""
        shared, rounds = self._sharing(work, tasks, self._pace.pause)
        ticked, reloads = self._wall(), Reloads(self._archive)
        while True:
            self._look()
            await self._endure(lambda: shared.follow(self._followed, self._digester.states))
            wanted = await self._patiently(reloads.asked)
            hastened = [one.url for one in self._followed if wanted(one.url)]
            await self._endure(partial(shared.hasten, hastened))
            await self._endure(rounds.take)
            if (self._wall() - ticked).total_seconds() >= self._pace.tick:
                ticked = self._wall()
                await work.intake.pass_time()
            self.load.under_way = len(rounds.under_way)
            self._note = f"fetching {len(rounds.under_way)} feeds" if rounds.under_way else "waiting"
            await rounds.wait(self._pace.look)

    async def _shared_round(self, work: Work, *, only_due: bool) -> Summary:
        """One round over the feeds that other collectors do not have: all of them when there is no other, else what is due."""
        results: list[FeedResult] = []
        async with asyncio.TaskGroup() as tasks:
            shared, rounds = self._sharing(work, tasks, 0.0, results)
            self._look()
            await shared.follow(self._followed, self._digester.states)
            if not only_due and work.shift is not None and work.shift.is_only_one:
                await shared.hasten(one.url for one in self._followed)
            self._note = f"fetching {len(self._followed)} feeds"
            while await rounds.take() or rounds.under_way:
                await rounds.wait(self._pace.look)
        order = {one.url: place for place, one in enumerate(self._followed)}
        return Summary(tuple(sorted(results, key=lambda result: order[result.subscription.url])))

    def _sharing(
        self,
        work: Work,
        tasks: asyncio.TaskGroup,
        pause: float,
        results: list[FeedResult] | None = None,
    ) -> tuple[SharedFeeds, Rounds]:
        """Its part of the feeds, and what takes and asks them."""
        assert work.shift is not None
        assert work.shift.feeds is not None
        shared = SharedFeeds(work.shift.feeds, self._clock, pause=pause)
        self._digester.done = shared.done
        hosts = Hosts(at_once=self._pace.at_once, pause=pause)

        async def see(subscription: Subscription) -> FeedResult | None:
            state = self._state(subscription)
            if not self._may_ask(subscription):
                until = None if state.gone else state.patience_until
                await self._endure(lambda: shared.leave(subscription, until))
                return None
            result = await work.follow(tasks.create_task(work.visit(hosts, subscription, state)))
            if result is None:
                until = self._state(subscription).patience_until
                await self._endure(lambda: shared.leave(subscription, until))
            elif results is not None:
                results.append(result)
            return result

        async def begin(taken: Sequence[Subscription]) -> list[Asked]:
            if taken:  # another collector may have asked them last
                urls = [one.url for one in taken]
                known = await self._patiently(lambda: self._archive.feed_states(urls))
                self._digester.states.update(known)
            return [tasks.create_task(see(one)) for one in taken]

        return shared, Rounds(shared, self._pace.at_once, begin)

    @asynccontextmanager
    async def _at_work(self, told: Told | None = None) -> AsyncIterator[Work]:
        """The lease, the heartbeat, the client, and the one thread in which everything is written."""
        with (
            Shift(self._archive, wall=self._wall) as shift,
            closing(self._digester),
            ThreadPoolExecutor(1, "digest") as thread,
            closing(self._readers),
        ):
            intake = Intake(self._digester, thread, self.load, self._endure)
            self._digester.ended.clear()
            try:
                async with (
                    open_client(self._limits) as client,
                    Parsers(self._readers) as parsers,
                    asyncio.TaskGroup() as tasks,
                ):
                    heart = tasks.create_task(shift.keep(self._say, self._endure))
                    tasks.create_task(intake.prepare())  # while the first answers are on their way
                    async with self._beside():
                        yield Work(
                            client,
                            parsers,
                            self._readers,
                            intake,
                            self._patience,
                            self._limits,
                            self._clock,
                            told,
                            shift,
                        )
                    heart.cancel()
            except BaseExceptionGroup as group:
                raise _first(group) from None
            finally:
                self._digester.ended.set()

    async def _patiently(self, work: Callable[[], _T]) -> _T:
        """What some work with the archive comes to, beside the event loop."""
        return await self._endure(lambda: asyncio.to_thread(work))

    @property
    def waits_out(self) -> str:
        """What keeps the archive from being written just now, in one line; empty when nothing does."""
        return self._endure.trouble

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
        self.load.followed = len(self._followed)
        self._patience.note_all((one, self._state(one)) for one in self._followed)

    def _state(self, subscription: Subscription) -> FeedState:
        return self._digester.states.get(subscription.url) or FeedState(subscription.url)

    def _may_ask(self, subscription: Subscription) -> bool:
        """Whether a feed may be asked at all: it is not gone, and nobody asked for patience."""
        state = self._state(subscription)
        url = state.asked
        return not state.gone and self._patience.allows(subscription, url, self._clock())

    def _due(self, subscription: Subscription) -> bool:
        state, now = self._state(subscription), self._clock()
        due = state.paced(subscription.interval).next_due  # as it is wished now
        wrong = state.last_fetch is not None and state.last_fetch - now > _AHEAD
        return (due is None or due <= now or wrong) and self._may_ask(subscription)

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
