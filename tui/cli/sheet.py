"""The board on paper: rows of capitals with the counts beside them, as table, JSON, CSV or GeoJSON."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from feeds.evidence import Count, Evidence, Standing
from feeds.theatres.model import Place, Theatre
from tui.cli.moments import day_and_time, iso
from tui.cli.paper import plain_glyphs, table, terminal_width, wrapped
from tui.cli.shapes import board_shape, capital_shape
from tui.reading import Tally
from tui.states import LOOKS, glyph_of, look_of
from tui.views.board import unknown_standing

if TYPE_CHECKING:
    from feeds.archive import Archive

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)
_FORMULA: Final = ("=", "+", "-", "@")
"""Beginnings that a spreadsheet would take for a formula."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A board at one moment, complete: a standing for every place shown, and the testimony that counts."""

    theatre: Theatre
    as_of: datetime
    standings: Mapping[str, Standing]
    tally: Tally
    """How many capitals are said to have fallen, against those that the board names."""
    evidence: Mapping[str, Sequence[Evidence]]
    places: tuple[Place, ...]
    """The places shown, in the theatre's order."""

    @property
    def told(self) -> list[tuple[Place, Standing]]:
        """The places that something was said of, gravest first, then newest first."""
        return [row for row in self.rows if row[1].state != "unknown"]

    @property
    def rows(self) -> list[tuple[Place, Standing]]:
        """Every place shown, gravest first, then newest first."""
        rows = [(place, self.standings[place.id]) for place in self.places]
        rows.sort(key=lambda row: row[0].name)
        rows.sort(key=lambda row: row[1].since or _NEVER, reverse=True)
        rows.sort(key=lambda row: look_of(row[1].state).order)
        return rows

    def shape(self) -> dict[str, object]:
        """The board as JSON tells it."""
        return board_shape(self.theatre, self.places, self.as_of, self.tally, self.standings, self.evidence)


def sheet_of(
    theatre: Theatre,
    as_of: datetime,
    standings: Sequence[Standing],
    counts: Sequence[Count],
    evidence: Mapping[str, Sequence[Evidence]],
    shown: str = "told",
) -> Sheet:
    """The board made of standings and counts; places without a standing are ``unknown``.

    ``shown`` is ``capitals``, ``towns``, ``both``, or ``told``: the capitals, and the towns that something was said of.
    """
    from feeds.standing import reconcile

    by_place = {standing.place: standing for standing in standings}
    complete = {
        place.id: by_place.get(place.id) or unknown_standing(theatre, place) for place in theatre.places
    }
    places = tuple(
        place
        for place in theatre.places
        if shown == "both"
        or (place.kind == "town") == (shown == "towns")
        or (shown == "told" and complete[place.id].state != "unknown")
    )
    said = [count for count in counts if count.told is None or count.told <= as_of]
    tally = reconcile(theatre, said, list(complete.values()), as_of)
    return Sheet(theatre, as_of, complete, tally, evidence, places)


def archived_sheet(
    archive: Archive, theatre: Theatre, as_of: datetime | None, now: datetime, shown: str = "capitals"
) -> Sheet:
    """The board as the archive has it, now or as of a moment."""
    standings = archive.standings(theatre.id, as_of)
    evidence = {
        standing.place: [
            piece
            for seq in standing.evidence
            for piece in archive.evidence(theatre.id, place=standing.place, after_seq=seq - 1, limit=1)
        ]
        for standing in standings
    }
    return sheet_of(theatre, as_of or now, standings, archive.counts(theatre.id), evidence, shown)


def heading(sheet: Sheet) -> str:
    """One line: the theatre, the moment, and how many capitals are in each state."""
    found = Counter(sheet.standings[place.id].state for place in sheet.places)
    states = ", ".join(f"{found[look.state]} {look.state}" for look in LOOKS if found[look.state])
    return f"{sheet.theatre.title}, {day_and_time(sheet.as_of)}: {states}"


def counts_line(sheet: Sheet) -> str:
    """One line: how many capitals are said to have fallen, and how many of them the board names."""
    tally = sheet.tally
    if tally.reported is None:
        return f"named {tally.named} of {tally.of}; nobody reported how many"
    return f"reported {tally.reported} of {tally.of}, named {tally.named}, {tally.unnamed} not named yet"


def as_table(sheet: Sheet) -> str:
    """The board for people: a line a capital."""
    heads = ("", "capital", "region", "state", "holder", "str", "grade", "since (UTC)", "out/orig", "")
    rows = [_cells(sheet.theatre, place, standing) for place, standing in sheet.rows]
    return "\n".join((heading(sheet), counts_line(sheet), "", table(rows, heads, numbers=(5,))))


def as_sentences(sheet: Sheet) -> str:
    """The capitals that something was said of, each with the sentence behind it, wrapped."""
    lines: list[str] = []
    for place, standing in sheet.told:
        cells = _cells(sheet.theatre, place, standing)
        since = f"since {standing.since.day} {standing.since:%b}" if standing.since else ""
        shown = (*cells[:2], cells[3], cells[4], cells[5], cells[6], since, cells[9])
        lines.append("\t".join(shown))
    found = table((line.split("\t") for line in lines), cells=terminal_width(), numbers=(4,)).splitlines()
    paper: list[str] = []
    for line, (place, _) in zip(found, sheet.told, strict=True):
        paper.append(line)
        paper += [
            wrapped(f"“{piece.sentence}”", indent="     ") for piece in sheet.evidence.get(place.id, ())[:1]
        ]
    return "\n".join(paper)


def as_csv(sheet: Sheet) -> str:
    """The board for spreadsheets: a header, then a line a capital in the theatre's order."""
    out = io.StringIO()
    shapes = [capital_shape(place, sheet.standings[place.id]) for place in sheet.places]
    writer = csv.DictWriter(out, ["theatre", "as_of", *shapes[0]], lineterminator="\n")
    writer.writeheader()
    for shape in shapes:
        line = {"theatre": sheet.theatre.id, "as_of": iso(sheet.as_of), **shape}
        writer.writerow({key: _csv_cell(value) for key, value in line.items()})
    return out.getvalue()


def as_geojson(sheet: Sheet) -> dict[str, object]:
    """The board for maps: a FeatureCollection of points, the row in each one's properties."""
    features = []
    for place in sheet.places:
        shape = capital_shape(place, sheet.standings[place.id])
        features.append(
            {
                "type": "Feature",
                "id": place.id,
                "geometry": {"type": "Point", "coordinates": [shape.pop("lon"), shape.pop("lat")]},
                "properties": shape,
            }
        )
    return {
        "type": "FeatureCollection",
        "theatre": sheet.theatre.id,
        "as_of": iso(sheet.as_of),
        "counts": sheet.shape()["counts"],
        "features": features,
    }


def _cells(theatre: Theatre, place: Place, standing: Standing) -> tuple[str, ...]:
    said = standing.state != "unknown"
    return (
        glyph_of(standing.state, ascii_only=plain_glyphs()),
        place.name,
        place.region,
        standing.state,
        theatre.side_name(standing.holder),
        f"{standing.strength:.2f}".removeprefix("0") if said else "",
        standing.grade if said else "",
        f"{standing.since:%d %b %H:%M}" if standing.since else "",
        f"{standing.outlets}/{standing.origins}" if said else "",
        _marks(standing),
    )


def _marks(standing: Standing) -> str:
    marks = [flag for flag in standing.flags if flag != "stale"]
    marks += ["stale"] if standing.stale else []
    marks += [f"set by operator: {standing.override}"] if standing.override else []
    return ", ".join(marks)


def _csv_cell(value: object) -> object:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
