"""From the archive to the screen: what moved since the last look, read in one thread and merged into one piece."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from feeds.clock import Clock
from feeds.evidence import Change, Standing
from feeds.theatres.model import Theatre
from tui.cells import line
from tui.reading import ArchiveReader, Reconcile, Tally
from tui.views.board import BoardRow, unknown_standing
from tui.views.status import FeedsHealth, Pulse

FIRST_PAGE: Final = 500
"""Stories read before the first frame; the others follow."""
COLLECTOR: Final = "collector"
"""Name of the lease that a collector holds while it is at work."""
SLOW_SECONDS: Final = 2.0
"""How often figures that are costly to read, or move slowly, are read again."""
SHIFT: Final = timedelta(hours=12)
"""How far back changes count when nobody said since when."""


@dataclass(frozen=True, slots=True)
class News:
    """All that moved since the last piece."""

    board: tuple[BoardRow, ...]
    tally: Tally | None
    changes: tuple[Change, ...]
    """Changes since the start of the shift that were not told before, oldest first."""
    all_ids: tuple[int, ...] | None = None
    """The whole wire, newest first, the first time it was read."""
    new_ids: tuple[int, ...] = ()
    """Rows that arrived since, newest first."""
    feeds: FeedsHealth = field(default_factory=FeedsHealth)


class Bridge:
    """Looks at the archive and tells what moved; used by one thread at a time, and posts nothing itself."""

    def __init__(
        self,
        archive: ArchiveReader,
        theatre: Theatre,
        clock: Clock,
        *,
        as_of: datetime | None = None,
        since: datetime | None = None,
        reconcile: Reconcile | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.pulse = Pulse(clock)
        self.since = since or (clock() - SHIFT).replace(minute=0, second=0, microsecond=0)
        """Start of the shift: from when on changes count."""
        self._archive, self._theatre, self._clock = archive, theatre, clock
        self._as_of, self._reconcile, self._monotonic = as_of, reconcile, monotonic
        self._stamp: int | None = None
        self._ids: set[int] = set()
        self._complete = False
        self._rows: dict[str, BoardRow] = {}
        self._last_change = 0
        self._slow_at: float | None = None
        """When slow figures may be read again; None when the last look read them as they are now."""
        self._slow_stamp: int | None = None
        self._tally: Tally | None = None
        self._feeds = FeedsHealth()

    def look(self) -> News | None:
        """What moved since the last look; None when nothing did.

        The first look reads one page of the wire, the second one all of it.
        """
        stamp = self._archive.stamp()
        if stamp == self._stamp and self._complete and not self._slow_pending():
            return None
        first, self._stamp = self._stamp is None, stamp
        at_work = self._archive.lease(COLLECTOR) is not None
        self.pulse.take(self._archive.last_beat(), self._monotonic(), at_work=at_work)
        standings = self._archive.standings(self._theatre.id, self._as_of)
        self._read_slow(standings)
        all_ids, new_ids = self._read_ids(first=first)
        return News(
            board=self._board(standings),
            tally=self._tally,
            changes=self._changes(),
            all_ids=all_ids,
            new_ids=new_ids,
            feeds=self._feeds,
        )

    def _slow_pending(self) -> bool:
        """Whether slow figures were left out of the last look and their time has come."""
        return self._slow_at is not None and self._monotonic() >= self._slow_at

    def _read_slow(self, standings: Sequence[Standing]) -> None:
        now = self._monotonic()
        if self._slow_at is not None and now < self._slow_at:
            return
        fresh = self._slow_at is None or self._stamp != self._slow_stamp
        self._slow_at, self._slow_stamp = (now + SLOW_SECONDS if fresh else None), self._stamp
        self._feeds = FeedsHealth.of(self._archive.feed_states())
        if self._reconcile is not None:
            counts = self._archive.counts(self._theatre.id)
            self._tally = self._reconcile(self._theatre, counts, standings, self._clock())

    def _read_ids(self, *, first: bool) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
        """(the whole wire, rows that arrived): one of them is empty."""
        if first or not self._complete:
            limit = FIRST_PAGE if first else None
            ids = tuple(self._archive.lead_ids(limit))
            self._complete = not first or len(ids) < FIRST_PAGE
            self._ids = set(ids)
            return ids, ()
        limit = FIRST_PAGE
        while True:
            ids = tuple(self._archive.lead_ids(limit))
            fresh = tuple(row for row in ids if row not in self._ids)
            if len(fresh) < len(ids) or len(ids) < limit:
                self._ids.update(fresh)
                return None, fresh
            limit *= 4

    def _changes(self) -> tuple[Change, ...]:
        changes = [
            change
            for change in self._archive.changes(self._theatre.id, since=self.since)
            if change.seq > self._last_change and (self._as_of is None or change.at <= self._as_of)
        ]
        changes.sort(key=lambda change: change.seq)
        if changes:
            self._last_change = changes[-1].seq
        return tuple(changes)

    def _board(self, standings: Sequence[Standing]) -> tuple[BoardRow, ...]:
        by_place = {standing.place: standing for standing in standings}
        rows = []
        for place in self._theatre.capitals:
            standing = by_place.get(place.id) or unknown_standing(self._theatre, place)
            row = self._rows.get(place.id)
            if row is None or row.standing.evidence[:1] != standing.evidence[:1]:
                row = BoardRow(place, standing, self._sentence(standing))
            elif row.standing != standing:
                row = BoardRow(place, standing, row.words)
            self._rows[place.id] = row
            rows.append(row)
        return tuple(rows)

    def _sentence(self, standing: Standing) -> str:
        """The sentence of the strongest testimony that counts now."""
        if not standing.evidence:
            return ""
        found = self._archive.evidence(
            self._theatre.id, place=standing.place, after_seq=standing.evidence[0] - 1, limit=1
        )
        return line(found[0].sentence) if found else ""
