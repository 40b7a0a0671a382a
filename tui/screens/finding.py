"""Search and filter: the prompt's words carried to the list that has the focus."""

from __future__ import annotations

from textual import on

from tui.helping import FilterHelp
from tui.messages import BoardTermsRead, FilterRead, Left, SearchRead, Typed
from tui.panels.board import BoardPanel
from tui.panels.evidence import EvidencePanel
from tui.panels.prompt import Prompt
from tui.panels.shift import ShiftPanel
from tui.panels.story import StoryPanel
from tui.panels.wire import WirePanel
from tui.rowlist import RowList
from tui.screens.following import FollowingScreen
from tui.views.filtering import Filter
from tui.views.order import NewestFirst


class FindingScreen(FollowingScreen):
    """A screen whose lists can be searched and filtered."""

    _words = ""
    """What was searched for last."""
    _filter_line = ""
    """The wire's filter as it was typed."""
    _board_line = ""
    """The board's filter as it was typed."""
    _target = "board"
    """The panel that the prompt was opened for."""

    def action_search(self) -> None:
        """Ask for words to find in this list."""
        self._target = self.room.layout.focus
        self.query_one(Prompt).ask("search", f"/ find in {self._target}:")

    def action_filter(self) -> None:
        """Ask for words that rows must hold."""
        self._target = "board" if self.room.layout.focus == "board" else "wire"
        if not self.query_one(f"#{self._target}").display:  # what is filtered is seen while it is typed
            self.room.layout.go(self._target, self.size.width)
            self.place_panels()
        words = self._filter_line if self._target == "wire" else self._board_line
        helper = FilterHelp(self.room.names(), self.room.clock())
        self.query_one(Prompt).ask("filter", f"\\ only {self._target} rows with:", words, helper)

    def action_find(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) match."""
        if not self._words:
            self.say("Nothing searched for yet. / asks for words.")
        elif not self._find(step):
            self.say("No match here.")

    def drop_finds(self) -> bool:
        """Forget the search, then the filters; True when there was one."""
        if self._words:
            self._words = self.query_one(WirePanel).searched = ""
            self.query_one(WirePanel).repaint_if_changed()
            return True
        board = self.room.board
        if self._filter_line or not board.filter.empty:
            self._filter_line = self._board_line = ""
            self.query_one(WirePanel).typed, self.query_one(WirePanel).complaints = "", ()
            board.set_filter(Filter())
            self.room.wire.set_filter(Filter(), ())
            self.query_one(BoardPanel).view_changed()
            self.query_one(WirePanel).view_changed()
            return True
        return False

    @on(Typed)
    def _typed(self, event: Typed) -> None:
        if event.purpose not in ("search", "filter"):
            return
        if event.purpose == "search":
            self._words = event.words.strip()
            if self._target == "wire":
                self._search(done=event.done)
            elif self._words:
                self._find(1, here=True)
        elif self._target == "board":
            self._complain(self._filter_board(event.words), event.done)
        else:
            self._filter_line = event.words
            self.read_filter(event.words)

    def show_filtered(self, panel: str, words: str) -> None:
        """Go to the wire or the board, with a filter in the place of the one it has."""
        self.room.layout.go(panel, self.size.width)
        self.place_panels()
        if panel == "board":
            self._complain(self._filter_board(words), done=True)
            return
        self._filter_line = words
        self.room.wire.listing.following = True
        self.read_filter(words)

    def _filter_board(self, words: str) -> Filter:
        wanted = self.room.filter_of(words)
        self.room.board.set_filter(wanted)
        self._board_line = words
        if wanted.watched:
            self.read_board_terms(words)
        self.query_one(BoardPanel).view_changed()
        return wanted

    @on(Left)
    def _left(self, event: Left) -> None:
        if event.purpose == "search":
            self._words = ""

    def _complain(self, wanted: Filter, done: bool) -> None:
        """Say what of a filter was not understood, once it is typed."""
        if done and wanted.complaints:
            self.say("Left out: " + "; ".join(wanted.complaints))

    @on(BoardTermsRead)
    def _board_terms(self, event: BoardTermsRead) -> None:
        if event.line == self._board_line:
            self.room.board.take_terms(event.terms)
            self.query_one(BoardPanel).view_changed()

    def _search(self, *, done: bool) -> None:
        """Ask for the rows that match; one letter begins words of nearly every story and waits for the next."""
        if done or len(self._words) != 1 or not self._words.isascii():
            self.read_search(self._words)
        else:
            self._searched(SearchRead(self._words, NewestFirst()))

    @on(FilterRead)
    def _filtered(self, event: FilterRead) -> None:
        self.filter_was_read(event.line)
        if event.trouble:
            self.say(event.trouble)
        if event.line != self._filter_line or event.ids is None:
            return
        wire, panel = self.room.wire, self.query_one(WirePanel)
        if not event.again or event.line.strip() != panel.typed:
            wanted = self.room.filter_of(event.line)
            panel.typed, panel.complaints = event.line.strip(), wanted.complaints
            wire.set_filter(wanted, event.ids)
            panel.view_changed()
        elif wire.take_filtered(event.ids):
            panel.view_changed()
        else:
            panel.retitle()

    @on(SearchRead)
    def _searched(self, event: SearchRead) -> None:
        if event.words != self._words:
            return
        self.room.wire.found = event.ids if event.words else NewestFirst()
        self.query_one(WirePanel).searched = event.words
        if event.words:
            self._find(1, here=True, panel="wire")
        self.query_one(WirePanel).repaint_if_changed()

    def _find(self, step: int, *, here: bool = False, panel: str = "") -> bool:
        """Move the cursor of a list to the next match; False when there is none."""
        rows = self.query_one(f"#{panel}", RowList) if panel else self.focused_panel
        if isinstance(rows, StoryPanel):
            return rows.find(self._words, step)
        before = rows.cursor_span()
        if isinstance(rows, BoardPanel):
            found = rows.view.find(self._words, step, here=here)
        elif isinstance(rows, WirePanel):
            found = rows.view.find(step, here=here)
        elif isinstance(rows, EvidencePanel | ShiftPanel):
            found = rows.view.find(self._words, step, here=here)
        else:
            found = False
        if found:
            rows.cursor_moved(before)
        return found
