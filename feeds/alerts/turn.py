"""Whose turn it is to alert: where several collectors share an archive, one of them at a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from feeds.archive import Archive
from feeds.clock import Clock

LEASE: Final = "alerts"
"""Name of the lease in the archive."""
SECONDS: Final = 30.0


class Turn:
    """One collector's claim to alert for an archive; a collector that has the archive for itself always has it."""

    def __init__(self, archive: Archive, holder: str, wall: Clock) -> None:
        self._archive, self._holder = archive, holder
        self._wall = archive.now if archive.shared else wall
        self._until: datetime | None = None

    def has(self) -> bool:
        """Take or keep the turn; False while another collector has it."""
        if not self._archive.shared:
            return True
        now = self._wall()
        if self._until is None or (self._until - now).total_seconds() < SECONDS / 2:
            taken = self._archive.take_lease(LEASE, self._holder, SECONDS, now)
            self._until = now + timedelta(seconds=SECONDS) if taken else None
        return self._until is not None

    def give_back(self) -> None:
        """Let another have it."""
        if self._archive.shared:
            self._archive.release_lease(LEASE, self._holder)
            self._until = None
