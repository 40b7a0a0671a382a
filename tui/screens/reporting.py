"""The factbox in one key: compiled in a worker, shown over the screen."""

from __future__ import annotations

from textual import on, work

from feeds.errors import WarwatchError
from tui.messages import FactboxWritten, Trouble
from tui.screens.travelling import TravellingScreen


class ReportingScreen(TravellingScreen):
    """A screen that tells what the board says as a report."""

    def action_factbox(self) -> None:
        """Write the factbox of what is shown, with what changed during the shift."""
        self.say("Writing the factbox …")
        self._write_factbox()

    @work(thread=True, exclusive=True, group="factbox", exit_on_error=False)
    def _write_factbox(self) -> None:
        """In a worker: compile and render it; its libraries are loaded by the first."""
        from feeds.report.compiling import DAY, compile_report
        from feeds.report.rendering import render
        from tui.screens.factbox import FORMS

        room = self.room
        as_of = (room.as_of or room.live_clock()).replace(microsecond=0)
        since = room.bridge.since if room.bridge.since < as_of else as_of - DAY
        try:
            with room.bridge.alone:
                report = compile_report(room.archive, room.theatre, as_of, since)
            self.post_message(FactboxWritten({form: render(report, form) for form in FORMS}))
        except WarwatchError as error:
            self.post_message(Trouble(str(error)))

    @on(FactboxWritten)
    async def _factbox_written(self, event: FactboxWritten) -> None:
        from tui.screens.factbox import FactboxScreen

        self.say("")
        await self.app.push_screen(FactboxScreen(event.texts, ascii_only=self.room.options.ascii_only))
