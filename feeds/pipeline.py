"""Stories in, everything they add to the archive out: read, folded, weighed. No net, no archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from feeds.ahead import Ahead, Elsewhere
from feeds.archive.batch import Batch
from feeds.dedupe import Folder
from feeds.evidence import Action, Change, Count, Evidence, Standing
from feeds.gist import gist
from feeds.reading import recalled
from feeds.recall import Recall
from feeds.retractions import CORRECTED, WITHDRAWN, Retractions, Said
from feeds.room import Read, Room, StoryReader, Weighed
from feeds.story import Drop, Fold, Story
from feeds.theatres.model import Theatre

_FADED: Final = 0.01
"""Strength that a standing may lose before it is written again: an operator sees no less."""
_SLACK: Final = 1.2
"""So many times as many stories as are in memory may be remembered, before those that left it are forgotten together."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of a story taken before, so that an edited one is told from one fed again."""

    text: int
    flag: str
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
        self._folder = folder if folder is not None else Folder()  # an empty one is false
        self._seq = last_seq
        self._seen: dict[str, _Seen] = {}
        self._written: dict[tuple[str, str], Standing] = {}
        self._retractions = Retractions()
        self._window: Callable[[], None] | None = None
        self._held: frozenset[str] = frozenset()
        self._ahead = Ahead(self._rooms)
        self._revived: dict[str, Fold] = {}

    def knows(self, story_id: str) -> bool:
        """Whether the story is in memory."""
        self._use_window()
        return story_id in self._folder

    def reaches(self, since: datetime) -> datetime | None:
        """Up to when stories left memory that were received at or after a moment; None when none of them did."""
        self._use_window()
        oldest = self._folder.since
        return oldest if oldest is not None and since < oldest else None

    def close(self) -> None:
        """Lets go of what is known of stories that left memory; it is there again when the next one comes."""
        self._folder.close()

    def take(self, stories: Iterable[Story], now: datetime, look: Callable[[], None] | None = None) -> Batch:
        """Reads, folds and weighs what is new or changed among the stories; everything that it adds.

        ``batch.stories`` has a story whose text changed as well as new ones, and ``batch.folds`` also those of
        earlier stories that are folded otherwise now. ``look`` is called before each story, and may raise; then the
        pipeline knows what is in no batch, and is of no more use.
        """
        batch = Batch()
        stories = list(stories)
        if stories:
            self._use_window()
            self._folder.begin()
        for story in sorted(stories, key=lambda story: (story.received, story.told, story.id)):
            if look is not None:
                look()
            before = self._seen.get(story.id)
            if before is None or before.text != hash((story.flag, story.text)):
                self._take_one(story, before, batch)
        self._revived.clear()
        self._fold_again(batch)
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
                    self._moved(room.board.apply(action), batch)
        self._weigh(batch, now)
        return batch

    @property
    def theatres(self) -> tuple[str, ...]:
        """Ids of the theatres that it reads for."""
        return tuple(room.theatre.id for room in self._rooms)

    @property
    def readers(self) -> tuple[StoryReader, ...]:
        """Who reads, one for each theatre."""
        return tuple(room.reader for room in self._rooms)

    @property
    def last_seq(self) -> int:
        """Position of the newest evidence that it knows of."""
        return self._seq

    def read_ahead(self, stories: Iterable[Story]) -> None:
        """Reads stories that will be taken in a moment: the reading takes longest, and needs nothing of the rest."""
        self._ahead.prepare(story for story in stories if story.id not in self._seen)

    def look_elsewhere(self, elsewhere: Elsewhere) -> None:
        """Names who may have worked out a story that is taken; it has to have been done for :attr:`readers`."""
        self._ahead.elsewhere = elsewhere

    def absorb(
        self,
        told: Sequence[tuple[Story, Fold]],
        recall: Recall,
        weighed: Sequence[Weighed],
        held: frozenset[str] | None = None,
    ) -> None:
        """Takes in what another collector wrote, as it stands in the archive; ``held`` as for :meth:`regroup`, None: as before."""
        if self._window is None:
            for story, fold in told:
                before = self._seen.get(story.id)
                if before is None or before.text != hash((story.flag, story.text)):
                    # The log tells of a changed story only what is new in it: it is read again.
                    self._note(story, fold, recall if before is None else Recall())
        moved = [fold for story, fold in told if self._folder.fold_of(story.id) not in (fold, None)]
        if moved or held is not None:
            self.settle(moved, self._held if held is None else held)
        boards = {room.theatre.id: room.board for room in self._rooms}
        for one in weighed:
            boards[one.theatre].restore(one.evidence, one.actions, one.until)
            self._written |= {(each.theatre, each.place): each for each in one.standings}
            self._seq = max([self._seq, *(piece.seq for piece in one.evidence)])

    def regroup(self, batch: Batch, held: frozenset[str]) -> Batch:
        """Puts stories where an operator's split or merge has put them, which the batch says, and weighs them so.

        ``held`` are the stories whose threads operators have had a hand in. What moves is added to the batch.
        """
        self.settle(batch.folds, held)
        for action in batch.actions:
            for room in self._rooms:
                if action.theatre == room.theatre.id:
                    self._moved(room.board.apply(action), batch)
        for room in self._rooms:
            self._stand(room, None, batch)
        return batch

    def settle(self, folds: Sequence[Fold], held: frozenset[str]) -> None:
        """Has stories in memory where an operator's decision has put them in the archive."""
        self._held = held
        if self._window is None:
            self._folder.regroup(folds, held)
        else:
            self._folder.hold(held)  # the window is read from the archive when the next story comes

    def restore(
        self,
        told: Iterable[tuple[Story, Fold]],
        standings: Iterable[Standing] = (),
        recall: Callable[[], Recall] = Recall,
        taken_back: Iterable[str] = (),
    ) -> None:
        """Takes in the newest stories and the standings that the archive has, oldest first.

        ``taken_back`` are the stories withdrawn so far. The stories, and what ``recall`` knows of them, are asked for with the first story that comes: a round that
        brings nothing new costs no window. What is recalled of a story is not read in it again. The boards are
        restored by who made them.
        """
        self._window = lambda: self._open_window(told, recall())
        self._retractions.note_gone(taken_back)
        self._written = {(one.theatre, one.place): one for one in standings}

    def _open_window(self, told: Iterable[tuple[Story, Fold]], recall: Recall) -> None:
        for story, fold in told:
            self._note(story, fold, recall)

    def revive(self, told: Sequence[tuple[Story, Fold]], recall: Recall) -> None:
        """Takes in archived stories that left memory and are spoken of again: edited, corrected or withdrawn."""
        for story, fold in told:
            self._revived[story.id] = fold
            self._note_said(story, fold, recalled(self._rooms, story, recall))

    def _note(self, story: Story, fold: Fold, recall: Recall) -> None:
        """Takes in a story that is archived."""
        reads = recalled(self._rooms, story, recall)
        self._folder.remember([(story, gist(story, reads), fold)])
        self._note_said(story, fold, reads)

    def _note_said(self, story: Story, fold: Fold, reads: Sequence[Read]) -> None:
        """Remembers what an archived story said, and whom it took back."""
        believed = story.flag != WITHDRAWN and not self._retractions.is_taken_back(story, fold)
        self._remember(story, [one for read in reads for one in read.evidence] if believed else ())
        if believed:
            self._retractions.note(story, fold, self._places(reads))
        elif story.flag == WITHDRAWN:
            self._retractions.withdraws(story, fold)

    def _use_window(self) -> None:
        if self._window is not None:
            fill, self._window = self._window, None
            fill()

    def _take_one(self, story: Story, before: _Seen | None, batch: Batch) -> None:
        worked = self._ahead.of(story)
        reads = worked.reads
        batch.drops += worked.drops
        fold = self._revived.pop(story.id, None) or self._folder.fold(
            story, gist(story, reads), worked.traits
        )
        batch.stories.append(story)
        batch.folds.append(fold)
        places = tuple(dict.fromkeys(place for read in reads for place in read.about.places))
        if places:
            batch.places[story.id] = places
        if not self._believes(story, fold, batch):
            self._remember(story, ())
            return
        again = self._correct(story, fold, reads, before, batch)
        for room, read in zip(self._rooms, reads, strict=True):
            new = [
                piece
                for piece in read.evidence
                if before is None
                or _said(piece) not in before.said
                or (room.theatre.id, piece.place) in again
            ]
            evidence = [self._signed(piece, story, fold, room) for piece in new]
            batch.evidence += evidence
            batch.counts += (_told(count, story, room.theatre) for count in read.counts)
            if evidence:
                self._moved(room.board.add(evidence), batch)
                self._stand(room, {piece.place for piece in evidence}, batch)
        self._remember(story, [piece for read in reads for piece in read.evidence], before)
        self._retractions.note(story, fold, self._places(reads))

    def _fold_again(self, batch: Batch) -> None:
        """Has the batch say what its stories showed of earlier ones: folds that are others now."""
        moved = {fold.story: fold for fold in self._folder.moved()}
        if moved:
            batch.folds[:] = [moved.pop(fold.story, fold) for fold in batch.folds]
            batch.folds += moved.values()

    def _believes(self, story: Story, fold: Fold, batch: Batch) -> bool:
        """Whether a story is to be read for claims; one that is withdrawn takes back what it said before."""
        reason = ""
        if story.flag == WITHDRAWN:
            taken = self._retractions.withdraws(story, fold)
            for one in taken:
                said = self._retractions.said(one)
                for theatre in sorted({theatre for theatre, _, _, _ in said}):
                    places = [place for where, place, _, _ in said if where == theatre]
                    self._retract(story, one, theatre, places, "withdrawn", batch)
                if not said:  # no row rests on it, but somebody may have been told of a word in it
                    batch.actions.append(_taken_back(story, one))
            reason = (
                f"withdrawn by its outlet: kept, but not read for claims; takes back {len(taken)} earlier"
            )
        elif self._retractions.is_taken_back(story, fold):
            reason = "withdrawn before it came: kept, but not read for claims"
        if reason:
            batch.drops.append(Drop(story.received, story.feed, story.url, "read", reason))
        return not reason

    def _correct(
        self, story: Story, fold: Fold, reads: Sequence[Read], before: _Seen | None, batch: Batch
    ) -> set[tuple[str, str]]:
        """Lets a correction stand for what it corrects; (theatre, place) of what it takes back of its own story."""
        if story.flag != CORRECTED or (before is not None and before.flag == CORRECTED):
            return set()
        own: set[tuple[str, str]] = set()
        said = self._places(reads)
        for replaced in self._retractions.replaces(story, fold, said):
            for theatre, place in self._retractions.outdated(replaced, said):
                self._retract(story, replaced, theatre, [place], "corrected", batch)
                if replaced == story.id:
                    own.add((theatre, place))
        return own

    def _retract(
        self, story: Story, taken: str, theatre: str, places: Sequence[str], how: str, batch: Batch
    ) -> None:
        """Takes back what a story has said up to now, of one place or of all, and has the journal say so."""
        room = next(room for room in self._rooms if room.theatre.id == theatre)
        action = Action(
            "retract",
            "wire",
            max(room.board.time_of(place, story.told) for place in places),
            taken,
            theatre,
            places[0] if how == "corrected" else "",
            value=str(self._seq),
            reason=f"{how} by {story.outlet or 'its outlet'}: {story.title}",
        )
        batch.actions.append(action)
        self._moved(room.board.apply(action), batch)

    def _places(self, reads: Sequence[Read]) -> Said:
        return frozenset(
            (room.theatre.id, piece.place, piece.label, piece.side)
            for room, read in zip(self._rooms, reads, strict=True)
            for piece in read.evidence
        )

    def _signed(self, piece: Evidence, story: Story, fold: Fold, room: Room) -> Evidence:
        """Evidence with who told it, when, and its place in the log."""
        self._seq += 1
        return replace(
            piece,
            theatre=room.theatre.id,
            outlet=story.outlet,
            reliability=story.reliability,
            origin=fold.origin,
            thread=fold.thread,
            told=story.told,
            seq=self._seq,
            heard=room.board.time_of(piece.place, story.told),
        )

    def _weigh(self, batch: Batch, now: datetime) -> None:
        # Boards decay at full hours; a clock that runs ahead of what the next feed brings would date its news wrong.
        hour = now.replace(minute=0, second=0, microsecond=0)
        for room in self._rooms:
            self._moved(room.board.tick(hour), batch)
            self._stand(room, None, batch)

    def _moved(self, changes: Sequence[Change], batch: Batch) -> None:
        batch.changes += changes
        for change in changes:
            self._show(change.standing, batch)

    def _stand(self, room: Room, places: set[str] | None, batch: Batch) -> None:
        """Writes the standings of places, of all without a choice, that look different from those written last."""
        for standing in room.board.standings():
            if places is None or standing.place in places:
                self._show(standing, batch)

    def _show(self, standing: Standing, batch: Batch) -> None:
        key = (standing.theatre, standing.place)
        if _differs(self._written.get(key), standing):
            self._written[key] = standing
            batch.standings.append(standing)

    def _remember(self, story: Story, evidence: Iterable[Evidence], before: _Seen | None = None) -> None:
        said = frozenset(map(_said, evidence)) | (before.said if before else frozenset())
        self._seen[story.id] = _Seen(hash((story.flag, story.text)), story.flag, said)

    def _prune(self) -> None:
        """Forgets the texts of stories that left memory."""
        if len(self._seen) > _SLACK * len(self._folder) + 1000:
            self._seen = {id_: seen for id_, seen in self._seen.items() if id_ in self._folder}
            self._retractions.keep(self._seen)


def _taken_back(story: Story, taken: str) -> Action:
    """What the journal says of an earlier story that claimed nothing and is taken back."""
    reason = f"withdrawn by {story.outlet or 'its outlet'}: {story.title}"
    return Action("retract", "wire", story.told, taken, reason=reason)


def _said(piece: Evidence) -> tuple[str, str, str, str, str]:
    return piece.place, piece.label, piece.side, piece.modality, piece.sentence


def _told(count: Count, story: Story, theatre: Theatre) -> Count:
    return replace(count, theatre=theatre.id, told=story.told, outlet=story.outlet)


def _differs(written: Standing | None, now: Standing) -> bool:
    """Whether an operator could tell the two apart."""
    if written is None or abs(written.strength - now.strength) >= _FADED:
        return True
    return replace(written, strength=now.strength, scores=now.scores, at=now.at) != now
