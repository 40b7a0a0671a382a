"""A report for programs: JSON with everything, CSV and GeoJSON with a row a city. Stable once shipped (docs/report.md)."""

from __future__ import annotations

from typing import Final

from feeds.moments import iso
from feeds.report.records import Counts, Entry, Highlight, Moved, Report, Step, Word
from feeds.report.shapes import capital_shape
from feeds.report.tables import csv_text, point
from feeds.report.transitions import Transition

_LINE: Final = 2000
"""Characters of one attributed line in a table's cell."""


def as_shape(report: Report) -> dict[str, object]:
    """The whole report as JSON tells it."""
    return {
        "theatre": report.theatre,
        "title": report.title,
        "as_of": iso(report.as_of),
        "since": iso(report.since),
        "counts": _counts(report.counts),
        "highlights": [_highlight(each) for each in report.highlights],
        "changes": [_moved(each) for each in report.moved],
        "capitals": [_entry(entry) for entry in report.entries],
        "history": [_step(step) for step in report.steps],
        "history_left_out": report.left_out,
    }


def as_csv(report: Report) -> str:
    """A header, then a line a city."""
    head = {"theatre": report.theatre, "as_of": iso(report.as_of)}
    return csv_text([head | row(entry) for entry in report.entries])


def as_geojson(report: Report) -> dict[str, object]:
    """A FeatureCollection (RFC 7946) of points, a city each; every property is a text, a number or null, as QGIS likes it."""
    features = []
    for entry in report.entries:
        flat = row(entry)
        flat["flags"] = " ".join(entry.standing.flags)
        features.append(point(flat))
    return {
        "type": "FeatureCollection",
        "name": f"{report.theatre} {iso(report.as_of)}",
        "theatre": report.theatre,
        "as_of": iso(report.as_of),
        "since": iso(report.since),
        "counts": _counts(report.counts),
        "features": features,
    }


def row(entry: Entry) -> dict[str, object]:
    """A city as one flat row: its line of the board, what may be said of it, and the first word behind it."""
    word = next(iter(entry.words), None)
    return capital_shape(entry.place, entry.standing) | {
        "holder_name": entry.holder,
        "statement": entry.statement,
        "desk": entry.desk is not None,
        "event_type": entry.transition.event if entry.transition else "",
        "sub_event_type": entry.transition.name if entry.transition else "",
        "sub_event_basis": entry.transition.basis if entry.transition else "",
        "word_kind": word.kind if word else "",
        "outlet": word.outlet if word else "",
        "outlet_letter": word.letter if word else "",
        "speaker": word.speaker if word else "",
        "told": iso(word.told) if word else None,
        "sentence": word.sentence[:_LINE] if word else "",
        "url": word.url if word else "",
    }


def _counts(counts: Counts) -> dict[str, object]:
    return {
        "side": counts.side,
        "reported_low": counts.low,
        "reported_high": counts.high,
        "of": counts.of,
        "named": counts.named,
        "unnamed": counts.unnamed,
        "said": [{"number": each.number} | _word(each.word) for each in counts.said],
    }


def _highlight(highlight: Highlight) -> dict[str, object]:
    return {
        "text": highlight.text,
        "cause": highlight.cause,
        "at": iso(highlight.at),
        "words": [_word(word) for word in highlight.words],
    }


def _moved(moved: Moved) -> dict[str, object]:
    return {
        "id": moved.entry.place.id,
        "name": moved.entry.place.name,
        "before": moved.before,
        "after": moved.entry.label,
        "back": moved.back,
        "statement": moved.entry.statement,
        "steps": [_step(step) for step in moved.steps],
    }


def _entry(entry: Entry) -> dict[str, object]:
    desk = entry.desk
    return capital_shape(entry.place, entry.standing) | {
        "label": entry.label,
        "holder_name": entry.holder,
        "statement": entry.statement,
        "notes": list(entry.notes),
        "reports": [_word(word) for word in entry.reports],
        "claims": [_word(word) for word in entry.claims],
        "denials": [_word(word) for word in entry.denials],
        "transition": _transition(entry.transition),
        "desk": desk
        and {"reason": desk.reason, "who": desk.who, "at": iso(desk.at), "until": iso(desk.until)},
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "at": iso(step.at),
        "id": step.place.id,
        "name": step.place.name,
        "before": step.before,
        "after": step.after,
        "state": step.state,
        "holder_name": step.holder,
        "statement": step.statement,
        "cause": step.cause,
        "transition": _transition(step.transition),
        "word": step.word and _word(step.word),
    }


def _word(word: Word) -> dict[str, object]:
    return {
        "kind": word.kind,
        "sentence": word.sentence,
        "outlet": word.outlet,
        "letter": word.letter,
        "speaker": word.speaker,
        "side": word.side,
        "told": iso(word.told),
        "title": word.title,
        "url": word.url,
        "story": word.story,
    }


def _transition(transition: Transition | None) -> dict[str, object] | None:
    if transition is None:
        return None
    return {"event_type": transition.event, "sub_event_type": transition.name, "basis": transition.basis}
