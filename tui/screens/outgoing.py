"""Stories that leave the screen: into a browser, onto the clipboard, through a shell command."""

from __future__ import annotations

import asyncio

from textual import on, work

from feeds.errors import ArchiveError
from feeds.story import Story
from tui.display import link
from tui.messages import Said, Trouble, Typed
from tui.outside import browse, paper, pipe
from tui.panels.prompt import Prompt
from tui.screens.deciding import DecidingScreen
from tui.triage import Targets

MOST_LINKS = 50
"""Stories whose links or texts are taken at once."""


class OutgoingScreen(DecidingScreen):
    """A screen that hands stories to other programs."""

    _piped: Targets = Targets()
    """What the command that is being typed is for."""

    def action_browse(self) -> None:
        """Open the story's page in a browser."""
        targets = self._some_targets()
        if self.room.options.in_browser and len(targets) == 1:
            self._open_there(targets)
        elif len(targets) > 1:
            self.say("One page at a time: Esc takes the marks away.")
        elif targets:
            self._browse(targets)

    def action_copy_link(self) -> None:
        """Put the addresses of the targets on the terminal's clipboard."""
        targets = self._some_targets()
        if targets:
            self._copy(targets)

    def action_pipe(self) -> None:
        """Ask for a shell command."""
        if self.room.options.in_browser:
            self.say("No commands from a browser: they would run on the server.")
            return
        self._piped = self._some_targets()
        if self._piped:
            self.query_one(Prompt).ask("pipe", "| shell command that reads the text:")

    @on(Typed)
    def _command_typed(self, event: Typed) -> None:
        if event.purpose == "pipe" and event.done and event.words.strip():
            self._pipe(event.words.strip(), self._piped)

    @on(Said)
    def _said(self, event: Said) -> None:
        if event.clipboard:
            self.app.copy_to_clipboard(event.clipboard)
        self.say(event.words)

    @work(thread=True, group="outside", exit_on_error=False)
    def _browse(self, targets: Targets) -> None:
        stories = self._read(targets)
        if stories:
            self.post_message(Said(browse(stories[0].url)))

    @work(group="outside", exit_on_error=False)
    async def _open_there(self, targets: Targets) -> None:
        """In the operator's own browser, which shows this screen."""
        stories = await asyncio.to_thread(self._read, targets)
        url = link(stories[0].url) if stories else ""
        if url:
            self.app.open_url(url)
        self.say(f"Opened {url}" if url else "This story has no address that may be opened.")

    @work(thread=True, group="outside", exit_on_error=False)
    def _copy(self, targets: Targets) -> None:
        links = [url for story in self._read(targets) if (url := link(story.url))]
        if not links:
            self.post_message(Said("No address to copy."))
            return
        said = f"Copied {links[0]}" if len(links) == 1 else f"Copied {len(links)} links"
        self.post_message(Said(said + _of_many(targets), clipboard="\n".join(links)))

    @work(thread=True, group="outside", exit_on_error=False)
    def _pipe(self, command: str, targets: Targets) -> None:
        stories = self._read(targets)
        if stories:
            self.post_message(Said(pipe(command, "\n".join(map(paper, stories))) + _of_many(targets)))

    def _read(self, targets: Targets) -> list[Story]:
        """In a worker: the stories of the targets."""
        archive = self.room.archive
        try:
            ids = [*targets.stories, *(row.id for row in archive.rows(targets.rows[:MOST_LINKS]))]
            return [story for id_ in ids if (story := archive.story(id_))]
        except ArchiveError as error:
            self.post_message(Trouble(str(error)))
            return []


def _of_many(targets: Targets) -> str:
    """Of how many stories only the first were taken, where that is so."""
    return f" (the first {MOST_LINKS} of {len(targets):,})" if len(targets) > MOST_LINKS else ""
