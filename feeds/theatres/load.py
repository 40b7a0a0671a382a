"""Reading a theatre's folder: ``theatre.toml`` (sides), ``places.toml``, ``feeds.toml`` (subscriptions).

A broken pack is refused as a whole with the file, the line and what is wrong; other packs go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from feeds.errors import TheatreError
from feeds.story import RELIABILITY_LETTERS, Subscription
from feeds.theatres.eras import read_eras
from feeds.theatres.model import Place, Side, Theatre
from feeds.theatres.pack import Pack, Table
from feeds.theatres.spellings import variants

PACKS: Final = Path(__file__).parent / "packs"
DESKS: Final = Path(__file__).parent / "desks"
KINDS: Final = ("capital", "national", "town")


def theatre_ids() -> tuple[str, ...]:
    """Ids of the theatres shipped, in alphabetical order."""
    return tuple(sorted(folder.parent.name for folder in PACKS.glob("*/theatre.toml")))


def load_theatres(names: Iterable[str]) -> tuple[list[Theatre], list[TheatreError]]:
    """The theatres that can be read and the errors of those that cannot: one broken pack stops no other."""
    found: list[Theatre] = []
    errors: list[TheatreError] = []
    for name in names:
        try:
            found.append(load_theatre(name))
        except TheatreError as error:
            errors.append(error)
    return found, errors


@cache
def load_theatre(name: str) -> Theatre:
    """The theatre with this id, or in this folder; TheatreError when there is none or it is broken."""
    folder = theatre_folder(name)
    head = Pack(folder / "theatre.toml")
    places = Pack(folder / "places.toml")
    sides = _sides(head)
    return Theatre(
        id=head.id(),
        title=head.text("title"),
        countries=head.words("countries"),
        sides=sides,
        places=_places(places, {side.id for side in sides}),
        subscriptions=_subscriptions(folder / "feeds.toml"),
        vocabulary=head.words("vocabulary") or ("english",),
        country_words=head.words("country_words"),
        board_side=_known(head, "board_side", sides),
        challenger=_known(head, "challenger", sides),
        defender=_known(head, "defender", sides),
        starts=head.day("starts"),
        eras=read_eras(head, sides, _roles(head, sides)),
    )


def _roles(head: Pack, sides: Sequence[Side]) -> dict[str, str]:
    return {key: _known(head, key, sides) for key in ("board_side", "challenger", "defender")}


def theatre_folder(name: str) -> Path:
    """Folder of the theatre shipped under this id, or this folder itself; TheatreError when it is neither."""
    for folder in (PACKS / name, Path(name)):
        if (folder / "theatre.toml").is_file():
            return folder
    known = ", ".join(theatre_ids())
    raise TheatreError(f"no theatre {name!r}: known are {known}, or name a folder with a theatre.toml")


def _sides(head: Pack) -> tuple[Side, ...]:
    tables = head.tables("side")
    if len(tables) < 2:
        raise head.fault(f"a theatre has two sides at least, {len(tables)} found", "side")
    sides: dict[str, Side] = {}
    for table in tables:
        side = _side(head, table)
        if side.id in sides:
            raise head.fault(f"side {side.id!r} is there twice", "id", table)
        sides[side.id] = side
    for table in tables:
        opponent = head.text("opponent", table, "")
        if opponent and opponent not in sides:
            raise head.fault(f"opponent {opponent!r} is no side of this theatre", "opponent", table)
    return tuple(sides.values())


def _side(pack: Pack, table: Table) -> Side:
    return Side(
        id=pack.id(table=table),
        name=pack.text("name", table),
        nouns=pack.words("nouns", table),
        adjectives=pack.words("adjectives", table),
        weak_nouns=pack.words("weak", table),
        officials=pack.words("officials", table),
        called=pack.words("called", table),
        opponent=pack.text("opponent", table, ""),
    )


def _places(pack: Pack, sides: set[str]) -> tuple[Place, ...]:
    if not pack.data:
        raise pack.fault("no place at all")
    written = [_place(pack, key, sides) for key in pack.data]
    taken: set[str] = set()
    for place in written:
        taken |= {place.name, *place.aliases}
    return tuple(_spelled(place, taken) for place in written)


def _place(pack: Pack, key: str, sides: set[str]) -> Place:
    table = pack.table(key)
    holder = pack.text("holder", table, "")
    if holder and holder not in sides:
        raise pack.fault(f"[{key}] holder {holder!r} is no side of this theatre", "holder", table)
    kind = pack.text("kind", table)
    if kind not in KINDS:
        raise pack.fault(f"[{key}] kind {kind!r} is not one of {', '.join(KINDS)}", "kind", table)
    lat, lon = pack.number("lat", table), pack.number("lon", table)
    if abs(lat) > 90 or abs(lon) > 180:
        raise pack.fault(f"[{key}] lies nowhere on Earth: lat {lat}, lon {lon}", "lat", table)
    return Place(
        id=pack.checked_id(key),
        name=pack.text("name", table),
        region=pack.text("region", table),
        kind=kind,
        lat=lat,
        lon=lon,
        aliases=pack.words("spellings", table),
        region_aliases=pack.words("regions", table),
        holder=holder,
        country=pack.text("country", table, ""),
        population=int(pack.number("population", table, 0)),
        geonameid=int(pack.number("geonameid", table, 0)),
        tied=pack.flag("tied", table),
        ties=pack.words("ties", table),
    )


def _spelled(place: Place, taken: set[str]) -> Place:
    """The place with its spellings by rule; none that another place bears by writing."""
    own = (place.name, *place.aliases)
    regions = (place.region, *place.region_aliases)
    made = (word for name in own for word in variants(name) if word not in taken)
    made_regions = (word for name in regions for word in variants(name, joints=False))
    return place.spelled(
        tuple(dict.fromkeys((*place.aliases, *made))),
        tuple(word for word in dict.fromkeys((*place.region_aliases, *made_regions)) if word != place.region),
    )


def _known(pack: Pack, key: str, sides: Sequence[Side]) -> str:
    side = pack.text(key, None, sides[0].id)
    if side not in {known.id for known in sides}:
        raise pack.fault(f"{key} = {side!r} is no side of this theatre", key)
    return side


def _subscriptions(path: Path) -> tuple[Subscription, ...]:
    """The pack's own feeds, then those of the shared desks it takes; an address once."""
    if not path.is_file():
        return ()
    pack = Pack(path)
    found = [_subscription(pack, table, "") for table in pack.tables("feed")]
    for name in pack.words("desks"):
        shared = DESKS / f"{name}.toml"
        if not shared.is_file():
            known = ", ".join(sorted(desk.stem for desk in DESKS.glob("*.toml")))
            raise pack.fault(f"no desk {name!r}: known are {known}", "desks")
        desk = Pack(shared)
        group = name.replace("-", " ").title()
        found += [_subscription(desk, table, group) for table in desk.tables("feed")]
    return tuple({one.url: one for one in reversed(found)}.values())[::-1]


def _subscription(pack: Pack, table: Table, group: str) -> Subscription:
    url = pack.text("url", table)
    if not url.startswith(("http://", "https://")):
        raise pack.fault(f"{url!r} is no http or https address", "url", table)
    letter = pack.text("reliability", table, "F")
    if len(letter) != 1 or letter not in RELIABILITY_LETTERS:
        raise pack.fault(f"reliability {letter!r} is not one of {RELIABILITY_LETTERS}", "reliability", table)
    return Subscription(
        url=url,
        outlet=pack.text("outlet", table),
        reliability=letter,
        group=pack.text("group", table, group),
        language=pack.text("language", table, "en"),
    )
