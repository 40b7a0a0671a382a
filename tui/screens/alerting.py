"""Alerts on the screen: a message, the bell, the terminal's own notification; how many are open; a key that lists them."""

from __future__ import annotations

import time
from typing import Final

from textual import on, work
from textual.worker import get_current_worker

from feeds.errors import ArchiveError
from tui.alarms import Alarm, in_brief
from tui.attention import notification
from tui.messages import Alarmed, Trouble
from tui.screens.capitals import CapitalsScreen

LOOK_SECONDS: Final = 1.0
"""Between two looks at the alerts."""
_TOAST_SECONDS: Final = 20.0


class AlertingScreen(CapitalsScreen):
    """A screen that says what was alerted while it is open, and notices when the collector dies."""

    _collector_dead = False

    def begin_alarms(self) -> None:
        """Look at the alerts from now on."""
        if self.room.alarms is not None and self.room.options.poll_seconds:
            self._keep_looking()

    def look_at_alarms(self) -> None:
        """Look once, now."""
        if self.room.alarms is not None and (found := self.room.alarms.look()) is not None:
            self.post_message(Alarmed(found))

    @work(thread=True, group="pump", exit_on_error=False)
    def _keep_looking(self) -> None:
        worker, stamp, said = get_current_worker(), 0, ""
        while not worker.is_cancelled:
            for _ in range(4):  # in short naps, so that quitting never waits
                if not worker.is_cancelled:
                    time.sleep(LOOK_SECONDS / 4)
            try:
                moved = self.room.archive.stamp()
                if moved != stamp:
                    self.look_at_alarms()
                    stamp = moved
                said = ""
            except ArchiveError as error:
                before, said = said, str(error)
                if said != before:
                    self.post_message(Trouble(said))

    @on(Alarmed)
    def _alarmed(self, event: Alarmed) -> None:
        alarm = event.alarm
        self.room.note_alerts(alarm.open)
        if alarm.new and alarm.screen is not None:
            self._toast(alarm)
            self._draw_attention(alarm.new[-1].title, bell=alarm.screen.bell, notify=alarm.screen.notify)
        self.tick()

    def _toast(self, alarm: Alarm) -> None:
        """Show the newest alert; earlier ones that came with it are counted."""
        if alarm.screen is None or not alarm.screen.toast:
            return
        self.notify(
            "\n".join([*in_brief(alarm.new), "a lists, Esc hides."]),
            severity="error" if alarm.new[-1].severity == "high" else "warning",
            timeout=_TOAST_SECONDS,
            markup=False,
        )

    def _draw_attention(self, words: str, *, bell: bool, notify: str) -> None:
        if self.room.options.in_browser:
            return
        if bell:
            self.app.bell()
        sequence = notification(notify, words)
        driver = self.app._driver  # noqa: SLF001 - Textual has a door for the bell only
        if sequence and driver is not None and not self.app.is_headless:
            driver.write(sequence)

    def watch_collector(self) -> None:
        """Say it once when the collector gives no sign of life any more."""
        word = self.room.facts.collector
        dead, before = word.startswith("dead"), self._collector_dead
        self._collector_dead = dead
        if dead and not before:
            screen = self.room.alarms.screen() if self.room.alarms is not None else None
            said = f"The collector is {word}: nothing new is fetched. Start it again: warwatch poll"
            if screen is None or screen.toast:
                self.notify(said, severity="error", timeout=_TOAST_SECONDS, markup=False)
            if screen is not None:
                self._draw_attention(said, bell=screen.bell, notify=screen.notify)

    async def action_alerts(self) -> None:
        """List the alerts, to be acknowledged."""
        room, alarms = self.room, self.room.alarms
        if alarms is None:
            self.say("This viewer knows of no alerts.")
            return

        try:
            notices = alarms.listed()
        except ArchiveError as error:
            self.say(str(error))
            return
        newest = max((notice.seq for notice in notices), default=0)

        def seen() -> None:  # what comes while the list is open was not seen in it
            self.decide(lambda: alarms.acknowledge(newest, room.operator, room.live_clock()))

        from tui.screens.alarms import AlarmsScreen

        await self.app.push_screen(AlarmsScreen(notices, seen, ascii_only=room.options.ascii_only))
