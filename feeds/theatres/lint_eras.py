"""Findings in what a theatre says of later days: ``[[since]]`` and its sides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from feeds.theatres.eras import ERA_KEYS, ERA_SIDE_KEYS
from feeds.theatres.pack import Pack, Table

_LISTS: Final = ("nouns", "adjectives", "weak", "officials")

Found = tuple[int, str, str]
"""Line, what, level."""


def era_findings(head: Pack, sides: list[Table]) -> Iterator[Found]:
    """Everything to be said against the ``[[since]]`` tables."""
    ids = {str(side.get("id", "")) for side in sides}
    has: dict[str, set[str]] = {}
    for side in sides:
        has[str(side.get("id", ""))] = {f"{key}:{word}" for key in _LISTS for word in _words(side, key)}
    value = head.data.get("since", [])
    last: date | None = None
    for table in value if isinstance(value, list) else []:
        if not isinstance(table, dict):
            continue
        day = table.get("day")
        if not isinstance(day, date) or isinstance(day, datetime):
            yield head.line("day", table), "a [[since]] needs its day, like 2024-12-08", "error"
            continue
        starts = head.data.get("starts")
        if isinstance(starts, date) and not isinstance(starts, datetime) and day <= starts:
            yield (
                head.line("day", table),
                f"{day} is not after the theatre's start: say it of the sides",
                "warning",
            )
        if last is not None and day <= last:
            yield head.line("day", table), f"{day} is not after the [[since]] before it", "error"
        last = day
        for key in table:
            if key not in ERA_KEYS:
                known = ", ".join(sorted(ERA_KEYS))
                yield (
                    head.line(key, table),
                    f"{key} of a [[since]] means nothing; known are {known}",
                    "warning",
                )
        for role in ("board_side", "challenger", "defender"):
            if role in table and table[role] not in ids:
                yield head.line(role, table), f"{role} = {table[role]!r} is no side of this theatre", "error"
        changes = table.get("side", [])
        for change in changes if isinstance(changes, list) else []:
            if isinstance(change, dict):
                yield from _change(head, table, change, ids, has)


def _change(
    head: Pack, table: Table, change: Table, ids: set[str], has: dict[str, set[str]]
) -> Iterator[Found]:
    line = _line(head, table, change)
    name = str(change.get("id", ""))
    if name not in ids:
        yield line, f"[[since]] changes {name!r}, which is no side of this theatre", "error"
        return
    for key in change:
        if key not in ERA_SIDE_KEYS:
            known = ", ".join(sorted(ERA_SIDE_KEYS))
            yield line, f"{key} of a side in [[since]] means nothing; known are {known}", "warning"
    if set(change) <= {"id"}:
        yield line, f"nothing changes for side {name!r}", "warning"
    joins = change.get("joins")
    if joins is not None and (joins not in ids or joins == name):
        yield line, f"{name!r} joins {joins!r}, which is no other side", "error"
    for key in _LISTS:
        for word in _words(change, key):
            if f"{key}:{word}" in has[name]:
                yield line, f"{word!r} is among the {key} of {name!r} already: nothing changes", "warning"
            for owned in has.values():
                owned.difference_update({f"{other}:{word}" for other in _LISTS})
            has[name].add(f"{key}:{word}")


def _words(table: Table, key: str) -> list[str]:
    value = table.get(key, [])
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _line(head: Pack, table: Table, change: Table) -> int:
    """Line of the ``[[since.side]]`` header over a change."""
    header = 0
    wanted = 0
    value = head.data.get("since", [])
    for era in value if isinstance(value, list) else []:
        sides = era.get("side", []) if isinstance(era, dict) else []
        for one in sides if isinstance(sides, list) else []:
            wanted += 1
            if era is table and one is change:
                header = wanted
    lines = [
        at for at, text in enumerate(head.lines, 1) if text.replace(" ", "").startswith("[[since.side]]")
    ]
    return lines[header - 1] if 0 < header <= len(lines) else head.line("since")
