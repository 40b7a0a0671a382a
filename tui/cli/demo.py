"""``warwatch demo``: a war replayed offline, over the same way that every story goes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feeds.clock import ReplayClock
from feeds.desk import Desk
from feeds.report.sheet import archived_sheet
from tui.cli.moments import day_and_time, end_moment
from tui.cli.paper import say, say_json
from tui.cli.sheet import as_table
from tui.cli.view import check_terminal, collecting, show

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.replay import Wire
    from feeds.theatres.model import Theatre

EXAMPLE: Final = """\
warwatch demo
warwatch demo --theatre ukraine                       Kharkiv and Kherson, autumn 2022; syria: Aleppo to Damascus
warwatch demo --speed 60                              a minute of the war in a second
warwatch demo --headless --until 2021-08-15           no screen: the board as it stood then"""

_THEATRE: Final = "afghanistan-2021"
_OPENS_AT: Final = {
    "afghanistan-2021": datetime(2021, 8, 12, 6, tzinfo=UTC),
    "ukraine": datetime(2022, 9, 10, 6, tzinfo=UTC),
    "syria": datetime(2024, 12, 5, 6, tzinfo=UTC),
}
"""Where the recordings shipped open: a board that has something on it, hours before much more."""
_SPEED: Final = 600.0
"""Ten minutes of the war in a second: something comes in every few seconds, a day goes by in less than three minutes."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to begin and how fast."""
    parser.add_argument(
        "--speed", type=_speed, default=_SPEED, metavar="N", help="seconds of the war in one (default: 600)"
    )
    parser.add_argument(
        "--until",
        type=end_moment,
        metavar="TIME",
        help="play quickly up to then, and on from there (default: 2021-08-12 06:00; a recording of your own: its middle)",
    )
    parser.add_argument(
        "--replay", metavar="FILE", default="", help="another recording: stories as JSON lines"
    )
    parser.add_argument(
        "--headless", action="store_true", help="no screen: print the board at --until and end"
    )
    parser.add_argument("--json", action="store_true", help="with --headless: the board as JSON")
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII characters only")
    parser.add_argument(
        "--low-bandwidth", action="store_true", help="for slow links: news every 5 s, fewer colours, no glow"
    )
    parser.add_argument(
        "--theme", default="", help="dark, light, contrast or ansi (default: by the terminal)"
    )


def run(options: argparse.Namespace) -> int:
    """Prepare an archive, then open the screen on it while the war goes on."""
    if not options.headless:
        check_terminal()
    from feeds.theatres.load import load_theatre

    theatre = load_theatre(getattr(options, "theatre", "") or _THEATRE)
    with _archive_folder(options) as path:
        from feeds.archive import open_archive

        with open_archive(path) as archive:
            return _play(options, archive, theatre)


def _play(options: argparse.Namespace, archive: Archive, theatre: Theatre) -> int:
    from feeds.replay import load_wire
    from tui.cli.replays import bring_up_to, serving, shipped_wire

    recording = Path(options.replay).expanduser() if options.replay else shipped_wire(theatre)
    wire = load_wire(recording)
    until: datetime = options.until or _opening(theatre, wire)
    _note(f"replaying {wire.begin:%-d %B} to {day_and_time(until)} from {recording.name}; no network is used")
    with serving(wire, lambda: until) as server:
        port = int(server.base.rpartition(":")[2])
        new = bring_up_to(archive, theatre, server, until, _progress)
    _note(f"{new} stories read; board as of {day_and_time(until)}")
    if options.headless:
        sheet = archived_sheet(archive, theatre, until, until)
        if options.json:
            say_json(sheet.shape())
        else:
            say(as_table(sheet))
        return 0
    clock = ReplayClock(until, options.speed)
    words = ["poll", "--archive", str(archive.path), "--theatre", theatre.id]
    words += ["--replay", str(recording), "--clock", clock.spec(), "--port", str(port)]
    with collecting(archive, words, wanted=True):
        options.since = until - timedelta(hours=12)
        options.theatre = theatre.id
        return show(options, archive, theatre, _desk(options, archive, theatre), clock)


def _desk(options: argparse.Namespace, archive: Archive, theatre: Theatre) -> Desk:
    """The desk named, or one beside the archive of the demo, so that everything can be tried and nothing is kept."""
    named: str = getattr(options, "desk", "")
    desk = Desk.open(Path(named).expanduser() if named else Path(archive.path).with_name("demo-desk.json"))
    if not desk.path.exists():
        desk.subscribe(*theatre.subscriptions)
    return desk


def _opening(theatre: Theatre, wire: Wire) -> datetime:
    """Where the demo opens when nobody says: a recording of other days opens in its middle."""
    known = _OPENS_AT.get(theatre.id)
    if known and wire.begin <= known <= wire.end:
        return known
    return (wire.begin + (wire.end - wire.begin) / 2).replace(microsecond=0)


@contextmanager
def _archive_folder(options: argparse.Namespace) -> Iterator[Path]:
    """The archive named, or one in a temporary folder that goes when the demo ends."""
    named: str = getattr(options, "archive", "")
    if named:
        yield Path(named).expanduser()
        return
    with tempfile.TemporaryDirectory(prefix="warwatch-demo-") as folder:
        yield Path(folder) / "archive.db"


def _note(text: str) -> None:
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{clear}demo: {text}", file=sys.stderr, flush=True)


def _progress(reached: datetime) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[Kdemo: {day_and_time(reached)}", end="", file=sys.stderr, flush=True)


def _speed(word: str) -> float:
    try:
        speed = float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is no number") from None
    if not 0 < speed <= 100_000:
        raise argparse.ArgumentTypeError("the speed must be more than 0 and at most 100000")
    return speed
