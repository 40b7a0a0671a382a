"""A difference as JSON tells it."""

from __future__ import annotations

from feeds.evidence import Evidence
from feeds.moments import iso
from feeds.theatres.model import Theatre
from tui.reading import StoryRow, Tally
from tui.shift.records import Difference, Step

Shape = dict[str, object]


def difference_shape(found: Difference, theatre: Theatre) -> Shape:
    """What changed between two moments, with the sentence behind each step."""
    then, now = found.reported
    return {
        "theatre": theatre.id,
        "since": iso(found.since),
        "until": iso(found.until),
        "counts": {
            "stories": found.stories,
            "events": found.events,
            "capitals": len(found.steps),
            "steps": found.moves,
            "states": {state: {"then": a, "now": b} for state, (a, b) in found.states.items()},
            "reported": {"then": _tally(then), "now": _tally(now)},
        },
        "changes": [_step(each) for each in found.steps],
        "events": [_event(each) for each in found.threads],
    }


def _step(step: Step) -> Shape:
    return {
        "id": step.place.id,
        "name": step.place.name,
        "region": step.place.region,
        "from": step.before,
        "to": step.after,
        "holder_from": step.holder_before,
        "holder_to": step.holder_after,
        "at": iso(step.at),
        "steps": step.moves,
        "strength": round(step.standing.strength, 4),
        "grade": step.standing.grade,
        "override": step.standing.override,
        "evidence": _said(step.said) if step.said else None,
    }


def _said(said: Evidence) -> Shape:
    return {
        "story": said.story,
        "outlet": said.outlet,
        "reliability": said.reliability,
        "voice": said.voice,
        "speaker": said.speaker,
        "sentence": said.sentence,
        "told": iso(said.told),
    }


def _event(row: StoryRow) -> Shape:
    return {
        "story": row.id,
        "title": row.title,
        "outlet": row.outlet,
        "told": iso(row.told),
        "outlets": row.outlets,
        "origins": row.origins,
        "places": list(row.places),
    }


def _tally(tally: Tally | None) -> Shape | None:
    if tally is None or tally.reported is None:
        return None
    return {"reported": tally.reported, "of": tally.of, "named": tally.named, "unnamed": tally.unnamed}
