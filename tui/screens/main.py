"""The main screen: it wires panels to views, and is the only part that knows them all."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer

from tui.bridge import News
from tui.keymap import command, screen_bindings
from tui.messages import Arrived, Trouble
from tui.panels.board import BoardPanel
from tui.panels.evidence import EvidencePanel
from tui.panels.map import MapPanel
from tui.panels.prompt import Prompt
from tui.panels.shift import ShiftPanel
from tui.panels.status import BarLine, key_parts, status_parts
from tui.panels.story import StoryPanel
from tui.panels.timeline import TimelinePanel
from tui.panels.wire import WirePanel
from tui.room import Room
from tui.rowlist import RowList
from tui.screens.company import CompanyScreen
from tui.views.status import emptiness
from tui.views.story import place_names

RECOUNT_SECONDS: Final = 1.0
"""How long the count of stories that wait may be behind."""
REREAD_SECONDS: Final = 2.0
"""How long what is known of the stories in sight may be behind, while others arrive."""


class MainScreen(CompanyScreen):
    """Board, wire, story and evidence, arranged by the size of the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings()

    def __init__(
        self,
        room: Room,
        followed: Callable[[], None] = lambda: None,
        again: Callable[[], None] = lambda: None,
    ) -> None:
        """``followed`` makes the app follow what was set up; ``again`` opens the viewer anew."""
        super().__init__(room)
        self._followed, self._again = followed, again
        self._minute = -1
        self._rereading: Timer | None = None
        self._recounting: Timer | None = None
        self._told: object = None
        """What the lines at the top and at the bottom were made from last."""

    def compose(self) -> ComposeResult:
        room = self.room
        yield BarLine(id="status")
        with Container(id="desk"):
            yield BoardPanel(room.board, room.clock, ascii_only=room.options.ascii_only)
            yield WirePanel(room.wire, room.clock, place_names(room.theatre), self._nothing)
            yield StoryPanel(room.story, room.clock)
            yield EvidencePanel(room.evidence, room.clock)
            yield MapPanel(room.map, ascii_only=room.options.ascii_only)
            yield TimelinePanel(room.timeline, room.clock, ascii_only=room.options.ascii_only)
            yield ShiftPanel(room.shift, room.clock)
        yield Prompt()
        yield BarLine(id="keys")

    def on_mount(self) -> None:
        """Arrange the panels, and look at the clock from time to time."""
        self.set_class(self.room.options.ascii_only, "-ascii")
        for rows in self.query(RowList):
            rows.opened = self.open_row
        self.place_panels()
        self.set_interval(1.0, self.tick)
        self.begin_alarms()
        self.begin_company()
        self.follow()

    def follow_settings(self) -> None:
        """What was set up has changed: keys, theme and the marks of watch terms follow at once."""
        self._followed()
        self.room.wire.forget_rows()
        self.query_one(WirePanel).repaint_if_changed()

    def open_again(self) -> None:
        """Leave, for the viewer to be opened anew on what was set up."""
        self._again()

    # News from the archive.

    @on(Arrived)
    def _arrived(self, event: Arrived) -> None:
        self.take(event.news)

    def take(self, news: News) -> None:
        """Show what moved; only what is others than before is painted."""
        room, board, wire = self.room, self.query_one(BoardPanel), self.query_one(WirePanel)
        if news.afresh:
            room.begin_afresh(news.as_of)
        shown, version = room.board.selected, room.board.version
        if news.decisions is not None:
            room.board.take_decisions(news.decisions)
            self.read_again()
        room.board.note_changes(news.changes)
        if not news.afresh and news.begun == room.facts.since:
            self.glow(news.changes)
        if room.board.show(news.board, news.tally):
            board.view_changed()
        elif room.board.version != version:
            board.repaint_if_changed()
        if room.board.version != version:
            self.query_one(MapPanel).repaint_if_changed()
            self._past_moved()
        self._take_ids(news, wire)
        room.facts = room.facts.with_news(news.feeds, len(news.changes), news.begun)
        chosen = room.board.selected
        if chosen is not None and chosen is not shown and room.layout.focus in ("board", "evidence"):
            moved = shown is None or chosen.place.id != shown.place.id
            if chosen.place.id == self._of_place or (moved and room.layout.focus == "board"):
                self.show_place()
        self.tell_facts()

    def _past_moved(self) -> None:
        """Read the past again where it is in sight."""
        if self.query_one(TimelinePanel).display:
            self.query_one(TimelinePanel).view_changed()
            self.read_timeline()

    def _take_ids(self, news: News, panel: WirePanel) -> None:
        wire = self.room.wire
        before = wire.listing.selected
        sorted_out = news.marked is not None and wire.take_marked(news.marked)
        moved = wire.take_all(news.all_ids) if news.all_ids is not None else wire.take_new(news.new_ids)
        watched = wire.filter.watched  # what terms find moves the archive, and nothing else
        if self._filter_line and (news.new_ids or news.all_ids or news.acted or watched):
            self.read_filter(self._filter_line, again=True)
        if moved or sorted_out:
            panel.view_changed()
        elif news.acted or news.all_ids is not None:
            self._reread()
        else:
            if self._recounting is None:
                self._recount()
            if self._rereading is None:
                self._rereading = self.set_timer(REREAD_SECONDS, self._reread)
        if wire.listing.selected != before:
            self.follow_wire()

    def _recount(self) -> None:
        """Say in the border how many wait: the first at once, then once a second, for a frame costs as much as a key."""
        told = self.query_one(WirePanel).retitle()
        self._recounting = self.set_timer(RECOUNT_SECONDS, self._recount) if told else None

    def _reread(self) -> None:
        """Read the stories in sight again: others may tell the same by now."""
        if self._rereading is not None:
            self._rereading.stop()
            self._rereading = None
        panel = self.query_one(WirePanel)
        if self.room.wire.reread(*panel.lines_in_sight):
            panel.repaint_if_changed()
        else:
            panel.retitle()

    def tick(self) -> None:
        """Bring clock, ages and the collector's sign of life up to date; paints only what is others."""
        room = self.room
        now = room.clock()
        self.tell_facts()
        minute = int(now.timestamp() // 60)
        if minute != self._minute:
            self._minute = minute
            for panel in self.query(RowList):
                panel.repaint_if_changed()
            self._past_moved()
        if not room.wire.listing.count:
            self.query_one(WirePanel).refresh_if_nothing_new()
        if room.settings.read():  # somebody changed the desk elsewhere
            self.follow_settings()
        trouble = room.trouble or room.settings.trouble
        if trouble:
            room.trouble = room.settings.trouble = ""
            self.say(trouble)

    def tell_facts(self) -> None:
        """Bring the line at the top and the one at the bottom up to date, where anything in them is others."""
        room = self.room
        room.note(collector=room.bridge.pulse.word(time.monotonic()))
        self.watch_collector()
        now, waiting = room.clock().replace(second=0, microsecond=0), room.wire.listing.waiting
        # The wire says in its border how many wait; where it is out of sight, the line at the top does.
        untold = 0 if self.query_one(WirePanel).display else waiting
        told = (room.facts, now, untold, waiting > 0, room.as_of, room.settings.keymap, self.size)
        if told == self._told:
            return
        self._told = told
        parts = status_parts(room.facts, room.theatre.title, now, untold, as_of=room.as_of is not None)
        self.query_one("#status", BarLine).show(parts)
        self.query_one("#keys", BarLine).show(key_parts(waiting, room.settings.keymap))

    def _nothing(self) -> list[str]:
        return list(emptiness(self.room.facts, filtered=not self.room.wire.filter.empty))

    @on(Trouble)
    def _trouble(self, event: Trouble) -> None:
        self.room.story.coming = ""  # what is shown is what keys are for
        self.say(event.what)

    def action_refresh_list(self) -> None:
        """Let in what waits, in every list; a wire that nobody reads begins at its newest story again."""
        wire, waited = self.room.wire, self.room.wire.listing.waiting
        self.room.board.listing.refresh()
        wire.refresh()
        if self.room.layout.focus not in ("wire", "story"):
            wire.listing.go(0)
            wire.listing.leave()
            self.follow_wire()
        self.query_one(BoardPanel).view_changed()
        self.query_one(WirePanel).view_changed()
        self.query_one(TimelinePanel).view_changed()
        self.tick()
        if waited and self.query_one(WirePanel).lines_in_sight[0] > 0:
            top = self.room.settings.keymap.shown(command("list.top"))
            self.say(f"{waited:,} let in, above these; {top} goes to the newest.")

    async def action_help(self) -> None:
        """Show the keys and the signs."""
        from tui.screens.help import HelpScreen

        room = self.room
        help_screen = HelpScreen(room.settings.keymap, room.layout.focus, ascii_only=room.options.ascii_only)
        await self.app.push_screen(help_screen)
        help_screen.set_focus(help_screen.query_one("#help-search"))
