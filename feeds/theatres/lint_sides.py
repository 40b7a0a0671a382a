"""Findings in a theatre's head: its sides, their words and the countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from feeds.theatres.gazetteer import country_names
from feeds.theatres.lint_eras import era_findings
from feeds.theatres.pack import Pack, Table

HEAD_KEYS: Final = frozenset(
    (
        "id",
        "title",
        "countries",
        "starts",
        "board_side",
        "challenger",
        "defender",
        "country_words",
        "vocabulary",
        "side",
        "since",
    )
)
SIDE_KEYS: Final = frozenset(("id", "name", "nouns", "adjectives", "weak", "officials", "called", "opponent"))
ROLES: Final = ("board_side", "challenger", "defender")

Found = tuple[int, str, str]
"""Line, what, level."""


def side_findings(head: Pack) -> Iterator[Found]:
    """Everything to be said against ``theatre.toml``."""
    yield from _keys(head)
    sides = side_tables(head)
    ids = [str(side.get("id", "")) for side in sides]
    if len(sides) < 2:
        yield head.line("side"), f"a theatre has two sides at least, {len(sides)} found", "error"
    for at, side in enumerate(sides):
        yield from _side(head, side, ids, at)
    for role in ROLES:
        value = head.data.get(role)
        if value is None:
            yield 0, f"{role} is missing: {ids[0] if ids else 'nobody'!r} stands in", "warning"
        elif value not in ids:
            yield head.line(role), f"{role} = {value!r} is no side of this theatre", "error"
    yield from _shared_words(head, sides)
    yield from era_findings(head, sides)
    yield from _countries(head)


def side_tables(head: Pack) -> list[Table]:
    """The tables of the sides; none when they are none, which the loader reports."""
    value = head.data.get("side", [])
    return [side for side in value if isinstance(side, dict)] if isinstance(value, list) else []


def words_of(table: Table, key: str) -> list[str]:
    """The texts under ``key``; none when it is no list, which the loader reports."""
    value = table.get(key, [])
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _keys(head: Pack) -> Iterator[Found]:
    for key in head.data:
        if key not in HEAD_KEYS:
            yield (
                head.line(key),
                f"{key} means nothing here; known are {', '.join(sorted(HEAD_KEYS))}",
                "warning",
            )


def _side(head: Pack, side: Table, ids: list[str], at: int) -> Iterator[Found]:
    name = ids[at]
    for key in side:
        if key not in SIDE_KEYS:
            known = ", ".join(sorted(SIDE_KEYS))
            yield head.line(key, side), f"{key} of side {name!r} means nothing; known are {known}", "warning"
    if name in ids[:at]:
        yield head.line("id", side), f"side {name!r} is there twice", "error"
    if not words_of(side, "nouns"):
        yield head.line("nouns", side), f"side {name!r} has no nouns: no text can name it", "warning"
    opponent = side.get("opponent", "")
    if opponent and opponent not in ids:
        yield head.line("opponent", side), f"opponent {opponent!r} is no side of this theatre", "error"
    if not opponent and len(ids) > 2:
        text = f"side {name!r} has no opponent: with {len(ids)} sides, who gains from its loss is not plain"
        yield head.line("id", side), text, "warning"


def _shared_words(head: Pack, sides: list[Table]) -> Iterator[Found]:
    """A word that names two sides names neither."""
    for key in ("nouns", "adjectives", "officials"):
        owner: dict[str, str] = {}
        for side in sides:
            name = str(side.get("id", ""))
            for word in words_of(side, key):
                first = owner.setdefault(word, name)
                if first != name:
                    text = f"{word!r} is among the {key} of {first!r} and of {name!r}"
                    yield head.line(key, side, f'"{word}"'), text, "warning"


def _countries(head: Pack) -> Iterator[Found]:
    countries = words_of(head.data, "countries")
    for code in countries:
        if code not in country_names():
            yield head.line("countries"), f"{code!r} is no country of ISO 3166: two capital letters", "error"
    if countries and not words_of(head.data, "country_words"):
        yield (
            0,
            "country_words is empty: nothing ties a story with a common place name to the theatre",
            "warning",
        )
