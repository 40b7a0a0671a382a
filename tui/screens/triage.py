"""Triage: marking stories, and reading, flagging, dismissing, escalating and noting those that are marked."""

from __future__ import annotations

from textual import on

from tui.messages import Decided, Typed, UnreadRead
from tui.panels.prompt import Prompt
from tui.panels.wire import WirePanel
from tui.reading import StoryRow
from tui.screens.finding import FindingScreen
from tui.triage import MOST, Targets


class TriageScreen(FindingScreen):
    """A screen on which a person works through the wire."""

    _noted: Targets = Targets()
    """What the note that is being typed is for."""

    @property
    def targets(self) -> Targets:
        """What an action is done to: the marked stories, else the one that the focus is on."""
        room = self.room
        if room.layout.focus == "story":
            return Targets(stories=(room.story.id,)) if room.story.id else Targets()
        if room.layout.focus == "evidence":
            sentence = room.evidence.selected
            return Targets(stories=(sentence.story,)) if sentence else Targets()
        if room.layout.focus == "shift":
            entry = room.shift.selected
            return Targets(stories=(entry.story,)) if entry and entry.story else Targets()
        if room.layout.focus != "wire":
            return Targets()
        if room.wire.marking:
            return Targets(rows=room.wire.marking.keys)
        row = room.wire.selected
        return Targets(rows=(row.row,)) if row else Targets()

    @property
    def _in_wire(self) -> bool:
        if self.room.layout.focus != "wire":
            self.say("Stories are marked on the wire (2).")
            return False
        return self.room.wire.listing.count > 0

    def action_mark_one(self) -> None:
        """Mark the story under the cursor, and go on to the next."""
        if self._in_wire:
            listing, panel = self.room.wire.listing, self.query_one(WirePanel)
            self.room.wire.marking.toggle(listing.shown[listing.index])
            before = panel.cursor_span()
            if listing.move(1):
                panel.cursor_moved(before)
            else:
                panel.repaint_rows()

    def action_mark_range(self) -> None:
        """Mark from the story marked last to this one."""
        if self._in_wire:
            listing = self.room.wire.listing
            if not self.room.wire.marking.stretch(listing.shown, listing.index):
                self.say("The range begins here; V again where it ends.")
            self.query_one(WirePanel).repaint_rows()

    def action_mark_all(self) -> None:
        """Mark every story listed."""
        if self._in_wire:
            self.room.wire.marking.all(self.room.wire.listing.shown)
            self.query_one(WirePanel).repaint_rows()

    def action_clear(self) -> None:
        """Take a message away that stands over the panels, else the marks; without any, go back."""
        if self.hide_told():
            return
        if self.room.layout.focus == "wire" and self.room.wire.marking:
            self.room.wire.marking.clear()
            self.query_one(WirePanel).repaint_rows()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Close what is open, else forget search and filter."""
        if not self.close_opened() and not self.drop_finds():
            self.say("Nothing is open. Q quits, ? helps.")

    def action_triage(self, kind: str) -> None:
        """Read, flag, dismiss or escalate the targets."""
        chosen = self.room.board.selected
        if kind == "read" and self.room.layout.focus == "board" and chosen is not None:
            place = chosen.place.id
            self.decide(lambda: self.room.triage.acknowledge(place))
            return
        targets = self._some_targets()
        if targets:
            self.decide(lambda: self.room.triage.mark(kind, targets))

    def _some_targets(self) -> Targets:
        """The targets, or none with a word on why."""
        targets = self.targets
        if not targets:
            self.say("Choose a story first: on the wire (2), or open one.")
        elif len(targets) > MOST:
            self.say(f"{len(targets):,} are marked; at most {MOST:,} at once.")
            return Targets()
        return targets

    def action_note(self) -> None:
        """Ask for the words of a note."""
        self._noted = self._some_targets()
        if self._noted:
            which = "story" if len(self._noted) == 1 else f"{len(self._noted)} stories"
            self.query_one(Prompt).ask(
                "note", f"note on this {which}:" if which == "story" else f"note on {which}:"
            )

    @on(Typed)
    def _note_typed(self, event: Typed) -> None:
        text, targets = event.words.strip(), self._noted
        if event.purpose == "note" and event.done and text:
            self.decide(lambda: self.room.triage.note(targets, text))

    def action_undo(self) -> None:
        """Take back what was done last."""
        self.decide(self.room.triage.undo)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        self.decide(self.room.triage.redo)

    def action_unread(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) unread story."""
        panel = self.query_one(WirePanel)
        if self.room.layout.focus != "wire":
            self.room.layout.go("wire", self.size.width)
            self.place_panels()
        before = panel.cursor_span()
        found = self.room.wire.next_unread(step)
        if found is None:
            self.read_unread(step)
        else:
            self._unread_found(step, before, found=found)

    @on(UnreadRead)
    def _unread(self, event: UnreadRead) -> None:
        before = self.query_one(WirePanel).cursor_span()
        self._unread_found(event.step, before, found=self.room.wire.go_unread(event.step, event.ids))

    def _unread_found(self, step: int, before: tuple[int, int], *, found: bool) -> None:
        if found:
            self.query_one(WirePanel).cursor_moved(before)
        else:
            self.say(f"No unread story {'below' if step > 0 else 'above'}.")

    def action_dismissed(self) -> None:
        """Show dismissed stories too, or hide them again."""
        shown = self.room.wire.show_dismissed()
        self.query_one(WirePanel).view_changed()
        self.say("Dismissed stories are shown." if shown else "Dismissed stories are hidden.")

    def mark_opened(self, row: StoryRow) -> None:
        """A person opened a story: it is read."""
        if not row.read:
            self.decide(lambda: self.room.triage.opened(row.id), quietly=True)

    @on(Decided)
    def _decided(self, event: Decided) -> None:
        """Show what was decided: signs where they stand, and the details read again."""
        panel = self.query_one(WirePanel)
        if self.room.wire.reread(*panel.lines_in_sight):
            panel.repaint_if_changed()
        if event.words:
            self.say(event.words)
            self.read_again()
