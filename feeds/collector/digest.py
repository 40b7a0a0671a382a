"""From visits to the archive: what is new goes through the pipeline and is written with the feeds' state, in one piece."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from typing import Final

from feeds.archive import Archive, Batch
from feeds.clock import Clock
from feeds.collector.catching import catch_up
from feeds.collector.decisions import effective
from feeds.collector.readers import Readers
from feeds.collector.regrouping import REFOLD, carry_out, folds_told, held, pending
from feeds.collector.remembering import bring_back
from feeds.collector.standstill import Standstill, never
from feeds.collector.summary import FeedResult
from feeds.collector.visit import Visit
from feeds.dedupe import WINDOW
from feeds.errors import ParseError
from feeds.evidence import Action
from feeds.moments import earlier
from feeds.pipeline import Pipeline
from feeds.story import Drop, FeedState, Story
from feeds.watch.watcher import Watcher
from feeds.wire.fetch import Answer
from feeds.wire.schedule import remember

_LEDGER_MEMORY: Final = 20_000
_LONG: Final = 1_500
"""Stories that take longer than somebody waits who ends a collector; fewer are written first."""


class GivenUp(Exception):
    """The collector is ended; nothing of what was taken in is archived."""


class Digester:
    """Joins pipeline and archive; used by one thread at a time.

    A feed's validators are written in the transaction that writes its stories: after a crash the feed is either asked
    again in full, or has nothing new to tell.
    """

    def __init__(
        self,
        archive: Archive,
        make_pipeline: Callable[[], Pipeline],
        clock: Clock,
        watcher: Watcher | None = None,
        readers: Readers | None = None,
        standstill: Standstill = never,
    ) -> None:
        """``make_pipeline`` gives a pipeline restored from the archive; asked again when a write failed.

        ``readers`` may have read ahead what comes; where ``standstill`` says that nothing is to be weighed,
        the pipeline is made with the first story.
        """
        self.done: Callable[[Sequence[FeedState]], None] | None = None
        """Hears of the feeds that are written, inside the transaction."""
        self._archive = archive
        self._watcher = watcher or Watcher(archive.watch)
        self._readers = readers or Readers()
        self._make_pipeline = make_pipeline
        self._pipeline: Pipeline | None = None
        self._clock = clock
        self._dropped: set[tuple[str, str, str]] = set()
        self._position = 0
        self._opened: Pipeline | None = None
        """The pipeline whose window was read."""
        self.states: dict[str, FeedState] = archive.feed_states()
        self._standstill = standstill
        self._weighed = max((one.last_fetch for one in self.states.values() if one.last_fetch), default=None)
        """When the boards were weighed last before this collector began."""
        self._still = False
        """Whether nothing was to be weighed when it began."""
        self.ended: Final = Event()
        """Set when nobody waits any more: what would take long is given up, and is fetched again another time."""

    def prepare(self) -> None:
        """Restores the pipeline now and not with the first story, unless it may do without any."""
        with self._sound():
            self._still = self._stands()
            if not self._still:
                self._restore_beside()

    def close(self) -> None:
        """Lets go of what is known of stories that left memory; it is there again when the next one comes."""
        if self._pipeline is not None:
            self._pipeline.close()

    def digest(self, visits: Sequence[Visit]) -> list[FeedResult]:
        """Takes in what the visits brought, in one transaction; how each feed did."""
        stories = [story for one in visits if one.parsed for story in one.parsed.stories]
        try:
            with self._sound():
                if self._archive.shared:
                    self._restore_beside(stories).read_ahead(stories)
                with self._archive.alone(self._when_next):
                    return self._digest(visits)
        finally:
            self._readers.forget(stories)

    def _digest(self, visits: Sequence[Visit]) -> list[FeedResult]:
        now = self._clock()
        stories = [story for one in visits if one.parsed for story in one.parsed.stories]
        if not stories and self._still and self._pipeline is None:
            return self._results(visits, self._write(lambda: self._batch(Batch(), visits, set(), now)), set())
        pipeline = self._restored()
        known = self._archive.known_stories(story.id for story in stories)
        # A story that left memory but is still in its feed is not taken for a new one.
        fresh = [story for story in stories if story.id not in known or pipeline.knows(story.id)]
        fresh += bring_back(self._archive, pipeline, stories, known, earlier(now, WINDOW))
        look = self._look if len(fresh) > _LONG else None
        batch = self._write(lambda: self._batch(pipeline.take(fresh, now, look), visits, known, now))
        return self._results(visits, batch, known)

    def _look(self) -> None:
        if self.ended.is_set():
            raise GivenUp

    def tick(self) -> int:
        """Heeds what operators decided since the last time and lets time pass; how many standings moved."""
        with self._sound(), self._archive.alone(self._when_next):
            return self._tick()

    def heed(self) -> None:
        """Heeds what operators decided since the last time, if they decided anything."""
        with self._sound(), self._archive.alone(self._when_next):
            if self._still and self._stands():
                return
            if self._pipeline is None or self._archive.actions(after_seq=self._restored().heeded):
                self._tick()

    def _tick(self) -> int:
        now = self._clock()
        pipeline = self._restored()
        journal = self._archive.actions() if self._archive.actions(after_seq=pipeline.heeded) else []
        moved, done = 0, [line for line in journal if line.kind == REFOLD]
        for decision in pending(journal):
            moved += self._regroup(pipeline, decision, done, now)
        if self._archive.shared and (moved_elsewhere := folds_told(self._archive, journal, pipeline.heeded)):
            pipeline.settle(moved_elsewhere, held(journal))
        actions = [action for action in effective(journal) if action.seq > pipeline.heeded]
        batch = self._write(lambda: pipeline.act(actions, now) if actions else pipeline.tick(now))
        pipeline.heeded = max([pipeline.heeded, *(action.seq for action in journal)])
        return moved + len(batch.changes)

    def _regroup(self, pipeline: Pipeline, decision: Action, done: list[Action], now: datetime) -> int:
        """Carries out a split or merge, or takes it back; how many standings that moved.

        ``done`` are the lines of the journal that say what was done so far; those of this decision are added.
        """
        batch = carry_out(self._archive, decision, done, now)
        if not batch.folds:
            return 0
        done += batch.actions
        hands = held(done)
        return len(self._write(lambda: pipeline.regroup(batch, hands)).changes)

    def _stands(self) -> bool:
        """Is no pipeline there, and none needed as long as nothing new is told?"""
        if self._pipeline is not None or self._archive.shared or self._weighed is None:
            return False
        return self._standstill(self._weighed, self._clock())

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Forgets what the pipeline remembers when it is not archived after all."""
        try:
            yield
        except BaseException:
            self._forget(self._pipeline)
            self._pipeline = None
            raise

    def _forget(self, pipeline: Pipeline | None) -> None:
        """Lets a pipeline go that will be made anew, with its files, which the next one has too."""
        if self._opened is pipeline:
            self._opened = None
        if pipeline is not None:
            pipeline.close()

    def _restore_beside(self, coming: Sequence[Story] = ()) -> Pipeline:
        """The pipeline, restored while others may write: what takes longest is done before anybody has to wait."""
        if self._pipeline is None or (coming and self._opened is not self._pipeline):
            with self._archive.snapshot():
                pipeline = self._restored()
                if coming:
                    pipeline.knows(coming[0].id)  # reads the window
                    self._opened = pipeline
        assert self._pipeline is not None
        return self._pipeline

    def _when_next(self) -> None:
        """Takes in what others wrote, but for what is just being written."""
        if self._pipeline is not None:
            with self._archive.snapshot():
                self._restored()

    def _restored(self) -> Pipeline:
        """The pipeline, with all that is in the archive."""
        if self._pipeline is not None and self._archive.shared:
            before = self._pipeline
            self._pipeline, self._position = catch_up(self._archive, before, self._position)
            if self._pipeline is None:
                self._forget(before)
        if self._pipeline is None:
            self._dropped.clear()
            self._pipeline = self._make_pipeline()
            self._pipeline.look_elsewhere(self._readers.of)
            self._readers.read_for(self._pipeline.readers)
            if self._archive.shared:
                self._position = self._archive.others_after(0).newest
        return self._pipeline

    def _write(self, make: Callable[[], Batch]) -> Batch:
        """Makes a batch and writes it. When either fails, what the pipeline remembers is no longer what is archived."""
        pipeline, self._pipeline = self._pipeline, None
        try:
            batch = self._written(make, pipeline)
        except BaseException:
            self._forget(pipeline)
            raise
        self._pipeline = pipeline
        self.states.update((state.url, state) for state in batch.feeds)
        return batch

    def _written(self, make: Callable[[], Batch], pipeline: Pipeline | None) -> Batch:
        """Makes a batch, with the hits of the watch terms in it, and writes it."""
        broken = self._watcher.look()
        batch = make()
        batch.heeded = pipeline.heeded if pipeline is not None else 0
        batch.hits += self._watcher.hits(batch.stories)
        batch.drops += (
            Drop(self._clock(), "", "", "watch", f"watch term left out: {text}: {what}")
            for text, what in broken.items()
        )
        if any((batch.stories, batch.folds, batch.drops, batch.feeds, batch.standings, batch.changes)):
            self._archive.write(batch)
            if self.done is not None and batch.feeds:
                self.done(batch.feeds)
        self._watcher.catch_up()
        return batch

    def _batch(self, batch: Batch, visits: Sequence[Visit], known: set[str], now: datetime) -> Batch:
        new = Counter(story.feed for story in batch.stories if story.id not in known)
        for one in visits:
            url = one.subscription.url
            after = remember(
                one.state,
                one.outcome,
                now,
                new_stories=new[url],
                body_hash=one.body_hash,
                ttl=one.parsed.ttl if one.parsed else None,
                told=[story.told for story in one.parsed.stories if story.published] if one.parsed else (),
            )
            batch.feeds.append(after.paced(one.subscription.interval))
            if after.error and after.error != one.state.error:
                stage = "parse" if isinstance(one.outcome, ParseError) else "fetch"
                batch.drops.append(Drop(now, url, url, stage, after.error))
            batch.drops += self._unnamed(one.parsed.drops if one.parsed else ())
        return batch

    def _unnamed(self, drops: Sequence[Drop]) -> list[Drop]:
        """The drops that are not in the ledger yet: the same entry is as broken at every fetch."""
        if len(self._dropped) > _LEDGER_MEMORY:
            self._dropped.clear()
        named = {(drop.feed, drop.url, drop.reason): drop for drop in drops}
        new = [drop for key, drop in named.items() if key not in self._dropped]
        self._dropped.update(named)
        return new

    def _results(self, visits: Sequence[Visit], batch: Batch, known: set[str]) -> list[FeedResult]:
        feed_of = {story.id: story.feed for story in batch.stories}
        new = Counter(story.feed for story in batch.stories if story.id not in known)
        copies = Counter(
            feed_of[fold.story]
            for fold in batch.folds
            if fold.copy_of and fold.story in feed_of and fold.story not in known
        )
        evidence = Counter(feed_of[piece.story] for piece in batch.evidence)
        told_by = {piece.seq: feed_of[piece.story] for piece in batch.evidence}
        moved = Counter(
            next((told_by[seq] for seq in change.evidence if seq in told_by), "") for change in batch.changes
        )
        urls = [one.subscription.url for one in visits]
        if urls and moved[""]:  # moved by time or by the weight of what came before
            moved[urls[0]] += moved[""]
        return [
            FeedResult(
                one.subscription,
                self.states[url],
                reason=self.states[url].error,
                unchanged=isinstance(one.outcome, Answer) and one.outcome.ok and one.parsed is None,
                new=new[url],
                copies=copies[url],
                evidence=evidence[url],
                changes=moved[url],
            )
            for one, url in zip(visits, urls, strict=True)
        ]
