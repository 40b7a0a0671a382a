"""Whether anything is left to weigh when nothing new was told: a round that finds all as it was needs no board in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

from feeds.archive import Archive
from feeds.collector.decisions import effective
from feeds.theatres.model import Theatre

Standstill: TypeAlias = Callable[[datetime, datetime], bool]
"""Do all boards on record stand as they were weighed at one moment, also at a later one?"""


def never(weighed: datetime, now: datetime) -> bool:
    """Nobody knows: the boards are weighed again."""
    del weighed, now
    return False


def standstill_of(archive: Archive, theatres: Sequence[Theatre]) -> Standstill:
    """Boards fade at full hours, and move by what operators decide (:meth:`feeds.pipeline.Pipeline.tick`)."""

    def stands(weighed: datetime, now: datetime) -> bool:
        if not weighed <= now or _hour(weighed) != _hour(now):
            return False
        return all(_is_on_record(archive, theatre) for theatre in theatres)

    return stands


def _is_on_record(archive: Archive, theatre: Theatre) -> bool:
    """Has every place its row, and was nothing decided since the newest of them moved?"""
    standings = archive.standings(theatre.id)
    if {one.place for one in standings} != {place.id for place in theatre.places}:
        return False
    journal = archive.actions(theatre.id)
    if not journal:
        return True
    from feeds.collector.regrouping import pending

    newest = max((one.at for one in standings if one.at is not None), default=None)
    if newest is None or any(one.at > newest for one in effective(journal)):
        return False
    return not pending(journal)


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
