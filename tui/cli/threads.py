"""``warwatch threads``: stories in, one JSON line a story out: which event it tells, whose telling, copy of what."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Final

from feeds.clock import system_clock
from feeds.story import Fold
from tui.cli.documents import StoryLines
from tui.cli.paper import json_line
from tui.cli.shapes import fold_shape
from tui.cli.where import theatre_of

EXAMPLE: Final = """\
warwatch threads < stories.jsonl
warwatch threads stories.jsonl | jq -r .thread | sort | uniq -c | sort -rn | head

a line a story is printed at the end: a later story may show where an earlier one belongs.
with --follow each is printed as soon as it is folded, and again whenever a later one moves it.

a story is a JSON object on one line: id, title, summary, body, url, outlet, wire, published; all but title optional"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The stories."""
    parser.add_argument(
        "file", metavar="FILE|-", nargs="?", default="-", help="stories as JSON lines (default: -)"
    )
    parser.add_argument(
        "--follow", action="store_true", help="print folds at once, and again when they change (for a pipe)"
    )
    parser.add_argument("--json", action="store_true", help="JSON lines, which is what is printed anyway")


def run(options: argparse.Namespace) -> int:
    """Print the fold of every story, in the order in which they came."""
    theatre = theatre_of(options)
    from tui.cli.tracking import Threads

    threads = Threads(theatre)
    stories = StoryLines(options.file, system_clock())
    order: list[str] = []
    for story in stories:
        folds = threads.fold(story)
        if options.follow:
            _print(folds)
            sys.stdout.flush()
        else:
            order.append(story.id)
    _print(map(threads.fold_of, order))
    stories.finish()
    return 0


def _print(folds: Iterable[Fold]) -> None:
    for fold in folds:
        sys.stdout.write(json_line(fold_shape(fold)) + "\n")
