"""Feeds that somebody wants to be asked now: a ``reload`` in the journal, with one address or for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from feeds.archive import Archive

RELOAD: Final = "reload"
"""Kind of the action; its value is a feed's address, or empty for every feed."""


class Reloads:
    """Looks at the journal for what is wanted, from now on."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._stamp = archive.stamp()
        self._seen = archive.alerts.ends().actions

    def asked(self) -> Callable[[str], bool]:
        """Tells which feeds are wanted since the last look; costs microseconds when nothing was written."""
        stamp = self._archive.stamp()
        if stamp == self._stamp:
            return _nothing
        self._stamp = stamp
        actions = self._archive.actions(after_seq=self._seen)
        self._seen = max((action.seq for action in actions), default=self._seen)
        wanted = {action.value for action in actions if action.kind == RELOAD}
        return (lambda url: "" in wanted or url in wanted) if wanted else _nothing


def _nothing(_: str) -> bool:
    return False
