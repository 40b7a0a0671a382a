"""Times as the screen tells them: ages in at most four cells, and moments relative to the clock's day."""

from __future__ import annotations

from datetime import datetime, timedelta


def age(then: datetime | None, now: datetime) -> str:
    """How long ago: ``now``, ``40m``, ``3h``, ``2d``, ``5w``; empty when never."""
    if then is None:
        return ""
    minutes = int((now - then) / timedelta(minutes=1))
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes}m"
    if minutes < 48 * 60:
        return f"{minutes // 60}h"
    days = minutes // (24 * 60)
    return f"{days}d" if days < 100 else f"{days // 7}w"


def moment(then: datetime | None, now: datetime) -> str:
    """The time of day for today's, the day for older ones; five or six cells."""
    if then is None:
        return ""
    if then.date() == now.date():
        return f"{then:%H:%M}"
    return f"{then.day:2d} {then:%b}" if then.year == now.year else f"{then:%m/%y}"


def full(then: datetime | None, now: datetime) -> str:
    """Day and time, without the year when it is this one."""
    if then is None:
        return "no date"
    year = "" if then.year == now.year else f" {then.year}"
    return f"{then.day} {then:%b}{year} {then:%H:%M}Z"


def clock_face(now: datetime) -> str:
    """The clock of the status line: ``Thu 12 Aug 18:42Z``, the year when it is not obvious."""
    return f"{now:%a} {now.day} {now:%b} {now.year} {now:%H:%M}Z"
