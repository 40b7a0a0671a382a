"""Reading beside the screen: what the operator looks at closer is read in workers, which only post messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from feeds.errors import ArchiveError
from tui.lookup import as_typed, claims_page, filtered_ids, place_page, story_page, timeline_page
from tui.messages import EvidenceRead, FilterRead, SearchRead, StoryRead, TimelineRead, Trouble
from tui.room import Room
from tui.views.board import BoardRow
from tui.views.filters import parse_filter

SETTLE_SECONDS: Final = 0.08
"""A cursor that runs down a list asks for nothing until it rests this long."""


class ReadingScreen(Screen[None]):
    """A screen that can ask the archive without waiting for it."""

    def __init__(self, room: Room) -> None:
        super().__init__(id="main")
        self.room = room

    def say(self, words: str) -> None:
        """One line to the operator that goes away by itself."""
        self.notify(words, markup=False, timeout=4)

    @work(thread=True, exclusive=True, group="evidence", exit_on_error=False)
    def read_place(self, row: BoardRow) -> None:
        """Ask for the evidence of a capital."""
        as_of = self.room.options.as_of
        self._answer(lambda: EvidenceRead(place_page(self.room.archive, row, as_of)))

    @work(thread=True, exclusive=True, group="evidence", exit_on_error=False)
    def read_claims(self, story: str) -> None:
        """Ask for what was read in a story."""
        self._answer(lambda: EvidenceRead(claims_page(self.room.archive, self.room.theatre, story)))

    @work(thread=True, exclusive=True, group="timeline", exit_on_error=False)
    def read_timeline(self) -> None:
        """Ask for the past of all capitals."""
        room = self.room
        as_of = room.options.as_of
        self._answer(lambda: TimelineRead(timeline_page(room.archive, room.theatre, room.clock(), as_of)))

    @work(thread=True, exclusive=True, group="story", exit_on_error=False)
    def read_story(self, story: str) -> None:
        """Ask for a story."""
        self._answer(lambda: StoryRead(story_page(self.room.archive, self.room.theatre, story)))

    @work(thread=True, exclusive=True, group="filter", exit_on_error=False)
    def read_filter(self, line: str, *, again: bool = False) -> None:
        """Ask for the rows of the wire that match a filter."""
        wanted = parse_filter(line)
        self._answer(lambda: FilterRead(line, filtered_ids(self.room.archive, wanted), again=again))

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def read_search(self, words: str) -> None:
        """Ask for the rows of the wire that match a search."""
        self._answer(lambda: SearchRead(words, list(self.room.archive.lead_ids(text=as_typed(words)))))

    def _answer(self, read: Callable[[], Message]) -> None:
        """In a worker: read, and post what was read unless something newer was asked for."""
        message: Message
        try:
            message = read()
        except ArchiveError as error:
            message = Trouble(str(error))
        if not get_current_worker().is_cancelled:
            self.post_message(message)
