"""``warwatch theatre``: which wars there are packs for, what is in one, what is wrong with one, and how to begin one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from feeds.errors import TheatreError
from feeds.theatres.load import load_theatre, theatre_ids
from tui.cli.arguments import deeds
from tui.cli.paper import say, say_json, table, wrapped

if TYPE_CHECKING:
    from feeds.theatres.model import Theatre

EXAMPLE: Final = """\
warwatch theatre list
warwatch theatre show afghanistan-2021
warwatch theatre new "Burkina Faso" wars/burkina     a folder to fill in: capitals from the gazetteer, two sides to name
warwatch theatre check wars/burkina                  names that collide, that are English words, that name a person"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """``list``, ``show``, ``check`` or ``new``."""
    kinds = deeds(
        parser,
        {
            "list": "every theatre shipped",
            "show": "sides, capitals and feeds of one theatre",
            "check": "what is wrong with a theatre, by file and line",
            "new": "write a folder to begin a theatre with",
        },
    )
    kinds["check"].add_argument(
        "id", nargs="*", help="ids or folders of theatres (default: all that are shipped)"
    )
    kinds["new"].add_argument("country", help="name or two-letter code of a country")
    kinds["new"].add_argument("folder", help="where to write it; must not exist yet")
    kinds["show"].add_argument(
        "id", nargs="?", default="", help="id or folder of a theatre (default: the one chosen)"
    )
    for kind in kinds.values():
        kind.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    """Print what was asked for."""
    deeds_by_name = {"list": _list, "show": _show, "check": _check, "new": _new}
    return deeds_by_name[options.deed](options)


def _check(options: argparse.Namespace) -> int:
    """Each finding on a line; 1 when one of them keeps a theatre from loading."""
    from feeds.theatres.lint import Finding, lint
    from feeds.tracker.reaching import reach_findings

    findings: list[Finding] = []
    for name in options.id or theatre_ids():
        found = lint(name)
        if not any(finding.level == "error" for finding in found):
            found = sorted([*found, *reach_findings(name)])
        findings += found
    if options.json:
        say_json(
            [
                {"file": str(each.path), "line": each.line, "level": each.level, "what": each.what}
                for each in findings
            ]
        )
    else:
        say("\n".join(map(str, findings)) if findings else "nothing to say against it")
    return int(any(finding.level == "error" for finding in findings))


def _new(options: argparse.Namespace) -> int:
    """Names the files written, and what to do next."""
    from feeds.theatres.starting import new_pack

    written = new_pack(options.country, Path(options.folder).expanduser())
    if options.json:
        say_json([str(path) for path in written])
        return 0
    for path in written:
        say(str(path))
    say(f"name the sides in theatre.toml, then: warwatch theatre check {options.folder}")
    return 0


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
