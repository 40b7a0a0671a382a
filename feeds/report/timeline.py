"""The timeline of a report: a bar a city, cut where its standing changed, in the units of an SVG picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import Change
from feeds.moments import hour_of
from feeds.report.wording import wording_of
from feeds.theatres.model import Theatre

WIDTH: Final = 720
_NAMES: Final = 128
"""Units kept free on the left for the names."""
ROW: Final = 19
_HEAD: Final = 24
LONGEST: Final = timedelta(days=28)
"""Furthest back that it reaches."""
_TICKS: Final = 8
"""Days marked at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A time in which a city's standing was the same."""

    x: float
    width: float
    state: str
    mark: str
    title: str
    """State and times, as a tooltip says them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One city's line."""

    name: str
    y: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The beginning of a day (UTC)."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture, in units from its upper left corner."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    """In the order in which the cities moved first."""
    ticks: tuple[Tick, ...]
    since: float | None
    """Where the time begins from which changes are told; None when that is before the picture."""
    row: int = ROW


@dataclass(frozen=True, slots=True)
class _Span:
    begin: datetime
    end: datetime

    def x(self, moment: datetime) -> float:
        share = (moment - self.begin) / max(self.end - self.begin, timedelta(seconds=1))
        return round(_NAMES + (WIDTH - _NAMES - 8) * min(1.0, max(0.0, share)), 1)


def draw_timeline(
    theatre: Theatre, changes: Sequence[Change], since: datetime, as_of: datetime, shown: Iterable[str]
) -> Timeline:
    """The bars of the cities shown that ever changed, up to four weeks back."""
    names = {place.id: place.name for place in theatre.places}
    wanted = set(shown)
    past: dict[str, list[Change]] = {}
    for change in changes:
        if change.place in wanted:
            past.setdefault(change.place, []).append(change)
    first = min((steps[0].at for steps in past.values()), default=as_of)
    begin = max(first, as_of - LONGEST).replace(hour=0, minute=0, second=0, microsecond=0)
    span = _Span(begin, max(as_of, begin + timedelta(hours=1)))
    order = sorted(past, key=lambda place: (past[place][0].at, names[place]))
    bars = tuple(
        Bar(names[place], _HEAD + number * ROW, _pieces(past[place], span))
        for number, place in enumerate(order)
    )
    return Timeline(
        WIDTH,
        _HEAD + len(bars) * ROW + 8,
        bars,
        tuple(_ticks(span)),
        span.x(since) if span.begin <= since < span.end else None,
    )


def _pieces(steps: Sequence[Change], span: _Span) -> tuple[Piece, ...]:
    ends = [*(step.at for step in steps[1:]), span.end]
    pieces = [_piece(steps[0].before, span.begin, steps[0].at, span)] if steps[0].at > span.begin else []
    pieces += [
        _piece(step.after, max(step.at, span.begin), end, span)
        for step, end in zip(steps, ends, strict=True)
        if end > span.begin
    ]
    return tuple(pieces)


def _piece(state: str, begin: datetime, end: datetime, span: _Span) -> Piece:
    wording = wording_of(state)
    x = span.x(begin)
    title = f"{wording.word}, {hour_of(begin)} to {hour_of(end)}"
    return Piece(x, round(max(0.8, span.x(end) - x), 1), wording.id, wording.mark, title)


def _ticks(span: _Span) -> Iterable[Tick]:
    days = max(1, -(-(span.end - span.begin) // timedelta(days=1)))
    step = -(-days // _TICKS)
    for day in range(0, days, step):
        moment = span.begin + timedelta(days=day)
        yield Tick(span.x(moment), f"{moment.day} {moment:%b}")
