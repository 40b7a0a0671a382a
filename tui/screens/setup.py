"""Where things are set up: sections to the left, the entries of one beside them, and dialogs for what is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from feeds.errors import WarwatchError
from tui.commands import COMMANDS, SETUP
from tui.keymap import key_name, setup_bindings
from tui.panels.status import BarLine, Part
from tui.room import Room
from tui.rowlist import RowList
from tui.screens.choice import ChoiceScreen
from tui.screens.form import FormScreen
from tui.screens.help import HelpScreen
from tui.screens.keying import KeyScreen
from tui.screens.setuplists import EntryList, SectionList
from tui.setup import Again, Choice, Errand, Form, KeyWanted, Said, Section, Step

SAID_SECONDS: Final = 8.0
"""How long words to the operator stand: longer than on the board, they are read one at a time."""


class Came(Message):
    """An errand came back with what is next."""

    def __init__(self, step: Step | WarwatchError, section: Section) -> None:
        self.step, self.section = step, section
        super().__init__()


class SetupScreen(Screen[None]):
    """Over the main screen until Esc; nothing is fetched, parsed or tracked in here."""

    BINDINGS: ClassVar[list[BindingType]] = setup_bindings()

    def __init__(
        self,
        room: Room,
        sections: Sequence[Section],
        left: Callable[[], None],
        again: Callable[[], None],
    ) -> None:
        """``left`` is called when the person leaves; ``again`` opens the viewer anew, on another theatre."""
        super().__init__(id="setup")
        self.room, self._sections, self._left, self._again = room, tuple(sections), left, again
        self._changed: Callable[[], None] = lambda: None
        self.set_class(room.options.ascii_only, "-ascii")

    def compose(self) -> ComposeResult:
        yield BarLine(id="status")
        with Horizontal(id="setup-lists"):
            yield SectionList(self._sections, self._to_entries, self._show_section)
            yield EntryList(self._sections[0], partial(self.action_deed, "open"))
        yield BarLine(id="keys")

    def begin(self, section: int = 0, changed: Callable[[], None] = lambda: None) -> None:
        """Show a section; ``changed`` is called after each change, so that the screen below may follow."""
        self._changed = changed
        self.query_one(SectionList).at = section
        self._show_section()
        self.set_focus(self.query_one(SectionList if not section else EntryList))
        self._show_keys()

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return self._sections[self.query_one(SectionList).at]

    # Moving.

    @on(RowList.Selected)
    def _selected(self, event: RowList.Selected) -> None:
        event.stop()

    async def _to_entries(self) -> None:
        self.action_turn()

    def action_turn(self) -> None:
        """From the sections to the entries, or back."""
        lists: list[RowList] = [self.query_one(SectionList), self.query_one(EntryList)]
        self.set_focus(lists[self.focused is lists[0]])
        self._show_keys()

    async def action_help(self) -> None:
        """Show the keys and the signs."""
        keymap = self.room.settings.keymap
        help_screen = HelpScreen(keymap, "setup", ascii_only=self.room.options.ascii_only)
        await self.app.push_screen(help_screen)
        help_screen.set_focus(help_screen.query_one("#help-search"))

    def action_back(self) -> None:
        """From the entries to the sections, and from there to the board."""
        if self.focused is self.query_one(EntryList):
            self.action_turn()
            return
        self.dismiss()
        self._left()

    def _show_section(self) -> None:
        """Show the section under the cursor, and find out what it wants to know."""
        self._refresh()
        errand = self.section.look()
        if errand is not None:
            self._run(errand, self.section)
        self._show_keys()

    def _refresh(self) -> None:
        try:
            self.query_one(EntryList).show(self.section)
            self.query_one(SectionList).count_again()
        except WarwatchError as error:  # a desk broken by hand, or an archive that cannot be read
            self.say(str(error))

    def _show_keys(self) -> None:
        keymap = self.room.settings.keymap
        parts: list[Part] = []
        for rank, command in enumerate(each for each in COMMANDS if each.where == SETUP):
            deed = command.action.partition("'")[2].rstrip("')")
            word = self.section.deeds.get(deed, "") if deed else command.hint
            if word:
                kept = command.id in ("setup.back", "setup.help")
                parts.append((-1 if kept else rank, (f"{key_name(keymap.of(command)[0])} {word}",), ""))
        if word := self.section.deeds.get("open", ""):
            parts.insert(0, (-1, (f"Enter {word}",), ""))
        self.query_one("#keys", BarLine).show(parts)
        where = self.room.settings.desk
        path = f"kept in {where.path}" if where else ""
        self.query_one("#status", BarLine).show(
            [(1, ("warwatch",), "bold"), (0, ("set up",), "bold"), (2, (path, ""), "")]
        )

    # Doing.

    async def action_deed(self, deed: str) -> None:
        """Do something to the entry under the cursor."""
        if deed not in self.section.deeds:
            self.say(f"Nothing to do with that key in {self.section.title.casefold()}.")
            return
        if self.room.options.read_only:
            self.say("Nothing is changed: this viewer only reads.")
            return
        try:
            step = self.section.do(deed, self.query_one(EntryList).key)
        except WarwatchError as error:
            self.say(str(error))
            return
        await self.go(step)

    async def go(self, step: Step) -> None:
        """Carry out what comes next."""
        ascii_only = self.room.options.ascii_only
        if isinstance(step, Said | Again):
            self._done(step)
        elif isinstance(step, Errand):
            self.say(step.words)
            self._run(step, self.section)
        elif isinstance(step, KeyWanted):
            await self.app.push_screen(KeyScreen(step, self.go, ascii_only=ascii_only))
        else:
            # Keys that are typed ahead are the dialog's: it is ready before the next one is looked at.
            dialog = (
                FormScreen(step, self.go, ascii_only=ascii_only)
                if isinstance(step, Form)
                else ChoiceScreen(step, partial(self._chosen, step), ascii_only=ascii_only)
            )
            await self.app.push_screen(dialog)
            dialog.begin()

    async def _chosen(self, choice: Choice, key: str) -> None:
        if choice.done is None:
            return
        try:
            step = choice.done(key)
        except WarwatchError as error:
            self.say(str(error))
            return
        await self.go(step)

    def _done(self, step: Said | Again) -> None:
        self.room.settings.read()
        self._changed()
        self._refresh()
        self._show_keys()
        if isinstance(step, Again):
            self._again()
        elif step.words:
            self.say(step.words)

    def say(self, words: str) -> None:
        """One line to the operator: in the dialog that is open, else at the bottom."""
        if isinstance(self.app.screen, FormScreen):
            self.app.screen.say(words)
        elif not self.query_one("#keys", BarLine).tell(words, SAID_SECONDS):
            self.notify(words, markup=False, timeout=SAID_SECONDS)

    def _run(self, errand: Errand, section: Section) -> None:
        if errand.lasting:
            self._write(errand, section)
        else:
            self._find_out(errand, section)

    @work(thread=True, group="write", exit_on_error=False)
    def _write(self, errand: Errand, section: Section) -> None:
        """In a thread: do what is to be done whatever is asked for next."""
        self._carry_out(errand, section)

    @work(thread=True, group="errand", exclusive=True, exit_on_error=False)
    def _find_out(self, errand: Errand, section: Section) -> None:
        """In a thread: do what takes a while, unless something else was asked for meanwhile."""
        self._carry_out(errand, section)

    def _carry_out(self, errand: Errand, section: Section) -> None:
        worker = get_current_worker()
        step: Step | WarwatchError
        try:
            step = errand.job(lambda: worker.is_cancelled)
        except WarwatchError as error:
            step = error
        if not worker.is_cancelled:
            self.post_message(Came(step, section))

    @on(Came)
    async def _came(self, event: Came) -> None:
        step = event.step
        if isinstance(step, WarwatchError):
            if isinstance(self.app.screen, FormScreen):
                self.app.screen.complain(step)
            else:
                self.say(str(step))
        elif step == Said(""):
            self._refresh()
        else:
            await self.go(step)
