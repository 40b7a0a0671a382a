"""The tracker without net and archive: what commands that read from pipes are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from feeds.dedupe import Folder
from feeds.errors import WarwatchError
from feeds.evidence import Action, Change, Evidence, Standing
from feeds.pipeline import Pipeline
from feeds.report.sheet import Sheet, sheet_of
from feeds.room import Room
from feeds.story import Fold, Story
from feeds.theatres.model import Theatre
from feeds.tracker import Reader

_COMPARED: Final = 150_000
"""Stories of a pipe that are compared with each other at most: no archive knows those that leave memory."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """What one text made of a board, and what else was read in it."""

    sheet: Sheet
    evidence: tuple[Evidence, ...]
    """Every sentence that fired, in the order of the text."""


def read_story(theatre: Theatre, story: Story) -> ReadText:
    """The board that one story makes, weighed at the moment it was told."""
    from feeds.standing import Board

    board = Board(theatre)
    batch = Pipeline([Room(theatre, Reader(theatre), board)]).take([story], story.told)
    if batch.drops and not batch.evidence:  # it was not read: better no board than an empty one
        raise WarwatchError(f"the text was not read: {batch.drops[0].reason}")
    by_seq = {piece.seq: piece for piece in batch.evidence}
    standings = board.standings()
    counting = {
        standing.place: [by_seq[seq] for seq in standing.evidence if seq in by_seq] for standing in standings
    }
    dated = [_since_the_day(standing, counting[standing.place]) for standing in standings]
    sheet = sheet_of(theatre, story.told, dated, batch.counts, counting)
    return ReadText(sheet, tuple(sorted(batch.evidence, key=lambda piece: (piece.start, piece.seq))))


def _since_the_day(standing: Standing, counting: Sequence[Evidence]) -> Standing:
    """The standing since the day that its strongest dated sentence names: one text tells a whole week at once."""
    day = next((piece.event_day for piece in counting if piece.event_day), None)
    if day is None or standing.since is None or day >= standing.since.date():
        return standing
    return replace(standing, since=datetime(day.year, day.month, day.day, tzinfo=UTC))


class Threads:
    """Folds stories one by one as the collector does, without weighing what they say."""

    def __init__(self, theatre: Theatre) -> None:
        self._pipeline = Pipeline(
            [Room(theatre, Reader(theatre), _NoBoard())], folder=Folder(capacity=_COMPARED)
        )
        self._folds: dict[str, Fold] = {}

    def fold(self, story: Story) -> list[Fold]:
        """The folds that one story adds or changes, its own first; one seen before changes none."""
        folds = self._pipeline.take([story], story.received).folds
        self._folds.update((fold.story, fold) for fold in folds)
        return folds or [self.fold_of(story.id)]

    def fold_of(self, story: str) -> Fold:
        """Where a story is, after all that came since."""
        return self._folds.get(story) or Fold(story, story, None, story)


class _NoBoard:
    """Weighs nothing: threads do not depend on the board."""

    def add(self, evidence: Sequence[Evidence]) -> Sequence[Change]:  # noqa: ARG002 - keeps the weigher's shape
        return ()

    def tick(self, now: object) -> Sequence[Change]:  # noqa: ARG002
        return ()

    def restore(self, *_: object) -> Sequence[Change]:
        return ()

    def apply(self, action: Action) -> Sequence[Change]:  # noqa: ARG002
        return ()

    def standings(self) -> Sequence[Standing]:
        return ()

    def time_of(self, place: str, moment: datetime) -> datetime:  # noqa: ARG002
        return moment
