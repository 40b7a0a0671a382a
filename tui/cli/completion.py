"""``warwatch completion``: what a shell needs to complete warwatch's words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from typing import Final

from feeds.theatres import theatre_ids

SHELLS: Final = ("bash", "zsh", "fish")
EXAMPLE: Final = """\
eval "$(warwatch completion bash)"                                    in ~/.bashrc
warwatch completion zsh > ~/.zfunc/_warwatch                          with ~/.zfunc in fpath
warwatch completion fish > ~/.config/fish/completions/warwatch.fish"""
_FILES: Final = ("PATH", "FILE", "FILE|-")
"""What an argument is called that names a file."""
_FOLDERS: Final = ("DIR", "FOLDER")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which shell."""
    parser.add_argument("shell", choices=SHELLS, help="whose words to complete")


def run(options: argparse.Namespace) -> int:
    """Print the shell's script."""
    import shtab

    from tui.cli.arguments import whole

    parser = whole()
    for action in _actions(parser):
        if action.metavar in _FILES:
            action.complete = shtab.FILE  # type: ignore[attr-defined]
        elif action.metavar in _FOLDERS:
            action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
        elif action.dest == "theatre":
            action.choices = theatre_ids()
    sys.stdout.write(shtab.complete(parser, options.shell) + "\n")
    return 0


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Every argument of a parser and of the commands below it."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other list of them
        yield action
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                yield from _actions(below)
