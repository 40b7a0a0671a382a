"""What is open and who has what, read from the journal; and the shift closed last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from feeds.archive import in_force
from feeds.evidence import Action, Standing
from feeds.theatres.model import Theatre
from tui.journal import decisions_of
from tui.reading import ArchiveReader, Reconcile
from tui.shift.difference import difference
from tui.shift.records import Handover, Marked, OpenMatters

SHIFT: Final = timedelta(hours=12)
"""How far back a shift goes when none was closed before."""


def handover(
    archive: ArchiveReader,
    theatre: Theatre,
    until: datetime,
    *,
    since: datetime | None = None,
    begun: datetime | None = None,
    reconcile: Reconcile | None = None,
) -> Handover:
    """All that is to be handed over at a moment, since another one.

    By default that is when the last shift was closed; where none was, or before this one had ``begun``, its begin.
    """
    journal = [each for each in in_force(archive.actions(theatre.id)) if each.at <= until]
    last = last_shift(journal)
    closed = last.at if last is not None else begun or until - SHIFT
    begin = since if since is not None else max(closed, begun) if begun else closed
    changed = difference(archive, theatre, begin, until, reconcile=reconcile)
    tally = changed.reported[1]
    reader = _Titles(archive, theatre)
    notes = [each for each in journal if each.kind == "note" and each.at > begin]
    standings = archive.standings(theatre.id, until)
    return Handover(
        difference=changed,
        matters=_matters(reader, journal, standings, until, tally.unnamed if tally else 0),
        tasks=tuple(reader.marked(_tasks(journal))),
        notes=tuple(reader.marked(notes)),
        last=last,
    )


def last_shift(journal: Iterable[Action]) -> Action | None:
    """The shift closed last; None when none was."""
    return max((each for each in journal if each.kind == "shift"), key=lambda each: each.at, default=None)


def last_shift_of(archive: ArchiveReader, theatre: str, until: datetime) -> Action | None:
    """The shift closed last up to a moment; None when none was."""
    return last_shift(each for each in in_force(archive.actions(theatre)) if each.at <= until)


class _Titles:
    """Names what an action was done to."""

    def __init__(self, archive: ArchiveReader, theatre: Theatre) -> None:
        self._archive, self._theatre = archive, theatre

    def marked(self, actions: Iterable[Action]) -> list[Marked]:
        return [Marked(each, self._title(each)) for each in actions]

    def _title(self, action: Action) -> str:
        if action.place:
            place = self._theatre.by_id.get(action.place)
            return place.name if place else action.place
        story = self._archive.story(action.story) if action.story else None
        return story.title if story else "a story that is not in the archive"


def _matters(
    reader: _Titles, journal: Sequence[Action], standings: Sequence[Standing], now: datetime, unnamed: int
) -> OpenMatters:
    overrides = [
        each for each in decisions_of(journal).overrides.values() if each.until is None or now < each.until
    ]
    overrides.sort(key=lambda each: (each.until is None, each.until or each.at))
    dismissed = {each.story for each in _marks(journal, "dismiss")}
    return OpenMatters(
        escalated=tuple(reader.marked(_still(journal, "escalate", dismissed))),
        flagged=tuple(reader.marked(_still(journal, "flag", dismissed))),
        overrides=tuple(reader.marked(overrides)),
        reviews=tuple(each for each in standings if "review" in each.flags),
        unnamed=unnamed,
    )


def _still(journal: Sequence[Action], kind: str, dismissed: set[str]) -> list[Action]:
    return [each for each in _marks(journal, kind) if each.story not in dismissed]


def _marks(journal: Iterable[Action], kind: str) -> list[Action]:
    """The newest action of a kind on each story that still has its mark, the oldest first."""
    last = {each.story: each for each in journal if each.kind == kind}
    return sorted((each for each in last.values() if each.value != "off"), key=lambda each: each.seq)


def _tasks(journal: Iterable[Action]) -> list[Action]:
    """Who was given what and still has it, by name."""
    last = {(each.story, each.place): each for each in journal if each.kind == "assign"}
    return sorted((each for each in last.values() if each.value), key=lambda each: (each.value, each.seq))
