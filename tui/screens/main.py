"""The main screen: it wires panels to views, and is the only part that knows them all."""

from __future__ import annotations

import time
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from tui.bridge import News
from tui.keymap import screen_bindings
from tui.messages import Arrived, EvidenceRead, StoryRead, Trouble
from tui.panels.board import BoardPanel
from tui.panels.evidence import EvidencePanel
from tui.panels.prompt import Prompt
from tui.panels.status import BarLine, key_parts, status_parts
from tui.panels.story import StoryPanel
from tui.panels.wire import WirePanel
from tui.room import Room
from tui.rowlist import RowList
from tui.screens.finding import FindingScreen
from tui.screens.help import HelpScreen
from tui.screens.reading import SETTLE_SECONDS
from tui.views.layout import PANELS
from tui.views.status import emptiness
from tui.views.story import place_names

TALL = 56
"""Rows from which the board shows all capitals of a theatre at once."""


class MainScreen(FindingScreen):
    """Board, wire, story and evidence, arranged by the size of the terminal."""

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings()

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self._settling: Timer | None = None
        self._minute = -1
        self._of_place = ""
        """The capital whose evidence was asked for last; empty when a story's claims were."""

    def compose(self) -> ComposeResult:
        room = self.room
        yield BarLine(id="status")
        with Container(id="desk"):
            yield BoardPanel(room.board, room.clock, ascii_only=room.options.ascii_only)
            yield WirePanel(room.wire, room.clock, place_names(room.theatre), self._nothing)
            yield StoryPanel(room.story, room.clock)
            yield EvidencePanel(room.evidence, room.clock)
        yield Prompt()
        yield BarLine(id="keys")

    def on_mount(self) -> None:
        """Arrange the panels, and look at the clock from time to time."""
        self.set_class(self.room.options.ascii_only, "-ascii")
        self._arrange()
        self.set_interval(1.0, self.tick)
        self._follow()

    # News from the archive.

    @on(Arrived)
    def _arrived(self, event: Arrived) -> None:
        self.take(event.news)

    def take(self, news: News) -> None:
        """Show what moved; only what is others than before is painted."""
        room, board, wire = self.room, self.query_one(BoardPanel), self.query_one(WirePanel)
        shown, version = room.board.selected, room.board.version
        room.board.note_changes(news.changes)
        if room.board.show(news.board, news.tally):
            board.view_changed()
        elif room.board.version != version:
            board.repaint_if_changed()
        self._take_ids(news, wire)
        room.facts = room.facts.with_news(news.feeds, len(news.changes))
        chosen = room.board.selected
        if chosen is not None and chosen is not shown and room.layout.focus in ("board", "evidence"):
            moved = shown is None or chosen.place.id != shown.place.id
            if chosen.place.id == self._of_place or (moved and room.layout.focus == "board"):
                self._show_place()
        self.tick()

    def _take_ids(self, news: News, panel: WirePanel) -> None:
        wire = self.room.wire
        before = wire.listing.selected
        moved = wire.take_all(news.all_ids) if news.all_ids is not None else wire.take_new(news.new_ids)
        if self._filter_line and (news.new_ids or news.all_ids):
            self.read_filter(self._filter_line, again=True)
        if moved:
            panel.view_changed()
        elif wire.reread(*panel.lines_in_sight):
            panel.repaint_if_changed()
        else:
            panel.retitle()
        if wire.listing.selected != before:
            self._follow_wire()

    def tick(self) -> None:
        """Bring clock, ages and the collector's sign of life up to date; paints only what is others."""
        room = self.room
        now = room.clock()
        room.note(collector=room.bridge.pulse.word(time.monotonic()))
        waiting = room.wire.listing.waiting
        parts = status_parts(
            room.facts, room.theatre.title, now, waiting, as_of=room.options.as_of is not None
        )
        self.query_one("#status", BarLine).show(parts)
        self.query_one("#keys", BarLine).show(key_parts(waiting))
        minute = int(now.timestamp() // 60)
        if minute != self._minute:
            self._minute = minute
            for panel in self.query(RowList):
                panel.repaint_if_changed()
        if not room.wire.listing.count:
            self.query_one(WirePanel).refresh_if_nothing_new()
        if room.trouble:
            trouble, room.trouble = room.trouble, ""
            self.say(trouble)

    def _nothing(self) -> list[str]:
        return list(emptiness(self.room.facts, filtered=not self.room.wire.filter.empty))

    @on(Trouble)
    def _trouble(self, event: Trouble) -> None:
        self.say(event.what)

    # What the cursor stands on.

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        if isinstance(event, RowList.Opened):
            return
        if self._settling is not None:
            self._settling.stop()
        follow = {"board": self._show_place, "wire": self._follow_wire}.get(event.rows.id or "")
        self._settling = self.set_timer(SETTLE_SECONDS, follow) if follow else None

    def _follow(self) -> None:
        self._show_place()
        self._follow_wire()

    def _show_place(self) -> None:
        row = self.room.board.selected
        self._of_place = row.place.id if row else ""
        if row is not None:
            self.read_place(row)

    def _follow_wire(self) -> None:
        """Read the story under the wire's cursor, where it is in sight and nobody reads another one there."""
        row = self.room.wire.selected
        focus = self.room.layout.focus
        if row is not None and focus != "story" and (focus == "wire" or self.query_one(StoryPanel).display):
            self.read_story(row.id)

    @on(EvidenceRead)
    def _evidence_read(self, event: EvidenceRead) -> None:
        same = event.page.title == self.room.evidence.page.title
        self.room.evidence.show(event.page)
        panel = self.query_one(EvidencePanel)
        if not same:
            panel.scroll_to(y=0, animate=False)
        panel.view_changed()

    @on(StoryRead)
    def _story_read(self, event: StoryRead) -> None:
        before = self.room.story.page
        self.room.story.show(event.page)
        panel = self.query_one(StoryPanel)
        if before is None or event.page is None or before.story.id != event.page.story.id:
            panel.scroll_to(y=0, animate=False)
        panel.view_changed()

    # Opening and going back.

    @on(RowList.Opened)
    def _opened(self, event: RowList.Opened) -> None:
        event.stop()
        room, source = self.room, event.rows.id
        if source == "board":
            self.action_evidence()
            return
        if source == "wire" and (row := room.wire.selected):
            room.mark_read(row)
            self.read_story(row.id)
        elif source == "evidence" and (sentence := room.evidence.selected):
            self.read_story(sentence.story)
        self._open("story")

    def action_evidence(self) -> None:
        """Open the evidence behind the capital or the story in focus."""
        room = self.room
        story = room.story.page.story.id if room.story.page else ""
        if room.layout.focus == "board" and (chosen := room.board.selected):
            room.board.see(chosen.place.id)
            self.query_one(BoardPanel).repaint_if_changed()
            self._show_place()
        elif room.layout.focus == "wire" and (row := room.wire.selected):
            self._of_place = ""
            self.read_claims(row.id)
        elif room.layout.focus == "story" and story:
            self._of_place = ""
            self.read_claims(story)
        self._open("evidence")

    def _open(self, panel: str) -> None:
        self.room.layout.open(panel, self.size.width)
        self._arrange()

    def action_panel(self, panel: str) -> None:
        """Go to a panel."""
        if panel == "story" and (row := self.room.wire.selected) and self.room.layout.focus != "story":
            self.read_story(row.id)
        self.room.layout.go(panel, self.size.width)
        self._arrange()

    def action_turn(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) panel."""
        self.room.layout.turn(step, self.size.width)
        self.room.layout.follow(self.size.width)
        self._arrange()

    def action_back(self) -> None:
        """Close what is open, else forget search and filter."""
        if self.room.layout.back():
            self._arrange()
        elif not self.drop_finds():
            self.say("Nothing is open. Q quits, ? helps.")

    def action_refresh_list(self) -> None:
        """Let in what waits, in every list."""
        self.room.board.listing.refresh()
        self.room.wire.listing.refresh()
        self.query_one(BoardPanel).view_changed()
        self.query_one(WirePanel).view_changed()
        self.tick()

    def action_order(self) -> None:
        """Turn to the board's next order."""
        self.room.board.next_order()
        self.query_one(BoardPanel).view_changed()

    def action_help(self) -> None:
        """Show the keys and the signs."""
        self.app.push_screen(HelpScreen(ascii_only=self.room.options.ascii_only))

    # Where the panels stand.

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another arrangement."""
        self._arrange(event.size.width, event.size.height)
        self.tick()

    def _arrange(self, columns: int = 0, rows: int = 0) -> None:
        layout = self.room.layout
        wanted = layout.arrange(columns or self.size.width)
        if layout.focus not in wanted.panels:
            layout.focus = wanted.panels[0]
        desk = self.query_one("#desk")
        for name in ("solo", "narrow", "medium", "wide"):
            desk.set_class(name == wanted.name, f"-{name}")
        desk.set_class((rows or self.size.height) >= TALL and wanted.name != "narrow", "-tall")
        self._place(desk, wanted.panels)
        if self.focused is None or isinstance(self.focused, RowList):
            self.query_one(f"#{layout.focus}").focus()

    def _place(self, desk: Widget, panels: tuple[str, ...]) -> None:
        """Show these panels in this order, and hide the others."""
        children = list(desk.children)
        by_id = {child.id: child for child in children}
        order = [by_id[name] for name in (*panels, *(each for each in PANELS if each not in panels))]
        if order != children:
            desk.sort_children(key=order.index)
        for child in order:
            child.display = child.id in panels

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Whoever steps into a list finds it still; whoever leaves its top lets it follow again."""
        name = event.widget.id or ""
        if name not in PANELS:
            return
        room = self.room
        if name != "board":
            room.board.listing.leave()
        if name == "wire":
            room.wire.listing.touch()
            if room.layout.focus != "wire":
                self.call_after_refresh(self._follow_wire)
        else:
            room.wire.listing.leave()
        room.layout.focus = name
