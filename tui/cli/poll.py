"""``warwatch poll``: the collector without a screen."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import os
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from feeds.clock import system_clock
from feeds.errors import InputError, PassingError, WarwatchError
from feeds.logs import LEVELS, write_down
from tui.cli.hearing import Hearing, log, nobody_answered, tell, tell_news
from tui.cli.paper import say, say_json
from tui.cli.systemd import keep_watchdog
from tui.cli.where import open_archive, open_desk, theatres_of

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.collector import Collector, Summary
    from feeds.desk import Desk
    from feeds.story import Subscription
    from feeds.theatres.model import Theatre
    from tui.cli.metrics import MetricsServer

EXAMPLE: Final = """\
warwatch poll --once
warwatch poll --archive /srv/warwatch/archive.db      runs until Ctrl-C or a signal"""

_PARENT_LOOK: Final = 1.0
_OBJECTS: Final = 10_000
"""New objects after which cycles are looked for: stories have none, and at each 700 it takes a tenth of a first fetch."""
_Kept = TypeVar("_Kept")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Once or for ever; the rest is for the demo and the viewer, which start this as a child."""
    parser.add_argument("--once", action="store_true", help="fetch every feed now, then end")
    parser.add_argument("--allow-private", action="store_true", help="ask feeds on private networks too")
    parser.add_argument("--json", action="store_true", help="with --once: the round as JSON")
    parser.add_argument(
        "--metrics",
        metavar="PORT",
        default="",
        help="serve figures for Prometheus and a health page, on loopback",
    )
    parser.add_argument("--no-alerts", action="store_true", help="decide on no alerts and deliver none")
    parser.add_argument("--log", metavar="FILE", default="", help="write what happens there, as JSON lines")
    parser.add_argument("--log-level", choices=LEVELS, default="info", help="with --log: from which on")
    parser.add_argument(
        "--install-service", action="store_true", help="write a unit for systemd that runs this, and end"
    )
    parser.add_argument("--dry-run", action="store_true", help="with --install-service: only print it")
    parser.add_argument("--replay", metavar="FILE", default="", help=argparse.SUPPRESS)
    parser.add_argument("--clock", metavar="SPEC", default="", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--parent", type=int, default=0, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Collect; 0 when it ended as asked, 1 when no feed answered at all."""
    if options.dry_run and not options.install_service:
        raise InputError("poll: --dry-run goes with --install-service")
    if options.install_service:
        from tui.cli.service import install

        return install(options)
    if options.json and not options.once:
        raise InputError("poll: --json goes with --once; without it a line is printed as news comes")
    write_down(options.log, options.log_level)
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    theatres = theatres_of(options)
    with open_archive(options) as archive:
        from tui.cli.leases import free_dead_lease

        free_dead_lease(archive)
        if options.replay:
            from tui.cli.replays import follow_replay

            return follow_replay(options, archive, theatres[0])
        desk = open_desk(options)
        follow_defaults(desk, theatres)
        followed = _watching(desk, desk.subscriptions)
        collector = _collector(options, archive, theatres, desk, followed)
        hearing = Hearing(None if options.json else tell if options.once else tell_news, bool(options.log))
        if options.once:
            return _once(collector, hearing, as_json=options.json)
        with _metrics(options, archive, collector, hearing, followed) or contextlib.nullcontext():
            return _for_ever(collector, hearing, archive, options.parent)


def _metrics(
    options: argparse.Namespace,
    archive: Archive,
    collector: Collector,
    hearing: Hearing,
    followed: Callable[[], list[Subscription]],
) -> MetricsServer | None:
    """The figures' server, where one was asked for."""
    if not options.metrics:
        return None
    from tui.cli.metrics import Figures, MetricsServer, place_of

    place = place_of(options.metrics)
    figures = Figures(
        archive, collector.load, hearing.tally, lambda: [one.url for one in followed()], system_clock
    )
    try:
        server = MetricsServer(place, figures, archive, system_clock)
    except OSError as error:
        raise InputError(
            f"poll --metrics: {options.metrics} cannot be listened on ({error.strerror})"
        ) from error
    host, port = server.server_address[:2]
    print(f"figures on http://{host!s}:{port}/metrics, health on /healthz", flush=True)
    return server


def _collector(
    options: argparse.Namespace,
    archive: Archive,
    theatres: Sequence[Theatre],
    desk: Desk,
    followed: Callable[[], list[Subscription]],
) -> Collector:
    """The collector on the desk's feeds."""
    from feeds.collector import Collector, open_pipeline, standstill_of
    from feeds.wire.client import Limits

    terms = _watching(desk, desk.watch_terms)
    alerting = None
    if not options.no_alerts:
        from tui.cli.alerting import alerting_of

        alerting = alerting_of(desk, archive, theatres, terms, followed)
    limits = Limits(allow_private=options.allow_private or desk.allow_private())
    return Collector(
        archive,
        lambda: open_pipeline(archive, theatres, system_clock()),
        followed,
        limits=limits,
        terms=terms,
        beside=alerting.beside if alerting else contextlib.nullcontext,
        standstill=standstill_of(archive, theatres),
    )


def follow_defaults(desk: Desk, theatres: Sequence[Theatre]) -> None:
    """On the very first start, follow the feeds of the theatres' packs; an emptied desk stays empty."""
    if not desk.path.exists():
        desk.subscribe(*dict.fromkeys(each for theatre in theatres for each in theatre.subscriptions))


def _watching(desk: Desk, read: Callable[[], list[_Kept]]) -> Callable[[], list[_Kept]]:
    """What is read from the desk, read again only when its file changed: the loop asks every second."""
    seen: tuple[int, list[_Kept]] = (-1, [])

    def kept() -> list[_Kept]:
        nonlocal seen
        with contextlib.suppress(OSError):
            stamp = desk.path.stat().st_mtime_ns
            if stamp != seen[0]:
                seen = (stamp, read())
        return seen[1]

    return kept


def _once(collector: Collector, hearing: Hearing, *, as_json: bool) -> int:
    summary = asyncio.run(_round(collector, hearing))
    if as_json:
        say_json(_shape(summary))
    else:
        say(summary.line)
    if summary.results and not summary.ok:
        raise WarwatchError(nobody_answered([each.reason for each in summary.results]))
    if not summary.results:
        raise WarwatchError("no feed to ask; `warwatch feeds add --defaults` follows those of the theatre")
    return 0


async def _round(collector: Collector, hearing: Hearing) -> Summary:
    """One round; SIGTERM and SIGHUP end this process as ever, but not before it has put its things away."""
    loop = asyncio.get_running_loop()
    told: list[int] = []
    work = asyncio.ensure_future(collector.poll_once(told=hearing))

    def end(number: int) -> None:
        told.append(number)
        work.cancel()

    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)
    try:
        return await work
    except asyncio.CancelledError:
        gc.collect()  # what is shared with a process apart is given back by the last who knows of it
        for one in told:
            loop.remove_signal_handler(one)
            os.kill(os.getpid(), one)
        raise


def _for_ever(collector: Collector, hearing: Hearing, archive: Archive, parent: int) -> int:
    log.info("collector begins", extra={"archive": archive.name, "pid": os.getpid()})
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_until_told(collector, hearing, archive, parent))
    log.info("collector ends", extra={"pid": os.getpid()})
    return 0


async def _until_told(collector: Collector, hearing: Hearing, archive: Archive, parent: int) -> None:
    """Run until SIGTERM, SIGINT or SIGHUP, or until the process that started this one is gone."""
    loop = asyncio.get_running_loop()
    work = asyncio.ensure_future(collector.run(told=hearing))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, work.cancel)
    beside = [asyncio.ensure_future(keep_watchdog(lambda: _is_well(collector, archive)))]
    if parent:
        beside.append(asyncio.ensure_future(_orphaned(parent, work)))
    try:
        await work
    finally:
        for each in beside:
            each.cancel()


def _is_well(collector: Collector, archive: Archive) -> bool:
    """Whether the collector lives; one that waits for its archive gives no sign of life there, and is not to be ended."""
    from tui.cli.pulse import collector_of

    try:
        return bool(collector.waits_out) or collector_of(archive, system_clock()).alive
    except PassingError:
        return True


async def _orphaned(parent: int, work: asyncio.Future[None]) -> None:
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing tells a process that it lost its parent
        await asyncio.sleep(_PARENT_LOOK)
    work.cancel()


def _shape(summary: Summary) -> dict[str, object]:
    return {
        "feeds": [
            {
                "url": result.subscription.url,
                "outlet": result.subscription.outlet,
                "ok": result.ok,
                "reason": result.reason,
                "unchanged": result.unchanged,
                "new": result.new,
                "copies": result.copies,
                "evidence": result.evidence,
                "changes": result.changes,
            }
            for result in summary.results
        ],
        "answered": len(summary.ok),
        "failed": len(summary.failed),
        "new": summary.new,
        "copies": summary.copies,
        "evidence": summary.evidence,
        "changes": summary.changes,
    }
