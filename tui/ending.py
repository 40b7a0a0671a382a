"""Told to end: signals become an exception, wherever the work is, a nap included."""

from __future__ import annotations

import signal
from typing import NoReturn


class Ended(BaseException):
    """A signal said that it is enough."""


def heed_signals() -> None:
    """From now on SIGTERM, SIGINT and SIGHUP raise :class:`Ended` in the main thread."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)


def _end(*_: object) -> NoReturn:
    raise Ended
