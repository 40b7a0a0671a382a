"""``warwatch doctor``: what works here and what does not, and what to do about it."""

from __future__ import annotations

import argparse
from typing import Final

from tui.cli.paper import say, say_json, table

EXAMPLE: Final = "warwatch doctor\nwarwatch doctor --json | jq '.[] | select(.word == \"fail\")'"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The form."""
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--offline", action="store_true", help="leave the network alone")


def run(options: argparse.Namespace) -> int:
    """Print a line for each check; 1 when one failed."""
    from tui.cli.checkup import examine

    findings = examine(options)
    if options.json:
        say_json(
            [{"check": each.check, "word": each.word, "what": each.what, "do": each.do} for each in findings]
        )
    else:
        rows = [(each.word, each.check, each.what + (f"; {each.do}" if each.do else "")) for each in findings]
        say(table(rows, cells=0))
    return 1 if any(each.word == "fail" for each in findings) else 0
