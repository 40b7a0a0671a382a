"""What changed on the board and on the wire between two moments, read from the archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from feeds.evidence import Change, Standing
from feeds.theatres.model import Place, Theatre
from tui.reading import ArchiveReader, Reconcile, StoryRow, Tally
from tui.shift.records import Difference, Step
from tui.states import LOOKS
from tui.testimony import strongest

PAGE: Final = 500
MOST_EVENTS: Final = 8_000
"""Events looked at for those with most origins: the newest, more than a shift reads."""
SHOWN: Final = 8
"""Events named in a handover."""


def difference(
    archive: ArchiveReader,
    theatre: Theatre,
    since: datetime,
    until: datetime,
    *,
    reconcile: Reconcile | None = None,
    shown: int = SHOWN,
) -> Difference:
    """What changed after ``since``, up to ``until``; slow where a span is long: call it in a worker."""
    changes = [each for each in archive.changes(theatre.id, since=since) if since < each.at <= until]
    then, now = (
        {standing.place: standing for standing in archive.standings(theatre.id, moment)}
        for moment in (since, until)
    )
    events = _events(archive, since, until)
    return Difference(
        since=since,
        until=until,
        steps=tuple(_steps(archive, theatre, changes, now)),
        threads=tuple(_telling(events)[:shown]),
        events=len(events),
        stories=sum(archive.stories_by_hour(since, until).values()),
        moves=len(changes),
        states=_states(theatre.capitals, then, now),
        reported=(
            _tally(archive, theatre, then, since, reconcile),
            _tally(archive, theatre, now, until, reconcile),
        ),
    )


def _steps(
    archive: ArchiveReader, theatre: Theatre, changes: Sequence[Change], now: Mapping[str, Standing]
) -> list[Step]:
    """A step for each place that moved, the one that moved last first."""
    by_place: dict[str, list[Change]] = {}
    for change in sorted(changes, key=lambda each: (each.at, each.seq)):
        by_place.setdefault(change.place, []).append(change)
    steps = []
    for place, moves in by_place.items():
        if place not in theatre.by_id:
            continue
        first, last = moves[0], moves[-1]
        standing = now.get(place, last.standing)
        steps.append(
            Step(
                place=theatre.by_id[place],
                before=first.before,
                after=last.after,
                holder_before=first.holder_before,
                holder_after=last.holder_after,
                at=last.at,
                moves=len(moves),
                standing=standing,
                said=strongest(archive, standing),
            )
        )
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _events(archive: ArchiveReader, since: datetime, until: datetime) -> list[StoryRow]:
    """Leads of the threads that began in the span, newest first."""
    limit = PAGE
    while True:
        ids = archive.lead_ids(limit, before=until)
        last = archive.rows(ids[-1:])
        if len(ids) < limit or limit >= MOST_EVENTS or (last and last[0].received < since):
            break
        limit = min(limit * 4, MOST_EVENTS)
    found: list[StoryRow] = []
    for start in range(0, len(ids), PAGE):
        rows = archive.rows(ids[start : start + PAGE])
        found += [row for row in rows if row.received >= since]
        if rows and rows[-1].received < since:
            break
    return found


def _telling(events: Sequence[StoryRow]) -> list[StoryRow]:
    """The events that more than one outlet tells, or that name a place of the theatre; most origins first."""
    named = [row for row in events if row.outlets > 1 or row.places]
    return sorted(named, key=lambda row: (-row.origins, -row.outlets, not row.places, -row.row))


def _states(
    places: Sequence[Place], then: Mapping[str, Standing], now: Mapping[str, Standing]
) -> dict[str, tuple[int, int]]:
    def counted(standings: Mapping[str, Standing]) -> Counter[str]:
        return Counter(standings[place.id].state if place.id in standings else "unknown" for place in places)

    before, after = counted(then), counted(now)
    return {
        look.state: (before[look.state], after[look.state])
        for look in LOOKS
        if before[look.state] or after[look.state]
    }


def _tally(
    archive: ArchiveReader,
    theatre: Theatre,
    standings: Mapping[str, Standing],
    moment: datetime,
    reconcile: Reconcile | None,
) -> Tally | None:
    if reconcile is None:
        return None
    said = [count for count in archive.counts(theatre.id) if count.told is None or count.told <= moment]
    return reconcile(theatre, said, list(standings.values()), moment)
