"""The ways out, one file each: a letter is sent, or :class:`Undelivered` says why not.

Which one a way needs is imported when something is sent by it.
"""

from __future__ import annotations

from typing import Final

from feeds.alerts.letters import Letter, Undelivered
from feeds.alerts.ways import Command, Email, Way, Webhook

PATIENCE: Final = 30.0
"""Seconds that a server may take for one letter."""

__all__ = ["PATIENCE", "Letter", "Undelivered", "patience", "send"]


def patience(way: Way) -> float:
    """Seconds after which a try is given up."""
    return way.seconds + 1.0 if isinstance(way, Command) else PATIENCE


async def send(way: Way, letter: Letter) -> None:
    """Send a letter by one way; :class:`Undelivered` with a line on why it did not go."""
    if isinstance(way, Webhook):
        from feeds.alerts.sinks.webhook import post

        await post(way, letter)
    elif isinstance(way, Email):
        from feeds.alerts.sinks.email import mail

        await mail(way, letter)
    else:
        from feeds.alerts.sinks.command import start

        await start(way, letter)
