"""The JSON shapes of a board, which other programs rely on; stable once shipped (docs/commands.md lists them)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feeds.evidence import Evidence, Standing
from feeds.moments import iso
from feeds.standing.counts import Reported
from feeds.theatres.model import Place, Theatre


def evidence_shape(piece: Evidence) -> dict[str, object]:
    """One piece of evidence; ``start`` and ``end`` count characters of the story's clean text."""
    return {
        "story": piece.story,
        "place": piece.place,
        "label": piece.label,
        "side": piece.side,
        "change": piece.change,
        "sentence": piece.sentence,
        "start": piece.start,
        "end": piece.end,
        "triggers": list(piece.triggers),
        "rule": piece.rule,
        "agent": piece.agent,
        "speaker": piece.speaker,
        "voice": piece.voice,
        "modality": piece.modality,
        "weight": round(piece.weight, 4),
    }


def counts_shape(tally: Reported) -> dict[str, object]:
    """Counts against the board; ``reported`` is null when nobody said how many fell."""
    return {
        "reported": tally.reported,
        "of": tally.of,
        "named": tally.named,
        "unnamed": tally.unnamed,
    }


def board_shape(
    theatre: Theatre,
    places: Sequence[Place],
    as_of: datetime,
    tally: Reported,
    standings: Mapping[str, Standing],
    evidence: Mapping[str, Sequence[Evidence]],
) -> dict[str, object]:
    """The board: every place shown in its order, with the testimony that counts now."""
    return {
        "theatre": theatre.id,
        "as_of": iso(as_of),
        "counts": counts_shape(tally),
        "capitals": [
            capital_shape(place, standings[place.id])
            | {"evidence": [_testimony_shape(piece) for piece in evidence.get(place.id, ())]}
            for place in places
        ],
    }


def capital_shape(place: Place, standing: Standing) -> dict[str, object]:
    """One row of the board without its evidence."""
    return {
        "id": place.id,
        "name": place.name,
        "region": place.region,
        "lat": place.lat,
        "lon": place.lon,
        "state": standing.state,
        "holder": standing.holder,
        "strength": round(standing.strength, 4),
        "grade": standing.grade,
        "since": iso(standing.since),
        "last_evidence": iso(standing.last_evidence),
        "stale": standing.stale,
        "outlets": standing.outlets,
        "origins": standing.origins,
        "override": standing.override,
        "flags": list(standing.flags),
    }


def _testimony_shape(piece: Evidence) -> dict[str, object]:
    told = {
        "outlet": piece.outlet,
        "reliability": piece.reliability,
        "origin": piece.origin,
        "told": iso(piece.told),
    }
    return evidence_shape(piece) | told
