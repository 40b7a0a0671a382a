"""Back in time: board and wire as they were at a moment, and the way back to now."""

from __future__ import annotations

from datetime import datetime

from textual import on, work

from feeds.errors import ArchiveError
from tui.messages import Arrived, Trouble, Typed
from tui.panels.prompt import Prompt
from tui.screens.shifting import ShiftingScreen
from tui.views.moments import moment_of


class TravellingScreen(ShiftingScreen):
    """A screen that can show any moment that the archive remembers."""

    def action_travel(self) -> None:
        """Ask for a moment."""
        self.query_one(Prompt).ask("travel", "show everything as it was (6h, 18:00, 12 Aug 18:00):")

    def action_now(self) -> None:
        """Show everything as it is."""
        if self.room.as_of is None:
            self.say("This is now. t goes back in time.")
        else:
            self._go(None)

    @on(Typed)
    def _moment_typed(self, event: Typed) -> None:
        if event.purpose != "travel" or not event.done or not event.words.strip():
            return
        moment = moment_of(event.words, self.room.live_clock())
        if moment is None:
            self.say("That is no time. 6h, 2d, 18:00, 12 Aug 18:00 and 2021-08-12 18:00 are.")
        else:
            self._go(moment)

    def _go(self, moment: datetime | None) -> None:
        self.room.as_of = moment
        self._look_at(moment)

    @work(thread=True, exclusive=True, group="travel", exit_on_error=False)
    def _look_at(self, moment: datetime | None) -> None:
        """In a worker: read board and wire as of the moment."""
        bridge = self.room.bridge
        bridge.travel(moment)
        for _ in range(2):  # the first page, then the whole wire
            try:
                with bridge.alone:
                    if news := bridge.look():
                        self.post_message(Arrived(news))
            except ArchiveError as error:
                self.post_message(Trouble(str(error)))
