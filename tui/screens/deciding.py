"""Decisions about the board and the threads: overrides, muted sentences, stories split off or merged."""

from __future__ import annotations

from feeds.evidence import Evidence
from tui.screens.triage import TriageScreen
from tui.triage import Targets
from tui.views.board import BoardRow
from tui.views.overriding import Override


class DecidingScreen(TriageScreen):
    """A screen on which a person may know better than the evidence."""

    @property
    def _capital(self) -> BoardRow | None:
        """The capital under the board's cursor, or the one whose evidence is open."""
        room = self.room
        if room.layout.focus == "evidence" and self._of_place:
            return room.board.row_of(self._of_place)
        if room.layout.focus == "shift" and (entry := room.shift.selected):
            return room.board.row_of(entry.place)
        return room.board.selected if room.layout.focus == "board" else None

    async def action_override(self) -> None:
        """Ask what a standing is to be, why, and until when."""
        row = self._capital
        if row is None:
            self.say("Choose a capital first: on the board (1), or in its evidence.")
            return
        if self.room.options.read_only:
            self.say("Nothing was changed: this viewer only reads.")
            return
        room, place = self.room, row.place.id

        def done(wanted: Override) -> None:
            self.decide(lambda: room.triage.override(place, wanted.value, wanted.reason, wanted.until))

        from tui.screens.override import OverrideScreen

        dialog = OverrideScreen(
            row, room.theatre, room.live_clock(), done, ascii_only=room.options.ascii_only
        )
        await self.app.push_screen(dialog)
        dialog.begin()

    def action_lift(self) -> None:
        """Let a standing go by its evidence again."""
        row = self._capital
        if row is None:
            self.say("Choose a capital first: on the board (1), or in its evidence.")
        else:
            place = row.place.id
            self.decide(lambda: self.room.triage.lift(place))

    def action_mute(self) -> None:
        """Let a sentence count no longer, or again."""
        chosen: Evidence | None = self.room.evidence.selected
        if self.room.layout.focus != "evidence" or chosen is None:
            self.say("Choose a sentence first: e opens the evidence.")
        else:
            seq, place = chosen.seq, chosen.place
            self.decide(lambda: self.room.triage.mute(seq, place))

    def action_split(self) -> None:
        """This story tells of another event than its thread."""
        story = self.room.story.id
        if self.room.layout.focus != "story" or not story:
            self.say("Open the story first that does not belong: Enter, then S.")
        else:
            self.decide(lambda: self.room.triage.split(story))

    def action_merge(self) -> None:
        """The marked stories tell of one event."""
        marked = Targets(rows=self.room.wire.marking.keys)
        if len(marked) < 2:
            self.say("Mark two stories or more (Space), then merge them.")
        else:
            self.decide(lambda: self.room.triage.merge(marked))
