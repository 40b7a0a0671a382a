"""What changes on a day: ``[[since]]`` in ``theatre.toml``, read into the sides as they are from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from feeds.theatres.model import Era, Side
from feeds.theatres.pack import Pack, Table

ERA_KEYS: Final = frozenset({"day", "board_side", "challenger", "defender", "side"})
ERA_SIDE_KEYS: Final = frozenset(
    {"id", "name", "nouns", "adjectives", "weak", "officials", "opponent", "joins"}
)
_WORDS: Final = {"nouns": "nouns", "adjectives": "adjectives", "weak": "weak_nouns", "officials": "officials"}
"""Keys of the pack, and the side's fields that they fill."""


def read_eras(head: Pack, sides: Sequence[Side], roles: Mapping[str, str]) -> tuple[Era, ...]:
    """The eras of a theatre by day, each built on the one before; TheatreError with file and line for a broken one."""
    eras: list[Era] = []
    now = {side.id: side for side in sides}
    roles = dict(roles)
    for table in head.tables("since"):
        day = head.day("day", table)
        if day is None:
            raise head.fault("a [[since]] needs its day, like 2024-12-08", "day", table)
        if eras and day <= eras[-1].day:
            raise head.fault(f"{day} is not after the [[since]] before it", "day", table)
        joins: list[tuple[str, str]] = []
        for change in _changes(head, table):
            name = head.text("id", change)
            if name not in now:
                raise head.fault(
                    f"[[since]] changes {name!r}, which is no side of this theatre", "side", table
                )
            now = _changed(head, change, now)
            if whom := head.text("joins", change, ""):
                if whom not in now or whom == name:
                    raise head.fault(f"{name!r} joins {whom!r}, which is no other side", "joins", table)
                joins.append((name, whom))
        for key in roles:
            value = head.text(key, table, roles[key])
            if value not in now:
                raise head.fault(f"{key} = {value!r} is no side of this theatre", key, table)
            roles[key] = value
        eras.append(Era(day, tuple(now.values()), joins=tuple(joins), **roles))
    return tuple(eras)


def _changes(head: Pack, table: Table) -> list[Table]:
    value = table.get("side", [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise head.fault("[[since.side]] is not a list of tables", "side", table)
    return cast("list[Table]", value)


def _changed(head: Pack, change: Table, sides: dict[str, Side]) -> dict[str, Side]:
    """The sides after one of them took over its new name and words; what it takes, no other side is called any more."""
    taken = {field: head.words(key, change) for key, field in _WORDS.items()}
    name = head.text("id", change)
    found: dict[str, Side] = {}
    for side in sides.values():
        if side.id == name:
            found[side.id] = _with(side, taken)
        else:
            found[side.id] = _without(side, {word for words in taken.values() for word in words})
    opponent = head.text("opponent", change, found[name].opponent)
    if opponent and opponent not in found:
        raise head.fault(f"opponent {opponent!r} is no side of this theatre", "opponent", change)
    found[name] = replace(found[name], name=head.text("name", change, found[name].name), opponent=opponent)
    return found


def _with(side: Side, taken: Mapping[str, tuple[str, ...]]) -> Side:
    return replace(
        side,
        nouns=tuple(dict.fromkeys((*side.nouns, *taken["nouns"]))),
        adjectives=tuple(dict.fromkeys((*side.adjectives, *taken["adjectives"]))),
        weak_nouns=tuple(dict.fromkeys((*side.weak_nouns, *taken["weak_nouns"]))),
        officials=tuple(dict.fromkeys((*side.officials, *taken["officials"]))),
    )


def _without(side: Side, gone: set[str]) -> Side:
    def left(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if word not in gone)

    return replace(
        side,
        nouns=left(side.nouns),
        adjectives=left(side.adjectives),
        weak_nouns=left(side.weak_nouns),
        officials=left(side.officials),
    )
