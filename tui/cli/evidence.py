"""``warwatch evidence``: stories in, one JSON line for each sentence that says who holds what."""

from __future__ import annotations

import argparse
import sys
from typing import Final

from feeds.clock import system_clock
from feeds.report.shapes import evidence_shape
from tui.cli.documents import StoryLines
from tui.cli.paper import json_line, say, wrapped
from tui.cli.where import theatre_of

EXAMPLE: Final = """\
warwatch evidence < stories.jsonl > evidence.jsonl
echo '{"title": "Taliban seize Kunduz, residents say"}' | warwatch evidence
echo '{"title": "Taliban seize Kunduz airport"}' | warwatch evidence --explain

a story is a JSON object on one line: id, title, summary, body, url, outlet, wire, published; all but title optional"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The stories."""
    parser.add_argument(
        "file", metavar="FILE|-", nargs="?", default="-", help="stories as JSON lines (default: -)"
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="print how each sentence was read, for people: tags, rule, cues",
    )
    parser.add_argument("--json", action="store_true", help="JSON lines, which is what is printed anyway")


def run(options: argparse.Namespace) -> int:
    """Print the evidence of every story as it is read."""
    theatre = theatre_of(options)
    from feeds.reading import readable
    from feeds.tracker import Reader
    from tui.cli.explaining import explanation

    reader = Reader(theatre)
    stories = StoryLines(options.file, system_clock())
    for story in map(readable, stories):
        if options.explain:
            say(wrapped(story.title))
            say(explanation(theatre, story))
            say()
            continue
        try:
            found = reader.read(story).evidence
        except Exception as error:  # noqa: BLE001 - the boundary: one story, however odd, stops no other
            stories.leave_out(f"{type(error).__name__}: {error}")
            continue
        for piece in found:
            sys.stdout.write(json_line(evidence_shape(piece)) + "\n")
    stories.finish()
    return 0
