"""``warwatch status``: is the collector alive, which feeds fail, how stands the board; one line for a prompt."""

from __future__ import annotations

import argparse
from typing import Final

COLOURS: Final = ("none", "ansi", "tmux")

EXAMPLE: Final = """\
warwatch status
set -g status-right '#(warwatch status --line --width 60 --colour tmux)'     in tmux.conf
set -g status-right-length 60
warwatch status --line || systemctl --user restart warwatch"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The form."""
    parser.add_argument("--width", type=_cells, default=0, metavar="N", help="with --line: N columns at most")
    parser.add_argument(
        "--colour",
        "--color",
        choices=COLOURS,
        default="none",
        help="with --line: what is wrong in red (none)",
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--line", action="store_true", help="one line only")
    forms.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print it; 1 when the collector is dead."""
    if options.line:
        from tui.cli import statusline

        return statusline.run(options)
    from tui.cli import statuspage

    return statuspage.run(options)


def _cells(word: str) -> int:
    if not word.isascii() or not word.isdecimal() or not 4 <= int(word) <= 1000:
        raise argparse.ArgumentTypeError(f"{word!r} must be a number of columns, 4 to 1000")
    return int(word)
