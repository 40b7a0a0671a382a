"""``python -m screenshots.make``: starts the real program in a pseudo-terminal and paints what stands on its screen."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from screenshots.paint import FontMissingError, font, paint
from tests.terminal import Terminal

HERE: Final = Path(__file__).parent
LARGEST: Final = 150_000
"""Bytes that a picture may have."""
_AT: Final = "2021-08-12 18:42"
_FROZEN: Final = ("demo", "--until", _AT, "--speed", "0.000001")
_MOMENT: Final = "12 Aug 2021 18:42Z"
_READ: Final = ("read", str(HERE / "article.txt"), "--date", "2021-08-15 09:00", "--outlet", "a long-read")


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what is started, how large its window is, and what is pressed before."""

    name: str
    words: tuple[str, ...]
    columns: int
    rows: int
    shown: tuple[str, ...]
    """Words that must be on the screen."""
    keys: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    """Words that must be there once the keys were pressed."""


_BOARD: Final = ("Capitals", "Wire", _MOMENT, "captured")
SHOTS: Final = (
    Shot("board-80x24", _FROZEN, 80, 24, _BOARD),
    Shot("board-120x40", _FROZEN, 120, 40, _BOARD),
    Shot("board-200x60", _FROZEN, 200, 60, (*_BOARD, "Evidence", "Story", "Map", "Timeline")),
    Shot(
        "evidence-100x40", _FROZEN, 100, 40, _BOARD, ("/", "herat", "\r", "\r"), ("Evidence  Herat", "rule")
    ),
    Shot("map-120x40", _FROZEN, 120, 40, _BOARD, ("5",), ("Map", "captured", "Herat")),
    Shot("map-closer-120x40", _FROZEN, 120, 40, _BOARD, ("/", "ghazni", "\r", "5", "+", "+"), ("zoom 2",)),
    Shot("map-letters-80x24", (*_FROZEN, "--ascii"), 80, 24, _BOARD, ("5",), ("Map",)),
    Shot("shift-120x40", _FROZEN, 120, 40, _BOARD, ("c",), ("What changed", "captured", "Counts")),
    Shot("timeline-120x40", _FROZEN, 120, 40, _BOARD, ("6",), ("Timeline", "stories, max")),
    Shot("read-100x40", _READ, 100, 40, ("captured", "reported")),
)


def main() -> int:
    """Make every picture; 1 when one cannot be made."""
    try:
        font(), font(bold=True)
    except FontMissingError as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 1
    for shot in SHOTS:
        with tempfile.TemporaryDirectory(prefix="warwatch-shot-") as home:
            try:
                path = take(shot, Path(home))
            except AssertionError as error:
                print(f"screenshots: {shot.name}: {error}", file=sys.stderr)
                return 1
        print(f"{path.name}  {path.stat().st_size / 1000:.0f} kB")
        if path.stat().st_size > LARGEST:
            print(f"screenshots: {path.name} is larger than {LARGEST // 1000} kB", file=sys.stderr)
            return 1
    return 0


def take(shot: Shot, home: Path) -> Path:
    """Start, wait until it stands still, paint, quit; the picture's path. AssertionError when it never shows."""
    command = [sys.executable, "-m", "tui.cli", *shot.words]
    with Terminal(command, _environment(home), columns=shot.columns, rows=shot.rows) as terminal:
        terminal.wait_for(*shot.shown, timeout=60)
        _stand_still(terminal)
        for key in shot.keys:
            terminal.press(key)
            _stand_still(terminal)
        terminal.wait_for(*shot.then)
        _stand_still(terminal)
        picture = paint(terminal.screen)
        if shot.words[0] != "read":
            terminal.press("Q")
        terminal.wait_for_end()
    path = HERE / f"{shot.name}.png"
    picture.save(path, optimize=True)
    return path


def _stand_still(terminal: Terminal) -> None:
    """Wait until the last panel was painted: the story and the evidence follow the cursor a moment later."""
    terminal.settle(quiet=0.6, longest=5.0)


def _environment(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(HERE.parent),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "WARWATCH_DESK": str(home / "desk.json"),
    }


if __name__ == "__main__":
    sys.exit(main())
