"""The first start: two questions, and what is answered lies on the desk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final

from textual.app import App
from textual.filter import LineFilter

from feeds.desk import Desk
from feeds.errors import WarwatchError
from feeds.theatres import load_theatre, theatre_ids
from feeds.theatres.model import Theatre
from tui.cells import line
from tui.display import GATE, PLAIN_BORDERS
from tui.screens.choice import ChoiceScreen
from tui.setup.steps import Choice, Option
from tui.styling import ANSI, COMPONENTS, THEMES, fallback_variables
from tui.themes import theme_of

YES: Final = "yes"
_NAMED: Final = 12
"""Outlets named at most."""


class FirstApp(App[bool]):
    """Asks which war, and whether to follow its feeds; True when both were answered and are on the desk."""

    CSS_PATH: ClassVar[str] = "styles/warwatch.tcss"
    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENTS)
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self, desk: Desk, theatres: Sequence[Theatre], *, theme: str = "", ascii_only: bool = False
    ) -> None:
        wanted = theme_of(theme)
        super().__init__(ansi_color=True if wanted == ANSI else None)
        for each in THEMES:
            self.register_theme(each)
        self.theme = wanted
        self.animation_level = "none"
        self._desk, self._ascii = desk, ascii_only
        self._theatres = {each.id: each for each in theatres}
        self._chosen = theatres[0]
        self.trouble: WarwatchError | None = None
        """Why the answers could not be kept."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours, for a theme that does not name them."""
        return fallback_variables()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and, after them, the last gate."""
        return [*super().get_line_filters(), GATE, *([PLAIN_BORDERS] if self._ascii else [])]

    async def on_mount(self) -> None:
        """Ask the first question."""
        options = tuple(
            Option(
                each.id, line(each.title), f"{len(each.capitals)} capitals, {len(each.subscriptions)} feeds"
            )
            for each in self._theatres.values()
        )
        about = (
            (("Welcome. Two questions, then the board; all of it can be changed later (the , key).", ""),),
            ((f"Kept in {self._desk.path}", "$w-muted"),),
        )
        await self._ask(Choice("Which war is to be watched?", options, about=about), self._theatre)

    async def _ask(self, choice: Choice, answered: Callable[[str], Awaitable[None]]) -> None:
        dialog = ChoiceScreen(choice, answered, ascii_only=self._ascii, left=lambda: self.exit(result=False))
        await self.push_screen(dialog)
        dialog.begin()

    async def _theatre(self, key: str) -> None:
        self._chosen = self._theatres[key]
        feeds = self._chosen.subscriptions
        if not feeds:
            self._keep(follow=False)
            return
        outlets = list(dict.fromkeys(line(each.outlet) for each in feeds))
        named = ", ".join(outlets[:_NAMED]) + (
            f" and {len(outlets) - _NAMED} more" if len(outlets) > _NAMED else ""
        )
        options = (
            Option(YES, f"Follow its {len(feeds)} feeds", "they are asked from now on"),
            Option("no", "Follow none yet", "a in the set up adds one by its address"),
        )
        await self._ask(
            Choice("Are its feeds to be followed?", options, about=(((named, "$w-muted"),),)), self._feeds
        )

    async def _feeds(self, key: str) -> None:
        self._keep(follow=key == YES)

    def _keep(self, *, follow: bool) -> None:
        try:
            self._desk.set_theatre(self._chosen.id)
            if follow:
                self._desk.subscribe(*self._chosen.subscriptions)
        except WarwatchError as error:
            self.trouble = error
        self.exit(result=self.trouble is None)


def ask_first(desk: Desk, *, theme: str = "", ascii_only: bool = False) -> bool:
    """Ask the two questions of a first start; False when the person left instead.

    DeskError when the answers cannot be kept.
    """
    theatres = [load_theatre(each) for each in theatre_ids()]
    app = FirstApp(desk, theatres, theme=theme, ascii_only=ascii_only)
    answered = app.run() is True
    if app.trouble is not None:
        raise app.trouble
    return answered
