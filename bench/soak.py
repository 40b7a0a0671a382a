"""A long run: ``python -m bench.soak [MINUTES]``. Fifty stories a second come in while somebody works; memory must stay flat.

Prints a line a minute; exit status 1 when the viewer's memory grew by more than it may once it had warmed up.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

from bench.machine import cpu_seconds, megabytes
from bench.screen import arrivals, standing_screen
from tests.terminal import Terminal

STORIES: Final = 100_000
_KEYS: Final = (
    *("2", "j", "j", "\r", "q", "r", "1", "j", "\r", "q", "k", "5", "+", "-", "q", "6", "q", "c", "q"),
    *("2", "/", "b", "o", "r", "d", "e", "r", "\r", "n", "\x1b", "g", "g", "1"),
)
"""What somebody presses, over and over."""
_BETWEEN: Final = 0.4
"""Seconds between two keys."""
GROWTH: Final = 8.0
"""Megabytes that the viewer may grow by in ten minutes of thirty thousand new stories, once it has warmed up."""
WARM: Final = 0.2
"""Share of the run after which memory counts as warm."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The viewer at one moment of the run."""

    seconds: float
    memory: float
    """Megabytes resident."""
    cpu: float
    """CPU seconds so far."""


def soak(folder: Path, seconds: float, every: float, stories: int = STORIES) -> Iterator[Moment]:
    """Look at the viewer from time to time while stories come in and keys are pressed."""
    with standing_screen(folder, stories) as terminal, arrivals(folder):
        began, due, keys = time.monotonic(), 0.0, cycle(_KEYS)
        while (passed := time.monotonic() - began) < seconds:
            if passed >= due:
                due += every
                yield Moment(passed, megabytes(terminal.pid), cpu_seconds(terminal.pid))
            terminal.press(next(keys))
            _rest(terminal, _BETWEEN)
        yield Moment(passed, megabytes(terminal.pid), cpu_seconds(terminal.pid))
        terminal.press("\x1b")
        _rest(terminal, 1.0)  # an escape and a letter at once are another key
        terminal.press("Q")
        terminal.wait_for_end()


def growth(moments: list[Moment]) -> float:
    """Megabytes that the viewer grew by since it was warm."""
    warm = next(each for each in moments if each.seconds >= WARM * moments[-1].seconds)
    return moments[-1].memory - warm.memory


def _rest(terminal: Terminal, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        terminal.read(left)
    terminal.raw.clear()


def main(words: list[str]) -> int:
    """Run it and say what it came to."""
    minutes = float(words[0]) if words else 10.0
    moments: list[Moment] = []
    with tempfile.TemporaryDirectory(prefix="warwatch-soak-") as folder:
        for each in soak(Path(folder), 60 * minutes, 60.0):
            moments.append(each)
            print(f"{each.seconds / 60:5.1f} min  {each.memory:6.1f} MB  {each.cpu:7.1f} s CPU", flush=True)
    grown, allowed = growth(moments), GROWTH * max(minutes, 1.0) / 10
    print(f"grew by {grown:.1f} MB since it was warm; at most {allowed:.1f} MB")
    return 1 if grown > allowed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
