"""Memory that was freed goes back to the system, so that a viewer which stands for weeks stays as small as it began."""

from __future__ import annotations

from typing import Final

_KEPT: Final = 1 << 20
"""Bytes: greater blocks are the system's again when they are freed, and of smaller ones no more than this waits."""
_SETTINGS: Final = (
    (-8, 1),  # M_ARENA_MAX: one heap for all threads; each of its own keeps what a worker once needed
    (-3, _KEPT),  # M_MMAP_THRESHOLD: glibc raises it to the greatest block ever freed unless it is set
    (-1, _KEPT),  # M_TRIM_THRESHOLD: follows the former
)


def keep_little() -> None:
    """Have glibc's allocator keep little of what is freed; with another allocator nothing happens."""
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for parameter, value in _SETTINGS:
        mallopt(parameter, value)
