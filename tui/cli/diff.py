"""``warwatch diff``: what changed since a moment or since the last shift, by whose word."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Final

from feeds.clock import system_clock
from tui.cli.moments import end_moment, moment
from tui.cli.paper import plain_glyphs, say, say_json, wrapped
from tui.cli.where import open_archive, theatre_of
from tui.views.moments import moment_of

EXAMPLE: Final = """\
warwatch diff                                     since the last shift was closed
warwatch diff --since 6h
warwatch diff --since '2021-08-12 06:00' --until '2021-08-12 18:00'
warwatch diff --json | jq '.changes[] | [.name, .from, .to]'"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The span."""
    parser.add_argument(
        "--since",
        metavar="TIME",
        type=since_moment,
        help="6h, 18:00, 12 Aug 18:00 or 2021-08-12 18:00, UTC (default: the last shift, else twelve hours ago)",
    )
    parser.add_argument("--until", metavar="TIME", type=end_moment, help="up to when (default: now)")
    parser.add_argument("--json", action="store_true", help="as JSON")


def since_moment(word: str) -> datetime:
    """A moment as the screen takes it, or as every command takes it; ArgumentTypeError for other words."""
    return moment_of(word, system_clock()) or moment(word)


def run(options: argparse.Namespace) -> int:
    """Print what changed."""
    from feeds.standing import reconcile
    from tui.shift.difference import difference
    from tui.shift.handover import SHIFT, last_shift_of
    from tui.shift.shapes import difference_shape
    from tui.shift.wording import changed, span, text_of

    theatre = theatre_of(options)
    until = options.until or system_clock()
    with open_archive(options, read_only=True) as archive:
        last = None if options.since else last_shift_of(archive, theatre.id, until)
        since = options.since or (last.at if last else until - SHIFT)
        found = difference(archive, theatre, since, until, reconcile=reconcile)
    if options.json:
        say_json(difference_shape(found, theatre))
        return 0
    why = f", when {last.who} closed the last shift" if last else ""
    say(plain(f"{theatre.title}, {span(found, until)}{why}"))
    print_text(text_of(changed(found, theatre)))
    return 0


def print_text(text: str) -> None:
    """Print a text whose lines are indented, wrapped at the terminal's width."""
    for each in plain(text).splitlines():
        indent = each[: len(each) - len(each.lstrip())]
        say(wrapped(each, indent=indent) if each.strip() else "")


def plain(text: str) -> str:
    """The text for a terminal that may not have arrows."""
    return text.replace("→", "->").replace("“", '"').replace("”", '"') if plain_glyphs() else text
