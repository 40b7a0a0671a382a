"""Stories in, everything they add to the archive out: read, folded, weighed. No net, no archive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol

from feeds.archive.batch import Batch
from feeds.dedupe import Folder
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import About, Drop, Fold, Story
from feeds.theatres.model import Theatre

_LEAD: Final = 320
"""Characters of a text, headline included, in which it says what it is about; the rest is background."""
_FADED: Final = 0.01
"""Strength that a standing may lose before it is written again: an operator sees no less."""


class Read(Protocol):
    """What the tracker read in one story."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Sentences that say who holds what."""

    @property
    def counts(self) -> tuple[Count, ...]:
        """Numbers of capitals said to have fallen."""

    @property
    def about(self) -> About:
        """What decides which thread it may share."""


class StoryReader(Protocol):
    """Reads stories for one theatre."""

    def read(self, story: Story) -> Read:
        """Everything that one story says of the theatre."""


class Weigher(Protocol):
    """Weighs the evidence of one theatre."""

    def add(self, evidence: Sequence[Evidence]) -> Sequence[Change]:
        """Takes evidence in; the standings that it moved."""

    def tick(self, now: datetime) -> Sequence[Change]:
        """Lets time pass; the standings that moved by it."""

    def apply(self, action: Action) -> Sequence[Change]:
        """Heeds an operator's action: an override, its lifting, a muted rule."""

    def standings(self) -> Sequence[Standing]:
        """The board."""


@dataclass(frozen=True, slots=True)
class Room:
    """One theatre at work: who reads for it and who weighs."""

    theatre: Theatre
    reader: StoryReader
    board: Weigher


@dataclass(frozen=True, slots=True)
class _Unread:
    """What is read in a story that the reader fell over."""

    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of a story taken before, so that an edited one is told from one fed again."""

    text: int
    said: frozenset[tuple[str, str, str, str, str]]


class Pipeline:
    """The way of every story from the wire to the board.

    Keeps the window of dedupe and the boards in memory; :meth:`restore` fills them after a restart. The same stories
    taken again add nothing.
    """

    def __init__(
        self, rooms: Sequence[Room], *, folder: Folder | None = None, last_seq: int = 0, heeded: int = 0
    ) -> None:
        """``last_seq`` is the position of the newest evidence in the log, ``heeded`` that of the newest action applied."""
        self.heeded = heeded
        self._rooms = tuple(rooms)
        self._folder = folder or Folder()
        self._seq = last_seq
        self._seen: dict[str, _Seen] = {}
        self._written: dict[tuple[str, str], Standing] = {}

    def knows(self, story_id: str) -> bool:
        """Whether the story is in memory."""
        return story_id in self._seen

    def take(self, stories: Iterable[Story], now: datetime) -> Batch:
        """Reads, folds and weighs what is new or changed among the stories; everything that it adds.

        ``batch.stories`` has a story whose text changed as well as new ones.
        """
        batch = Batch()
        for story in sorted(stories, key=lambda story: (story.received, story.told, story.id)):
            before = self._seen.get(story.id)
            if before is None or before.text != hash((story.flag, story.text)):
                self._take_one(story, before, batch)
        self._weigh(batch, now)
        self._prune()
        return batch

    def tick(self, now: datetime) -> Batch:
        """Lets time pass: what fades, goes quiet or goes stale."""
        batch = Batch()
        self._weigh(batch, now)
        return batch

    def act(self, actions: Iterable[Action], now: datetime) -> Batch:
        """Heeds what operators decided: overrides, liftings, muted rules."""
        batch = Batch()
        for action in actions:
            self.heeded = max(self.heeded, action.seq)
            for room in self._rooms:
                if action.theatre in ("", room.theatre.id):
                    batch.changes += room.board.apply(action)
        self._weigh(batch, now)
        return batch

    def restore(self, told: Iterable[tuple[Story, Fold]], standings: Iterable[Standing] = ()) -> None:
        """Takes in the stories of the window and the standings that the archive has, oldest first.

        The boards are restored by who made them.
        """
        for story, fold in told:
            reads = self._read(story, [])
            self._folder.remember([(story, _main(story, reads), fold)])
            self._remember(
                story, () if _withdrawn(story) else [one for read in reads for one in read.evidence]
            )
        self._written = {(one.theatre, one.place): one for one in standings}

    def _take_one(self, story: Story, before: _Seen | None, batch: Batch) -> None:
        reads = self._read(story, batch.drops)
        fold = self._folder.fold(story, _main(story, reads))
        batch.stories.append(story)
        batch.folds.append(fold)
        places = tuple(dict.fromkeys(place for read in reads for place in read.about.places))
        if places:
            batch.places[story.id] = places
        if _withdrawn(story):
            reason = "withdrawn by its outlet: kept, but not read for claims"
            batch.drops.append(Drop(story.received, story.feed, story.url, "read", reason))
            self._remember(story, (), before)
            return
        for room, read in zip(self._rooms, reads, strict=True):
            new = [piece for piece in read.evidence if before is None or _said(piece) not in before.said]
            evidence = [self._signed(piece, story, fold, room.theatre) for piece in new]
            batch.evidence += evidence
            batch.counts += (_told(count, story, room.theatre) for count in read.counts)
            if evidence:
                batch.changes += room.board.add(evidence)
        self._remember(story, [piece for read in reads for piece in read.evidence], before)

    def _read(self, story: Story, drops: list[Drop]) -> list[Read]:
        """What each theatre's reader finds in a story."""
        reads: list[Read] = []
        for room in self._rooms:
            try:
                reads.append(room.reader.read(story))
            except Exception as error:  # noqa: BLE001 - the boundary: one story, however odd, stops no other
                reads.append(_Unread())
                reason = f"kept, but could not be read for {room.theatre.id}: {type(error).__name__}: {error}"
                drops.append(Drop(story.received, story.feed, story.url, "read", reason[:300]))
        return reads

    def _signed(self, piece: Evidence, story: Story, fold: Fold, theatre: Theatre) -> Evidence:
        """Evidence with who told it, when, and its place in the log."""
        self._seq += 1
        return replace(
            piece,
            theatre=theatre.id,
            outlet=story.outlet,
            reliability=story.reliability,
            origin=fold.origin,
            thread=fold.thread,
            told=story.told,
            seq=self._seq,
        )

    def _weigh(self, batch: Batch, now: datetime) -> None:
        # Boards decay at full hours; a clock that runs ahead of what the next feed brings would date its news wrong.
        hour = now.replace(minute=0, second=0, microsecond=0)
        for room in self._rooms:
            batch.changes += room.board.tick(hour)
            for standing in room.board.standings():
                key = (standing.theatre, standing.place)
                if _differs(self._written.get(key), standing):
                    self._written[key] = standing
                    batch.standings.append(standing)

    def _remember(self, story: Story, evidence: Iterable[Evidence], before: _Seen | None = None) -> None:
        said = frozenset(map(_said, evidence)) | (before.said if before else frozenset())
        self._seen[story.id] = _Seen(hash((story.flag, story.text)), said)

    def _prune(self) -> None:
        """Forgets the texts of stories that left the window."""
        if len(self._seen) > 2 * len(self._folder) + 1000:
            self._seen = {
                id_: seen for id_, seen in self._seen.items() if self._folder.fold_of(id_) is not None
            }


def _withdrawn(story: Story) -> bool:
    return story.flag == "WITHDRAWN"


def _main(story: Story, reads: Sequence[Read]) -> About:
    """What the headline says, or else the lead, or else the whole: a story's block is not made by its background."""
    about = About(
        tuple(dict.fromkeys(place for read in reads for place in read.about.places)),
        tuple(dict.fromkeys(claim for read in reads for claim in read.about.claims)),
        tuple(dict.fromkeys(number for read in reads for number in read.about.numbers)),
    )
    for end in (len(story.title), _LEAD):
        said = {(piece.place, piece.label) for read in reads for piece in read.evidence if piece.start < end}
        claims = tuple(claim for claim in about.claims if claim[:2] in said)
        if claims:
            return replace(about, claims=claims, numbers=_numbers(about, reads, end))
    return replace(about, numbers=_numbers(about, reads, _LEAD))


def _numbers(about: About, reads: Sequence[Read], end: int) -> tuple[int, ...]:
    said = {count.number for read in reads for count in read.counts if count.start < end}
    return tuple(number for number in about.numbers if number in said)


def _said(piece: Evidence) -> tuple[str, str, str, str, str]:
    return piece.place, piece.label, piece.side, piece.modality, piece.sentence


def _told(count: Count, story: Story, theatre: Theatre) -> Count:
    return replace(count, theatre=theatre.id, told=story.told, outlet=story.outlet)


def _differs(written: Standing | None, now: Standing) -> bool:
    """Whether an operator could tell the two apart."""
    if written is None or abs(written.strength - now.strength) >= _FADED:
        return True
    return replace(written, strength=now.strength, scores=now.scores, at=now.at) != now
