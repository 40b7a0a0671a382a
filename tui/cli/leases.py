"""Who collects for an archive, and leases that a dead process left behind."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Final

from feeds.clock import system_clock

if TYPE_CHECKING:
    from feeds.archive import Archive, LateArchive
    from feeds.archive.plain import PlainReader

LEASE: Final = "collector"
"""Name of the collector's lease; spelt out here because the collector's modules are slow to load."""


def is_taken(archive: Archive | LateArchive | PlainReader) -> bool:
    """Whether a collector that may still be alive holds the lease."""
    held = archive.lease(LEASE)
    return held is not None and held.until > system_clock() and not _is_dead(held.holder)


def is_killed(archive: Archive | LateArchive | PlainReader) -> bool:
    """Whether the collector that last held the lease is gone without having given it back."""
    held = archive.lease(LEASE)
    return held is not None and _is_dead(held.holder)


def free_dead_lease(archive: Archive) -> None:
    """Give back the lease of a process of this machine that is no more, so that nobody waits for it to run out."""
    held = archive.lease(LEASE)
    if held is not None and _is_dead(held.holder):
        archive.release_lease(held.name, held.holder)


def _is_dead(holder: str) -> bool:
    """Whether the holder, ``host/pid/token``, is surely gone: its process was on this machine and is not there."""
    host, _, rest = holder.partition("/")
    pid = rest.partition("/")[0]
    if host != socket.gethostname() or not pid.isdecimal():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
