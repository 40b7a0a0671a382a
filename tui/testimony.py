"""The sentence that a row of the board is told with."""

from __future__ import annotations

from typing import Final

from feeds.evidence import Evidence, Standing
from tui.reading import ArchiveReader

LOOKED_AT: Final = 4
"""Testimony of a row looked at for a sentence that is about its city, not a line of a list."""


def strongest(archive: ArchiveReader, standing: Standing) -> Evidence | None:
    """The strongest testimony that counts now; a line of a list only where nothing better is said."""
    found: list[Evidence] = []
    for seq in standing.evidence[:LOOKED_AT]:
        found += archive.evidence(standing.theatre, place=standing.place, after_seq=seq - 1, limit=1)
        if found and found[-1].rule != "heading":
            return found[-1]
    return found[0] if found else None
