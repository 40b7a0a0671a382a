"""``warwatch board``: who holds which capital, now or at any moment, for people and for programs."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from feeds.clock import system_clock
from feeds.report.sheet import archived_sheet
from tui.cli.moments import end_moment
from tui.cli.paper import say, say_json
from tui.cli.sheet import as_table
from tui.cli.where import open_archive, open_desk, theatre_of

EXAMPLE: Final = """\
warwatch board
warwatch board --as-of '2021-08-12 18:00'
warwatch board --filter 'state:captured since:2d -is:stale'
warwatch board --view West
warwatch board --json | jq '.capitals[] | select(.state == "captured") | .name'
warwatch board --geojson > board.geojson"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The form, and the moment."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="the board as JSON, with its evidence")
    forms.add_argument("--csv", action="store_true", help="a line a capital, comma-separated")
    forms.add_argument("--geojson", action="store_true", help="a point a capital, for maps")
    parser.add_argument(
        "--places",
        choices=("capitals", "towns", "both"),
        default="capitals",
        help="which rows (default: capitals)",
    )
    parser.add_argument(
        "--as-of",
        type=end_moment,
        metavar="TIME",
        help="as it stood then: 2021-08-12 (the end of that day) or '2021-08-12 18:00', UTC unless a zone is given",
    )

    parser.add_argument(
        "--filter",
        metavar="LINE",
        default="",
        help="only rows that match, as on the screen: 'state:captured since:1d'",
    )
    parser.add_argument("--view", metavar="NAME", default="", help="only rows that a saved view shows")


def run(options: argparse.Namespace) -> int:
    """Print the board."""
    theatre = theatre_of(options)
    with open_archive(options, read_only=True) as archive:
        sheet = archived_sheet(archive, theatre, options.as_of, system_clock(), options.places)
        if options.filter or options.view:
            from tui.cli.sifting import filter_of, sifted

            desk = open_desk(options, read_only=True)
            sheet = sifted(sheet, archive, *filter_of(sheet, desk, options.filter, options.view))
    if options.json:
        say_json(sheet.shape())
    elif options.csv:
        sys.stdout.write(sheet.as_csv())
    elif options.geojson:
        say_json(sheet.as_geojson())
    else:
        say(as_table(sheet))
    return 0
