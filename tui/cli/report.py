"""``warwatch report``: the factbox and what changed, for people and for programs; once, or again and again."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feeds.clock import system_clock
from feeds.errors import InputError
from feeds.report.forms import FORMATS
from tui.cli.moments import end_moment
from tui.cli.where import open_archive, theatre_of
from tui.views.moments import moment_of, span_of

if TYPE_CHECKING:
    from feeds.report.records import Report

EXAMPLE: Final = """\
warwatch report
warwatch report --format md --since 6h
warwatch report --as-of '2021-08-12 18:00' --since 2021-08-11 -o factbox.html
warwatch report --template sitrep.txt.j2
warwatch report --every 6h -o /srv/www/factbox.html"""

_SHORTEST: Final = timedelta(minutes=1)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The form, the span of time, and where it goes."""
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        choices=FORMATS,
        help="md, txt (80 columns), html (one file), csv, json or geojson (default: by the name of the file, else txt)",
    )
    form.add_argument("--template", metavar="FILE", help="an own Jinja template instead (docs/report.md)")
    parser.add_argument(
        "--since",
        type=_since,
        metavar="TIME",
        help="tell what changed since then: 6h, 2d, 06:00, 2021-08-11 (default: 24h, or the time of --every)",
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--as-of",
        type=end_moment,
        metavar="TIME",
        help="as it stood then: 2021-08-12 (the end of that day) or '2021-08-12 18:00', UTC unless a zone is given",
    )
    when.add_argument(
        "--every",
        type=_span,
        metavar="SPAN",
        help="write it again at each full 6h, 30m, 1d of the day (UTC), until ended; needs -o",
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write it to a file, in one step")


def run(options: argparse.Namespace) -> int:
    """Print the report, or write it to a file."""
    if options.every:
        return _again_and_again(options)
    _put(options, _text(options, _compiled(options, options.as_of or _now())))
    return 0


def _again_and_again(options: argparse.Namespace) -> int:
    if not options.output:
        raise InputError("--every writes to a file; name it with -o")
    from tui.cli.rounds import rounds
    from tui.ending import Ended, heed_signals

    def write() -> None:
        _put(options, _text(options, _compiled(options, _now())))

    heed_signals()
    try:
        write()  # what is wrong with the words is told now, not in six hours
        return rounds(write, options.every)
    except Ended:
        return 0


def _compiled(options: argparse.Namespace, as_of: datetime) -> Report:
    from feeds.report.compiling import DAY, compile_report

    theatre = theatre_of(options)
    since = moment_of(options.since, as_of) if options.since else as_of - (options.every or DAY)
    if since is None or since >= as_of:
        raise InputError(
            f"--since {options.since} is not before {as_of:%Y-%m-%d %H:%M}; name an earlier time"
        )
    with open_archive(options, read_only=True) as archive:
        return compile_report(archive, theatre, as_of, since)


def _text(options: argparse.Namespace, report: Report) -> str:
    from feeds.report.apart import render_apart
    from feeds.report.rendering import render

    if options.template:
        return render_apart(report, Path(options.template).expanduser())
    ending = Path(options.output or "").suffix.removeprefix(".").lower()
    return render(report, options.format or {"htm": "html", "markdown": "md"}.get(ending) or _known(ending))


def _known(ending: str) -> str:
    return ending if ending in FORMATS else "txt"


def _put(options: argparse.Namespace, text: str) -> None:
    if not options.output or options.output == "-":
        sys.stdout.write(text)
        return
    from feeds.report.files import write_whole

    write_whole(Path(options.output).expanduser(), text)


def _now() -> datetime:
    return system_clock().replace(microsecond=0)


def _since(word: str) -> str:
    if moment_of(word, datetime(2000, 1, 1, tzinfo=UTC)) is None:
        raise argparse.ArgumentTypeError(
            f"{word!r} is no time; 6h, 2d, 06:00 and '2021-08-11 18:00' (UTC) are"
        )
    return word


def _span(word: str) -> timedelta:
    span = span_of(word)
    if span is None or span < _SHORTEST:
        raise argparse.ArgumentTypeError(f"{word!r} is no span of a minute or more; 30m, 6h and 1d are")
    return span
