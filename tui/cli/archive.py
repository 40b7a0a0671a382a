"""``warwatch archive``: copied to another engine and back, checked, relieved of what is old, opened to roles."""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from feeds.clock import system_clock
from feeds.errors import ArchiveError, InputError
from tui.cli.arguments import deeds
from tui.cli.paper import say, say_json
from tui.cli.where import archive_target, open_archive

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.archive.upkeep.copying import Step

EXAMPLE: Final = """\
warwatch archive copy ~/archive.db postgresql://desk.example/warwatch
warwatch archive check
warwatch archive vacuum --older-than 180d --dry-run
warwatch archive grants | psql warwatch"""

_DEEDS: Final = {
    "copy": "copy all of one archive into another, on whichever engines; broken off, it goes on where it was",
    "check": "whether an archive is sound",
    "vacuum": "let go of old stories that nobody drew on, and give back their room",
    "grants": "print the SQL that lets a reader, an operator and a collector use an archive on a server",
}
_DAYS: Final = re.compile(r"(\d{1,5})d?")
_EVERY: Final = 0.2
_WIDTH: Final = 24


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which archive."""
    kinds = deeds(parser, _DEEDS)
    kinds["copy"].add_argument("source", metavar="FROM", help="a file or a postgresql:// address")
    kinds["copy"].add_argument(
        "target", metavar="TO", help="the same; it must be empty, or an unfinished copy"
    )
    kinds["check"].add_argument("--json", action="store_true", help="print JSON")
    kinds["vacuum"].add_argument(
        "--older-than",
        metavar="DAYS",
        default="",
        help="let go of what came before so many days, for instance 180d",
    )
    kinds["vacuum"].add_argument("--dry-run", action="store_true", help="only say how many would go")
    for role in ("reader", "operator", "collector"):
        kinds["grants"].add_argument(
            f"--{role}", metavar="ROLE", default=f"warwatch_{role}", help=f"name of the {role}'s role"
        )


def run(options: argparse.Namespace) -> int:
    """Do it; 1 when an archive that was checked is not sound."""
    if options.deed == "copy":
        return _copy(options)
    if options.deed == "check":
        return _check(options)
    if options.deed == "vacuum":
        return _vacuum(options)
    from feeds.archive.upkeep.grants import grants

    say("\n".join(grants(options.reader, options.operator, options.collector)))
    return 0


def _copy(options: argparse.Namespace) -> int:
    from feeds.archive import open_archive as open_one
    from feeds.archive.upkeep.copying import copy

    source, target = (
        archive_target(argparse.Namespace(archive=one)) for one in (options.source, options.target)
    )
    with open_one(source, create=False) as here, open_one(target) as there:
        for archive in (here, there):
            _refuse_collector(archive)
        held = copy(here, there, _bar())
        rows = sum(one.rows for one in held.values())
        say(
            f"{here.name} is in {there.name} now: {held['stories'].rows:,} stories, {rows:,} rows in all, each compared"
        )
    return 0


def _refuse_collector(archive: Archive) -> None:
    from tui.cli.leases import is_taken

    if is_taken(archive):
        raise ArchiveError(
            f"a collector is at work on {archive.name}; end it, or what it writes is not in the copy"
        )


def _bar() -> Callable[[Step], None]:
    """Shows how far a copy is: on a terminal a line that is written over, else a line a table."""
    terminal, shown, last = sys.stderr.isatty(), 0.0, ("", "")

    def told(step: Step) -> None:
        nonlocal shown, last
        done = step.done >= step.of
        if terminal and (done or time.monotonic() - shown >= _EVERY):
            shown = time.monotonic()
            full = _WIDTH * step.done // max(1, step.of)
            bar = "#" * full + "." * (_WIDTH - full)
            line = f"\r\x1b[K{step.table:<14} [{bar}] {step.done:,} of {step.of:,} rows {step.doing}"
            print(line, end="", file=sys.stderr, flush=True)
        elif done and not terminal and last != (step.table, step.doing):
            last = (step.table, step.doing)
            print(f"{step.table}: {step.done:,} rows {step.doing}", file=sys.stderr, flush=True)
        if terminal and done and step.doing == "compared":
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    return told


def _check(options: argparse.Namespace) -> int:
    from feeds.archive.upkeep.checking import check

    with open_archive(options, create=False) as archive:
        found = []
        for finding in check(archive):
            found.append(finding)
            if not options.json:
                say(
                    f"{'WRONG' if finding.wrong else 'ok':<6} {finding.what}{': ' if finding.wrong else ''}{finding.wrong}"
                )
        if options.json:
            say_json(
                {
                    "archive": archive.name,
                    "findings": [{"what": one.what, "wrong": one.wrong} for one in found],
                }
            )
    return 1 if any(finding.wrong for finding in found) else 0


def _vacuum(options: argparse.Namespace) -> int:
    from feeds.archive.upkeep.retention import forget, tidy

    found = _DAYS.fullmatch(options.older_than) if options.older_than else None
    if options.older_than and found is None:
        raise InputError("--older-than: a number of days, for instance 180d")
    now = system_clock()
    with open_archive(options, create=False) as archive:
        gone = 0
        if found is not None:
            before = now - timedelta(days=int(found[1]))
            gone = forget(archive, before, now, only_count=options.dry_run)
        if not options.dry_run:
            tidy(archive)
        would = "would go" if options.dry_run else "gone, and their room given back"
        say(f"{archive.name}: {gone:,} stories {would}; what gave evidence, was flagged or decided on stays")
    return 0
