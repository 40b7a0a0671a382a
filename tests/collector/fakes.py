"""A theatre of three towns with a reader and a board of few words, so that the collector is tested on its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from feeds.archive import Archive
from feeds.evidence import HOLDS, Action, Change, Count, Evidence, Standing
from feeds.pipeline import Pipeline
from feeds.room import Room
from feeds.story import About, Story
from feeds.theatres.model import Place, Side, Theatre

THEATRE = Theatre(
    id="testland",
    title="Testland",
    countries=("TL",),
    sides=(Side("reds", "Reds", ("reds",)), Side("blues", "Blues", ("blues",))),
    places=tuple(
        Place(name.lower(), name, name, "capital", 1.0, 2.0, holder="blues") for name in ("Aster", "Bexley")
    ),
)
_FALL = re.compile(r"(Aster|Bexley) falls to the (reds|blues)")


@dataclass(frozen=True, slots=True)
class FakeReading:
    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


class FakeReader:
    """Reads ``Aster falls to the reds`` and nothing else."""

    def read(self, story: Story) -> FakeReading:
        if "poison" in story.title:
            raise RuntimeError("the reader fell over this one")
        found = list(_FALL.finditer(story.text))
        evidence = tuple(
            Evidence(
                story=story.id,
                place=hit[1].lower(),
                label=HOLDS,
                side=hit[2],
                change=True,
                sentence=hit[0],
                start=hit.start(),
                end=hit.end(),
                triggers=("falls",),
                rule="fake",
                agent=hit[2],
                speaker="",
                voice="reporter",
                modality="asserted",
                weight=0.75,
            )
            for hit in found
        )
        claims = tuple((piece.place, piece.label, piece.side, False) for piece in evidence)
        return FakeReading(evidence, (), About(tuple(piece.place for piece in evidence), claims))


class FakeBoard:
    """Believes whoever spoke last."""

    def __init__(self) -> None:
        self.rows = {
            place.id: Standing("testland", place.id, "held", "blues", 1.0, "F6", None, None, 0, 0)
            for place in THEATRE.places
        }
        self.acted: list[Action] = []

    def add(self, evidence: Sequence[Evidence]) -> list[Change]:
        return [change for piece in evidence for change in self._add(piece)]

    def _add(self, piece: Evidence) -> list[Change]:
        row = self.rows[piece.place]
        last = piece.told or datetime.now(UTC)
        state = "held" if piece.side == "blues" else "captured"
        now = replace(
            row,
            holder=piece.side,
            state=state,
            evidence=(*row.evidence, piece.seq),
            last_evidence=last,
            at=last,
        )
        self.rows[piece.place] = now
        if row.holder == piece.side:
            return []
        return [
            Change(
                "testland",
                piece.place,
                row.state,
                state,
                row.holder,
                piece.side,
                last,
                "D2",
                (),
                (piece.seq,),
                now,
            )
        ]

    def tick(self, now: datetime) -> list[Change]:
        return []

    def restore(
        self, evidence: Iterable[Evidence], actions: Iterable[Action] = (), until: datetime | None = None
    ) -> list[Change]:
        return self.add(list(evidence)) + [change for action in actions for change in self.apply(action)]

    def apply(self, action: Action) -> list[Change]:
        self.acted.append(action)
        return []

    def standings(self) -> list[Standing]:
        return list(self.rows.values())

    def time_of(self, place: str, moment: datetime) -> datetime:
        return moment


def fake_pipeline(archive: Archive | None = None) -> Pipeline:
    """A pipeline on the fake theatre, restored from an archive where one is given."""
    board = FakeBoard()
    rooms = [Room(THEATRE, FakeReader(), board)]
    if archive is None:
        return Pipeline(rooms)
    log = archive.evidence("testland")
    board.add(log)
    pipeline = Pipeline(rooms, last_seq=log[-1].seq if log else 0)
    pipeline.restore(archive.recent_stories(datetime(2000, 1, 1, tzinfo=UTC)), archive.standings("testland"))
    return pipeline
