"""``warwatch serve``: the screen in a browser, or the factbox as files for any web server."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Final

from feeds.errors import InputError
from tui.cli.moments import end_moment, iso, moment
from tui.cli.where import open_archive, theatre_of

EXAMPLE: Final = """\
warwatch serve
warwatch serve --port 8080 --write
WARWATCH_TOKEN=$(openssl rand -hex 16) warwatch serve --host 0.0.0.0
warwatch serve --static /srv/www/factbox"""

_VARIABLE: Final = "WARWATCH_TOKEN"
_PORT: Final = 8765
_SESSIONS: Final = 8


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, who may come in, and what they may do."""
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, this machine only)"
    )
    parser.add_argument(
        "--port", type=_port, default=_PORT, metavar="N", help=f"port (default: {_PORT}; 0: any)"
    )
    parser.add_argument(
        "--token",
        metavar="WORD",
        help="ask browsers for it; needed with any other --host (better in WARWATCH_TOKEN: others see a command's words)",
    )
    parser.add_argument(
        "--url",
        default="",
        metavar="URL",
        help="address by which browsers come through a proxy, https:// as a rule",
    )
    parser.add_argument(
        "--write", action="store_true", help="let browsers decide too: marks, notes, overrides"
    )
    parser.add_argument(
        "--sessions",
        type=_count,
        default=_SESSIONS,
        metavar="N",
        help=f"screens open at once (default: {_SESSIONS})",
    )
    parser.add_argument("--no-poll", action="store_true", help="start no collector")
    parser.add_argument("--as-of", type=end_moment, metavar="TIME", help="the board as it stood then, UTC")
    parser.add_argument("--since", type=moment, metavar="TIME", help="start of the shift, UTC")
    parser.add_argument("--theme", default="", help="dark, light or contrast (default: as set up)")
    parser.add_argument(
        "--static", metavar="DIR", help="no screen: write the factbox into this folder, anew at each change"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until told to end."""
    theatre = theatre_of(options)
    if options.static:
        from tui.web.publishing import publish

        with open_archive(options, read_only=True) as archive:
            return publish(archive, theatre, Path(options.static).expanduser())
    from tui.cli.view import collecting, place_words
    from tui.web.guard import Guard, checked_token
    from tui.web.server import ScreenServer

    token = checked_token(options.host, options.token or os.environ.get(_VARIABLE, ""))
    guard = Guard(token, options.host, _public(options.url))
    _prepare_environment()
    with open_archive(options) as archive:
        words = ["poll", *place_words(options)]
        with collecting(archive, words, wanted=not (options.no_poll or options.as_of)):
            server = ScreenServer(_command(options), options.host, options.port, guard, most=options.sessions)
            asyncio.run(server.run())
    return 0


def _command(options: argparse.Namespace) -> list[str]:
    """The viewer of one tab."""
    from tui.cli.view import place_words

    words = [sys.executable, "-m", "tui.cli", "view", "--in-browser", str(os.getpid()), "--no-poll"]
    words += place_words(options)
    words += [] if options.write else ["--read-only"]
    words += ["--as-of", str(iso(options.as_of))] if options.as_of else []
    words += ["--since", str(iso(options.since))] if options.since else []
    return words + (["--theme", options.theme] if options.theme else [])


def _prepare_environment() -> None:
    """What the viewers inherit: a browser's colours and UTF-8, and no token."""
    os.environ.pop(_VARIABLE, None)
    os.environ.pop("NO_COLOR", None)
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}


def _public(url: str) -> str:
    from feeds.safetext import safe_url

    if url and not safe_url(url):
        raise InputError(f"{url} is no address; write it as https://watch.example")
    return safe_url(url)


def _port(word: str) -> int:
    if not word.isdecimal() or int(word) > 65_535:
        raise argparse.ArgumentTypeError(f"{word!r} is no port; 0 to 65535 are")
    return int(word)


def _count(word: str) -> int:
    if not word.isdecimal() or not 0 < int(word) <= 1_000:
        raise argparse.ArgumentTypeError(f"{word!r} is no number of screens; 1 to 1000 are")
    return int(word)
