"""Closing a shift: the handover as a note in the archive's journal."""

from __future__ import annotations

from typing import Final

from feeds.evidence import Action
from feeds.theatres.model import Theatre
from tui.cells import line
from tui.reading import ArchiveReader
from tui.shift.records import Handover
from tui.shift.wording import sections, span, text_of

KIND: Final = "shift"
"""Kind of the action that closes a shift."""


def note_of(found: Handover, theatre: Theatre, words: str = "") -> str:
    """The note as it is kept: the span, the closing operator's own words, and all that is handed over."""
    head = f"{theatre.title}, {span(found.difference, found.difference.until)}"
    own = f"\n\n{line(words)}" if words.strip() else ""
    return f"{head}{own}\n\n{text_of(sections(found, theatre))}"


def close_shift(
    archive: ArchiveReader, theatre: Theatre, found: Handover, who: str, words: str = ""
) -> Action:
    """Write the note into the journal, as of the end of the handover's span; it can be undone like any action."""
    return archive.act(
        Action(
            KIND,
            who,
            found.difference.until,
            theatre=theatre.id,
            value=note_of(found, theatre, words),
            reason=line(words),
        )
    )
