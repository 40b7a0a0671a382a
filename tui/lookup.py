"""What is read from the archive when the operator looks closer: a capital's evidence, a story, a filter's rows."""

from __future__ import annotations

from datetime import datetime, timedelta

from feeds.theatres.model import Theatre
from tui.reading import ArchiveReader
from tui.views.board import BoardRow
from tui.views.evidence import EvidencePage
from tui.views.filters import Filter
from tui.views.story import StoryPage
from tui.views.timeline import TimelinePage


def place_page(archive: ArchiveReader, row: BoardRow, as_of: datetime | None) -> EvidencePage:
    """Every sentence about a capital, and the changes of its standing, newest first."""
    theatre, place = row.standing.theatre, row.place.id
    evidence = [
        each
        for each in archive.evidence(theatre, place=place)
        if as_of is None or each.told is None or each.told <= as_of
    ]
    changes = [each for each in archive.changes(theatre, place=place) if as_of is None or each.at <= as_of]
    changes.sort(key=lambda change: (change.at, change.seq), reverse=True)
    return EvidencePage(row.place.name, row.standing, tuple(evidence), tuple(changes))


def timeline_page(
    archive: ArchiveReader, theatre: Theatre, now: datetime, as_of: datetime | None
) -> TimelinePage:
    """Every change of every capital, and how many stories came each hour since just before the first."""
    changes = tuple(each for each in archive.changes(theatre.id) if as_of is None or each.at <= as_of)
    first = min((each.at for each in changes), default=now) - timedelta(days=2)
    return TimelinePage(now, changes, archive.stories_by_hour(first, as_of))


def claims_page(archive: ArchiveReader, theatre: Theatre, story: str) -> EvidencePage:
    """What was read in one story."""
    found = archive.story(story)
    title = found.title if found else "a story that is not in the archive"
    return EvidencePage(title, None, tuple(archive.evidence(theatre.id, story=story)))


def story_page(archive: ArchiveReader, theatre: Theatre, story: str) -> StoryPage | None:
    """One story with what was read in it and the others of its thread; None when it is not there."""
    found = archive.story(story)
    if found is None:
        return None
    fold = archive.fold_of(story)
    thread = tuple(archive.thread(fold.thread)) if fold else ()
    return StoryPage(found, tuple(archive.evidence(theatre.id, story=story)), thread)


def filtered_ids(archive: ArchiveReader, wanted: Filter) -> list[int]:
    """Rows of the wire with these words and this place, newest first; all of them for an empty filter.

    An inverted filter is turned round by the view, which knows all rows.
    """
    return list(archive.lead_ids(place=wanted.place, text=as_typed(wanted.text)))


def as_typed(words: str) -> str:
    """Words for the archive's search, the last one still being typed: its beginning is enough."""
    return f"{words}*" if words[-1:].isalnum() else words
