"""Straight to a capital, a feed's stories, a saved view or a watch term's; and to where things are set up."""

from __future__ import annotations

from typing import Final

from feeds.desk import SavedView
from tui.cells import line
from tui.jumping import FEED, PLACE, VIEW, Target
from tui.panels.board import BoardPanel
from tui.screens.reporting import ReportingScreen
from tui.views.filtering import quoted

NO_VIEWS: Final = "No view is saved yet: filter a list (\\), then W saves the filter under a name."


class JumpingScreen(ReportingScreen):
    """A screen that knows the names of everything on it."""

    def jump(self, target: Target) -> None:
        """Go to what was chosen by its name."""
        if target.kind == PLACE:
            self.go_to_place(target.key)
        elif target.kind == VIEW:
            view = self.room.settings.view(target.key)
            if view is not None:
                self.open_view(view)
        else:
            field = "outlet" if target.kind == FEED else "term"
            self.show_filtered("wire", f"{field}:{quoted(target.key)}")

    def go_to_place(self, place: str) -> None:
        """Choose a capital on the board, whatever the board's filter."""
        board, panel = self.room.board, self.query_one(BoardPanel)
        self.room.layout.go("board", self.size.width)
        self.place_panels()
        if place not in board.listing.shown:
            self.show_filtered("board", "")
        before = panel.cursor_span()
        if board.listing.select(place):
            panel.cursor_moved(before)
            self.show_place()
        else:
            self.say("The board has no row of that name.")

    def open_view(self, view: SavedView) -> None:
        """Show a saved view in its panel."""
        self.show_filtered(view.panel, view.filter)
        self.say(f"View {line(view.name)}. Esc shows all again.")

    def open_view_of_key(self, key: str) -> bool:
        """Open the view that has this key; False when none has."""
        view = next((each for each in self.room.settings.views if key and each.key == key), None)
        if view is not None:
            self.open_view(view)
        return view is not None

    async def action_views(self) -> None:
        """Choose one of the saved views."""
        views = self.room.settings.views
        if not views:
            self.say(NO_VIEWS)
            return
        from tui.screens.choice import ChoiceScreen
        from tui.setup import Choice, Option

        options = tuple(Option(each.name, each.name, f"{each.panel}: {each.filter}") for each in views)
        choice = Choice("Saved views", options)

        async def chosen(name: str) -> None:
            view = self.room.settings.view(name)
            if view is not None:
                self.open_view(view)

        dialog = ChoiceScreen(choice, chosen, ascii_only=self.room.options.ascii_only)
        await self.app.push_screen(dialog)
        dialog.begin()

    async def action_save_view(self) -> None:
        """Save the filter of this list under a name."""
        from tui.screens.setup import SetupScreen
        from tui.setup.all import views_section

        panel = "board" if self.room.layout.focus == "board" else "wire"
        words = self._board_line if panel == "board" else self._filter_line
        await self._open_setup("Views")
        setup, desk = self.app.screen, self.room.settings.desk
        if desk is not None and isinstance(setup, SetupScreen):
            views = views_section(self.room, desk)
            await setup.go(views.form(SavedView("", words.strip(), panel), was=""))

    async def action_setup(self) -> None:
        """Open what can be set up."""
        await self._open_setup()

    async def _open_setup(self, section: str = "") -> None:
        # Loaded when it is wanted: opening the screen does not wait for it.
        from tui.screens.setup import SetupScreen
        from tui.setup.all import sections_of

        room = self.room
        if room.options.in_browser:
            self.say("Setting up is for who sits at the machine: it reads and writes files there.")
            return
        if room.settings.desk is None:
            self.say("This viewer has no desk to keep anything on.")
            return
        app = self.app
        sections = sections_of(room, room.settings.desk, self.follow_settings)
        setup = SetupScreen(room, sections, self.follow_settings, self.open_again)
        await app.push_screen(setup)
        titles = [each.title for each in sections]
        setup.begin(titles.index(section) if section else 0, self.follow_settings)

    def follow_settings(self) -> None:
        """What was set up has changed."""

    def open_again(self) -> None:
        """Leave, for the viewer to be opened anew on what was set up."""

    def action_reload_feeds(self) -> None:
        """Have the collector ask every feed now."""
        self.decide(self.room.triage.reload)
