"""Who collects: on a file one collector, by a lease, on a server as many as there are; and the heartbeat of each.

On a server a collector's lease is its own, and says that it is alive; what it has for itself are feeds. It goes by the
server's time there. On a file the lease goes by the machine's time, and the heartbeat does everywhere, also when a recorded wire is played faster
or stands still: they are about processes.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final, Self

from feeds.archive import Archive, Beat
from feeds.clock import Clock
from feeds.collector.endurance import Endurance, Impatience
from feeds.errors import ArchiveError, PassingError

LEASE: Final = "collector"
"""Name of the lease in the archive."""
LEASE_SECONDS: Final = 15.0
BEAT_SECONDS: Final = 4.0
_FORGOTTEN: Final = timedelta(days=1)
"""How long the lease of a collector that died is kept: a viewer tells from it that there was one."""


class Shift:
    """A collector's turn at an archive, as a context manager: taken at the start, given back at the end."""

    def __init__(self, archive: Archive, *, wall: Clock) -> None:
        """``wall`` is the machine's clock."""
        self._machine = wall
        self._archive = archive
        self._wall = archive.now if archive.shared else wall
        self.holder: Final = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(3)}"
        self._name = f"{LEASE}/{self.holder}" if archive.shared else LEASE
        self.feeds: Final = archive.feed_turns(self.holder) if archive.shared else None
        """The feeds that it has, where collectors share them."""

    def __enter__(self) -> Self:
        if not self._renew():
            held = self._archive.lease(LEASE)
            raise ArchiveError(
                f"a collector is at work on this archive already ({held.holder if held else 'unknown'}); "
                "let it go on, or end it first"
            )
        if self._archive.shared:
            self._archive.forget_leases(LEASE, self._wall() - _FORGOTTEN)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(PassingError):  # what cannot be given back runs out
            if self.feeds is not None:
                self.feeds.end()
            self._archive.release_lease(self._name, self.holder)

    @property
    def is_only_one(self) -> bool:
        """Whether no other collector is at work."""
        now = self._wall()
        return all(one.holder == self.holder or one.until <= now for one in self._archive.leases(LEASE))

    async def keep(self, say: Callable[[], tuple[int, int, str]], endure: Endurance | None = None) -> None:
        """Renews the lease and beats until cancelled; ArchiveError when another has taken over.

        ``say`` gives the feeds that answered, those that fail, and what is being done. ``endure`` waits out an archive
        that cannot be written just now.
        """
        patiently = endure or Impatience()
        while True:
            await patiently(lambda: asyncio.to_thread(self._beat, *say()))
            if (feeds := self.feeds) is not None:
                await patiently(lambda: asyncio.to_thread(feeds.prolong))
            await asyncio.sleep(BEAT_SECONDS)
            if not await patiently(lambda: asyncio.to_thread(self._renew)):
                raise ArchiveError("another collector has taken over this archive; this one ends")

    def _renew(self) -> bool:
        return self._archive.take_lease(self._name, self.holder, LEASE_SECONDS, self._wall())

    def _beat(self, ok: int, failing: int, note: str) -> None:
        self._archive.beat(Beat(self.holder, self._machine(), os.getpid(), ok, failing, note))
