"""``warwatch status``: is the collector alive, which feeds fail, how stands the board; one line for a prompt."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING, Final

from feeds.clock import system_clock
from feeds.errors import ArchiveError
from feeds.report.sheet import Sheet, archived_sheet
from feeds.safetext import one_line
from tui.cli.moments import ago, iso
from tui.cli.paper import say, say_json, table
from tui.cli.pulse import Collector, collector_of
from tui.cli.sheet import counts_line
from tui.cli.where import open_archive, theatre_of
from tui.states import LOOKS

if TYPE_CHECKING:
    from feeds.story import FeedState

EXAMPLE: Final = """\
warwatch status
set -g status-right '#(warwatch status --line)'     in tmux.conf
warwatch status --line || systemctl restart warwatch"""

_MOST_SHOWN: Final = 10
"""Failing feeds named; the others are counted."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The form."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--line", action="store_true", help="one line only")
    forms.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print it; 1 when the collector is dead."""
    theatre = theatre_of(options)
    now = system_clock()
    try:
        with open_archive(options, read_only=True) as archive:
            sheet = archived_sheet(archive, theatre, None, now)
            collector = collector_of(archive, now)
            feeds = archive.feed_states()
    except ArchiveError as error:
        if options.line:  # a prompt has no room for stderr
            say(one_line(f"warwatch: {error}"))
            return 1
        raise
    if options.json:
        say_json(_shape(sheet, collector, feeds))
    elif options.line:
        say(f"{theatre.title}: {_states(sheet)}; {_fetching(feeds)}; {collector.line}")
    else:
        _print(sheet, collector, feeds)
    return 0 if collector.alive else 1


def _states(sheet: Sheet) -> str:
    found = Counter(standing.state for standing in sheet.standings.values())
    telling = [f"{found[look.state]} {look.state}" for look in LOOKS if look.telling and found[look.state]]
    return ", ".join(telling) or "all quiet"


def _fetching(feeds: dict[str, FeedState]) -> str:
    failing = sum(bool(state.errors_in_row or state.error) for state in feeds.values())
    return f"feeds {len(feeds) - failing} of {len(feeds)}"


def _print(sheet: Sheet, collector: Collector, feeds: dict[str, FeedState]) -> None:
    from feeds.health import DEAD, FAILING, GONE, health

    say(f"{sheet.theatre.title}: {_states(sheet)}")
    say(counts_line(sheet))
    say(collector.line)
    answered = max((state.last_answer for state in feeds.values() if state.last_answer), default=None)
    say(f"{_fetching(feeds)} answer; last answer {ago(answered, collector.now)}{' ago' if answered else ''}")
    states = [(url, health(state, collector.now)) for url, state in feeds.items()]
    rows = [(url, found.line) for url, found in states if found.word in (FAILING, DEAD, GONE)]
    if rows:
        say()
        say(table(rows[:_MOST_SHOWN], ("failing", "why")))
        if len(rows) > _MOST_SHOWN:
            say(f"and {len(rows) - _MOST_SHOWN} more; `warwatch feeds list` shows every feed")
    if not collector.alive:
        say()
        say("start one with `warwatch poll`, or open `warwatch`, which starts its own")


def _shape(sheet: Sheet, collector: Collector, feeds: dict[str, FeedState]) -> dict[str, object]:
    found = Counter(standing.state for standing in sheet.standings.values())
    beat = collector.beat
    return {
        "theatre": sheet.theatre.id,
        "as_of": iso(sheet.as_of),
        "states": {look.state: found[look.state] for look in LOOKS},
        "counts": sheet.shape()["counts"],
        "collector": {
            "alive": collector.alive,
            "last_beat": iso(beat.at) if beat else None,
            "pid": beat.pid if beat else None,
            "holder": beat.holder if beat else "",
        },
        "feeds": [
            {
                "url": url,
                "last_answer": iso(state.last_answer),
                "last_new": iso(state.last_new),
                "status": state.status,
                "error": state.error,
            }
            for url, state in feeds.items()
        ],
    }
