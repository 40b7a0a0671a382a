"""``warwatch theatre``: which wars there are packs for, and what is in one."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from feeds.errors import TheatreError
from feeds.theatres.load import load_theatre, theatre_ids
from tui.cli.arguments import deeds
from tui.cli.paper import say, say_json, table, wrapped

if TYPE_CHECKING:
    from feeds.theatres.model import Theatre

EXAMPLE: Final = "warwatch theatre list\nwarwatch theatre show afghanistan-2021"


def arguments(parser: argparse.ArgumentParser) -> None:
    """``list`` or ``show``."""
    kinds = deeds(
        parser, {"list": "every theatre shipped", "show": "sides, capitals and feeds of one theatre"}
    )
    kinds["show"].add_argument(
        "id", nargs="?", default="", help="id or folder of a theatre (default: the one chosen)"
    )
    for kind in kinds.values():
        kind.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print what was asked for."""
    return _list(options) if options.deed == "list" else _show(options)


def _list(options: argparse.Namespace) -> int:
    found: list[Theatre] = []
    broken: list[str] = []
    for name in theatre_ids():
        try:
            found.append(load_theatre(name))
        except TheatreError as error:
            broken.append(str(error))
    if options.json:
        say_json([_summary(theatre) for theatre in found])
    else:
        rows = [
            (each.id, each.title, str(len(each.capitals)), ", ".join(side.name for side in each.sides))
            for each in found
        ]
        say(table(rows, ("id", "title", "capitals", "sides"), numbers=(2,)))
    if broken:
        raise TheatreError("; ".join(broken))
    return 0


def _show(options: argparse.Namespace) -> int:
    from tui.cli.where import theatre_of

    theatre = load_theatre(options.id) if options.id else theatre_of(options)
    if options.json:
        say_json(_whole(theatre))
        return 0
    say(f"{theatre.id}: {theatre.title}, {len(theatre.capitals)} capitals")
    for side in theatre.sides:
        say()
        say(wrapped(f"{side.name} ({side.id}): {', '.join(side.nouns)}"))
    say()
    rows = [(place.id, place.name, place.region, place.holder) for place in theatre.capitals]
    say(table(rows, ("id", "capital", "of", "held at the start by")))
    say()
    feeds = [(each.reliability, each.outlet, each.url) for each in theatre.subscriptions]
    say(table(feeds, ("", "outlet", "feed")) if feeds else "no feeds in this theatre's pack")
    return 0


def _summary(theatre: Theatre) -> dict[str, object]:
    return {
        "id": theatre.id,
        "title": theatre.title,
        "countries": list(theatre.countries),
        "sides": [{"id": side.id, "name": side.name} for side in theatre.sides],
        "capitals": len(theatre.capitals),
        "feeds": len(theatre.subscriptions),
    }


def _whole(theatre: Theatre) -> dict[str, object]:
    from tui.cli.shapes import subscription_shape

    return _summary(theatre) | {
        "capitals": [
            {
                "id": place.id,
                "name": place.name,
                "region": place.region,
                "lat": place.lat,
                "lon": place.lon,
                "holder": place.holder,
                "aliases": list(place.aliases),
            }
            for place in theatre.capitals
        ],
        "feeds": [subscription_shape(each) for each in theatre.subscriptions],
    }
