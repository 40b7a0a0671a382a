"""Where the panels stand, which one has the focus, and the way back from what was opened."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from tui.rowlist import RowList
from tui.screens.reading import ReadingScreen
from tui.views.layout import PANELS, TALL


class ArrangingScreen(ReadingScreen):
    """A screen whose panels are arranged by the size of the terminal."""

    @property
    def focused_panel(self) -> RowList:
        """The panel that has the focus by the layout, or had it before the prompt took it."""
        return self.query_one(f"#{self.room.layout.focus}", RowList)

    def open_panel(self, panel: str) -> None:
        """Open a detail, to be closed again by going back."""
        self.room.layout.open(panel, self.size.width)
        self.place_panels()

    def action_panel(self, panel: str) -> None:
        """Go to a panel."""
        if panel == "story" and (row := self.room.wire.selected) and self.room.layout.focus != "story":
            self.read_story(row.id)
        self.room.layout.go(panel, self.size.width)
        self._go_there()

    def action_turn(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) panel."""
        self.room.layout.turn(step, self.size.width)
        self.room.layout.follow(self.size.width)
        self._go_there()

    def _go_there(self) -> None:
        """Put the panels so; on the wire, the story under its cursor is shown beside it."""
        self.place_panels()
        if self.room.layout.focus == "wire":
            self.call_after_refresh(self.follow_wire)

    def action_arrange(self) -> None:
        """Put the next choice of panels side by side, and keep it on the desk for this size."""
        layout = self.room.layout
        if panels := layout.rearrange(self.size.width):
            self.room.settings.keep(f"layout.{layout.size(self.size.width)}", " ".join(panels))
            self.say(f"Side by side: {', '.join(panels)}.")
            self.place_panels()
        else:
            self.say("At this size the panels stand in one way only.")

    def close_opened(self) -> bool:
        """Close what was opened last; False when nothing is open."""
        if not self.room.layout.back():
            return False
        self.place_panels()
        return True

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another arrangement."""
        self.place_panels(event.size.width, event.size.height)
        self.tick()
        if self.room.story.page is None:  # it may stand beside the wire now
            self.call_after_refresh(self.follow_wire)

    def tick(self) -> None:
        """Bring what moves with the clock up to date."""

    def place_panels(self, columns: int = 0, rows: int = 0) -> None:
        """Put the panels where the layout wants them, and the focus with them."""
        layout = self.room.layout
        layout.rows = rows or self.size.height
        wanted = layout.arrange(columns or self.size.width)
        if layout.focus not in wanted.panels:
            layout.focus = wanted.panels[0]
        desk = self.query_one("#desk")
        for name in ("solo", "narrow", "medium", "wide", "grand"):
            desk.set_class(name == wanted.name, f"-{name}")
        desk.set_class(layout.rows >= TALL and wanted.name != "narrow", "-tall")
        wire_seen = self.query_one("#wire").display
        _place(desk, wanted.panels)
        if wire_seen != ("wire" in wanted.panels) and self.room.wire.listing.waiting:
            self.tick()  # how many wait is told elsewhere now
        if "timeline" in wanted.panels:
            self.read_timeline()
        if self.focused is None or isinstance(self.focused, RowList):
            # Widget.focus() would wait for the next message, and keys typed meanwhile would go elsewhere.
            self.set_focus(self.query_one(f"#{layout.focus}"))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Whoever steps into a list finds it still; whoever leaves its top lets it follow again."""
        name = event.widget.id or ""
        if name not in PANELS or event.widget is not self.focused:
            return
        room = self.room
        if name != "board":
            room.board.listing.leave()
        if name == "wire":
            room.wire.listing.touch()
            if room.layout.focus != "wire":
                self.call_after_refresh(self.follow_wire)
        else:
            room.wire.listing.leave()
        room.layout.focus = name

    def follow_wire(self) -> None:
        """Read the story under the wire's cursor, where it is in sight."""


def _place(desk: Widget, panels: tuple[str, ...]) -> None:
    """Show these panels in this order, and hide the others."""
    children = list(desk.children)
    by_id = {child.id: child for child in children}
    order = [by_id[name] for name in (*panels, *(each for each in PANELS if each not in panels))]
    if order != children:
        desk.sort_children(key=order.index)
    for child in order:
        child.display = child.id in panels
