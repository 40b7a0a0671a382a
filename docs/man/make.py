"""Writes the man page from the help of every command: ``make man``. It is committed, so that no user needs what makes it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

os.environ["COLUMNS"] = "70"  # argparse wraps its usage at the terminal's width
os.environ["SOURCE_DATE_EPOCH"] = "0"

from argparse_manpage.manpage import Manpage

from tui.cli.arguments import whole

SECTION = "1"
HEAD = f'.TH WARWATCH "{SECTION}" "" "warwatch {version("warwatch")}" "User Commands"'
NAME = ".SH NAME\nwarwatch \\- a live factbox of a war: who holds which city, by whose word"


SHARED = ".SH WHERE \\fI"
"""Head of the options that all commands share; the page tells them once, at the top."""


def page() -> str:
    """The page in roff."""
    parser = whole()
    for command in commands_of(parser):
        command.description = (
            f"{command.description}\n\n{command.epilog}"  # examples, which it would leave out
        )
    lines = [line.rstrip() for line in str(Manpage(parser)).splitlines() if not line.startswith(".TH ")]
    text = "\n".join([HEAD, ".ad l", ".nh", *_as_written(_told_once(lines))])
    text = text.replace(".SH NAME\nwarwatch", NAME, 1)
    return text.replace(".SH\nPOSITIONAL ARGUMENTS", ".SH COMMANDS", 1) + "\n"


def commands_of(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The parsers of the commands that have examples."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other list of them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from (each for each in action.choices.values() if each.epilog)


def _told_once(lines: list[str]) -> Iterator[str]:
    """The lines without what every command would repeat."""
    left_out = False
    for line in lines:
        if line.startswith(".SH"):
            left_out = line.startswith(SHARED)
        if not left_out:
            yield line


def _as_written(lines: Iterable[str]) -> Iterator[str]:
    """The lines with each usage and each example left as it was written, line for line."""
    kept = False
    for line in lines:
        begins = line.startswith(("usage: ", "example:", "examples:"))
        if begins and not kept:
            yield ".nf"
            kept = True
        elif kept and (not line or line.startswith(".")):
            yield ".fi"
            kept = False
        yield line
    if kept:
        yield ".fi"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())
