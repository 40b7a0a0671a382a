"""How far a long search is: on a terminal a line that is written over, in a pipe one line now and then."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from feeds.watch.backfill import Progress, Told

_EVERY: Final = 0.1
_IN_A_PIPE: Final = 5.0
"""Seconds between two lines; a search that is over sooner needs none."""


def meter(verb: str) -> Told:
    """Shows on stderr how many stories were, for instance, ``looked through``."""
    terminal = sys.stderr.isatty()
    pause = _EVERY if terminal else _IN_A_PIPE
    shown = time.monotonic() - (pause if terminal else 0.0)

    def told(progress: Progress) -> None:
        nonlocal shown
        if terminal and progress.done >= progress.of:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        elif time.monotonic() - shown >= pause:
            shown = time.monotonic()
            line = f"{verb} {progress.done:,} of {progress.of:,} stories, {progress.hits:,} hits"
            if progress.reached is not None:
                line += f", back to {progress.reached:%d %b %Y}"
            print(
                f"\r\x1b[K{line}" if terminal else line,
                end="" if terminal else "\n",
                file=sys.stderr,
                flush=True,
            )

    return told
