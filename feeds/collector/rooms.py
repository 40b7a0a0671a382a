"""A pipeline with the rooms of real theatres, brought back to where the archive says it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from feeds.archive import Archive
from feeds.collector.decisions import DONE, effective
from feeds.collector.regrouping import held
from feeds.collector.remembering import folder_of, in_memory_since
from feeds.dedupe import CAPACITY
from feeds.evidence import Action, Count, Evidence, Standing
from feeds.pipeline import Pipeline
from feeds.recall import Recall
from feeds.room import Room
from feeds.standing import Board
from feeds.story import Story
from feeds.theatres.model import Theatre

if TYPE_CHECKING:
    from feeds.tracker import Reader, Reading


class LateReader:
    """A reader whose vocabulary is built with the first story: a round that brings nothing new needs none."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre: Final = theatre
        self._reader: Reader | None = None

    def read(self, story: Story) -> Reading:
        """Everything that one story says of the theatre."""
        if self._reader is None:
            from feeds.tracker import Reader

            self._reader = Reader(self.theatre)
        return self._reader.read(story)


def open_pipeline(
    archive: Archive, theatres: Sequence[Theatre], now: datetime, *, capacity: int = CAPACITY
) -> Pipeline:
    """The pipeline as it was when the archive was last written: the window of dedupe, and each theatre's board.

    ``capacity`` is how many stories are in memory at most.
    """
    rooms: list[Room] = []
    written: list[Standing] = []
    said: list[Evidence] = []
    counts: list[Count] = []
    journal: list[Action] = []
    last, heeded = 0, 0
    for theatre in theatres:
        evidence = archive.evidence(theatre.id)
        standings = archive.standings(theatre.id)
        board = Board(theatre)
        # Every step up to the last moment on record is in the archive; later ones are steps of the time since.
        moments = [heard for piece in evidence if (heard := piece.heard or piece.told)] + [
            one.at for one in standings if one.at
        ]
        actions = archive.actions(theatre.id)
        journal += actions
        if moments:
            # Of a shared archive it is on record what was heeded; what was not is left to whoever writes the step.
            known = archive.others_after(0).heeded if archive.shared else 0
            decided = [
                one
                for one in effective(actions)
                if one.at <= max(moments) and (not known or one.seq <= known or one.kind in DONE)
            ]
            board.restore(evidence, decided, until=max(moments))
            heeded = known or max([heeded, *(one.seq for one in decided)])
        rooms.append(Room(theatre, LateReader(theatre), board))
        said += evidence
        counts += archive.counts(theatre.id)
        written += standings
        last = max(last, evidence[-1].seq if evidence else 0)
    folder = folder_of(archive, rooms, capacity)
    folder.hold(held(journal))
    pipeline = Pipeline(rooms, folder=folder, last_seq=last, heeded=heeded)
    since = in_memory_since(archive, folder) or now
    pipeline.restore(
        archive.recent_stories(since),
        written,
        lambda: Recall(said, counts, archive.recent_places(since)),
        (one.story for one in journal if one.kind == "retract" and not one.place),
    )
    return pipeline
