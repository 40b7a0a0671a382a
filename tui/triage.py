"""What an operator decides, written into the journal: each call is one thing that can be undone, now or tomorrow."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from feeds.clock import Clock
from feeds.evidence import Action
from feeds.theatres.model import Theatre
from tui.cells import line
from tui.journal import MARKS, RELOAD, Journal
from tui.reading import ArchiveReader

MOST: Final = 2_000
"""Stories that one key may touch: each is a line of the journal, all of them one transaction."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Stories to do something to: rows of the wire, or a story's id."""

    rows: tuple[int, ...] = ()
    stories: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows) + len(self.stories)


class Triage:
    """Writes one operator's actions; every method says in a few words what it did. Slow: call it in a worker."""

    def __init__(self, archive: ArchiveReader, theatre: Theatre, who: str, clock: Clock) -> None:
        self.who = who
        """Who is at the keyboard."""
        self._archive, self._theatre, self._who, self._clock = archive, theatre, who, clock
        self._journal = Journal(archive, theatre.id)
        self._alone = threading.Lock()

    def opened(self, story: str) -> str:
        """The operator opened a story: it is read."""
        with self._alone:
            self._journal.read()
            if "read" not in self._journal.marks().get(story, ()):
                self._archive.act(self._action(self._now(), "read", story=story))
        return ""

    def mark(self, kind: str, targets: Targets) -> str:
        """Read, flag, dismiss or escalate the stories that are not; when all of them are, take it back."""
        with self._alone:
            self._journal.read()
            marks, mark = self._journal.marks(), MARKS[kind]
            stories = self._stories(targets)
            off = all(mark in marks.get(story, ()) for story in stories)
            turned = [story for story in stories if off == (mark in marks.get(story, ()))]
            self._act_on(turned, kind, "off" if off else "")
        return f"{_counted(len(turned))} {'no longer ' if off else ''}{mark}."

    def note(self, targets: Targets, text: str) -> str:
        """Put a note on stories."""
        with self._alone:
            stories = self._stories(targets)
            self._act_on(stories, "note", text)
        return f"Noted on {_counted(len(stories))}."

    def assign(self, targets: Targets, who: str) -> str:
        """Give stories to somebody, or to nobody."""
        with self._alone:
            stories = self._stories(targets)
            self._act_on(stories, "assign", line(who))
        return _given(_counted(len(stories)), line(who))

    def assign_place(self, place: str, who: str) -> str:
        """Give a capital to somebody, or to nobody."""
        with self._alone:
            self._archive.act(self._action(self._now(), "assign", place=place, value=line(who)))
        return _given(self._name(place), line(who))

    def acknowledge(self, place: str) -> str:
        """The operator has seen what changed in a place."""
        with self._alone:
            self._archive.act(self._action(self._now(), "acknowledge", place=place))
        return f"{self._name(place)}: the change is seen."

    def override(self, place: str, value: str, reason: str, until: datetime | None) -> str:
        """Set the standing of a place by hand."""
        with self._alone:
            self._archive.act(
                self._action(self._now(), "override", place=place, value=value, reason=reason, until=until)
            )
        return f"{self._name(place)} is set to {value} by hand."

    def lift(self, place: str) -> str:
        """Give a standing back to its evidence."""
        with self._alone:
            self._journal.read()
            if place not in self._journal.decisions().overrides:
                return f"{self._name(place)} is not set by hand."
            self._archive.act(self._action(self._now(), "lift", place=place))
        return f"{self._name(place)} goes by its evidence again."

    def mute(self, seq: int, place: str) -> str:
        """Let a sentence no longer count, or let it count again."""
        with self._alone:
            self._journal.read()
            muted = str(seq) in self._journal.decisions().muted
            self._archive.act(
                self._action(self._now(), "unmute" if muted else "mute", place=place, value=str(seq))
            )
        return "The sentence counts again." if muted else "The sentence counts no longer."

    def split(self, story: str) -> str:
        """Say that a story tells of another event than its thread."""
        with self._alone:
            fold = self._archive.fold_of(story)
            if fold is None or len(self._archive.thread(fold.thread)) < 2:
                return "This story is alone in its thread."
            self._archive.act(self._action(self._now(), "split", story=story, value=fold.thread))
        return "Split off. The collector carries it out in a moment."

    def merge(self, targets: Targets) -> str:
        """Say that stories tell of one event: that of the oldest of them."""
        with self._alone:
            rows = sorted(self._archive.rows(targets.rows), key=lambda row: row.row)
            if len(rows) < 2:
                return "Mark two stories or more (Space), then merge them."
            into = rows[0]
            self._act_on([row.id for row in rows[1:]], "merge", into.id)
        return f"{_counted(len(rows))} merged into “{line(into.title)[:40]}”. The collector carries it out in a moment."

    def reload(self, url: str = "") -> str:
        """Have the collector ask a feed now; all of them without an address."""
        with self._alone:
            self._archive.act(self._action(self._now(), RELOAD, value=url))
        which = line(url) if url else "Every feed"
        return f"{which} is asked now, unless its server wants to be left alone."

    def undo(self) -> str:
        """Take back what was done last."""
        return self._undo(self._journal.undoable, "Undone", "Nothing to undo.")

    def redo(self) -> str:
        """Do again what was undone last."""
        return self._undo(self._journal.redoable, "Done again", "Nothing to do again.")

    def _undo(self, find: Callable[[str], Sequence[Action]], word: str, nothing: str) -> str:
        with self._alone:
            self._journal.read()
            group = find(self._who)
            moment = self._now()
            self._archive.act_all(
                [self._action(moment, "undo", value=str(action.seq)) for action in reversed(group)]
            )
            what = group[-1] if group else None
            if what is not None and what.kind == "undo":
                what = self._journal.action(int(what.value))
        return f"{word}: {self._told(what, len(group))}." if what else nothing

    def _told(self, action: Action, count: int) -> str:
        """An action in a few words."""
        off = "not " if action.value == "off" else ""
        if action.place:
            return f"{action.kind} {self._name(action.place)}"
        if count > 1:
            return f"{off}{action.kind}, {_counted(count)}"
        story = self._archive.story(action.story) if action.story else None
        return f"{off}{action.kind}" + (f" “{line(story.title)[:50]}”" if story else "")

    def _stories(self, targets: Targets) -> list[str]:
        if len(targets) > MOST:
            return []
        return [*targets.stories, *(row.id for row in self._archive.rows(targets.rows))]

    def _now(self) -> datetime:
        self._journal.read()
        return self._journal.next_moment(self._who, self._clock())

    def _act_on(self, stories: Sequence[str], kind: str, value: str) -> None:
        """Does one thing to stories, in one transaction; they share its moment, so that it is undone as one."""
        if stories:
            moment = self._now()
            self._archive.act_all([self._action(moment, kind, story=story, value=value) for story in stories])

    def _action(
        self,
        at: datetime,
        kind: str,
        *,
        story: str = "",
        place: str = "",
        value: str = "",
        reason: str = "",
        until: datetime | None = None,
    ) -> Action:
        return Action(
            kind,
            self._who,
            at,
            story=story,
            theatre=self._theatre.id,
            place=place,
            value=value,
            reason=reason,
            until=until,
        )

    def _name(self, place: str) -> str:
        found = self._theatre.by_id.get(place)
        return found.name if found else place


def _given(what: str, who: str) -> str:
    return f"{who} has {what} now." if who else f"Nobody has {what} now."


def _counted(stories: int) -> str:
    return "1 story" if stories == 1 else f"{stories:,} stories"
