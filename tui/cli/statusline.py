"""The status in one line, for tmux and prompts: read plainly, with nothing loaded that a prompt would have to wait for."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feeds.archive.plain import PlainReader
from feeds.clock import system_clock
from feeds.errors import WarwatchError
from feeds.safetext import one_line
from tui.cells import fit, width
from tui.cli.paper import say
from tui.cli.pulse import collector_of
from tui.cli.where import archive_target, open_archive, theatre_names
from tui.states import LOOKS

if TYPE_CHECKING:
    from feeds.archive import Archive
    from tui.cli.pulse import Collector

_BAD: Final = {"none": ("", ""), "ansi": ("\x1b[1;31m", "\x1b[0m"), "tmux": ("#[fg=red,bold]", "#[default]")}


def run(options: argparse.Namespace) -> int:
    """Print it; 1 when the collector is dead or the archive cannot be read."""
    try:
        forms, alive = _forms(options)
    except WarwatchError as error:  # a prompt has no room for stderr
        forms, alive = [one_line(f"warwatch: {error}")], False
    cells: int = options.width
    line = next((form for form in forms if not cells or width(form) <= cells), forms[-1])
    say(
        _coloured(fit(line, cells).rstrip() if cells and width(line) > cells else line, options.colour, alive)
    )
    return 0 if alive else 1


def _forms(options: argparse.Namespace) -> tuple[list[str], bool]:
    """The line in its forms, the longest first, and whether the collector is alive."""
    theatre = theatre_names(options)[0]
    id_, title = _theatre(theatre)
    target = archive_target(options)
    plain = None if "://" in target else PlainReader.of(Path(target).expanduser())
    if plain is not None:
        with closing(plain):
            return _read(plain, plain.open_alerts(), id_, title)
    with open_archive(
        options, read_only=True
    ) as archive:  # on a server, or one that says what is wrong with it
        return _read(archive, archive.alerts.unacknowledged(), id_, title)


def _read(archive: PlainReader | Archive, alerts: int, theatre: str, title: str) -> tuple[list[str], bool]:
    collector = collector_of(archive, system_clock())
    states = Counter(standing.state for standing in archive.standings(theatre))
    failing = [bool(state.errors_in_row or state.error) for state in archive.feed_states().values()]
    return forms(title, states, failing, alerts, collector), collector.alive


def forms(
    title: str, states: Counter[str], failing: Sequence[bool], alerts: int, collector: Collector
) -> list[str]:
    """The line from its longest form to its shortest; what is wrong with the collector always comes first."""
    told = [(states[look.state], look) for look in LOOKS if look.telling and states[look.state]]
    board = ", ".join(f"{number} {look.state}" for number, look in told) or "all quiet"
    brief = " ".join(f"{number}{look.letter}" for number, look in told) or "quiet"
    feeds = f"{len(failing) - sum(failing)} of {len(failing)}"
    said = f"{alerts} alert{'s' * (alerts != 1)}" if alerts else ""
    if collector.alive:
        return [
            _joined("; ", f"{title}: {board}", said, f"feeds {feeds}", "collector ok"),
            _joined("; ", board, said, f"feeds {feeds}", "ok"),
            _joined(" ", brief, said, feeds.replace(" of ", "/")),
            brief,
        ]
    dead = collector.word
    return [
        _joined("; ", dead, f"{title}: {board}", said, f"feeds {feeds}"),
        _joined("; ", dead, board, said),
        _joined(" ", dead, brief),
        dead,
        "DEAD",
    ]


def _joined(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))


def _coloured(line: str, how: str, alive: bool) -> str:
    if how == "tmux":
        line = line.replace("#", "##")
    if alive or (how == "ansi" and "NO_COLOR" in os.environ):
        return line
    begin, end = _BAD[how]
    return f"{begin}{line}{end}"


def _theatre(name: str) -> tuple[str, str]:
    """Id and title of a theatre, without its places."""
    from feeds.theatres.load import load_theatre, theatre_folder

    folder = theatre_folder(name)
    try:
        head = tomllib.loads((folder / "theatre.toml").read_text(encoding="utf-8"))
        id_, title = head["id"], head["title"]
    except (OSError, ValueError, KeyError):
        found = load_theatre(name)  # which says what is wrong with it
        return found.id, found.title
    return str(id_), one_line(str(title))
