"""The checks of ``warwatch doctor``, each of which finds something out and never raises."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from feeds.clock import system_clock
from feeds.errors import WarwatchError
from feeds.paths import default_theatre
from feeds.theatres.model import Theatre
from tui.cli.pulse import collector_of
from tui.cli.where import archive_target, desk_path, open_archive, open_desk, theatre_of

OK: Final = "ok"
WARN: Final = "warn"
FAIL: Final = "fail"
_HOSTS_TRIED: Final = 3
_NAME_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    word: str
    """``ok``, ``warn`` or ``fail``."""
    check: str
    what: str
    do: str = ""
    """What to do about it; empty when there is nothing to do."""


def examine(options: argparse.Namespace) -> list[Finding]:
    """Every check, in the order in which one would look."""
    checks: list[Callable[[argparse.Namespace], Iterator[Finding]]] = [
        _python,
        _terminal,
        _theatre,
        _desk,
        _archive,
    ]
    if not options.offline:
        checks.append(_network)
    return [finding for check in checks for finding in check(options)]


def _python(_: argparse.Namespace) -> Iterator[Finding]:
    yield Finding(OK, "python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _terminal(_: argparse.Namespace) -> Iterator[Finding]:
    term = os.environ.get("TERM", "")
    if term in ("", "dumb"):
        yield Finding(
            WARN, "terminal", f"TERM is {term or 'not set'}", "the screen needs one; the other commands work"
        )
    elif not sys.stdout.isatty():
        yield Finding(
            WARN, "terminal", f"TERM is {term}, but stdout is no terminal", "run it in one to see more"
        )
    else:
        size = shutil.get_terminal_size()
        what = f"{term}, {size.columns}x{size.lines}"
        small = size.columns < 80 or size.lines < 24
        yield Finding(WARN if small else OK, "terminal", what, "make it 80x24 or larger" if small else "")
    yield Finding(OK, "colour", _colour(term))
    encoding = (sys.stdout.encoding or "ascii").lower()
    if encoding.replace("-", "").startswith("utf"):
        yield Finding(OK, "unicode", encoding)
    else:
        do = "set LANG to a UTF-8 locale such as C.UTF-8; until then signs are drawn with ASCII"
        yield Finding(WARN, "unicode", encoding, do)


def _colour(term: str) -> str:
    if "NO_COLOR" in os.environ:
        return "none, as NO_COLOR asks; states are told by letter and glyph too"
    if os.environ.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "16 million"
    return "256" if "256" in term else "16"


def _theatre(options: argparse.Namespace) -> Iterator[Finding]:
    try:
        theatre = theatre_of(options)
    except WarwatchError as error:
        yield Finding(FAIL, "theatre", str(error), "see `warwatch theatre list`")
        return
    by = (
        "--theatre"
        if getattr(options, "theatre", "")
        else "WARWATCH_THEATRE"
        if default_theatre()
        else "the desk or the default"
    )
    yield Finding(OK, "theatre", f"{theatre.id}, {len(theatre.capitals)} capitals (by {by})")


def _desk(options: argparse.Namespace) -> Iterator[Finding]:
    path = desk_path(options)
    if not path.exists():
        yield from _writable("desk", path, "not there yet; made on the first start")
        return
    try:
        feeds = open_desk(options, read_only=True).subscriptions()
    except WarwatchError as error:
        yield Finding(FAIL, "desk", str(error))
        return
    what = f"{path}, {len(feeds)} feeds"
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        yield Finding(
            WARN, "desk", f"{what}, read-only", "check its permissions, or name another with --desk"
        )
    elif feeds:
        yield Finding(OK, "desk", what)
    else:
        yield Finding(WARN, "desk", what, "`warwatch feeds add --defaults` follows those of the theatre")


def _archive(options: argparse.Namespace) -> Iterator[Finding]:
    target = archive_target(options)
    path = Path(target).expanduser()
    if "://" not in target and not path.exists():
        yield from _writable("archive", path, "not there yet; `warwatch poll` or `warwatch` makes it")
        return
    try:
        with open_archive(options, read_only=True) as archive:
            stories = len(archive.lead_ids())
            size = "" if archive.shared else f"{archive.path.stat().st_size / 1_000_000:.1f} MB, "
            yield Finding(OK, "archive", f"{archive.name}, {_schema()}, {size}{stories} threads of stories")
            collector = collector_of(archive, system_clock())
            do = "" if collector.alive else "`warwatch poll` starts one, and `warwatch` its own"
            yield Finding(OK if collector.alive else WARN, "collector", collector.line, do)
            failing = [state for state in archive.feed_states().values() if state.errors_in_row]
            if failing:
                first = f"{failing[0].url}: {failing[0].error}"
                what = f"{len(failing)} of {len(archive.feed_states())} fail; {first}"
                yield Finding(WARN, "feeds", what, "`warwatch status` names them all")
            else:
                yield Finding(OK, "feeds", f"{len(archive.feed_states())} fetched so far, none fails")
    except WarwatchError as error:
        yield Finding(FAIL, "archive", str(error))
        return
    if "://" not in target and not os.access(path.parent, os.W_OK):
        yield Finding(
            WARN, "archive", f"{path.parent} is read-only", "open it with --read-only, or move the archive"
        )


def _schema() -> str:
    from feeds.archive.version import VERSION

    return f"schema {VERSION}"


def _writable(check: str, path: Path, what: str) -> Iterator[Finding]:
    """Whether a file could be made at a path."""
    folder = next((each for each in path.parents if each.exists()), Path("/"))
    if folder.is_dir() and os.access(folder, os.W_OK):
        yield Finding(OK, check, f"{path}, {what}")
    else:
        do = f"name a place that you may write with --{check}"
        yield Finding(FAIL, check, f"{path} is not there and {folder} may not be written", do)


def _network(options: argparse.Namespace) -> Iterator[Finding]:
    """Whether the names of hosts that feeds come from are known; nothing is fetched."""
    hosts = _hosts(options)
    if not hosts:
        yield Finding(WARN, "network", "not looked at: no feeds", "`warwatch feeds add URL` follows one")
        return
    if any(os.environ.get(name) for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")):
        yield Finding(OK, "network", "through the proxy that the environment names")
        return
    known = _known_names(hosts[:_HOSTS_TRIED])
    if known:
        yield Finding(OK, "network", f"{known[0]} is known; `warwatch feeds check` asks every feed")
    else:
        what = f"the names of {', '.join(hosts[:_HOSTS_TRIED])} are not known"
        yield Finding(WARN, "network", what, "check the connection; `warwatch demo` works without one")


def _hosts(options: argparse.Namespace) -> list[str]:
    try:
        theatre: Theatre = theatre_of(options)
        feeds = open_desk(options, read_only=True).subscriptions() or list(theatre.subscriptions)
    except WarwatchError:
        return []
    return list(dict.fromkeys(host for each in feeds if (host := urlsplit(each.url).hostname)))


def _known_names(hosts: list[str]) -> list[str]:
    """Those whose names can be resolved within a few seconds."""
    known: list[str] = []

    def resolve(host: str) -> None:
        try:
            socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
        except OSError:
            return
        known.append(host)

    threads = [threading.Thread(target=resolve, args=(host,), daemon=True) for host in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_NAME_SECONDS)
    return known
