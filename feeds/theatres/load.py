"""Reading a theatre's folder: ``theatre.toml`` (sides), ``places.toml``, ``feeds.toml`` (subscriptions).

A broken pack is refused as a whole with the file, the place in it and what is wrong; other packs go on.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final, cast

from feeds.errors import TheatreError
from feeds.story import RELIABILITY_LETTERS, Subscription
from feeds.theatres.model import Place, Side, Theatre

PACKS: Final = Path(__file__).parent / "packs"

Table = dict[str, object]


def theatre_ids() -> tuple[str, ...]:
    """Ids of the theatres shipped, in alphabetical order."""
    return tuple(sorted(folder.parent.name for folder in PACKS.glob("*/theatre.toml")))


@cache
def load_theatre(name: str) -> Theatre:
    """The theatre with this id, or in this folder; TheatreError when there is none or it is broken."""
    folder = PACKS / name
    if not (folder / "theatre.toml").is_file():
        folder = Path(name)
        if not (folder / "theatre.toml").is_file():
            known = ", ".join(theatre_ids())
            raise TheatreError(f"no theatre {name!r}: known are {known}, or name a folder with a theatre.toml")
    head = _Pack(folder / "theatre.toml")
    places = _Pack(folder / "places.toml")
    sides = tuple(_side(head, table) for table in head.tables("side"))
    if len(sides) < 2:
        raise TheatreError(f"{head.path}: a theatre has two sides at least, {len(sides)} found")
    return Theatre(
        id=head.text("id"),
        title=head.text("title"),
        countries=head.words("countries"),
        sides=sides,
        places=tuple(_place(places, key, {side.id for side in sides}) for key in places.data),
        subscriptions=_subscriptions(folder / "feeds.toml"),
        vocabulary=head.words("vocabulary") or ("english",),
        country_words=head.words("country_words"),
        board_side=_known(head, "board_side", sides),
        challenger=_known(head, "challenger", sides),
        defender=_known(head, "defender", sides),
    )


def _side(pack: _Pack, table: Table) -> Side:
    return Side(
        id=pack.text("id", table),
        name=pack.text("name", table),
        nouns=pack.words("nouns", table),
        adjectives=pack.words("adjectives", table),
        weak_nouns=pack.words("weak", table),
        officials=pack.words("officials", table),
        opponent=pack.text("opponent", table, ""),
    )


def _place(pack: _Pack, key: str, sides: set[str]) -> Place:
    table = pack.table(key)
    holder = pack.text("holder", table, "")
    if holder and holder not in sides:
        raise TheatreError(f"{pack.path}: [{key}] holder {holder!r} is no side of this theatre")
    return Place(
        id=key,
        name=pack.text("name", table),
        region=pack.text("region", table),
        kind=pack.text("kind", table),
        lat=pack.number("lat", table),
        lon=pack.number("lon", table),
        aliases=pack.words("spellings", table),
        region_aliases=pack.words("regions", table),
        holder=holder,
    )


def _known(pack: _Pack, key: str, sides: tuple[Side, ...]) -> str:
    side = pack.text(key, None, sides[0].id)
    if side not in {known.id for known in sides}:
        raise TheatreError(f"{pack.path}: {key} = {side!r} is no side of this theatre")
    return side


def _subscriptions(path: Path) -> tuple[Subscription, ...]:
    if not path.is_file():
        return ()
    pack = _Pack(path)
    found = []
    for table in pack.tables("feed"):
        letter = pack.text("reliability", table, "F")
        if letter not in RELIABILITY_LETTERS:
            raise TheatreError(f"{path}: reliability {letter!r} is not one of {RELIABILITY_LETTERS}")
        found.append(
            Subscription(
                url=pack.text("url", table),
                outlet=pack.text("outlet", table),
                reliability=letter,
                group=pack.text("group", table, ""),
                language=pack.text("language", table, "en"),
            )
        )
    return tuple(found)


class _Pack:
    """One TOML file of a pack, whose values are asked for by type."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.data: Table = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise TheatreError(f"{path} is missing from the theatre") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TheatreError(f"{path}: {error}") from None

    def table(self, key: str) -> Table:
        value = self.data[key]
        if not isinstance(value, dict):
            raise TheatreError(f"{self.path}: [{key}] is not a table")
        return cast("Table", value)

    def tables(self, key: str) -> list[Table]:
        value = self.data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise TheatreError(f"{self.path}: [[{key}]] is not a list of tables")
        return cast("list[Table]", value)

    def text(self, key: str, table: Table | None = None, default: str | None = None) -> str:
        value = (self.data if table is None else table).get(key, default)
        if not isinstance(value, str):
            raise TheatreError(f"{self.path}: {key} is missing or not a text in {_short(table)}")
        return value

    def number(self, key: str, table: Table) -> float:
        value = table.get(key)
        if not isinstance(value, int | float):
            raise TheatreError(f"{self.path}: {key} is missing or not a number in {_short(table)}")
        return float(value)

    def words(self, key: str, table: Table | None = None) -> tuple[str, ...]:
        value = (self.data if table is None else table).get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TheatreError(f"{self.path}: {key} is not a list of texts in {_short(table)}")
        return tuple(cast("list[str]", value))


def _short(table: Table | None) -> str:
    return "the file" if table is None else f"the table of {table.get('id', table.get('name', '?'))!r}"
