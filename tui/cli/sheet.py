"""The board on paper: a line a capital, the counts beside them, and the sentences behind them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Final

from feeds.evidence import Standing
from feeds.moments import day_and_time
from feeds.report.sheet import Sheet
from feeds.theatres.model import Place, Theatre
from tui.cli.paper import plain_glyphs, table, terminal_width, wrapped
from tui.states import LOOKS, glyph_of, look_of

_NEVER: Final = datetime(1, 1, 1, tzinfo=UTC)


def rows(sheet: Sheet) -> list[tuple[Place, Standing]]:
    """Every place shown, gravest first, then newest first."""
    found = [(place, sheet.standings[place.id]) for place in sheet.places]
    found.sort(key=lambda row: row[0].name)
    found.sort(key=lambda row: row[1].since or _NEVER, reverse=True)
    found.sort(key=lambda row: look_of(row[1].state).order)
    return found


def told(sheet: Sheet) -> list[tuple[Place, Standing]]:
    """The places that something was said of, gravest first, then newest first."""
    return [row for row in rows(sheet) if row[1].state != "unknown"]


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
    lines = [_cells(sheet.theatre, place, standing) for place, standing in rows(sheet)]
    return "\n".join((heading(sheet), counts_line(sheet), "", table(lines, heads, numbers=(5,))))


def as_sentences(sheet: Sheet) -> str:
    """The capitals that something was said of, each with the sentence behind it, wrapped."""
    lines: list[str] = []
    for place, standing in told(sheet):
        cells = _cells(sheet.theatre, place, standing)
        since = f"since {standing.since.day} {standing.since:%b}" if standing.since else ""
        shown = (*cells[:2], cells[3], cells[4], cells[5], cells[6], since, cells[9])
        lines.append("\t".join(shown))
    found = table((line.split("\t") for line in lines), cells=terminal_width(), numbers=(4,)).splitlines()
    paper: list[str] = []
    for line, (place, _) in zip(found, told(sheet), strict=True):
        paper.append(line)
        paper += [
            wrapped(f"“{piece.sentence}”", indent="     ") for piece in sheet.evidence.get(place.id, ())[:1]
        ]
    return "\n".join(paper)


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
