"""The status in full: the board, the collector, the feeds that fail; for people and as JSON."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Final

from feeds.clock import system_clock
from feeds.health import DEAD, FAILING, GONE, health
from feeds.report.sheet import Sheet, archived_sheet
from feeds.story import FeedState
from tui.cli.moments import ago, iso
from tui.cli.paper import say, say_json, table
from tui.cli.pulse import Collector, collector_of
from tui.cli.sheet import counts_line
from tui.cli.where import open_archive, theatre_of
from tui.states import LOOKS

_MOST_SHOWN: Final = 10
"""Failing feeds named; the others are counted."""


def run(options: argparse.Namespace) -> int:
    """Print it in full; 1 when the collector is dead."""
    theatre = theatre_of(options)
    now = system_clock()
    with open_archive(options, read_only=True) as archive:
        sheet = archived_sheet(archive, theatre, None, now)
        collector = collector_of(archive, now)
        feeds = archive.feed_states()
        alerts = archive.alerts.unacknowledged()
    if options.json:
        say_json(_shape(sheet, collector, feeds) | {"open_alerts": alerts})
    else:
        _print(sheet, collector, feeds, alerts)
    return 0 if collector.alive else 1


def _states(sheet: Sheet) -> str:
    found = Counter(standing.state for standing in sheet.standings.values())
    telling = [f"{found[look.state]} {look.state}" for look in LOOKS if look.telling and found[look.state]]
    return ", ".join(telling) or "all quiet"


def _fetching(feeds: dict[str, FeedState]) -> str:
    failing = sum(bool(state.errors_in_row or state.error) for state in feeds.values())
    return f"feeds {len(feeds) - failing} of {len(feeds)}"


def _print(sheet: Sheet, collector: Collector, feeds: dict[str, FeedState], alerts: int) -> None:
    say(f"{sheet.theatre.title}: {_states(sheet)}")
    say(counts_line(sheet))
    say(collector.line)
    answered = max((state.last_answer for state in feeds.values() if state.last_answer), default=None)
    say(f"{_fetching(feeds)} answer; last answer {ago(answered, collector.now)}")
    if alerts:
        say(f"{alerts} open alert{'s' * (alerts != 1)}; `warwatch alerts list --open` lists them")
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
