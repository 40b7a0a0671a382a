"""An archive in memory, as far as the screen asks of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

from feeds.archive import ALL, Sieve, in_force
from feeds.errors import ArchiveError
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.story import EPOCH, FeedState, Fold, Story
from feeds.watched import Hit, Tally


@dataclass(frozen=True, slots=True)
class FakeRow:
    row: int
    id: str
    title: str
    outlet: str
    reliability: str
    flag: str
    received: datetime
    outlets: int = 1
    origins: int = 1
    read: bool = False
    flagged: bool = False
    told: datetime = EPOCH
    dismissed: bool = False
    escalated: bool = False
    places: tuple[str, ...] = ()
    wire: str = ""


@dataclass(frozen=True, slots=True)
class FakeBeat:
    at: datetime
    holder: str = "poll@desk"
    note: str = ""


@dataclass
class FakeWatch:
    """Where watch terms were found: rows of leads and places, by the ids of the terms."""

    found: dict[str, set[int]] = field(default_factory=dict)
    told_of: dict[str, set[str]] = field(default_factory=dict)
    hits: dict[str, list[Hit]] = field(default_factory=dict)

    def hits_in(self, ids: Collection[str]) -> dict[str, list[Hit]]:
        return {id_: self.hits[id_] for id_ in ids if id_ in self.hits}

    def hours(self, term: str, since: datetime, until: datetime) -> dict[datetime, Tally]:
        told = [hit.told for hits in self.hits.values() for hit in hits if hit.term == term]
        counted = Counter(
            each.replace(minute=0, second=0, microsecond=0) for each in told if since <= each < until
        )
        return {hour: Tally(number, 1) for hour, number in counted.items()}

    def leads(self, terms: Collection[str]) -> set[int]:
        return set().union(*(self.found.get(term, set()) for term in terms))

    def places(self, terms: Collection[str], theatre: str) -> set[str]:
        return set().union(*(self.told_of.get(term, set()) for term in terms))


@dataclass
class FakeArchive:
    """Fill the lists and call :meth:`moved`."""

    stories: list[Story] = field(default_factory=list)
    """Oldest first; a story's row number is its position from 1."""
    folds: dict[str, Fold] = field(default_factory=dict)
    log: list[Evidence] = field(default_factory=list)
    said: list[Count] = field(default_factory=list)
    board: dict[str, Standing] = field(default_factory=dict)
    past: dict[datetime, dict[str, Standing]] = field(default_factory=dict)
    """The board as it stood at some moments; at others it stood as it does now."""
    steps: list[Change] = field(default_factory=list)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    beat: FakeBeat | None = None
    collecting: bool = True
    """Whether a collector holds the lease."""
    journal: list[Action] = field(default_factory=list)
    broken: str = ""
    """Said by every reading, as an archive does that cannot be read."""
    texts: dict[str, list[Story]] = field(default_factory=dict)
    """Every text of a story that changed, oldest first."""
    told: dict[str, tuple[int, int]] = field(default_factory=dict)
    """(outlets, origins) of leads that more than one outlet tells."""
    watch: FakeWatch = field(default_factory=FakeWatch)
    rows_read: int = 0
    _stamp: int = 0

    def moved(self) -> None:
        self._stamp += 1

    def add_story(self, story: Story) -> None:
        self.stories.append(story)
        self.moved()

    def add_evidence(self, *evidence: Evidence) -> tuple[int, ...]:
        seqs = []
        for each in evidence:
            self.log.append(replace(each, seq=len(self.log) + 1))
            seqs.append(len(self.log))
        self.moved()
        return tuple(seqs)

    def stand(self, standing: Standing, rule: str = "D2") -> None:
        before = self.board.get(standing.place)
        self.board[standing.place] = standing
        if before is None or before.state != standing.state:
            self.steps.append(
                Change(
                    theatre=standing.theatre,
                    place=standing.place,
                    before=before.state if before else "held",
                    after=standing.state,
                    holder_before=before.holder if before else "government",
                    holder_after=standing.holder,
                    at=standing.at or standing.since or EPOCH,
                    rule=rule,
                    scores=standing.scores,
                    evidence=standing.evidence,
                    standing=standing,
                    seq=len(self.steps) + 1,
                )
            )
        self.moved()

    def _check(self) -> None:
        if self.broken:
            raise ArchiveError(self.broken)

    def stamp(self) -> int:
        self._check()
        return self._stamp

    def snapshot(self) -> AbstractContextManager[None]:
        return nullcontext()

    def lead_ids(
        self,
        limit: int | None = None,
        *,
        place: str = "",
        text: str = "",
        before: datetime | None = None,
        sieve: Sieve = ALL,
    ) -> list[int]:
        self._check()
        words = text.casefold().replace("*", "").split()
        about = {each.story for each in self.log if each.place == place}
        found = [
            row
            for row, story in enumerate(self.stories, 1)
            if all(word in story.text.casefold() for word in words)
            and (not place or story.id in about)
            and (before is None or story.received < before)
            and (story.id not in self.folds or self.folds[story.id].thread == story.id)
        ]
        found = [row for row in found if self._passes(self._row(row), self.stories[row - 1], sieve)]
        found.sort(key=lambda row: (self.stories[row - 1].received, row), reverse=True)
        return found[:limit]

    @staticmethod
    def _passes(line: FakeRow, story: Story, sieve: Sieve) -> bool:
        return (
            (not sieve.place or any(place.startswith(sieve.place) for place in line.places))
            and (sieve.places is None or not set(line.places).isdisjoint(sieve.places))
            and sieve.tells(story.feed, line.outlet, line.wire, line.reliability)
            and all(getattr(line, mark) == bears for mark, bears in sieve.marks.items())
            and sieve.flag in ("", line.flag)
            and (sieve.since is None or line.told >= sieve.since)
            and (sieve.before is None or line.told < sieve.before)
        )

    def rows(self, ids: Sequence[int]) -> list[FakeRow]:
        self._check()
        self.rows_read += len(ids)
        return [self._row(row) for row in ids if 0 < row <= len(self.stories)]

    def _row(self, row: int) -> FakeRow:
        story = self.stories[row - 1]
        outlets, origins = self.told.get(story.id, (1, 1))
        return FakeRow(
            row,
            story.id,
            story.title,
            story.outlet,
            story.reliability,
            story.flag,
            story.received,
            outlets,
            origins,
            told=story.told,
            wire=story.wire,
            places=tuple(sorted({each.place for each in self.log if each.story == story.id})),
            read=self._is(story.id, "read"),
            flagged=self._is(story.id, "flag"),
            dismissed=self._is(story.id, "dismiss"),
            escalated=self._is(story.id, "escalate"),
        )

    def _is(self, story: str, kind: str) -> bool:
        found = [each for each in in_force(self.journal) if (each.story, each.kind) == (story, kind)]
        return bool(found) and found[-1].value != "off"

    def actions(self, theatre: str = "", story: str = "", after_seq: int = 0) -> list[Action]:
        return [
            each
            for each in self.journal
            if each.seq > after_seq and theatre in ("", each.theatre) and story in ("", each.story)
        ]

    def story(self, id: str) -> Story | None:  # noqa: A002
        self._check()
        return next((story for story in self.stories if story.id == id), None)

    def versions(self, id: str) -> list[Story]:  # noqa: A002
        found = self.story(id)
        return self.texts.get(id) or ([found] if found else [])

    def fold_of(self, id: str) -> Fold | None:  # noqa: A002
        return self.folds.get(id)

    def told_until(self, leads: Sequence[int], moment: datetime) -> dict[int, tuple[int, int]]:
        threads = {lead: self.thread(self.stories[lead - 1].id) for lead in leads}
        by_then = {
            lead: [(story, fold) for story, fold in thread if story.received <= moment]
            for lead, thread in threads.items()
        }
        return {
            lead: (len({story.outlet for story, _ in told}), len({fold.origin for _, fold in told}))
            for lead, told in by_then.items()
        }

    def thread(self, thread_id: str) -> list[tuple[Story, Fold]]:
        return [
            (story, self.folds[story.id])
            for story in self.stories
            if story.id in self.folds and self.folds[story.id].thread == thread_id
        ]

    def evidence(
        self,
        theatre: str = "",
        place: str = "",
        story: str = "",
        after_seq: int = 0,
        limit: int | None = None,
    ) -> list[Evidence]:
        self._check()
        return [
            each
            for each in self.log
            if each.seq > after_seq
            and (not place or each.place == place)
            and (not story or each.story == story)
        ][:limit]

    def counts(self, theatre: str) -> list[Count]:
        return list(self.said)

    def standings(self, theatre: str, as_of: datetime | None = None) -> list[Standing]:
        self._check()
        board = self.board if as_of is None else self.past.get(as_of, self.board)
        return list(board.values())

    def changes(
        self, theatre: str, place: str = "", since: datetime | None = None, limit: int | None = None
    ) -> list[Change]:
        return [
            each
            for each in self.steps
            if (not place or each.place == place) and (since is None or each.at >= since)
        ][:limit]

    def stories_by_hour(
        self, since: datetime | None = None, before: datetime | None = None
    ) -> dict[datetime, int]:
        self._check()
        times = [story.received for story in self.stories]
        return Counter(
            time.replace(minute=0, second=0, microsecond=0)
            for time in times
            if (since is None or time >= since) and (before is None or time < before)
        )

    def feed_states(self) -> dict[str, FeedState]:
        return dict(self.feeds)

    @property
    def is_whole(self) -> bool:
        return True

    def last_beat(self) -> FakeBeat | None:
        return self.beat

    def lease(self, name: str) -> FakeBeat | None:
        return self.beat if self.collecting else None

    def act_all(self, actions: Sequence[Action]) -> list[Action]:
        return [self.act(action) for action in actions]

    def act(self, action: Action) -> Action:
        self._check()
        if action.kind == "undo":
            aim = self.journal[int(action.value) - 1]
            action = replace(action, story=aim.story, theatre=aim.theatre, place=aim.place)
        self.journal.append(replace(action, seq=len(self.journal) + 1))
        self.moved()
        return self.journal[-1]
