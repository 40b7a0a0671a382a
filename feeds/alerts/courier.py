"""The courier: carries what is due out of the outbox, each sink's letters one after the other, no sink waiting for another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

from feeds.alerts.letters import Letter, Undelivered, letter_of
from feeds.alerts.settings import Settings
from feeds.alerts.sinks import patience, send
from feeds.alerts.ways import Way
from feeds.archive import Archive
from feeds.archive.outgoing import Errand
from feeds.clock import Clock
from feeds.errors import ArchiveError
from feeds.story import Drop

GIVEN_UP_AFTER: Final = timedelta(days=1)
HOLD: Final = timedelta(seconds=90)
"""How long an errand under way is nobody else's; longer than any try may take."""
_FIRST_PAUSE: Final = 15.0
_LONGEST_PAUSE: Final = 3600.0
_LOOK: Final = 2.0

log = logging.getLogger("warwatch.alerts")


def pause_after(attempts: int, wait: float = 0.0, chance: Callable[[], float] = random.random) -> timedelta:
    """How long to leave a sink alone after so many tries: twice as long each time, with a fifth of jitter either way.

    ``wait`` is what the other side asked for, in seconds; it is never undercut.
    """
    usual = min(_FIRST_PAUSE * 2.0 ** min(attempts - 1, 20), _LONGEST_PAUSE)
    return timedelta(seconds=max(usual * (0.8 + 0.4 * chance()), wait))


class Courier:
    """Delivers at least once: whoever is killed between a sink's receipt and the archive's mark sends it again.

    The second copy bears the same key.
    """

    def __init__(self, archive: Archive, settings: Callable[[], Settings], wall: Clock) -> None:
        """``settings`` are asked before each letter; ``wall`` is the machine's time."""
        self._archive = archive
        self._settings = settings
        self._wall = wall
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Something is in the outbox."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is under way then is let go of and tried again by the next courier."""
        try:
            while True:
                try:
                    await self._begin()
                except ArchiveError as error:
                    log.warning("outbox not read: %s", error)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), _LOOK)
                self._wake.clear()
        finally:
            for task in self._under_way.values():
                task.cancel()

    async def once(self, seconds: float) -> None:
        """Try everything that is due once, for so many seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while await self._begin() or self._under_way:
                    if carrying := list(self._under_way.values()):
                        await asyncio.wait(carrying, return_when=asyncio.FIRST_COMPLETED)
        for task in self._under_way.values():
            task.cancel()

    async def _begin(self) -> bool:
        """Set out with what is due, one letter a sink at a time; whether there was anything."""
        errands = await asyncio.to_thread(
            self._archive.alerts.outbox.claim, self._wall(), HOLD, set(self._under_way)
        )
        for errand in errands:
            task = asyncio.create_task(self._carry(errand))
            self._under_way[errand.sink] = task
            task.add_done_callback(partial(self._back, errand.sink))
        return bool(errands)

    def _back(self, sink: str, _: asyncio.Task[None]) -> None:
        self._under_way.pop(sink, None)
        self.wake()

    async def _carry(self, errand: Errand) -> None:
        """One try of one errand, and what came of it into the archive."""
        try:
            way = self._settings().way(errand.sink)
            if way is None:
                await self._give_up(errand, "there is no sink of that name any more")
                return
            await deliver(way, letter_of(errand.notice))
        except Undelivered as failed:
            await self._failed(errand, failed)
        except ArchiveError as error:
            log.warning("alert %s to %s: %s", errand.notice.key, errand.sink, error)
        except Exception as error:  # noqa: BLE001 - the boundary: one sink, however broken, stops no other
            await self._failed(errand, Undelivered(f"warwatch failed: {type(error).__name__}: {error}"[:300]))
        else:
            await self._mark(errand)

    async def _mark(self, errand: Errand) -> None:
        try:
            await asyncio.to_thread(self._archive.alerts.outbox.delivered, errand.seq, self._wall())
        except ArchiveError as error:
            log.warning("alert %s went to %s and is not marked: %s", errand.notice.key, errand.sink, error)
        else:
            log.info("alert %s delivered to %s", errand.notice.key, errand.sink)

    async def _failed(self, errand: Errand, failed: Undelivered) -> None:
        log.warning("alert %s to %s: %s", errand.notice.key, errand.sink, failed.reason)
        now = self._wall()
        if now - errand.notice.at >= GIVEN_UP_AFTER:
            await self._give_up(errand, failed.reason)
            return
        until = now + pause_after(errand.attempts, failed.wait)
        with contextlib.suppress(ArchiveError):  # it is due again when its hold is over
            await asyncio.to_thread(self._archive.alerts.outbox.put_off, errand.seq, failed.reason, until)

    async def _give_up(self, errand: Errand, reason: str) -> None:
        line = f"alert {errand.notice.key} given up for {errand.sink} after {errand.attempts} tries: {reason}"
        drop = Drop(self._wall(), "", "", "alert", line)
        with contextlib.suppress(ArchiveError):
            await asyncio.to_thread(
                self._archive.alerts.outbox.give_up, errand.seq, reason, self._wall(), drop
            )


async def deliver(way: Way, letter: Letter) -> None:
    """Send a letter by one way within its time; Undelivered says why not."""
    seconds = patience(way)
    try:
        async with asyncio.timeout(seconds):
            await send(way, letter)
    except TimeoutError:
        raise Undelivered(f"no receipt within {seconds:.0f} s") from None
