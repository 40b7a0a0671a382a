"""The command palette: every command of the table with its keys, and places, feeds, views and terms to jump to."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from tui.cells import line
from tui.commands import COMMANDS, LISTS, Command
from tui.display import words
from tui.jumping import VIEW, Target, best, targets
from tui.keymap import Keymap
from tui.screens.jumping import JumpingScreen

_IN_HELP: Final = 0.2
"""How sure a command is that has the words in its help alone."""
_SHORTEST: Final = 2
"""Letters from which a name is looked for."""


class CommandProvider(Provider):
    """Offers the commands that make sense from the palette."""

    @property
    def _keymap(self) -> Keymap:
        screen = self.screen
        return screen.room.settings.keymap if isinstance(screen, JumpingScreen) else Keymap()

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        if not isinstance(self.screen, JumpingScreen):
            return
        for command in COMMANDS:
            if command.palette:
                yield DiscoveryHit(self._name(command), partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those whose name or help matches, surest first: the palette shows what has come so far."""
        if not isinstance(self.screen, JumpingScreen):
            return
        matcher = self.matcher(query)
        found: list[tuple[float, Command]] = []
        for command in COMMANDS:
            # By its name, a few letters will do; by its help only as it stands, or every word would be somewhere in it.
            named = matcher.match(command.title)
            helped = _IN_HELP * (query.casefold() in command.help.casefold())
            if command.palette and (named or helped):
                found.append((1 + named if named else helped, command))
        for score, command in sorted(found, key=lambda pair: -pair[0]):
            yield Hit(
                score, matcher.highlight(self._name(command)), partial(self._run, command), help=command.help
            )

    def _name(self, command: Command) -> str:
        return f"{command.title}  ({self._keymap.shown(command)})".replace("[", "(")

    async def _run(self, command: Command) -> None:
        screen: Screen[object] = self.app.screen
        target = screen.focused if command.where == LISTS and screen.focused else screen
        await self.app.run_action(command.action, default_namespace=target)


class JumpProvider(Provider):
    """Offers capitals, feeds, saved views and watch terms by a few letters of their names, also misspelt."""

    async def discover(self) -> Hits:
        """The saved views, before anything is typed."""
        for target in self._targets():
            if target.kind == VIEW:
                yield DiscoveryHit(self._name(target), self._jump(target), help=_help(target))

    async def search(self, query: str) -> Hits:
        """Those whose names are like what is typed, surest first."""
        known = self._targets()
        if len(query.strip()) < _SHORTEST or not known:
            return
        # A thread: what tells the likeness of names takes a moment to load.
        for sure, target in await asyncio.to_thread(best, query, known):
            name = f"{target.name}  ({target.kind})"
            yield Hit(sure, words(name), self._jump(target), text=line(name), help=_help(target))

    def _targets(self) -> list[Target]:
        screen = self.screen
        if not isinstance(screen, JumpingScreen):
            return []
        return list(targets(screen.room.theatre, screen.room.settings))

    def _name(self, target: Target) -> str:
        return _plain(f"{target.name}  ({target.kind})")

    def _jump(self, target: Target) -> partial[None]:
        screen = self.screen
        assert isinstance(screen, JumpingScreen)
        return partial(screen.jump, target)


def _help(target: Target) -> str:
    return _plain(target.words)


def _plain(text: str) -> str:
    """Words that nobody can read as markup: the palette takes them as a ``str``."""
    return line(text).replace("[", "(").replace("]", ")")
