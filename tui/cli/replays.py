"""Recorded wires: where they are, and a collector that follows one on loopback by a clock that runs fast."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.clock import Clock, ReplayClock
from feeds.collector import open_pipeline
from feeds.errors import InputError
from feeds.replay import ReplayServer, fast_forward, load_wire, replaying
from feeds.theatres.load import PACKS

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.collector import Collector
    from feeds.replay import Wire
    from feeds.theatres.model import Theatre


def shipped_wire(theatre: Theatre) -> Path:
    """The recording that comes with a theatre, in its pack; InputError when it has none."""
    found = sorted((PACKS / theatre.id).rglob("*.jsonl"))
    if not found:
        raise InputError(
            f"theatre {theatre.id} has no recording to replay; name one with --replay, or take afghanistan-2021"
        )
    return found[0]


@contextmanager
def replay_collector(options: argparse.Namespace, archive: Archive, theatre: Theatre) -> Iterator[Collector]:
    """A collector on the recording and by the clock named in the options."""
    try:
        clock = ReplayClock.from_spec(options.clock)
    except ValueError:
        raise InputError(f"{options.clock!r} is no clock; write BEGIN,SPEED,STARTED") from None
    with serving(load_wire(Path(options.replay)), clock, options.port) as server:
        yield replaying(archive, lambda: open_pipeline(archive, [theatre], clock()), server, clock)


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
) -> int:
    """Play the recording quickly up to a moment, over the same way as every story; how many were new."""
    forward = fast_forward(
        archive, lambda: open_pipeline(archive, [theatre], until), server, until, told=told
    )
    return asyncio.run(forward)
