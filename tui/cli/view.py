"""``warwatch``: the screen, and a collector beside it when none is at work."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feeds.errors import InputError
from feeds.paths import default_theatre
from tui.cli.moments import end_moment, moment
from tui.cli.paper import plain_glyphs
from tui.cli.where import archive_target, desk_path, open_desk, theatre_of

if TYPE_CHECKING:
    from feeds.archive import Archive, LateArchive
    from feeds.clock import Clock
    from feeds.desk import Desk
    from feeds.theatres.model import Theatre

EXAMPLE: Final = """\
warwatch
warwatch --as-of '2021-08-12 18:00' --read-only
warwatch --archive /srv/warwatch/archive.db --no-poll"""

_PATIENCE: Final = 5.0
"""Seconds that a viewer in a browser has to leave once its server is gone."""
_NO_SCREEN: Final = "no full screen here ({why}); `warwatch board` prints the board, and `warwatch status` whether all is well"


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to look."""
    parser.add_argument("--as-of", type=end_moment, metavar="TIME", help="the board as it stood then, UTC")
    parser.add_argument(
        "--since", type=moment, metavar="TIME", help="start of the shift: changes count from then"
    )
    parser.add_argument("--read-only", action="store_true", help="write nothing, start nothing")
    parser.add_argument("--no-poll", action="store_true", help="start no collector")
    parser.add_argument(
        "--in-browser", type=int, metavar="PID", help=argparse.SUPPRESS
    )  # for `serve`, and which process that is
    parser.add_argument("--ascii", action="store_true", help="draw with ASCII characters only")
    parser.add_argument(
        "--low-bandwidth", action="store_true", help="for slow links: news every 5 s, fewer colours, no glow"
    )
    parser.add_argument(
        "--theme", default="", help="dark, light, contrast or ansi (default: as set up, or by the terminal)"
    )


def run(options: argparse.Namespace) -> int:
    """Open the screen until the operator quits."""
    gc.disable()  # modules that load leave nothing to collect; the first frame turns it on again
    if options.in_browser:
        end_with(options.in_browser)
    else:
        check_terminal()
    from tui.options import AGAIN

    if _is_first_start(options) and not _answered(options):
        return 0
    while (status := _open(options)) == AGAIN:
        pass
    return status


def _is_first_start(options: argparse.Namespace) -> bool:
    """Whether nothing was ever set up or collected here, and nobody says by an option what is to be watched."""
    if options.read_only or _pinned(options) or desk_path(options).exists():
        return False
    target = archive_target(options)
    return "://" not in target and not Path(target).expanduser().exists()


def _answered(options: argparse.Namespace) -> bool:
    """Ask what a first start has to know; False when the person left instead."""
    from tui.first import ask_first

    return ask_first(open_desk(options), theme=options.theme, ascii_only=options.ascii or plain_glyphs())


def _open(options: argparse.Namespace) -> int:
    """Open the screen once; AGAIN when it is to be opened anew on another theatre."""
    theatre = theatre_of(options)
    quiet = options.read_only or options.no_poll
    from feeds.archive import open_late

    # A broken desk is told now, on a line, and not by a dead collector.
    desk = open_desk(options, read_only=options.read_only)
    with open_late(archive_target(options), read_only=options.read_only) as archive:
        words = ["poll", *place_words(options)]
        with collecting(archive, words, wanted=not quiet):
            return show(options, archive, theatre, desk)


def check_terminal() -> None:
    """InputError when there is no terminal that can show a screen."""
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise InputError(_NO_SCREEN.format(why=f"TERM is {os.environ.get('TERM') or 'not set'}"))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(_NO_SCREEN.format(why="this is no terminal"))


def end_with(server: int) -> None:
    """Have this viewer leave when the server that started it is gone: nobody would ever tell it to."""

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(1.0)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_PATIENCE)
        os._exit(1)  # whatever it waits for is not worth a process that nobody can end

    threading.Thread(target=watch, name="server watch", daemon=True).start()


def place_words(options: argparse.Namespace) -> list[str]:
    """The options that lead a child process to the same archive, desk and theatre; it has our environment too."""
    named: str = getattr(options, "theatre", "")
    target = archive_target(options)
    words = ["--desk", str(desk_path(options))]
    if "://" in target:  # the address of a server may hold what the list of processes must not show
        os.environ["WARWATCH_ARCHIVE"] = target
    else:
        words = ["--archive", target, *words]
    return [*words, "--theatre", named] if named else words


@contextmanager
def collecting(archive: Archive | LateArchive, words: list[str], *, wanted: bool) -> Iterator[None]:
    """A collector beside the viewer while the block runs, unless one is at work or none is wanted."""
    if not wanted:
        yield
        return
    from tui.cli.child import CollectorChild
    from tui.cli.leases import is_taken

    child = CollectorChild([*words, "--parent", str(os.getpid())], lambda: is_taken(archive))
    with child:
        yield
    if child.complaint:
        print(
            f"warwatch: the collector had ended: {child.complaint.removeprefix('warwatch: ')}",
            file=sys.stderr,
        )


def show(
    options: argparse.Namespace,
    archive: Archive | LateArchive,
    theatre: Theatre,
    desk: Desk,
    clock: Clock | None = None,
) -> int:
    """The screen on an open archive and a desk; the exit status."""
    from feeds.archive.company import company_at
    from feeds.clock import system_clock
    from feeds.standing import reconcile
    from tui.app import run_viewer
    from tui.options import POLL_SECONDS, SLOW_LINK_SECONDS, ViewerOptions

    read_only = bool(getattr(options, "read_only", False))
    slow = bool(getattr(options, "low_bandwidth", False))
    with closing(company_at(archive, read_only=read_only)) as company:
        chosen = ViewerOptions(
            as_of=getattr(options, "as_of", None),
            since=getattr(options, "since", None),
            read_only=read_only,
            low_bandwidth=slow,
            poll_seconds=SLOW_LINK_SECONDS if slow else POLL_SECONDS,
            ascii_only=getattr(options, "ascii", False) or plain_glyphs(),
            theme=getattr(options, "theme", ""),
            reconcile=reconcile,
            alerts=lambda: _whole(archive).alerts,
            in_browser=bool(getattr(options, "in_browser", 0)),
            words=(*_named(options, archive), "--desk", str(desk.path), "--theatre", theatre.id),
            pinned=_pinned(options),
            company=company,
        )
        return run_viewer(archive, theatre, clock or system_clock, chosen, desk)


def _whole(archive: Archive | LateArchive) -> Archive:
    """The archive proper."""
    from feeds.archive import LateArchive

    return archive.whole if isinstance(archive, LateArchive) else archive


def _named(options: argparse.Namespace, archive: Archive | LateArchive) -> tuple[str, ...]:
    """The words that lead a child process to this archive; the address of a server goes by the environment."""
    if "://" not in archive.name:
        return ("--archive", archive.name)
    os.environ["WARWATCH_ARCHIVE"] = archive_target(options)
    return ()


def _pinned(options: argparse.Namespace) -> str:
    """By what the theatre was named at this start, if not by the desk."""
    if getattr(options, "theatre", ""):
        return "--theatre"
    return "WARWATCH_THEATRE" if default_theatre() else ""
