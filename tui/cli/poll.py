"""``warwatch poll``: the collector without a screen."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from feeds.clock import system_clock
from feeds.errors import InputError, WarwatchError
from feeds.logs import LEVELS, write_down
from tui.cli.paper import say, say_json
from tui.cli.where import open_archive, open_desk, theatres_of

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.collector import Collector, FeedResult, Summary
    from feeds.desk import Desk
    from feeds.theatres.model import Theatre

EXAMPLE: Final = """\
warwatch poll --once
warwatch poll --archive /srv/warwatch/archive.db      runs until Ctrl-C or a signal"""

_PARENT_LOOK: Final = 1.0
_Kept = TypeVar("_Kept")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Once or for ever; the rest is for the demo and the viewer, which start this as a child."""
    parser.add_argument("--once", action="store_true", help="fetch every feed now, then end")
    parser.add_argument("--allow-private", action="store_true", help="ask feeds on private networks too")
    parser.add_argument("--json", action="store_true", help="with --once: the round as JSON")
    parser.add_argument("--no-alerts", action="store_true", help="decide on no alerts and deliver none")
    parser.add_argument("--log", metavar="FILE", default="", help="write what happens there, as JSON lines")
    parser.add_argument("--log-level", choices=LEVELS, default="info", help="with --log: from which on")
    parser.add_argument("--replay", metavar="FILE", default="", help=argparse.SUPPRESS)
    parser.add_argument("--clock", metavar="SPEC", default="", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--parent", type=int, default=0, help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Collect; 0 when it ended as asked, 1 when no feed answered at all."""
    if options.json and not options.once:
        raise InputError("poll: --json goes with --once; without it a line is printed as news comes")
    write_down(options.log, options.log_level)
    theatres = theatres_of(options)
    with open_archive(options) as archive:
        from tui.cli.leases import free_dead_lease

        free_dead_lease(archive)
        if options.replay:
            from tui.cli.replays import follow_replay

            return follow_replay(options, archive, theatres[0])
        collector = _collector(options, archive, theatres)
        return (
            _once(collector, as_json=options.json) if options.once else _for_ever(collector, options.parent)
        )


def _collector(options: argparse.Namespace, archive: Archive, theatres: Sequence[Theatre]) -> Collector:
    """The collector on the desk's feeds."""
    from feeds.collector import Collector, open_pipeline
    from feeds.wire.client import Limits

    desk = open_desk(options)
    follow_defaults(desk, theatres)
    followed, terms = _watching(desk, desk.subscriptions), _watching(desk, desk.watch_terms)
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
    )


def follow_defaults(desk: Desk, theatres: Sequence[Theatre]) -> None:
    """On the very first start, follow the feeds of the theatres' packs; an emptied desk stays empty."""
    if not desk.path.exists():
        for each in dict.fromkeys(each for theatre in theatres for each in theatre.subscriptions):
            desk.subscribe(each)


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


def _once(collector: Collector, *, as_json: bool) -> int:
    summary = asyncio.run(collector.poll_once(told=None if as_json else _tell))
    if as_json:
        say_json(_shape(summary))
    else:
        say(summary.line)
    if summary.results and not summary.ok:
        raise WarwatchError("no feed answered; is there a network? `warwatch demo` works without one")
    if not summary.results:
        raise WarwatchError("no feed to ask; `warwatch feeds add --defaults` follows those of the theatre")
    return 0


def _for_ever(collector: Collector, parent: int) -> int:
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_until_told(collector, parent))
    return 0


async def _until_told(collector: Collector, parent: int) -> None:
    """Run until SIGTERM, SIGINT or SIGHUP, or until the process that started this one is gone."""
    loop = asyncio.get_running_loop()
    work = asyncio.ensure_future(collector.run(told=_tell_news))
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, work.cancel)
    watch = asyncio.ensure_future(_orphaned(parent, work)) if parent else None
    try:
        await work
    finally:
        if watch is not None:
            watch.cancel()


async def _orphaned(parent: int, work: asyncio.Future[None]) -> None:
    while os.getppid() == parent:  # noqa: ASYNC110 - nothing tells a process that it lost its parent
        await asyncio.sleep(_PARENT_LOOK)
    work.cancel()


def _tell(result: FeedResult) -> None:
    """One line a feed."""
    from feeds.safetext import one_line

    if result.reason:
        word = f"FAILED     {result.reason}"
    elif result.unchanged:
        word = "unchanged"
    else:
        word = f"{result.new:>4} new    {result.copies} copies, {result.evidence} evidence, {result.changes} changes"
    print(f"{one_line(result.subscription.outlet):<22.22} {one_line(word)}", flush=True)


def _tell_news(result: FeedResult) -> None:
    """As :func:`_tell`, but nothing for a feed that had nothing to say."""
    if result.new or (result.reason and result.state.errors_in_row <= 1):
        _tell(result)


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
