"""Times as they are written for people and for programs; UTC throughout."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(then: datetime | None) -> str | None:
    """A time for JSON and CSV: ``2021-08-12T18:42:00Z``; None when there is none."""
    if then is None:
        return None
    return f"{then.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def day_and_time(then: datetime) -> str:
    """A time for people: ``12 Aug 2021 18:42Z``."""
    return f"{then.day} {then:%b %Y %H:%M}Z"


def hour_of(then: datetime) -> str:
    """A time for people who know the year: ``12 Aug 18:42Z``."""
    return f"{then.day} {then:%b %H:%M}Z"
