"""The archive: what the wire brought, what was read in it, and what people decided about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from sqlalchemy import DateTime, func, select

from feeds.archive import feeds, journal, judgement, lease, ledger, listing, pace, standings, stories
from feeds.archive.alertlog import AlertLog
from feeds.archive.batch import Batch
from feeds.archive.connections import Connections, Turn
from feeds.archive.intake import write_stories
from feeds.archive.opening import open_store
from feeds.archive.records import Beat, Lease, StoryRow
from feeds.archive.schema import stories as story_table
from feeds.archive.sieve import ALL, Sieve
from feeds.archive.watchlog import WatchLog, write_hits
from feeds.errors import ArchiveError
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import Drop, FeedState, Fold, Story

_NOW: Final = select(func.clock_timestamp(type_=DateTime(timezone=True)))

if TYPE_CHECKING:
    from feeds.archive.server.batches import Others
    from feeds.archive.server.feedturns import FeedTurns


@dataclass(frozen=True, slots=True)
class Written:
    """What one batch added."""

    new_stories: int
    last_seq: int
    """Position of the newest piece of evidence in the log."""


def open_archive(
    target: str | Path, *, read_only: bool = False, create: bool = True, wait: float = 10.0
) -> Archive:
    """Open the archive in a file or at a ``postgresql://`` address, making or migrating it when it may be written.

    ``wait`` is how many seconds to wait for another process that writes. Raises ArchiveError with one line.
    """
    return Archive(open_store(target, read_only=read_only, create=create, wait=wait))


class Archive:
    """One archive; may be used from several threads, and by several processes at once.

    Every method raises ArchiveError with one line that says what is wrong and what to do.
    """

    def __init__(self, store: Connections) -> None:
        self._store = store
        self._token = token_hex(8)
        self.watch = WatchLog(store)
        """What is watched for, and where it was found."""
        self.alerts = AlertLog(store)
        """What was said to whom."""

    @property
    def name(self) -> str:
        """Where it lies, for a person to read: a path, or an address without its password."""
        return self._store.name

    @property
    def path(self) -> Path:
        """The file it lies in; ArchiveError when a server keeps it."""
        if self._store.shared:
            raise ArchiveError(f"{self.name} lies on a server and in no file")
        return Path(self._store.name)

    @property
    def store(self) -> Connections:
        """The connections behind it, for the upkeep."""
        return self._store

    @property
    def shared(self) -> bool:
        """Whether several collectors may work on it at once."""
        return self._store.shared

    @property
    def read_only(self) -> bool:
        """True when nothing can be written through this object."""
        return self._store.read_only

    def close(self) -> None:
        """Let go of it."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def alone(self, when_next: Callable[[], None] | None = None) -> AbstractContextManager[None]:
        """Has the intake for itself; all that this thread reads and writes meanwhile is one transaction.

        Others may have it: ``when_next`` is called when the next turn is this one's, and works beside whoever has it.
        On SQLite the collector's lease does the same, and this does nothing.
        """
        return self._store.alone(when_next)

    def snapshot(self) -> AbstractContextManager[None]:
        """Lets this thread read the archive as it is at one moment, whatever others write meanwhile."""
        return self._store.snapshot()

    def others_after(self, position: int) -> Others:
        """What other programs took in after a position of the log of writes; only where they may."""
        from feeds.archive.server import batches

        with self._store.reading() as connection:
            return batches.others(connection, self._token, position)

    def feed_turns(self, holder: str) -> FeedTurns:
        """The feeds that collectors share, as one of them has them; ArchiveError where one collector has them all."""
        from feeds.archive.server.feedturns import FeedTurns
        from feeds.archive.server.store import ServerStore

        if not isinstance(self._store, ServerStore):
            raise ArchiveError(f"{self.name} is a file; one collector follows all its feeds")
        return FeedTurns(self._store, holder)

    def stamp(self) -> int:
        """A number that moves when anything was committed, by this or any other process; costs microseconds."""
        return self._store.stamp()

    def write(self, batch: Batch) -> Written:
        """Add all of a batch, durably, or nothing of it.

        A story that is there already is not written twice; when its text changed, the old one is kept as a
        version. Evidence, standings and changes may refer to each other by positions given in the batch.
        """
        with self._store.writing() as connection:
            new = write_stories(connection, batch)
            before = {story.id for story in batch.stories} - new
            before |= {piece.story for piece in batch.evidence} - new
            seqs = judgement.write_evidence(connection, batch.evidence, before)
            judgement.write_counts(connection, batch.counts, before)
            standings.write_standings(connection, batch.standings, seqs)
            standings.write_changes(connection, batch.changes, seqs)
            write_hits(connection, batch.hits, new)
            ledger.write_drops(connection, batch.drops)
            feeds.write_feeds(connection, batch.feeds)
            if self.shared:
                from feeds.archive.server import batches

                touched = dict.fromkeys(
                    [story.id for story in batch.stories] + [fold.story for fold in batch.folds]
                )
                batches.note(connection, self._token, touched, batch.heeded)
            return Written(new_stories=len(new), last_seq=judgement.last_seq(connection))

    def known_stories(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids that are in the archive."""
        with self._store.reading() as connection:
            return stories.known_stories(connection, ids)

    def feed_states(self, urls: Collection[str] | None = None) -> dict[str, FeedState]:
        """What is known of every feed ever fetched, or of some, by its address."""
        with self._store.reading() as connection:
            return feeds.read_feeds(connection, urls)

    def save_feed_state(self, state: FeedState) -> None:
        """Keep what is known of one feed."""
        with self._store.writing(Turn.FREELY) as connection:
            feeds.write_feeds(connection, [state])

    def take_lease(self, name: str, holder: str, seconds: float, now: datetime) -> bool:
        """Take or prolong a lease; False while another holds it."""
        with self._store.writing(Turn.FREELY) as connection:
            return lease.take(connection, name, holder, seconds, now)

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back; nothing happens when another holds it."""
        with self._store.writing(Turn.FREELY) as connection:
            lease.release(connection, name, holder)

    @property
    def is_whole(self) -> bool:
        """Always: see :class:`feeds.archive.LateArchive` for one that is opened piece by piece."""
        return True

    def leases(self, name: str) -> list[Lease]:
        """The leases ``NAME/HOLDER`` of all who have one, run out or not."""
        with self._store.reading() as connection:
            return lease.read_leases(connection, name)

    def forget_leases(self, name: str, before: datetime) -> None:
        """Forget leases ``NAME/HOLDER`` that ran out before a moment."""
        with self._store.writing(Turn.FREELY) as connection:
            lease.forget(connection, name, before)

    def now(self) -> datetime:
        """The server's own time, by which leases go where several machines share an archive; else this machine's."""
        if not self.shared:
            return datetime.now(UTC)
        with self._store.reading() as connection:
            return connection.execute(_NOW).scalar_one().astimezone(UTC)

    def lease(self, name: str) -> Lease | None:
        """Who has a lease and until when, run out or not."""
        with self._store.reading() as connection:
            return lease.read_lease(connection, name)

    def beat(self, beat: Beat) -> None:
        """Keep a collector's sign of life."""
        with self._store.writing(Turn.FREELY) as connection:
            lease.write_beat(connection, beat)

    def last_beat(self) -> Beat | None:
        """The newest sign of life of any collector."""
        with self._store.reading() as connection:
            return lease.read_beat(connection)

    def lead_ids(
        self,
        limit: int | None = None,
        *,
        place: str = "",
        text: str = "",
        before: datetime | None = None,
        below: int = 0,
        sieve: Sieve = ALL,
    ) -> list[int]:
        """Row numbers of threads' leads, newest received first.

        ``sieve`` says what their stories must be like; ``place`` is short for one that lets a single place through.
        ``text`` is a search: words, ``"phrases"``, ``-without``, ``begin*``. ``before`` is a moment; to page,
        give the last row number seen as ``below`` (many stories share one moment).
        """
        with self._store.reading() as connection:
            return listing.lead_ids(
                connection, limit, place=place, words=text, before=before, below=below, sieve=sieve
            )

    def rows(self, ids: Sequence[int]) -> list[StoryRow]:
        """A line for each row number, in the order given."""
        with self._store.reading() as connection:
            return listing.story_rows(connection, ids)

    def told_until(self, leads: Sequence[int], moment: datetime) -> dict[int, tuple[int, int]]:
        """By how many (outlets, origins) the threads of these leads had been told at a moment."""
        with self._store.reading() as connection:
            return listing.told_until(connection, leads, moment)

    def story(self, id: str) -> Story | None:  # noqa: A002
        """A story by its id, with its newest text."""
        return next((story for story, _ in self._find(story_table.c.id == id)), None)

    def story_by_url(self, url: str) -> list[Story]:
        """Stories at an address, oldest first."""
        with self._store.reading() as connection:
            return stories.stories_by_url(connection, url)

    def versions(self, id: str) -> list[Story]:  # noqa: A002
        """Every text a story has had, oldest first, each with the moment it was received."""
        with self._store.reading() as connection:
            return list(stories.versions_of(connection, id))

    def edited(self) -> set[str]:
        """Ids of the stories that have had more than one text (see :meth:`versions`)."""
        with self._store.reading() as connection:
            return stories.edited_stories(connection)

    def fold_of(self, id: str) -> Fold | None:  # noqa: A002
        """Where a story was folded."""
        return next((fold for _, fold in self._find(story_table.c.id == id)), None)

    def thread(self, thread_id: str) -> list[tuple[Story, Fold]]:
        """The stories of a thread, oldest first."""
        with self._store.reading() as connection:
            return stories.thread_of(connection, thread_id)

    def recent_stories(self, since: datetime) -> Iterator[tuple[Story, Fold]]:
        """Stories received at or after a moment, oldest first, a thousand in memory at a time."""
        row = 0
        while True:
            with self._store.reading() as connection:
                some = stories.stories_after(connection, since, row)
            if not some:
                return
            for _, story, fold in some:
                yield story, fold
            row = some[-1][0]

    def stories_above(self, row: int, since: datetime) -> list[tuple[int, Story]]:
        """Some stories above a row and received at or after a moment, oldest first, with their rows; empty at the end."""
        with self._store.reading() as connection:
            return [(number, story) for number, story, _ in stories.stories_after(connection, since, row)]

    def received_of_newest(self, number: int) -> datetime | None:
        """When the story was received that so many are at least as new as; None when there are fewer."""
        with self._store.reading() as connection:
            return stories.received_of_newest(connection, number)

    def told_by(self, outlet: str, since: datetime, before: datetime) -> list[str]:
        """Ids of an outlet's stories received at or after a moment and before another."""
        with self._store.reading() as connection:
            return stories.told_by(connection, outlet, since, before)

    def told(self, ids: Sequence[str]) -> list[tuple[Story, Fold, tuple[str, ...] | None]]:
        """Stories in the order of their ids, with where they were folded and the places they name (None: not kept)."""
        with self._store.reading() as connection:
            return stories.told(connection, ids)

    def recent_places(self, since: datetime) -> dict[str, tuple[str, ...]]:
        """The places that stories received at or after a moment name, by story; without those where it was not kept."""
        with self._store.reading() as connection:
            return stories.places_after(connection, since)

    def stories_by_hour(
        self, since: datetime | None = None, before: datetime | None = None
    ) -> dict[datetime, int]:
        """Stories received in each hour (UTC) that had any, by its beginning."""
        with self._store.reading() as connection:
            return pace.stories_by_hour(connection, since, before)

    def drops(self, url: str = "", feed: str = "", limit: int | None = None) -> list[Drop]:
        """Lines of the ledger, newest first."""
        with self._store.reading() as connection:
            return ledger.read_drops(connection, url=url, feed=feed, limit=limit)

    def count_drops(self, after: int = 0) -> tuple[int, dict[str, int]]:
        """By stage, how many lines the ledger has behind a position; and the position of its end."""
        with self._store.reading() as connection:
            return ledger.count_drops(connection, after)

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> list[Evidence]:
        """Evidence in the order of the log."""
        with self._store.reading() as connection:
            return judgement.read_evidence(
                connection, theatre=theatre, place=place, story=story, after_seq=after_seq, limit=limit
            )

    def counts(self, theatre: str, stories: Collection[str] | None = None) -> list[Count]:
        """What was said, in all stories or in some, of how many capitals fell, in the order of the log."""
        with self._store.reading() as connection:
            return judgement.read_counts(connection, theatre, stories)

    def standings(self, theatre: str, as_of: datetime | None = None) -> list[Standing]:
        """The board by place, as it stands or as it stood at a moment."""
        with self._store.reading() as connection:
            return standings.read_standings(connection, theatre, as_of)

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> list[Change]:
        """Steps of standings, oldest first; with a limit, the newest ones."""
        with self._store.reading() as connection:
            return standings.read_changes(connection, theatre, place=place, since=since, limit=limit)

    def act(self, action: Action) -> Action:
        """Add an operator's action to the journal; the action with its position."""
        with self._store.writing(Turn.JOURNAL) as connection:
            return journal.write_actions(connection, [action])[0]

    def act_all(self, actions: Sequence[Action]) -> list[Action]:
        """Add what one key did to many stories, all of it or nothing; the actions with their positions."""
        with self._store.writing(Turn.JOURNAL) as connection:
            return journal.write_actions(connection, actions)

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> list[Action]:
        """Actions in the order of the journal."""
        with self._store.reading() as connection:
            return journal.read_actions(connection, theatre=theatre, story=story, after_seq=after_seq)

    def _find(self, condition: stories.Condition) -> list[tuple[Story, Fold]]:
        with self._store.reading() as connection:
            return stories.find_stories(connection, condition)
