"""What a collector works with while it has the lease, and the steps of its work on one feed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from feeds.clock import Clock
from feeds.collector.hosts import Hosts
from feeds.collector.intake import Intake
from feeds.collector.lease import Shift
from feeds.collector.manners import FeedManners, NotYetError
from feeds.collector.parsing import Parsers
from feeds.collector.patience import Patience
from feeds.collector.readers import Readers
from feeds.collector.summary import FeedResult
from feeds.collector.visit import Visit, visit
from feeds.errors import FetchError
from feeds.story import FeedState, Subscription
from feeds.wire.client import Limits, WireClient

VisitTask: TypeAlias = asyncio.Task[Visit | None]
"""A visit under way."""
Told: TypeAlias = Callable[[FeedResult], None]
"""Hears how each feed did, as soon as it is archived."""


@dataclass(frozen=True, slots=True)
class Work:
    """Client, parsers, readers and archive of one shift."""

    client: WireClient
    parsers: Parsers
    readers: Readers
    intake: Intake
    patience: Patience
    limits: Limits
    clock: Clock
    told: Told | None = None
    shift: Shift | None = None
    """Its place among the collectors of an archive that several share."""

    async def visit(
        self, hosts: Hosts, subscription: Subscription, state: FeedState, received: datetime | None = None
    ) -> Visit | None:
        """What came of asking a feed; None when its server asked for patience while it waited for its turn."""
        try:
            visited = await visit(
                self.client,
                subscription,
                state,
                limits=self.limits,
                clock=self.clock,
                parsers=self.parsers,
                manners=FeedManners(hosts, self.patience, subscription, state.asked, self.clock),
                received=received,
            )
        except NotYetError:
            return None
        except Exception as error:  # noqa: BLE001 - the boundary: one feed, however broken, stops no other
            reason = f"warwatch failed on this feed: {type(error).__name__}: {error}"[:300]
            return Visit(subscription, state, FetchError(reason))
        if visited.parsed is not None:
            self.readers.offer(visited.parsed.stories, state.newest)
        return visited

    async def follow(self, visiting: VisitTask) -> FeedResult | None:
        """One feed from its visit to the archive; None when it was not asked after all."""
        visited = await visiting
        if visited is None:
            return None
        result = await self.intake(visited)
        if self.told is not None:
            self.told(result)
        return result

    async def take_first(
        self, visits: Sequence[VisitTask], seconds: float | None
    ) -> tuple[list[FeedResult], list[VisitTask]]:
        """Takes in together what comes within some seconds; how that did, and the visits still under way.

        A board is best built in the order of events, and the first round of an archive brings days of them. To wait
        for every feed would show nothing for as long as the slowest takes, twenty seconds at worst. So what answers
        within three is put in order, and the rest is taken as it comes, in order within each write: it finds the
        board a little ahead of its news, which the board takes as evidence heard late, dated when it was heard.
        """
        if not visits:
            return [], []
        done, _ = await asyncio.wait(visits, timeout=seconds)
        found = [visited for task in visits if task in done and (visited := task.result())]
        results = await self.intake.together(found)
        if self.told is not None:
            for result in results:
                self.told(result)
        return results, [task for task in visits if task not in done]
