"""The board at one moment, complete: a standing for every place shown, and the testimony that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds.evidence import Count, Evidence, Standing, unheard_of
from feeds.moments import iso
from feeds.report.shapes import board_shape, capital_shape
from feeds.report.source import Source, Testimony
from feeds.report.tables import csv_text, point
from feeds.standing.counts import Reported, reconcile
from feeds.theatres.model import Place, Theatre


@dataclass(frozen=True, slots=True)
class Sheet:
    """A board at one moment."""

    theatre: Theatre
    as_of: datetime
    standings: Mapping[str, Standing]
    tally: Reported
    """How many capitals are said to have fallen, against those that the board names."""
    evidence: Mapping[str, Sequence[Evidence]]
    places: tuple[Place, ...]
    """The places shown, in the theatre's order."""

    def shape(self) -> dict[str, object]:
        """The board as JSON tells it."""
        return board_shape(self.theatre, self.places, self.as_of, self.tally, self.standings, self.evidence)

    def as_csv(self) -> str:
        """The board for spreadsheets: a header, then a line a place in the theatre's order."""
        head = {"theatre": self.theatre.id, "as_of": iso(self.as_of)}
        return csv_text([head | capital_shape(place, self.standings[place.id]) for place in self.places])

    def as_geojson(self) -> dict[str, object]:
        """The board for maps: a FeatureCollection of points, the row in each one's properties."""
        return {
            "type": "FeatureCollection",
            "theatre": self.theatre.id,
            "as_of": iso(self.as_of),
            "counts": self.shape()["counts"],
            "features": [point(capital_shape(place, self.standings[place.id])) for place in self.places],
        }


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
    by_place = {standing.place: standing for standing in standings}
    complete = {
        place.id: by_place.get(place.id)
        or unheard_of(theatre.id, place.id, theatre.first_holder(place, as_of.date()))
        for place in theatre.places
    }
    places = tuple(
        place
        for place in theatre.places
        if shown == "both"
        or (place.kind == "town") == (shown == "towns")
        or (shown == "told" and complete[place.id].state != "unknown")
    )
    said = [count for count in counts if count.told is None or count.told <= as_of]
    tally = reconcile(theatre.on(as_of.date()), said, list(complete.values()), as_of)
    return Sheet(theatre.on(as_of.date()), as_of, complete, tally, evidence, places)


def archived_sheet(
    archive: Source, theatre: Theatre, as_of: datetime | None, now: datetime, shown: str = "capitals"
) -> Sheet:
    """The board as the archive has it, now or as of a moment."""
    standings = archive.standings(theatre.id, as_of)
    testimony = Testimony(archive, theatre.id)
    evidence = {standing.place: testimony.pieces(standing.place, standing.evidence) for standing in standings}
    return sheet_of(theatre, as_of or now, standings, archive.counts(theatre.id), evidence, shown)
