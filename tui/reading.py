"""What the screen asks of the archive, and no more: a protocol that the archive and the tests' fake both keep."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from feeds.archive import ALL, Sieve
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import FeedState, Fold, Story
from feeds.theatres.model import Theatre
from feeds.watched import Hit


class StoryRow(Protocol):
    """A line of the wire, as the archive tells it."""

    @property
    def row(self) -> int:
        """Integer id of the line."""

    @property
    def id(self) -> str:
        """Id of the story."""

    @property
    def title(self) -> str: ...

    @property
    def outlet(self) -> str: ...

    @property
    def reliability(self) -> str: ...

    @property
    def flag(self) -> str:
        """Wire flag: ``URGENT``, ``UPDATE``, ``CORRECTED``, ``WITHDRAWN`` or empty."""

    @property
    def received(self) -> datetime: ...

    @property
    def told(self) -> datetime:
        """When it was told: as its outlet says, never after it was received."""

    @property
    def outlets(self) -> int:
        """Outlets that ran the event."""

    @property
    def origins(self) -> int:
        """Independent tellings among them."""

    @property
    def read(self) -> bool: ...

    @property
    def flagged(self) -> bool: ...

    @property
    def dismissed(self) -> bool: ...

    @property
    def escalated(self) -> bool: ...

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the places that the event is about."""

    @property
    def wire(self) -> str: ...


class Beat(Protocol):
    """The collector's last sign of life."""

    @property
    def holder(self) -> str: ...

    @property
    def at(self) -> datetime: ...

    @property
    def note(self) -> str: ...


class Lease(Protocol):
    """What one process has for itself until a moment."""

    @property
    def holder(self) -> str: ...


class Hits(Protocol):
    """How often a term hit in an hour."""

    @property
    def hits(self) -> int: ...


class Watched(Protocol):
    """Where watch terms were found; terms are named by their ids."""

    def hits_in(self, ids: Collection[str]) -> Mapping[str, Sequence[Hit]]:
        """For each of these stories the hits in its newest text; stories without any are left out."""

    def hours(self, term: str, since: datetime, until: datetime) -> Mapping[datetime, Hits]:
        """What was told in each hour (UTC) in which a term hit; ``until`` is left out."""

    def leads(self, terms: Collection[str]) -> set[int]:
        """Rows of the stories that lead a thread in which any of these terms was found."""

    def places(self, terms: Collection[str], theatre: str) -> set[str]:
        """The places of a theatre of which a story that holds any of these terms tells something."""


class ArchiveReader(Protocol):
    """The archive as the viewer sees it; safe to call from the screen's thread and one worker at a time."""

    @property
    def is_whole(self) -> bool:
        """Whether all of it can be asked; before the first frame a part of it answers, and sooner."""

    @property
    def watch(self) -> Watched:
        """What was found of the watch terms."""

    def stamp(self) -> int:
        """A number that moves when any process committed something."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Lets this thread read a server's archive as it is at one moment, and in fewer words."""

    def lead_ids(
        self,
        limit: int | None = None,
        *,
        place: str = "",
        text: str = "",
        before: datetime | None = None,
        sieve: Sieve = ALL,
    ) -> Sequence[int]:
        """Rows of the stories that lead their thread and pass a sieve, newest received first."""

    def rows(self, ids: Sequence[int]) -> Sequence[StoryRow]: ...

    def told_until(self, leads: Sequence[int], moment: datetime) -> Mapping[int, tuple[int, int]]:
        """By how many (outlets, origins) the threads of these leads had been told at a moment."""

    def story(self, id: str) -> Story | None: ...  # noqa: A002 - the archive's own word

    def versions(self, id: str) -> Sequence[Story]: ...  # noqa: A002

    def fold_of(self, id: str) -> Fold | None: ...  # noqa: A002

    def thread(self, thread_id: str) -> Sequence[tuple[Story, Fold]]: ...

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> Sequence[Evidence]:
        """Evidence in the order of the log."""

    def counts(self, theatre: str) -> Sequence[Count]: ...

    def standings(self, theatre: str, as_of: datetime | None = None) -> Sequence[Standing]: ...

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> Sequence[Change]: ...

    def stories_by_hour(
        self, since: datetime | None = None, before: datetime | None = None
    ) -> Mapping[datetime, int]:
        """Stories received in each hour that had any, by its beginning."""

    def feed_states(self) -> dict[str, FeedState]: ...

    def last_beat(self) -> Beat | None: ...

    def lease(self, name: str) -> Lease | None:
        """Who has a lease; None once it was given back."""

    def act(self, action: Action) -> Action: ...

    def act_all(self, actions: Sequence[Action]) -> Sequence[Action]:
        """Adds all of the actions to the journal, or none."""

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> Sequence[Action]:
        """Actions in the order of the journal."""


class Tally(Protocol):
    """The number of capitals that somebody reports taken, against those that the board names."""

    @property
    def reported(self) -> int | None:
        """None when nobody counted."""

    @property
    def of(self) -> int:
        """Capitals of the theatre."""

    @property
    def named(self) -> int:
        """Capitals that the board shows as taken."""

    @property
    def unnamed(self) -> int:
        """Captures reported that no row shows yet."""


class Reconcile(Protocol):
    """Holds the counts said in stories against the board."""

    def __call__(
        self, theatre: Theatre, counts: Sequence[Count], standings: Sequence[Standing], now: datetime, /
    ) -> Tally: ...
