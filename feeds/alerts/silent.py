"""Feeds that fell silent, and collectors that were killed, made into events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from feeds.alerts.records import COLLECTOR, FEED, Event
from feeds.alerts.rules import Rule
from feeds.archive import Beat
from feeds.health import DEAD, GONE, SILENT, health
from feeds.moments import span
from feeds.story import FeedState, Subscription

_ALARMING: Final = frozenset((SILENT, DEAD, GONE))
_APART: Final = 3
_NAMED: Final = 8
NOTICED: Final = timedelta(minutes=3)
"""How long nobody must have collected for it to be told: a restart is no news."""


def alarms(
    followed: Sequence[Subscription], states: Mapping[str, FeedState], now: datetime
) -> dict[str, tuple[str, str, str]]:
    """(outlet, word, line) of the feeds that give alarm, by address."""
    found: dict[str, tuple[str, str, str]] = {}
    for one in followed:
        state = states.get(one.url)
        if state is not None:
            how = health(state, now)
            if how.word in _ALARMING:
                found[one.url] = (one.outlet or one.url, how.word, how.line)
    return found


def feed_events(
    rules: Sequence[Rule],
    alarming: Mapping[str, tuple[str, str, str]],
    before: Mapping[str, str],
    now: datetime,
) -> list[Event]:
    """Feeds that give another alarm than at the last look; more than a few together, as when a line is cut, are one event."""
    rule = next((rule for rule in rules if rule.on == FEED), None)
    new = {url: how for url, how in alarming.items() if before.get(url) != how[1]}
    if rule is None or not new:
        return []

    def event(subject: str, headline: str, after: str) -> Event:
        key = f"{subject}:{now.isoformat()}"
        return Event(key, subject, FEED, now, rule.severity, headline, after=after)

    if len(new) > _APART:
        named = ", ".join(f"{outlet} ({word})" for outlet, word, _ in list(new.values())[:_NAMED])
        more = f" and {len(new) - _NAMED} more" if len(new) > _NAMED else ""
        return [event("feeds", f"{len(new)} feeds give alarm: {named}{more}", "")]
    return [event(f"feed:{url}", f"Feed {outlet}: {line}", word) for url, (outlet, word, line) in new.items()]


def killed(
    rules: Sequence[Rule], running: str, beat: Beat | None, now: datetime, wall: datetime
) -> list[Event]:
    """A collector that never said that it ended, when nobody collected for some time since.

    ``now`` is the time of the news, ``wall`` the machine's, by which collectors beat.
    """
    rule = next((rule for rule in rules if rule.on == COLLECTOR), None)
    if rule is None or not running or beat is None or wall - beat.at < NOTICED:
        return []
    return [
        Event(
            key=f"collector:{running}:{beat.at.isoformat()}",
            subject="collector",
            kind=COLLECTOR,
            at=now,
            severity=rule.severity,
            headline=f"The collector was dead for {span(wall - beat.at)}, from {beat.at:%d %b %H:%M}Z on; it is at work again",
        )
    ]
