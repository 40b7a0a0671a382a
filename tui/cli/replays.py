"""Recorded wires: where they are, and a collector that follows one on loopback by a clock that runs fast."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from feeds.clock import Clock, ReplayClock
from feeds.collector import open_pipeline
from feeds.errors import InputError
from feeds.replay import ReplayServer, fast_forward, load_wire, replaying
from feeds.replay.play import STEP
from feeds.theatres.load import PACKS

if TYPE_CHECKING:
    from feeds.alerts.service import Alerting
    from feeds.archive import Archive
    from feeds.replay import Wire
    from feeds.theatres.model import Theatre

_TURN_SECONDS: Final = 5.0
"""Seconds of the machine between two turns when nothing comes out."""
_NAP_SECONDS: Final = 0.2


def shipped_wire(theatre: Theatre) -> Path:
    """The recording that comes with a theatre, in its pack; InputError when it has none."""
    found = sorted((PACKS / theatre.id).rglob("*.jsonl"))
    if not found:
        raise InputError(
            f"theatre {theatre.id} has no recording to replay; name one with --replay, or take afghanistan-2021"
        )
    return found[0]


def follow_replay(options: argparse.Namespace, archive: Archive, theatre: Theatre) -> int:
    """Collect from the recording named in the options, by the clock named there, until told to end.

    Feeds are asked when the recording has something new and not when they are due: a war that runs fast would outrun
    the manners that are right for the net.
    """
    try:
        clock = ReplayClock.from_spec(options.clock)
    except ValueError:
        raise InputError(f"{options.clock!r} is no clock; write BEGIN,SPEED,STARTED") from None
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    wire = load_wire(Path(options.replay))
    with contextlib.suppress(_Ended), serving(wire, clock, options.port) as server:
        alerting = _on_the_screen(archive, theatre, clock)
        collector = replaying(
            archive, lambda: open_pipeline(archive, [theatre], clock()), server, clock, alerting.beside
        )
        asyncio.run(collector.poll_each(_moments(wire, clock, options.parent)))
    return 0


def _on_the_screen(archive: Archive, theatre: Theatre, clock: Clock) -> Alerting:
    """Alerts as they are by default, without any way out: what is replayed rings no telephone."""
    from feeds.alerts.lookout import Watched
    from feeds.alerts.service import Alerting
    from feeds.alerts.settings import read_settings

    settings = read_settings([])
    return Alerting(
        archive, lambda: settings, Watched({theatre.id: theatre}), clock=clock, collector="replay"
    )


def _moments(wire: Wire, clock: Clock, parent: int) -> Iterator[None]:
    """Turns of the collector: whenever a story came out, and now and then, so that time is seen to pass."""
    told = wire.moments
    asked = clock()
    yield
    while not parent or os.getppid() == parent:
        began = time.monotonic()
        while time.monotonic() - began < _TURN_SECONDS and bisect_right(told, asked) == bisect_right(
            told, clock()
        ):
            time.sleep(_NAP_SECONDS)
        asked = clock()
        yield


class _Ended(BaseException):
    """A signal said that it is enough; raised wherever the collector is, a nap included."""


def _end(*_: object) -> NoReturn:
    raise _Ended


@contextmanager
def serving(wire: Wire, clock: Clock, port: int = 0) -> Iterator[ReplayServer]:
    """The recording as feeds on loopback; InputError when the port is not to be had."""
    try:
        server = ReplayServer(wire, clock, port=port)
    except OSError as error:
        raise InputError(f"port {port} on this machine is not free ({error.strerror}); try again") from error
    with server:
        yield server


def bring_up_to(
    archive: Archive,
    theatre: Theatre,
    server: ReplayServer,
    until: datetime,
    told: Callable[[datetime], None] | None = None,
    step: timedelta = STEP,
) -> int:
    """Play the recording quickly up to a moment, over the same way as every story; how many were new."""
    forward = fast_forward(
        archive, lambda: open_pipeline(archive, [theatre], until), server, until, step=step, told=told
    )
    return asyncio.run(forward)
