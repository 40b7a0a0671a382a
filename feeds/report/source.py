"""What a report asks of the archive, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import Story


class Source(Protocol):
    """The archive as a report sees it."""

    def standings(self, theatre: str, as_of: datetime | None = None) -> Sequence[Standing]: ...

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Change]: ...

    def counts(self, theatre: str) -> Sequence[Count]: ...

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> Sequence[Evidence]:
        """Evidence in the order of the log."""

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> Sequence[Action]: ...

    def story(self, id: str) -> Story | None: ...  # noqa: A002 - the archive's own word


class Testimony:
    """Pieces of evidence by their position in the log, each read once."""

    def __init__(self, source: Source, theatre: str) -> None:
        self._source, self._theatre = source, theatre
        self._pieces: dict[int, Evidence | None] = {}

    def piece(self, place: str, seq: int) -> Evidence | None:
        """The piece at a position; None when it is not of that place."""
        if seq not in self._pieces:
            found = self._source.evidence(self._theatre, place=place, after_seq=seq - 1, limit=1)
            self._pieces[seq] = found[0] if found and found[0].seq == seq else None
        return self._pieces[seq]

    def pieces(self, place: str, seqs: Sequence[int]) -> list[Evidence]:
        """The pieces at these positions, in the order given."""
        return [piece for seq in seqs if (piece := self.piece(place, seq))]
