"""``warwatch threads``: stories in, one JSON line a story out: which event it tells, whose telling, copy of what."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from feeds.clock import system_clock
from tui.cli.documents import StoryLines
from tui.cli.paper import json_line
from tui.cli.shapes import fold_shape
from tui.cli.where import theatre_of

EXAMPLE: Final = """\
warwatch threads < stories.jsonl
warwatch threads stories.jsonl | jq -r .thread | sort | uniq -c | sort -rn | head

a story is a JSON object on one line: id, title, summary, body, url, outlet, wire, published; all but title optional"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The stories."""
    parser.add_argument(
        "file", metavar="FILE|-", nargs="?", default="-", help="stories as JSON lines (default: -)"
    )
    parser.add_argument("--json", action="store_true", help="JSON lines, which is what is printed anyway")


def run(options: argparse.Namespace) -> int:
    """Print the fold of every story, in the order in which they came."""
    theatre = theatre_of(options)
    from tui.cli.tracking import Threads

    threads = Threads(theatre)
    stories = StoryLines(options.file, system_clock())
    for story in stories:
        sys.stdout.write(json_line(fold_shape(threads.fold(story))) + "\n")
    stories.finish()
    return 0
