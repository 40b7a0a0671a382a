"""The watch terms of a desk beside what the archive knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from feeds.watched import Gap, Tally, WatchTerm

if TYPE_CHECKING:
    from feeds.archive import WatchLog
    from feeds.watch.spikes import Pulse


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list."""

    term: WatchTerm
    id: str
    """Empty for a term that does not parse."""
    pulse: Pulse | None
    """None where there is no archive to count in."""
    day: int
    """Hits in the last 24 hours."""
    week: int
    """Hits in the last seven days."""
    to_do: int
    """Stories of the archive not looked through yet."""
    broken: str = ""
    """What is wrong with it; empty for a term that parses."""

    def cells(self) -> tuple[str, ...]:
        """The line as a table has it."""
        hits = ("", "", "") if self.pulse is None else (f"{self.pulse.hits}", f"{self.day}", f"{self.week}")
        return (self.id, self.term.severity, self.term.colour, self.term.text, *hits, self._note())

    def shape(self) -> dict[str, object]:
        """The line as JSON tells it; counts are null where there is no archive."""
        pulse = self.pulse
        return {
            "id": self.id or None,
            "term": self.term.text,
            "severity": self.term.severity,
            "colour": self.term.colour,
            "error": self.broken,
            "hour": pulse and pulse.hits,
            "outlets": pulse and pulse.outlets,
            "day": None if pulse is None else self.day,
            "week": None if pulse is None else self.week,
            "baseline": pulse and round(pulse.baseline, 3),
            "spike": pulse is not None and pulse.spike,
            "to_look_through": self.to_do,
        }

    def _note(self) -> str:
        if self.broken:
            return self.broken
        notes = []
        if self.pulse is not None and self.pulse.spike:
            notes.append(f"SPIKE: {self.pulse.outlets} outlets, usual {self.pulse.baseline:.1f} an hour")
        if self.to_do:
            notes.append(f"{self.to_do:,} stories to look through")
        return "; ".join(notes)


def watch_list(terms: Sequence[WatchTerm], log: WatchLog | None, now: datetime) -> list[Entry]:
    """An entry for each term, in the desk's order."""
    from feeds.watch.spikes import pulses
    from feeds.watch.watcher import read_terms

    read = [(term, *read_terms([term])) for term in terms]
    ids = {id_ for _, found, _ in read for id_ in found}
    beats, gaps = ({}, {}) if log is None else (pulses(log, now, ids), _to_do(log, ids))
    day, week = (_tallies(log, now, days) for days in (1, 7))
    entries = []
    for term, found, broken in read:
        id_ = "".join(found)
        counted = day.get(id_, Tally(0, 0)).hits, week.get(id_, Tally(0, 0)).hits
        entries.append(Entry(term, id_, beats.get(id_), *counted, gaps.get(id_, 0), "".join(broken.values())))
    return entries


def _tallies(log: WatchLog | None, now: datetime, days: int) -> dict[str, Tally]:
    return {} if log is None else log.tallies(now - timedelta(days=days), now + timedelta(microseconds=1))


def _to_do(log: WatchLog, ids: set[str]) -> dict[str, int]:
    """Stories left to look through, by term; terms the archive never heard of have all of them before them."""
    last, unknown = log.last_row(), ids - log.known()
    gaps = [gap for gap in log.gaps() if gap.term in ids] + [Gap(id_, -1, last) for id_ in unknown]
    spans = {(gap.after, gap.until) for gap in gaps}
    sizes = {span: log.count_in(*span) for span in spans}
    left: dict[str, int] = {}
    for gap in gaps:
        left[gap.term] = left.get(gap.term, 0) + sizes[gap.after, gap.until]
    return left
