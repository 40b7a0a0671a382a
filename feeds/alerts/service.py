"""Alerts beside a collector: a task that looks at the archive, and one that delivers; neither holds the collector up."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from feeds.alerts.courier import Courier
from feeds.alerts.lookout import Lookout, Watched
from feeds.alerts.settings import Settings
from feeds.archive import Archive
from feeds.clock import Clock, system_clock
from feeds.errors import WarwatchError

_LOOK: Final = 1.0
LAST_TRY: Final = 20.0
"""Seconds that a collector which ends by itself gives the sinks; what is left stays in the outbox."""

log = logging.getLogger("warwatch.alerts")


class Alerting:
    """The alerts of one archive, at work while a collector is."""

    def __init__(
        self,
        archive: Archive,
        settings: Callable[[], Settings],
        watched: Watched,
        *,
        clock: Clock = system_clock,
        wall: Clock = system_clock,
        collector: str = "",
        look: float = _LOOK,
    ) -> None:
        """``settings`` are asked again at each look; ``collector`` names this process, ``look`` is in seconds."""
        self._lookout = Lookout(
            archive, settings, watched, clock=clock, wall=wall, collector=collector or "collector"
        )
        self._courier = Courier(archive, settings, wall)
        self._pause = look

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[None]:
        """At work while the block runs. When it ends by itself, a last look is taken and each sink is tried once."""
        await self._safely(self._lookout.begin)
        looking = asyncio.create_task(self._keep_looking())
        carrying = asyncio.create_task(self._courier.run())
        try:
            yield
        except BaseException:
            await _ended(looking, carrying)
            await self._safely(self._lookout.end)
            raise
        await _ended(looking, carrying)
        await self._safely(lambda: self._lookout.look(last=True))
        await self._courier.once(LAST_TRY)
        await self._safely(self._lookout.end)

    async def _keep_looking(self) -> None:
        while True:
            if await self._safely(self._lookout.look):
                self._courier.wake()
            await asyncio.sleep(self._pause)

    async def _safely(self, step: Callable[[], object]) -> object:
        """A step in a thread; a mistake in it costs this look and not the collector."""
        try:
            return await asyncio.to_thread(step)
        except WarwatchError as error:
            log.warning("alerts: %s", error)
        except Exception:
            log.exception("alerts: a look failed")
        return None


async def _ended(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with contextlib.suppress(asyncio.CancelledError):
            await task
