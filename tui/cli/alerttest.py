"""``warwatch alerts test``: does an alert arrive?"""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from feeds.alerts.letters import Letter, Undelivered, letter_of
from feeds.alerts.records import TEST, Alert, Event, Proof, alert_json
from feeds.alerts.settings import Settings, read_settings
from feeds.alerts.wording import title
from feeds.archive.outgoing import Notice
from feeds.clock import system_clock
from feeds.errors import InputError
from tui.cli.paper import say, say_json, table
from tui.cli.where import open_desk

if TYPE_CHECKING:
    from feeds.alerts.ways import Way


def tested(options: argparse.Namespace) -> int:
    """Send a test; 1 when it did not arrive everywhere."""
    desk = open_desk(options, read_only=True)
    settings = read_settings(desk.alerts(), str(desk.path))
    if options.terminal:
        return _terminal(settings)
    ways = _wanted(settings, options.name)
    if not ways:
        raise InputError("there is no sink yet; `warwatch alerts add webhook NAME URL` makes one")
    letter = test_letter()
    failures = asyncio.run(_all(ways, letter))
    if options.json:
        said = [
            {"sink": way.name, "delivered": not why, "error": why}
            for way, why in zip(ways, failures, strict=True)
        ]
        say_json({"key": letter.key, "sinks": said})
    else:
        rows = [
            (way.name, "FAILED" if why else "delivered", why) for way, why in zip(ways, failures, strict=True)
        ]
        say(table(rows))
        say(f"the test bears the key {letter.key}")
    return 1 if any(failures) else 0


def test_letter() -> Letter:
    """A letter that says of itself that nothing happened."""
    now = system_clock()
    proof = Proof("This is a test: nothing has happened.", "warwatch", "A", told=now)
    event = Event(
        "test", "test", TEST, now, "high", "TEST: an alert of warwatch would look like this", proof=proof
    )
    alert = Alert(now, (event,))
    return letter_of(Notice(alert.key, now, alert.severity, title(alert), alert_json(alert)))


async def _all(ways: list[Way], letter: Letter) -> list[str]:
    return await asyncio.gather(*(_one(way, letter) for way in ways))


async def _one(way: Way, letter: Letter) -> str:
    from feeds.alerts.courier import deliver

    try:
        await deliver(way, letter)
    except Undelivered as failed:
        return failed.reason
    return ""


def _wanted(settings: Settings, names: list[str]) -> list[Way]:
    for name in names:
        if settings.way(name) is None:
            raise InputError(f"there is no sink called {name!r}; `warwatch alerts sinks` names them")
    return [way for way in settings.ways if not names or way.name in names]


def _terminal(settings: Settings) -> int:
    from tui.attention import BELL, notification

    if not sys.stdout.isatty():
        raise InputError("alerts test --terminal: standard output is no terminal")
    sequence = notification(settings.screen.notify, test_letter().title)
    sys.stdout.write((BELL if settings.screen.bell else "") + sequence)
    say(
        f"bell {'rung' if settings.screen.bell else 'off'}; notification "
        + (f"sent as {settings.screen.notify}" if sequence else "off (`warwatch alerts set notify osc9`)")
    )
    return 0
