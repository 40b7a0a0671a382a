"""The words of the command line: which commands there are, and the options that all of them take."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final, NoReturn, Protocol, cast

COMMANDS: Final[dict[str, str]] = {
    "view": "open the screen (what `warwatch` alone does)",
    "demo": "a war replayed offline, August 2021 unless told otherwise: opens on a board that is already moving",
    "score": "play a recording and hold the board against known dates: what was late, missed or false",
    "record": "write the archive as a recording, to be replayed and scored",
    "poll": "the collector without a screen: fetch, parse, fold, read, weigh, archive",
    "read": "read any text and print the board it makes",
    "evidence": "stories in, one JSON line for each piece of evidence out",
    "threads": "stories in, one JSON line a story out: its thread, and what it is a copy of",
    "board": "the board: table, JSON, CSV or GeoJSON, now or as of any moment",
    "report": "the factbox and what changed: text, Markdown, HTML with a map, CSV, JSON, GeoJSON",
    "serve": "the screen in a browser, or the factbox as files for any web server",
    "diff": "what changed since a moment or since the last shift, by whose word",
    "shift": "close a shift with a handover note, or show the note that was left",
    "feeds": "list, add, remove, check, import and export the feeds that this desk follows",
    "watch": "list, add, remove and try watch terms: what to be told of, and what it would have hit",
    "alerts": "what was said to whom, what is to be said, and where it goes: list, ack, test, add, remove",
    "archive": "copy an archive to a server and back, check it, let go of what is old, open it to roles",
    "why": "what became of a story: fetched, folded into what, which rule fired, or none",
    "doctor": "terminal, paths, archive, feeds: what works and what does not",
    "status": "a line for tmux or a prompt; exit status 1 when the collector is dead",
    "theatre": "list, show, check and make theatres",
    "completion": "what bash, zsh or fish need to complete these words",
}
"""Every command and what it does, in the order of the help."""

_VALUED: Final = ("--theatre", "--archive", "--desk")
_EPILOG: Final = """\
examples:
  warwatch demo                          try it, without a network
  warwatch feeds check                   which of the feeds answer
  warwatch read article.txt              the board that one article makes
  warwatch board --json | jq .counts     the board for other programs

Environment: WARWATCH_ARCHIVE, WARWATCH_DESK and WARWATCH_THEATRE stand in for the options.
Exit status: 0 done, 1 failed (one line on stderr says why), 2 wrong usage."""


class CommandModule(Protocol):
    """What every module of a command offers."""

    EXAMPLE: str
    """Lines shown at the end of the command's help."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit status."""


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage and leave with status 2."""
        self.exit(2, f"{self.prog}: {message}; see `{self.prog} --help`\n")


class _SubParser(Parser):
    """The parser of one command, which loads its module only when the command is used."""

    command = ""
    """Name of the module; empty for the parts of a command, such as ``feeds add``."""

    def fill(self) -> None:
        """Add the command's own arguments and examples, once."""
        if not self.command:
            return
        module: CommandModule = cast("CommandModule", import_module(f"tui.cli.{self.command}"))
        self.epilog = (
            f"{'examples' if chr(10) in module.EXAMPLE else 'example'}:\n{_indented(module.EXAMPLE)}"
        )
        module.arguments(self)
        self.set_defaults(run=module.run)
        self.command = ""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Fill in the command's own arguments first; what is left over is this command's mistake."""
        self.fill()
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return found, rest


class _Version(argparse.Action):
    """Says the version; it is looked up only then, which takes longer than all else a prompt asks for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"warwatch {version('warwatch')}")
        parser.exit()


def deeds(parser: argparse.ArgumentParser, known: Mapping[str, str]) -> dict[str, argparse.ArgumentParser]:
    """Parsers for the parts of a command (``feeds list``, ``feeds add``), by name; the choice is ``options.deed``."""
    kinds = parser.add_subparsers(
        metavar="|".join(known), dest="deed", required=True, parser_class=_SubParser
    )
    return {
        name: kinds.add_parser(
            name, help=summary, description=_sentence(summary), parents=[_shared()], allow_abbrev=False
        )
        for name, summary in known.items()
    }


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The options of one call, with ``run`` set to the function of its command."""
    top, _ = _parsers()
    return top.parse_args(_with_command(words, top))


def whole() -> argparse.ArgumentParser:
    """The parser with the arguments of every command: what the man page and completion are made of."""
    top, commands = _parsers()
    for parser in commands:
        parser.fill()
    return top


def _parsers() -> tuple[Parser, list[_SubParser]]:
    """The parser of everything, and those of the commands, not filled in yet."""
    top = Parser(
        prog="warwatch",
        description="A live factbox of a war: who holds which city, by whose word, with the sentence behind every row.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_shared()],
        allow_abbrev=False,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the program's version and exit")
    kinds = top.add_subparsers(metavar="COMMAND", dest="command", parser_class=_SubParser)
    commands: list[_SubParser] = []
    for name, summary in COMMANDS.items():
        parser = kinds.add_parser(
            name,
            help=summary,
            description=_sentence(summary),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            parents=[_shared()],
            allow_abbrev=False,
        )
        parser.command = name
        commands.append(parser)
    return top, commands


def _shared() -> _SubParser:
    """The options that may stand before the command or after it."""
    shared = _SubParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = shared.add_argument_group("where")
    group.add_argument(
        "--theatre",
        metavar="ID",
        help="the war to look at, by id or folder; several, parted by commas, are tracked at once",
    )
    group.add_argument(
        "--archive", metavar="PATH", help="the archive's file, or a server: postgresql://HOST/DATABASE"
    )
    group.add_argument("--desk", metavar="PATH", help="the desk's file: subscriptions and settings")
    return shared


def _with_command(words: Sequence[str], top: Parser) -> list[str]:
    """The words with ``view`` put in where no command is named; an unknown command ends with status 2."""
    at = 0
    while at < len(words):
        word = words[at]
        if word in ("-h", "--help", "--version") or word in COMMANDS:
            return list(words)
        if not word.startswith("-"):
            top.error(f"there is no command {word!r}{_nearest(word)}")
        if word.partition("=")[0] not in _VALUED:
            break
        at += 1 if "=" in word else 2
    return ["view", *words]


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    return f", did you mean `{near[0]}`?" if near else ""


def _sentence(summary: str) -> str:
    return f"{summary[0].upper()}{summary[1:]}."


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())
