"""The command palette: every command of the table, with its keys."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from tui.commands import COMMANDS, LISTS, Command
from tui.keymap import keys_of


class CommandProvider(Provider):
    """Offers the commands that make sense from the palette."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command in COMMANDS:
            if command.palette:
                yield DiscoveryHit(self._name(command), partial(self._run, command), help=command.help)

    async def search(self, query: str) -> Hits:
        """Those whose name or help matches."""
        matcher = self.matcher(query)
        for command in COMMANDS:
            score = matcher.match(f"{command.title} {command.help}")
            if command.palette and score > 0:
                yield Hit(
                    score,
                    matcher.highlight(self._name(command)),
                    partial(self._run, command),
                    help=command.help,
                )

    def _name(self, command: Command) -> str:
        return f"{command.title}  ({keys_of(command)})".replace("[", "(")

    async def _run(self, command: Command) -> None:
        screen: Screen[object] = self.app.screen
        target = screen.focused if command.where == LISTS and screen.focused else screen
        await self.app.run_action(command.action, default_namespace=target)
