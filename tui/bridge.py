"""From the archive to the screen: what moved since the last look, read in one thread and merged into one piece."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from feeds.clock import Clock, wall_of
from feeds.errors import ArchiveError
from feeds.evidence import Change, Count, Standing, unheard_of
from feeds.theatres.model import Theatre
from tui.cells import line
from tui.journal import Decisions, Journal
from tui.marked import Marked, MarkedRows
from tui.reading import ArchiveReader, Reconcile, Tally
from tui.testimony import LOOKED_AT, strongest
from tui.views.board import BoardRow
from tui.views.order import NewestFirst
from tui.views.status import FeedsHealth, Pulse
from tui.views.wire import MOST as LISTED

FIRST_PAGE: Final = 500
"""Stories read before the first frame; the others follow."""
MOST: Final = LISTED
"""Stories read for the wire to list."""
A_LOOK: Final = 64
"""Newest stories asked for at a look; more when all of them are new."""
COLLECTOR: Final = "collector"
"""Name of the lease that a collector holds while it is at work."""
SLOW_SECONDS: Final = 2.0
"""How often figures that are costly to read, or move slowly, are read again."""
SHIFT: Final = timedelta(hours=12)
"""How far back changes count when nobody said since when."""

_LOST: Final = -(1 << 62)
"""A stamp that no archive has."""


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
    marked: Marked | None = None
    """Unread and dismissed stories; None when they are as before."""
    decisions: Decisions | None = None
    """What operators decided; None when nothing was decided since."""
    acted: bool = False
    """Whether anybody did something, to a story or to a place, since."""
    as_of: datetime | None = None
    """The moment that is shown; None for now."""
    begun: datetime | None = None
    """From when on changes count."""
    afresh: bool = False
    """True when another moment is shown than before: nothing of the old one stays."""


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
        self.pulse = Pulse(wall_of(clock))
        self.alone = threading.Lock()
        """Held while the archive is looked at and what moved is told, so that pieces come in their order."""
        self.since = since or (clock() - SHIFT).replace(minute=0, second=0, microsecond=0)
        """Start of the shift: from when on changes count."""
        self._archive, self._theatre, self._clock = archive, theatre, clock
        self._as_of, self._reconcile, self._monotonic = as_of, reconcile, monotonic
        self._stamp: int | None = None
        self._ids = NewestFirst()
        self._oldest = 0
        """Row of the last story listed, where there are older ones."""
        self._complete = False
        self._rows: dict[str, BoardRow] = {}
        self._last_change = 0
        self._slow_at: float | None = None
        """When slow figures may be read again; None when the last look read them as they are now."""
        self._slow_stamp: int | None = None
        self._tally: Tally | None = None
        self._feeds = FeedsHealth()
        self._journal = Journal(archive, theatre.id)
        self._marked_rows = MarkedRows(archive)
        self._marked: Marked | None = None
        self._afresh = False

    def travel(self, as_of: datetime | None) -> None:
        """Show another moment, or now for None: the next look reads everything anew."""
        with self.alone:
            self._as_of, self._afresh = as_of, True
            self._stamp, self._complete, self._ids, self._rows = None, False, NewestFirst(), {}
            self._last_change, self._slow_at, self._marked = 0, None, None

    def look(self) -> News | None:
        """What moved since the last look; None when nothing did.

        The first look reads one page of the wire, the second one all that it lists.
        """
        stamp = self._archive.stamp()
        if stamp == self._stamp and self._complete and not self._slow_pending():
            return None
        first, self._stamp = self._stamp is None, stamp
        try:
            with self._archive.snapshot():
                return self._read(first=first)
        except ArchiveError:
            # What was read so far goes down with the rest: once the archive answers again, all is read anew.
            if not first:
                self._stamp, self._complete, self._marked = _LOST, False, None
            else:
                self._stamp = None
            raise

    def _read(self, *, first: bool) -> News:
        at_work = self._archive.lease(COLLECTOR) is not None
        self.pulse.take(self._archive.last_beat(), self._monotonic(), at_work=at_work)
        standings = self._archive.standings(self._theatre.id, self._as_of)
        self._read_slow(standings)
        all_ids, new_ids = self._read_ids(first=first)
        afresh, self._afresh = self._afresh, False
        nothing = None, None, False
        marked, decisions, acted = self._read_journal(all_ids, new_ids) if self._complete else nothing
        self._begin_shift(decisions)
        return News(
            board=self._board(standings),
            tally=self._tally,
            changes=self._changes(),
            all_ids=all_ids,
            new_ids=new_ids,
            feeds=self._feeds,
            marked=marked,
            decisions=decisions,
            acted=acted,
            as_of=self._as_of,
            begun=self.begun,
            afresh=afresh,
        )

    def _read_journal(
        self, all_ids: Sequence[int] | None, new_ids: Sequence[int]
    ) -> tuple[Marked | None, Decisions | None, bool]:
        """Marks of stories and decisions about places, each None when as before; whether the journal went on."""
        first = self._marked is None
        acted = self._journal.read()
        if all_ids is not None:
            self._marked_rows.begin(all_ids)
        self._marked_rows.look(new_ids)
        self._marked_rows.touched(action.story for action in acted)
        before, self._marked = self._marked, self._marked_rows.marked()
        decided = first or any(not action.story for action in acted)
        return (
            None if self._marked == before else self._marked,
            self._journal.decisions() if decided else None,
            bool(acted),
        )

    @property
    def begun(self) -> datetime:
        """From when on changes count: the start of the shift, or of one that ends at the moment that is shown."""
        late = self._as_of is not None and self._as_of < self.since
        return self._as_of - SHIFT if late and self._as_of else self.since

    def _begin_shift(self, decisions: Decisions | None) -> None:
        """Count changes from the end of the shift closed last, where that is later than what they counted from."""
        closed = decisions.shift if decisions else None
        if (
            closed is not None
            and closed.at > self.since
            and (self._as_of is None or closed.at <= self._as_of)
        ):
            self.since, self._last_change = closed.at, 0

    def _slow_pending(self) -> bool:
        """Whether slow figures were left out of the last look and their time has come."""
        return self._slow_at is not None and self._monotonic() >= self._slow_at

    def _read_slow(self, standings: Sequence[Standing]) -> None:
        now = self._monotonic()
        if self._slow_at is not None and now < self._slow_at:
            return
        fresh = self._slow_at is None or self._stamp != self._slow_stamp
        self._slow_at, self._slow_stamp = (now + SLOW_SECONDS if fresh else None), self._stamp
        self._feeds = FeedsHealth.of(self._archive.feed_states(), self._as_of or self._clock())
        if self._reconcile is not None:
            counts = [count for count in self._archive.counts(self._theatre.id) if self._counts(count)]
            self._tally = self._reconcile(self._theatre, counts, standings, self._as_of or self._clock())

    def _counts(self, count: Count) -> bool:
        """Whether a count was said by the moment that is shown."""
        return self._as_of is None or count.told is None or count.told <= self._as_of

    def _read_ids(self, *, first: bool) -> tuple[tuple[int, ...] | None, tuple[int, ...]]:
        """(the whole wire, rows that arrived): one of them is empty."""
        if first or not self._complete:
            limit = FIRST_PAGE if first else MOST
            ids = tuple(self._archive.lead_ids(limit, before=self._as_of))
            self._complete = not first or len(ids) < FIRST_PAGE
            self._ids = NewestFirst.of(ids)
            self._oldest = ids[-1] if len(ids) == limit else 0
            return ids, ()
        limit = A_LOOK
        while True:
            ids = tuple(self._archive.lead_ids(limit, before=self._as_of))
            fresh = tuple(row for row in ids if row not in self._ids and row > self._oldest)
            if len(fresh) < len(ids) or len(ids) < limit:
                self._ids = self._ids.behind(fresh).first(LISTED)
                self._oldest = self._ids[-1] if len(self._ids) == LISTED else self._oldest
                return None, fresh
            limit *= 4

    def _changes(self) -> tuple[Change, ...]:
        changes = [
            change
            for change in self._archive.changes(self._theatre.id, since=self.begun)
            if change.seq > self._last_change and (self._as_of is None or change.at <= self._as_of)
        ]
        changes.sort(key=lambda change: change.seq)
        if changes:
            self._last_change = changes[-1].seq
        return tuple(changes)

    def _board(self, standings: Sequence[Standing]) -> tuple[BoardRow, ...]:
        by_place = {standing.place: standing for standing in standings}
        rows = []
        for place in self._theatre.places:
            standing = by_place.get(place.id) or unheard_of(self._theatre.id, place.id, place.holder)
            row = self._rows.get(place.id)
            if row is None or row.standing.evidence[:LOOKED_AT] != standing.evidence[:LOOKED_AT]:
                row = BoardRow(place, standing, self._sentence(standing))
            elif row.standing != standing:
                row = BoardRow(place, standing, row.words)
            self._rows[place.id] = row
            rows.append(row)
        return tuple(rows)

    def _sentence(self, standing: Standing) -> str:
        said = strongest(self._archive, standing)
        return line(said.sentence) if said else ""
