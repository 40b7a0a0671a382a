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
from feeds.alerts.turn import Turn
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
        name = collector or "collector"
        self._lookout = Lookout(archive, settings, watched, clock=clock, wall=wall, collector=name)
        self._courier = Courier(archive, settings, wall)
        self._turn = Turn(archive, name, wall)
        self._pause = look
        self._begun = False

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[None]:
        """At work while the block runs. When it ends by itself, a last look is taken and each sink is tried once."""
        await self._take_turn()
        working = asyncio.create_task(self._keep_looking())
        try:
            yield
        except BaseException:
            await _ended(working)
            await self._leave()
            raise
        await _ended(working)
        if await self._take_turn():
            await self._safely(lambda: self._lookout.look(last=True))
            await self._courier.once(LAST_TRY)
        await self._leave()

    async def _keep_looking(self) -> None:
        """Look, and deliver, while it is this collector's turn."""
        carrying: asyncio.Task[None] | None = None
        try:
            while True:
                mine = await self._take_turn()
                if mine and carrying is None:
                    carrying = asyncio.create_task(self._courier.run())
                elif not mine and carrying is not None:
                    await _ended(carrying)
                    carrying = None
                if mine and await self._safely(self._lookout.look):
                    self._courier.wake()
                await asyncio.sleep(self._pause)
        finally:
            if carrying is not None:
                await _ended(carrying)

    async def _take_turn(self) -> bool:
        """Whether it is this collector's turn; where the last one left off is read when it becomes so."""
        mine = bool(await self._safely(self._turn.has))
        # Without what is remembered, everything in the archive would be new: no look before that is read.
        self._begun = mine and (self._begun or bool(await self._safely(self._lookout.begin)))
        return self._begun

    async def _leave(self) -> None:
        if self._begun:
            await self._safely(self._lookout.end)
            await self._safely(self._turn.give_back)

    async def _safely(self, step: Callable[[], object]) -> object:
        """A step in a thread; a mistake in it costs this look and not the collector.

        A thread cannot be cancelled: whoever is, waits for its end, so that no two steps are taken at once.
        """
        stepping = asyncio.create_task(asyncio.to_thread(step))
        try:
            return await asyncio.shield(stepping)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):
                await stepping
            raise
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
