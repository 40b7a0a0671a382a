"""A score on paper: a line a turn, the false falls with their sentences, and a plot by the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import Evidence
from feeds.moments import iso
from feeds.replay import Score, Truth
from feeds.replay.score import Judged, Stray
from tui.cli.paper import plain_glyphs, table, terminal_width, wrapped

_MARKS: Final = {"in time": "", "late": "LATE", "early": "EARLY", "missed": "MISSED"}
_GLYPHS: Final = {
    "before": ("·", "."),
    "right": ("█", "#"),
    "late": ("░", "-"),
    "false": ("✕", "X"),
    "unsure": ("?", "?"),
}


_MEANINGS: Final = {
    "before": "as at the start",
    "right": "changed hands, and the board says so",
    "late": "changed hands, not yet on the board",
    "false": "on the board, and wrong",
    "unsure": "nobody knows",
}


def as_table(found: Score, evidence: Mapping[int, Evidence], stories: int) -> str:
    """The score for people."""
    paper = [heading(found, stories), ""]
    heads = ("place", "to", "record", "sure", "board (UTC)", "lag h", "")
    paper.append(table([_cells(found, one) for one in found.judged], heads, numbers=(5,)))
    if found.strays:
        paper += ["", "False falls:"]
        for stray in found.strays:
            paper += _stray_lines(found, stray, evidence)
    return "\n".join(paper)


def heading(found: Score, stories: int) -> str:
    """What it comes to, in two lines."""
    lag = "" if found.median_lag is None else f", median lag {found.median_lag:.1f} h"
    return (
        f"{found.theatre.title}: {stories} stories, {found.begin:%-d %b %Y} to {found.end:%-d %b %Y}\n"
        f"{found.in_time} of {len(found.judged)} changes of hands in time (recall {found.recall:.3f}), "
        f"{len(found.strays)} false{lag}"
    )


def _cells(found: Score, one: Judged) -> tuple[str, ...]:
    turn = one.turn
    return (
        _name(found, turn.place),
        found.theatre.side_name(turn.holder),
        f"{turn.hour:%d %b %H:%M}" if turn.hour else f"{turn.day:%d %b}",
        turn.sure,
        f"{one.at:%d %b %H:%M}" if one.at else "",
        "" if one.lag is None else f"{one.lag:.1f}",
        _MARKS[one.verdict],
    )


def _stray_lines(found: Score, stray: Stray, evidence: Mapping[int, Evidence]) -> list[str]:
    word = stray.word
    head = (
        f"  {_name(found, word.place)} to {found.theatre.side_name(word.holder)}, {word.at:%d %b %H:%M} "
        f"(wrong for {stray.hours:.0f} h)"
    )
    said = [evidence[seq] for seq in word.evidence if seq in evidence]
    return [head, *(wrapped(f"{piece.outlet}: “{piece.sentence}”", indent="     ") for piece in said[:3])]


def shape(found: Score, evidence: Mapping[int, Evidence], replay: str, stories: int) -> dict[str, object]:
    """The score as JSON."""
    return {
        "theatre": found.theatre.id,
        "replay": replay,
        "stories": stories,
        "begin": iso(found.begin),
        "end": iso(found.end),
        "in_time": found.in_time,
        "of": len(found.judged),
        "recall": round(found.recall, 4),
        "missed": sum(one.verdict == "missed" for one in found.judged),
        "late": sum(one.verdict == "late" for one in found.judged),
        "early": sum(one.verdict == "early" for one in found.judged),
        "false": len(found.strays),
        "wrong_hours": round(found.wrong_hours, 1),
        "median_lag_hours": None if found.median_lag is None else round(found.median_lag, 2),
        "places": [_judged_shape(found, one) for one in found.judged],
        "false_falls": [_stray_shape(found, stray, evidence) for stray in found.strays],
    }


def _judged_shape(found: Score, one: Judged) -> dict[str, object]:
    return {
        "id": one.turn.place,
        "name": _name(found, one.turn.place),
        "holder": one.turn.holder,
        "day": one.turn.day.isoformat(),
        "hour": iso(one.turn.hour),
        "sure": one.turn.sure,
        "verdict": one.verdict,
        "at": iso(one.at),
        "lag_hours": None if one.lag is None else round(one.lag, 2),
    }


def _stray_shape(found: Score, stray: Stray, evidence: Mapping[int, Evidence]) -> dict[str, object]:
    word = stray.word
    said = [evidence[seq] for seq in word.evidence if seq in evidence]
    return {
        "id": word.place,
        "name": _name(found, word.place),
        "holder": word.holder,
        "at": iso(word.at),
        "until": iso(word.until),
        "hours": round(stray.hours, 1),
        "evidence": [
            {"outlet": piece.outlet, "told": iso(piece.told), "sentence": piece.sentence} for piece in said
        ],
    }


def as_plot(found: Score, truth: Truth, cells: int | None = None) -> str:
    """Board and record beside each other: a line a place that changed hands, a cell a stretch of time."""
    places = list(
        dict.fromkeys([one.turn.place for one in found.judged] + [one.word.place for one in found.strays])
    )
    names = {place: _name(found, place) for place in places}
    margin = max((len(name) for name in names.values()), default=0) + 2
    room = max(10, (cells or terminal_width()) - margin)
    span = max(found.end - found.begin, timedelta(hours=1))
    moments = [found.begin + span * ((n + 0.5) / room) for n in range(room)]
    lines = [" " * margin + _axis(found.begin, span, room)]
    for place in places:
        drawn = "".join(_glyph(_look(found, truth, place, at)) for at in moments)
        lines.append(f"{names[place]:<{margin}}{drawn}")
    return "\n".join([*lines, "", *_legend(cells or terminal_width())])


def _legend(cells: int) -> list[str]:
    """What the glyphs mean, as many on a line as fit."""
    lines = [""]
    for look, meaning in _MEANINGS.items():
        part = f"{_glyph(look)} {meaning}"
        if lines[-1] and len(lines[-1]) + 3 + len(part) > cells:
            lines.append("")
        lines[-1] += f"   {part}" if lines[-1] else part
    return lines


def _look(found: Score, truth: Truth, place: str, at: datetime) -> str:
    """What a cell shows: a key of the glyphs."""
    opening = truth.opening.get(place) or next(one.holder for one in found.theatre.places if one.id == place)
    said = found.words.get(place, ())
    word = next((word for word in said if word.at <= at < word.until), None)
    if word and any(stray.word is word for stray in found.strays):
        return "false"
    allowed = truth.allowed(place, at, opening)
    if allowed is None or (word is None and said and said[0].at <= at):
        return "unsure"
    turns = [turn.holder for turn in truth.turns if turn.place == place and turn.day <= at.date()]
    shown, true = word.holder if word else opening, turns[-1] if turns else opening
    if shown == true:
        return "right" if turns else "before"
    return "right" if word and shown in allowed and shown != opening else "late"


def _axis(begin: datetime, span: timedelta, room: int) -> str:
    """Days along the top, as many as there is room for."""
    axis = [" "] * room
    day = begin.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    free = 0
    while day < begin + span:
        at = int((day - begin) / span * room)
        label = f"{day:%-d %b}"
        if at >= free and at + len(label) <= room:
            axis[at : at + len(label)] = label
            free = at + len(label) + 2
        day += timedelta(days=1)
    return "".join(axis).rstrip()


def _glyph(look: str) -> str:
    return _GLYPHS[look][plain_glyphs()]


def _name(found: Score, place: str) -> str:
    return next((one.name for one in found.theatre.places if one.id == place), place)
