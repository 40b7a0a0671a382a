"""The application: themes, the last gate, and the thread that looks at the archive."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on, work
from textual.app import App, SystemCommand
from textual.command import Provider
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from feeds.clock import Clock, system_clock
from feeds.desk import Desk
from feeds.errors import ArchiveError
from feeds.theatres.model import Theatre
from tui.display import GATE, PLAIN_BORDERS
from tui.keymap import WAY_OUT
from tui.line import Line
from tui.messages import Arrived, Trouble
from tui.options import AGAIN, ViewerOptions
from tui.reading import ArchiveReader
from tui.room import Room
from tui.rowlist import RowList
from tui.screens.main import MainScreen
from tui.settings import Settings
from tui.styling import ANSI, COMPONENTS, SLOW_LINK, THEMES, fallback_variables
from tui.themes import theme_of
from tui.thrift import keep_little

ANSWERS_AGAIN: Final = "The archive answers again; what came meanwhile is shown."
if TYPE_CHECKING:
    from tui.screens.keying import KeyScreen

TROUBLE_SECONDS: Final = 5.0
"""How long to wait before an archive that could not be read is asked again."""


def _commands() -> type[Provider]:
    """The palette's commands, loaded when it is opened."""
    from tui.palette import CommandProvider

    return CommandProvider


def _names() -> type[Provider]:
    """The palette's places, feeds and views."""
    from tui.palette import JumpProvider

    return JumpProvider


class WarwatchApp(App[None]):
    """The full screen over one archive and one theatre."""

    TITLE = "warwatch"
    CSS_PATH: ClassVar[str] = "styles/warwatch.tcss"
    COMPONENT_CLASSES: ClassVar[set[str]] = {*COMPONENTS}
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        _commands,
        _names,
    }
    ENABLE_COMMAND_PALETTE = True
    AUTO_FOCUS = None

    def __init__(
        self,
        archive: ArchiveReader,
        theatre: Theatre,
        clock: Clock = system_clock,
        options: ViewerOptions | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.options = options or ViewerOptions()
        settings = Settings(desk)
        theme = theme_of(self.options.theme, settings.theme)
        plain = theme == ANSI
        super().__init__(ansi_color=True if plain else None)
        for each in THEMES:
            self.register_theme(each)
        # A change of the theme reads the whole style sheet anew; nothing of it was read yet.
        self.set_reactive(App.theme, theme)
        self._invalidate_css()
        self.stylesheet.set_variables(self.get_css_variables())
        self.animation_level = "none"
        self.set_class(self.options.low_bandwidth, SLOW_LINK)
        self.room = Room(archive, theatre, clock, self.options, settings)
        self.set_keymap(settings.keymap.changed())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, for a theme that does not name them."""
        return fallback_variables()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and, after them, the last gate for feed text."""
        plain = [PLAIN_BORDERS] if self.options.ascii_only else []
        return [*super().get_line_filters(), GATE, *plain]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Of Textual's own commands only the theme; all others are in our table."""
        for command in super().get_system_commands(screen):
            if command.title == "Theme":
                yield command

    async def on_event(self, event: events.Event) -> None:
        """Keys for our lists and lines are carried out here, one after the other.

        Textual hands each key to whoever has the focus when it is read from the terminal. Of keys that arrive
        together (a paste, a slow link) all would go where the first was meant for.
        """
        fresh = isinstance(event, events.Key) and not event.is_forwarded
        wanted = self._asks_for_a_key() if fresh else None
        if wanted is not None and isinstance(event, events.Key) and event.key != WAY_OUT:
            await wanted.take(event.key)
            return
        focused = self.focused if fresh else None
        if not isinstance(event, events.Key) or not isinstance(focused, RowList | Line):
            await super().on_event(event)
        elif not await self._check_bindings(event.key, priority=True):
            if isinstance(focused, Line) and event.is_printable and event.character:
                focused.take(event.character)
            elif not await self._check_bindings(event.key) and self.screen is self.main:
                self.main.open_view_of_key(event.key)

    def _asks_for_a_key(self) -> KeyScreen | None:
        """The dialog that takes whatever key is pressed next, while it is open."""
        if len(self.screen_stack) < 2:
            return None
        from tui.screens.keying import KeyScreen

        return self.screen if isinstance(self.screen, KeyScreen) else None

    def get_default_screen(self) -> Screen[None]:
        """The main screen with the first page in it: an empty one under it would be laid out and painted before."""
        self.main = MainScreen(self.room, self.follow_settings, self.open_again)
        news = self.room.bridge.look()
        if news is not None:
            self.room.take_first(news)
        return self.main

    def on_mount(self) -> None:
        """Look at the archive from now on."""
        self.call_after_refresh(_collect_again)
        if self.options.poll_seconds:
            # What only the archive proper tells is read once the first frame stands: opening it takes a while.
            self.call_after_refresh(self.pump)
        if not self.is_headless:
            self._heed_signals()

    @on(Driver.SignalResume)
    def _brought_back(self) -> None:
        """Back from the shell: nothing of what was painted stands on the terminal any more."""
        self.refresh(layout=True)

    def _heed_signals(self) -> None:
        """Asked to end, or with its terminal gone, the app leaves as if the operator had quit."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))

    def follow_settings(self) -> None:
        """What was set up has changed: keys and theme follow at once."""
        settings = self.room.settings
        self.set_keymap(settings.keymap.changed())
        wanted = theme_of(self.options.theme, settings.theme)
        if ANSI not in (self.theme, wanted):
            self.theme = wanted
        self.main.tick()

    def open_again(self) -> None:
        """Leave, for the viewer to be opened anew on what was set up."""
        self.exit(return_code=AGAIN)

    def look(self) -> None:
        """Look at the archive once, now, and show what moved."""
        news = self.room.bridge.look()
        if news is not None:
            self.main.take(news)

    @work(thread=True, group="pump", exit_on_error=False)
    def pump(self) -> None:
        """In a thread: look at the archive a few times a second and post what moved, merged, one piece at a time."""
        worker, lost = get_current_worker(), False

        def stopped() -> bool:
            """Whether to end; told to leave during its first frame, the app cancels its workers before this one begins."""
            return worker.is_cancelled or not self.is_running

        while not stopped():
            pause = self.options.poll_seconds
            try:
                with self.room.bridge.alone:
                    if news := self.room.bridge.look():
                        self.main.post_message(Arrived(news))
                if lost:
                    self.main.post_message(Trouble(ANSWERS_AGAIN))
                lost = False
            except ArchiveError as error:
                self.main.post_message(Trouble(str(error)))
                lost, pause = True, TROUBLE_SECONDS
            _sleep(pause, stopped)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A worker that failed is told, and the screen goes on."""
        if event.state is WorkerState.ERROR:
            what = f"{type(event.worker.error).__name__}: {event.worker.error}"
            self.notify(f"Reading stopped. {what}", markup=False, severity="error", timeout=30)


def _collect_again() -> None:
    """Look for garbage from now on where that was put off, but not among what was loaded: that stays."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
        keep_little()


def _sleep(seconds: float, stopped: Callable[[], bool]) -> None:
    """Sleep in short naps, so that quitting never waits."""
    until = time.monotonic() + seconds
    while not stopped() and (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 0.25))


def run_viewer(
    archive: ArchiveReader,
    theatre: Theatre,
    clock: Clock = system_clock,
    options: ViewerOptions | None = None,
    desk: Desk | None = None,
) -> int:
    """Open the full screen until the operator quits; the exit status, 1 for a terminal that cannot show it, or AGAIN."""
    # Textual paints on stderr, so that stdout may be piped.
    served = options is not None and options.in_browser
    if not served and (
        os.environ.get("TERM", "") in ("dumb", "") or not (sys.stdin.isatty() and sys.stderr.isatty())
    ):
        print(
            "warwatch: this terminal cannot show a full screen (TERM=dumb, or it is no terminal); "
            "try: warwatch board",
            file=sys.stderr,
        )
        return 1
    app = WarwatchApp(archive, theatre, clock, options, desk)
    app.run()
    return app.return_code or 0
