"""Plays a recorded wire into an archive: quickly up to a moment, then on by a clock.

Both go the way of every story: fetched over a socket, parsed, read, folded, weighed, written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Final

from feeds.archive import Archive
from feeds.clock import Clock
from feeds.collector import Beside, Collector, Pace
from feeds.pipeline import Pipeline
from feeds.replay.server import SHOWN, ReplayServer
from feeds.replay.wire import Item, Wire
from feeds.wire.client import Limits

STEP: Final = timedelta(hours=6)
LIMITS: Final = Limits(seconds=10.0, allow_private=True)
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_PACE: Final = Pace(at_once=8, pause=0.0, look=0.25, tick=2.0)


def replaying(
    archive: Archive,
    make_pipeline: Callable[[], Pipeline],
    server: ReplayServer,
    clock: Clock,
    beside: Beside = nullcontext,
) -> Collector:
    """A collector on a recorded wire; it and the server go by the same clock."""
    server.clock = clock
    return Collector(
        archive, make_pipeline, server.subscriptions, clock=clock, limits=LIMITS, pace=_PACE, beside=beside
    )


async def fast_forward(
    archive: Archive,
    make_pipeline: Callable[[], Pipeline],
    server: ReplayServer,
    until: datetime,
    *,
    step: timedelta = STEP,
    told: Callable[[datetime], None] | None = None,
) -> int:
    """Brings an archive from where it is up to a moment of the recording, a step at a time; how many stories were new.

    A step ends early where a feed would otherwise drop a story before it was asked. ``told`` hears each moment that
    was reached.
    """
    asked = [state.last_fetch for state in archive.feed_states().values() if state.last_fetch]
    reached = max([server.wire.begin, *asked])
    collector = replaying(archive, make_pipeline, server, lambda: reached)

    seen = max(asked, default=None)

    def moments() -> Iterator[datetime]:
        nonlocal reached, seen
        while reached < until:
            reached = min(reached + step, until, _full(server.wire, seen or _LONG_AGO))
            seen = reached
            yield reached
            if told is not None:
                told(reached)

    return (await collector.poll_each(moments())).new


def _full(wire: Wire, asked: datetime) -> datetime:
    """When a feed that was asked at a moment will have as many new stories as it can show; the far future if never."""
    found = [
        later[SHOWN - 1].shown for items in wire.feeds.values() if len(later := _after(items, asked)) >= SHOWN
    ]
    return min(found, default=_NEVER)


def _after(items: Sequence[Item], moment: datetime) -> Sequence[Item]:
    return items[bisect_right(items, moment, key=lambda item: item.shown) :]
