"""The alerts of a desk, as a command sets them to work."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from feeds.alerts.lookout import Watched
from feeds.alerts.service import Alerting
from feeds.alerts.settings import Settings, read_settings
from feeds.clock import Clock, system_clock
from feeds.errors import DeskError
from feeds.story import Subscription
from feeds.watched import WatchTerm

if TYPE_CHECKING:
    from feeds.archive import Archive
    from feeds.desk import Desk
    from feeds.theatres.model import Theatre

_NEVER: Final = -1


class DeskSettings:
    """The settings on a desk, read again when its file changed; those known stay in force while it is broken."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stamp = _NEVER
        self._settings: Settings | None = None

    def __call__(self) -> Settings:
        """What is in force; DeskError when it never could be read."""
        try:
            stamp = self._desk.path.stat().st_mtime_ns
        except OSError:
            stamp = 0
        if self._settings is None or stamp != self._stamp:
            self._stamp = stamp
            try:
                self._settings = read_settings(self._desk.alerts(), str(self._desk.path))
            except DeskError:
                if self._settings is None:
                    raise
        return self._settings


def alerting_of(
    desk: Desk,
    archive: Archive,
    theatres: Sequence[Theatre],
    terms: Callable[[], Sequence[WatchTerm]],
    followed: Callable[[], Sequence[Subscription]],
    *,
    clock: Clock = system_clock,
) -> Alerting:
    """The alerts beside a collector on this desk and archive; DeskError when their settings cannot be read."""
    settings = DeskSettings(desk)
    settings()
    return Alerting(
        archive,
        settings,
        Watched({theatre.id: theatre for theatre in theatres}, terms, followed),
        clock=clock,
        collector=f"{socket.gethostname()}/{os.getpid()}",
    )
