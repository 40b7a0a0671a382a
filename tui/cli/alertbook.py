"""The alerts that were sent: listed, shown, acknowledged."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from feeds.alerts.letters import letter_of
from feeds.alerts.records import alert_of
from feeds.alerts.wording import shape
from feeds.clock import system_clock
from feeds.errors import InputError
from feeds.safetext import one_line
from tui.cli.moments import ago, iso
from tui.cli.paper import say, say_json, table
from tui.cli.where import open_archive
from tui.login import login

if TYPE_CHECKING:
    from feeds.archive.outgoing import Fate, Notice


def listed(options: argparse.Namespace) -> int:
    """Print the newest alerts."""
    with open_archive(options, read_only=True) as archive:
        notices = archive.alerts.notices(options.limit, open_only=options.open)
        fates = archive.alerts.outbox.fates([notice.seq for notice in notices])
    now = system_clock()
    if options.json:
        say_json([_shape(notice, _of(notice, fates)) for notice in notices])
    elif not notices:
        say("no open alert" if options.open else "no alert was ever sent from this archive")
    else:
        rows = [
            (
                str(notice.seq),
                f"{notice.at:%d %b %H:%M}Z",
                notice.severity,
                f"seen by {notice.who}" if notice.acknowledged else "open",
                _way(_of(notice, fates)),
                notice.title,
            )
            for notice in notices
        ]
        say(table(rows, ("no", "when", "", "", "sent", "what"), numbers=(0,)))
        unseen = sum(notice.acknowledged is None for notice in notices)
        say(f"{unseen} open of {len(notices)} shown; newest {ago(notices[0].at, now)}")
    return 0


def shown(options: argparse.Namespace) -> int:
    """Print one alert in full."""
    with open_archive(options, read_only=True) as archive:
        notice = archive.alerts.notice(options.number)
        if notice is None:
            raise InputError(f"there is no alert {options.number}; `warwatch alerts list` names them")
        fates = archive.alerts.outbox.fates([notice.seq])
    if options.json:
        say_json(_shape(notice, fates) | {"alert": shape(alert_of(notice.record))})
        return 0
    say(letter_of(notice).text)
    rows = [(each.sink, each.state, f"{each.attempts} tries", each.error) for each in fates]
    if rows:
        say(table(rows))
    if notice.acknowledged:
        say(f"acknowledged by {one_line(notice.who)}, {notice.acknowledged:%d %b %H:%M}Z")
    return 0


def acknowledged(options: argparse.Namespace) -> int:
    """Note that somebody has seen alerts."""
    if bool(options.number) == options.all:
        raise InputError("alerts ack: name alerts by their numbers, or all of them with --all")
    with open_archive(options, create=False) as archive:
        done = archive.alerts.acknowledge(None if options.all else options.number, login(), system_clock())
        left = archive.alerts.unacknowledged()
    if options.json:
        say_json({"acknowledged": done, "open": left})
    else:
        say(f"acknowledged: {', '.join(map(str, done)) or 'none that was open'}; {left} open")
    return 0


def _of(notice: Notice, fates: Sequence[Fate]) -> list[Fate]:
    return [each for each in fates if each.alert == notice.seq]


def _way(fates: Sequence[Fate]) -> str:
    sent = sum(each.state == "sent" for each in fates)
    failed = (
        " !" if any(each.state == "failed" or each.error for each in fates if each.state != "sent") else ""
    )
    return f"{sent}/{len(fates)}{failed}" if fates else "-"


def _shape(notice: Notice, fates: Sequence[Fate]) -> dict[str, object]:
    return {
        "number": notice.seq,
        "key": notice.key,
        "at": iso(notice.at),
        "severity": notice.severity,
        "title": notice.title,
        "acknowledged": iso(notice.acknowledged),
        "by": notice.who,
        "sinks": [
            {
                "sink": each.sink,
                "state": each.state,
                "attempts": each.attempts,
                "error": each.error,
                "next": iso(each.next_at) if each.state == "due" else None,
                "ended": iso(each.ended),
            }
            for each in fates
        ],
    }
