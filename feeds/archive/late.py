"""An archive that shows its first page at once, and is opened whole when more of it is wanted."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from feeds.archive.plain import PlainReader
from feeds.archive.records import Beat, Lease, StoryRow
from feeds.archive.sieve import ALL, Sieve
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import FeedState, Fold, Story

if TYPE_CHECKING:
    from feeds.archive.archive import Archive
    from feeds.archive.watchlog import WatchLog


def open_late(target: str, *, read_only: bool = False) -> LateArchive | Archive:
    """The archive, opened late where it is there and of this version; ArchiveError in one line where it is none.

    What is new, old or broken is opened whole at once: it is made, migrated or complained of before anything is shown.
    """
    plain = None if "://" in target else PlainReader.of(Path(target).expanduser())
    if plain is None:
        from feeds.archive.archive import open_archive

        return open_archive(target, read_only=read_only)
    return LateArchive(plain, target, read_only=read_only)


A_PAGE: Final = 1_000
"""Row numbers that are read plainly even then."""
A_BLOCK: Final = 128
"""Lines of the wire that are read plainly even then."""


class LateArchive:
    """What the viewer asks of an archive: plainly read until something else is asked than a first page.

    The archive proper is opened by whoever asks first for what only it can tell, in that thread. What the viewer asks
    at every look is read plainly even then, at a third of the cost: those questions are short, so that nobody waits
    long for the one plain connection.
    """

    def __init__(self, plain: PlainReader, target: str, *, read_only: bool) -> None:
        self._plain, self._target, self._read_only = plain, target, read_only
        self._whole: Archive | None = None
        self._opening = threading.Lock()

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._plain.path

    @property
    def name(self) -> str:
        """Where it lies, for a person to read."""
        return str(self._plain.path)

    @property
    def is_whole(self) -> bool:
        """Whether the archive proper was opened."""
        return self._whole is not None

    @property
    def whole(self) -> Archive:
        """The archive proper, opened when it was not yet."""
        with self._opening:
            if self._whole is None:
                from feeds.archive.archive import open_archive

                self._whole = open_archive(self._target, read_only=self._read_only)
            return self._whole

    @property
    def watch(self) -> WatchLog:
        """What is watched for, and where it was found."""
        return self.whole.watch

    def close(self) -> None:
        """Let go of it."""
        with self._opening:
            if self._whole is not None:
                self._whole.close()
            self._plain.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _first(self) -> Archive | PlainReader:
        """For long answers: the archive proper once it is open, until then what reads plainly."""
        return self._whole or self._plain

    def stamp(self) -> int:
        """A number that moves when anything was committed, and when the archive was opened whole."""
        # Each connection counts by itself: the plain one's numbers are told apart by their sign.
        return self._whole.stamp() if self._whole is not None else -self._plain.stamp()

    def snapshot(self) -> AbstractContextManager[None]:
        """Nothing: only a server reads the archive as it is at one moment."""
        return nullcontext()

    def standings(self, theatre: str, as_of: datetime | None = None) -> list[Standing]:
        """The board by place, as it stands or as it stood at a moment."""
        return self._plain.standings(theatre, as_of)

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> list[Change]:
        """Steps of standings, oldest first; with a limit, the newest ones."""
        asked = self._plain if since is not None else self._first
        return asked.changes(theatre, place, since, limit)

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> list[Evidence]:
        """Evidence in the order of the log."""
        asked = self._plain if limit is not None else self._first
        return asked.evidence(theatre, place, story, after_seq, limit)

    def counts(self, theatre: str) -> list[Count]:
        """What was said of how many capitals fell, in the order of the log."""
        return self._plain.counts(theatre)

    def feed_states(self) -> dict[str, FeedState]:
        """What is known of every feed ever fetched, by its address."""
        return self._plain.feed_states()

    def last_beat(self) -> Beat | None:
        """The newest sign of life of any collector."""
        return self._plain.last_beat()

    def lease(self, name: str) -> Lease | None:
        """Who has a lease and until when, run out or not."""
        return self._plain.lease(name)

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> list[Action]:
        """Actions in the order of the journal."""
        return self._plain.actions(theatre, story, after_seq)

    def rows(self, ids: Sequence[int]) -> list[StoryRow]:
        """A line for each row number, in the order given."""
        asked = self._plain if len(ids) <= A_BLOCK else self._first
        return asked.rows(ids)

    def told_until(self, leads: Sequence[int], moment: datetime) -> dict[int, tuple[int, int]]:
        """By how many (outlets, origins) the threads of these leads had been told at a moment."""
        return self._plain.told_until(leads, moment)

    def lead_ids(
        self,
        limit: int | None = None,
        *,
        place: str = "",
        text: str = "",
        before: datetime | None = None,
        sieve: Sieve = ALL,
    ) -> list[int]:
        """Row numbers of threads' leads, newest received first."""
        plainly = limit is not None and (self._whole is None or limit <= A_PAGE)
        if plainly and limit is not None and not place and not text.strip() and sieve.empty:
            return self._plain.newest(limit, before)
        return self.whole.lead_ids(limit, place=place, text=text, before=before, sieve=sieve)

    # What only the archive proper can tell.

    def story(self, id: str) -> Story | None:  # noqa: A002 - the archive's own word
        """A story by its id, with its newest text."""
        return self.whole.story(id)

    def versions(self, id: str) -> list[Story]:  # noqa: A002
        """Every text a story has had, oldest first."""
        return self.whole.versions(id)

    def fold_of(self, id: str) -> Fold | None:  # noqa: A002
        """Where a story was folded."""
        return self.whole.fold_of(id)

    def thread(self, thread_id: str) -> list[tuple[Story, Fold]]:
        """The stories of a thread, oldest first."""
        return self.whole.thread(thread_id)

    def stories_by_hour(
        self, since: datetime | None = None, before: datetime | None = None
    ) -> Mapping[datetime, int]:
        """Stories received in each hour that had any, by its beginning."""
        return self.whole.stories_by_hour(since, before)

    def act(self, action: Action) -> Action:
        """Add an operator's action to the journal."""
        return self.whole.act(action)

    def act_all(self, actions: Sequence[Action]) -> list[Action]:
        """Add what one key did to many stories, all of it or nothing."""
        return self.whole.act_all(actions)
