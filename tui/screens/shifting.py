"""The shift: what changed since a moment, who has what, and the note that closes it."""

from __future__ import annotations

from datetime import datetime

from textual import on, work

from feeds.theatres.model import Place
from tui.messages import ShiftRead, Typed
from tui.panels.prompt import Prompt
from tui.panels.shift import ShiftPanel
from tui.screens.outgoing import OutgoingScreen
from tui.triage import Targets
from tui.views.moments import moment_of


class ShiftingScreen(OutgoingScreen):
    """A screen that is handed over from shift to shift."""

    _since: datetime | None = None
    """Since when changes are shown; None for the end of the last shift."""
    _given: Targets | Place | None = None
    """What is being given to somebody."""

    def action_changes(self) -> None:
        """Show what changed since the last shift; asked a second time, since which moment."""
        if self.room.layout.focus == "shift":
            self.query_one(Prompt).ask(
                "since", "what changed since (6h, 18:00, 12 Aug 18:00; empty: the last shift):"
            )
            return
        self.open_panel("shift")
        self.read_shift()

    @work(thread=True, exclusive=True, group="shift", exit_on_error=False)
    def read_shift(self) -> None:
        """Ask for what is to be handed over."""
        from tui.shift.handover import handover

        room, since = self.room, self._since
        until = room.clock()
        self._answer(
            lambda: ShiftRead(
                handover(
                    room.archive,
                    room.theatre,
                    until,
                    since=since,
                    begun=room.options.since,
                    reconcile=room.options.reconcile,
                )
            )
        )

    @on(ShiftRead)
    def _shift_read(self, event: ShiftRead) -> None:
        self.room.shift.show(event.page)
        self.query_one(ShiftPanel).view_changed()

    def action_close_shift(self) -> None:
        """Ask for words for the next shift, and close this one."""
        if self.room.as_of is not None:
            self.say("A shift ends now: T returns to now.")
        else:
            self.query_one(Prompt).ask("shift", "close the shift; words for the next one (may be empty):")

    def action_assign(self) -> None:
        """Ask who has the stories or the capital in focus from now on."""
        targets = self.targets
        chosen = self.room.board.selected
        self._given = targets or (chosen.place if chosen else None)
        if self._given is None:
            self.say("Choose a capital or a story first.")
        else:
            self.query_one(Prompt).ask("assign", "who has this (empty: you; -: nobody):")

    @on(Typed)
    def _shift_typed(self, event: Typed) -> None:
        if not event.done:
            return
        if event.purpose == "since":
            self._take_since(event.words)
        elif event.purpose == "shift":
            self.decide(lambda: self._close(event.words))
        elif event.purpose == "assign" and self._given is not None:
            given, who = self._given, event.words.strip() or self.room.triage.who
            who = "" if who == "-" else who
            if isinstance(given, Targets):
                self.decide(lambda: self.room.triage.assign(given, who))
            else:
                place = given.id
                self.decide(lambda: self.room.triage.assign_place(place, who))

    def _take_since(self, words: str) -> None:
        wanted = moment_of(words, self.room.clock()) if words.strip() else None
        if words.strip() and wanted is None:
            self.say("That is no time. 6h, 2d, 18:00, 12 Aug 18:00 and 2021-08-12 18:00 are.")
            return
        self._since = wanted
        self.read_shift()

    def _close(self, words: str) -> str:
        """In a worker: write the note; the words that say so."""
        from tui.shift.closing import close_shift
        from tui.shift.handover import handover

        room = self.room
        found = handover(
            room.archive,
            room.theatre,
            room.live_clock(),
            begun=room.options.since,
            reconcile=room.options.reconcile,
        )
        close_shift(room.archive, room.theatre, found, room.triage.who, words)
        return "The shift is closed. `warwatch shift show` prints its note."
