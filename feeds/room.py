"""Who is at work for one theatre: one reads its stories, one weighs what was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import About, Story
from feeds.theatres.model import Theatre


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


class ReadingRoom(Protocol):
    """As much of a room as reading needs."""

    @property
    def theatre(self) -> Theatre:
        """The theatre that is read for."""

    @property
    def reader(self) -> StoryReader:
        """Who reads for it."""


class Weigher(Protocol):
    """Weighs the evidence of one theatre."""

    def add(self, evidence: Sequence[Evidence]) -> Sequence[Change]:
        """Takes evidence in; the standings that it moved."""

    def tick(self, now: datetime) -> Sequence[Change]:
        """Lets time pass; the standings that moved by it."""

    def apply(self, action: Action) -> Sequence[Change]:
        """Heeds an operator's action: an override, its lifting, a muted rule."""

    def restore(
        self, evidence: Iterable[Evidence], actions: Iterable[Action] = (), until: datetime | None = None
    ) -> Sequence[Change]:
        """Replays what was weighed elsewhere, in the order of the log, up to a moment."""

    def standings(self) -> Sequence[Standing]:
        """The board."""

    def time_of(self, place: str, moment: datetime) -> datetime:
        """A place's time when it hears of something told at a moment: it never goes back."""


@dataclass(frozen=True, slots=True)
class Room:
    """One theatre at work: who reads for it and who weighs."""

    theatre: Theatre
    reader: StoryReader
    board: Weigher


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was weighed elsewhere for one theatre since one looked last."""

    theatre: str
    evidence: Sequence[Evidence]
    actions: Sequence[Action]
    """As the board takes them."""
    until: datetime | None
    """The last moment on record."""
    standings: Sequence[Standing]
    """The board as it is archived."""
