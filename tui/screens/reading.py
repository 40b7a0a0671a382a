"""Reading beside the screen: what the operator looks at closer is read in workers, which only post messages."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Final

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from feeds.archive.sieve import Sieve
from feeds.errors import ArchiveError
from tui.lookup import Scope, as_typed, claims_page, filtered_ids, place_page, story_page, timeline_page
from tui.messages import (
    BoardTermsRead,
    Decided,
    EvidenceRead,
    FilterRead,
    SearchRead,
    StoryRead,
    TimelineRead,
    Trouble,
    UnreadRead,
)
from tui.panels.status import BarLine
from tui.room import Room
from tui.views.board import BoardRow
from tui.views.filtering import parse_filter
from tui.views.order import NewestFirst
from tui.watching import terms_by_place

SAID_SECONDS: Final = 4.0
"""How long words to the operator stand."""
UNREAD: Final = Sieve(marks={"read": False, "dismissed": False})
SETTLE_SECONDS: Final = 0.08
"""A cursor that runs down a list asks for nothing until it rests this long."""


class ReadingScreen(Screen[None]):
    """A screen that can ask the archive without waiting for it."""

    def __init__(self, room: Room) -> None:
        super().__init__(id="main")
        self.room = room
        self._jobs: deque[Callable[[], str]] = deque()
        self._one_at_a_time = threading.Lock()
        self._filtering: str | None = None
        """The filter whose rows are being read."""
        self._filter_again = False

    def decide(self, job: Callable[[], str], *, quietly: bool = False) -> None:
        """Have a decision written beside the screen; decisions are written in the order in which they were made."""
        if self.room.options.read_only:
            if not quietly:
                self.say("Nothing was changed: this viewer only reads.")
            return
        self._jobs.append(job)
        self._write_decision()

    @work(thread=True, group="decisions", exit_on_error=False)
    def _write_decision(self) -> None:
        with self._one_at_a_time:
            try:
                words = self._jobs.popleft()()
            except ArchiveError as error:
                self.post_message(Trouble(str(error)))
            else:
                self.post_message(Decided(words))

    def say(self, words: str) -> None:
        """One line to the operator that goes away by itself: at the bottom, which costs few bytes, where it fits."""
        told = "\n" not in words and self.query_one("#keys", BarLine).tell(words, SAID_SECONDS)
        if not told:
            self.notify(words, markup=False, timeout=SAID_SECONDS if "\n" not in words else 3 * SAID_SECONDS)

    def hide_told(self) -> bool:
        """Take away what stands over the panels; True when something did."""
        stood = bool(self.query("Toast"))
        self.app.clear_notifications()
        return stood

    @work(thread=True, exclusive=True, group="evidence", exit_on_error=False)
    def read_place(self, row: BoardRow) -> None:
        """Ask for the evidence of a capital."""
        room = self.room
        as_of, decisions, now = room.as_of, room.board.decisions, room.clock()
        self._answer(lambda: EvidenceRead(place_page(room.archive, row, as_of, decisions, now)))

    @work(thread=True, exclusive=True, group="evidence", exit_on_error=False)
    def read_claims(self, story: str) -> None:
        """Ask for what was read in a story."""
        room = self.room
        decisions = room.board.decisions
        self._answer(lambda: EvidenceRead(claims_page(room.archive, room.theatre, story, decisions)))

    @work(thread=True, exclusive=True, group="timeline", exit_on_error=False)
    def read_timeline(self) -> None:
        """Ask for the past of all capitals."""
        room = self.room
        as_of = room.as_of
        terms = room.settings.terms
        self._answer(
            lambda: TimelineRead(timeline_page(room.archive, room.theatre, room.clock(), as_of, terms))
        )

    def read_story(self, story: str) -> None:
        """Ask for a story."""
        self.room.story.coming = story
        self._read_story(story)

    @work(thread=True, exclusive=True, group="story", exit_on_error=False)
    def _read_story(self, story: str) -> None:
        self._answer(
            lambda: StoryRead(story_page(self.room.archive, self.room.theatre, story, self.room.as_of))
        )

    def read_filter(self, line: str, *, again: bool = False) -> None:
        """Ask for the rows of the wire that match a filter.

        Asked for the same filter ``again`` while it is being read, it is read once more afterwards: what arrives all the
        time never keeps an answer from coming.
        """
        if again and self._filtering == line:
            self._filter_again = True
            return
        self._filtering, self._filter_again = line, False
        self._read_filter(line, again=again)

    def filter_was_read(self, line: str) -> None:
        """The answer for a filter came: ask once more if something arrived meanwhile."""
        if line != self._filtering:
            return
        self._filtering = None
        if self._filter_again:
            self.read_filter(line, again=True)

    @work(thread=True, exclusive=True, group="filter", exit_on_error=False)
    def _read_filter(self, line: str, *, again: bool) -> None:
        room, worker = self.room, get_current_worker()
        names = room.names()
        wanted = parse_filter(line, room.clock(), names)
        scope = Scope(
            room.theatre, room.board.states(), room.clock(), room.as_of, lambda: worker.is_cancelled, names
        )

        def read() -> Message:
            try:
                return FilterRead(line, filtered_ids(room.archive, wanted, scope), again=again)
            except ArchiveError as error:
                return FilterRead(line, None, again=again, trouble=str(error))

        self._answer(read)

    @work(thread=True, exclusive=True, group="board filter", exit_on_error=False)
    def read_board_terms(self, line: str) -> None:
        """Ask in what is told of which capital the watch terms of a filter were found."""
        room = self.room
        names = room.names()
        wanted = parse_filter(line, room.clock(), names)
        self._answer(
            lambda: BoardTermsRead(line, terms_by_place(room.archive, room.theatre.id, wanted, names.terms))
        )

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def read_search(self, words: str) -> None:
        """Ask for the rows of the wire that match a search."""
        self._answer(lambda: SearchRead(words, self._found(words)))

    @work(thread=True, exclusive=True, group="unread", exit_on_error=False)
    def read_unread(self, step: int) -> None:
        """Ask for the unread stories, to go to the next one (1) or the one before (-1)."""
        room = self.room
        self._answer(
            lambda: UnreadRead(step, NewestFirst.of(room.archive.lead_ids(before=room.as_of, sieve=UNREAD)))
        )

    def _found(self, words: str) -> NewestFirst:
        return NewestFirst.of(self.room.archive.lead_ids(text=as_typed(words), before=self.room.as_of))

    def _answer(self, read: Callable[[], Message]) -> None:
        """In a worker: read, and post what was read unless something newer was asked for."""
        message: Message
        try:
            message = read()
        except ArchiveError as error:
            message = Trouble(str(error))
        if not get_current_worker().is_cancelled:
            self.post_message(message)
