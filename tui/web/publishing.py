"""The factbox as files in a folder, written anew at each change, for any web server to hand out."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from feeds.archive import Archive
from feeds.clock import Clock, system_clock
from feeds.errors import ArchiveError, InputError
from feeds.report.compiling import compile_report
from feeds.report.files import write_whole
from feeds.report.records import Report
from feeds.report.rendering import render
from feeds.safetext import one_line
from feeds.theatres.model import Theatre
from tui.ending import Ended, heed_signals

FILES: Final = {
    "factbox.json": "json",
    "factbox.geojson": "geojson",
    "factbox.csv": "csv",
    "factbox.md": "md",
    "factbox.txt": "txt",
    "index.html": "html",
}
"""Name and form of each file; the page last, so that what it links to is there."""
LOOK_SECONDS: Final = 1.0
"""How often the archive is asked whether it moved."""
OLDEST: Final = timedelta(minutes=10)
"""The page is written anew after that at the latest, so that its time tells that somebody still writes it."""
RELOAD_SECONDS: Final = 60
"""After how long a browser loads the page again."""


@dataclass
class Publisher:
    """Writes one theatre's factbox into one folder whenever it says something else."""

    archive: Archive
    theatre: Theatre
    folder: Path
    clock: Clock = system_clock
    written: datetime | None = field(default=None, init=False)
    """The moment of the page that lies there."""
    _stamp: int = field(default=-1, init=False)
    _told: tuple[object, ...] = field(default=(), init=False)
    """Rows and counts of the page that lies there."""

    def look(self) -> bool:
        """Write the files if the board moved, or if the page has become old; True when they were written."""
        now = self.clock().replace(microsecond=0)
        old = self.written is None or now - self.written >= OLDEST
        stamp = self.archive.stamp()
        if stamp == self._stamp and not old:
            return False
        told = self._rows_and_counts()
        moved = old or told != self._told
        if moved:
            self._write(compile_report(self.archive, self.theatre, now))
            self._told, self.written = told, now
        self._stamp = stamp  # last, so that a round that failed is tried again
        return moved

    def _rows_and_counts(self) -> tuple[object, ...]:
        """All that a report rests on, in few reads: most of what a collector commits moves neither."""
        return (*self.archive.standings(self.theatre.id), *self.archive.counts(self.theatre.id))

    def _write(self, report: Report) -> None:
        others = tuple(name for name in FILES if name != "index.html")
        for name, form in FILES.items():
            text = render(report, form, reload_seconds=RELOAD_SECONDS, beside=others)
            write_whole(self.folder / name, text)


def publish(archive: Archive, theatre: Theatre, folder: Path) -> int:
    """Write until told to end; a round that fails is told in one line, and the next one comes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror}); name another folder") from error
    publisher = Publisher(archive, theatre, folder)
    publisher.look()
    print(f"warwatch writes {folder / 'index.html'} at each change, until Ctrl-C", flush=True)
    return _until_ended(publisher.look)


def _until_ended(look: Callable[[], bool]) -> int:
    heed_signals()
    trouble = ""
    try:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                look()
                trouble = ""
            except (ArchiveError, OSError) as error:
                if str(error) != trouble:  # once, not once a second
                    trouble = str(error)
                    print(f"warwatch: {one_line(trouble)}; trying again", file=sys.stderr, flush=True)
    except Ended:
        return 0
