"""Doing a thing again at each full span of the day, until told to end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

from feeds.clock import Clock, system_clock
from feeds.errors import WarwatchError
from feeds.safetext import one_line
from tui.ending import Ended, heed_signals

_NAP: Final = 30.0
"""Seconds slept at most in one go: a machine that slept itself is late by no more."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def rounds(
    work: Callable[[], None],
    every: timedelta,
    clock: Clock = system_clock,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Work at each full span (6h: at 00, 06, 12 and 18 UTC); a round that fails is told in a line, and the next comes.

    Ends with status 0 on SIGTERM, SIGINT or SIGHUP.
    """
    heed_signals()
    try:
        while True:
            wait_until(following(clock(), every), clock, sleep)
            try:
                work()
            except (WarwatchError, OSError) as error:
                print(f"warwatch: {one_line(str(error))}; trying again in time", file=sys.stderr, flush=True)
    except Ended:
        return 0


def following(now: datetime, every: timedelta) -> datetime:
    """The next full span after a moment, counted from midnight UTC of the epoch."""
    return _EPOCH + ((now - _EPOCH) // every + 1) * every


def wait_until(moment: datetime, clock: Clock, sleep: Callable[[float], None]) -> None:
    """Sleep until then, in naps."""
    while (left := (moment - clock()).total_seconds()) > 0:
        sleep(min(left, _NAP))
