"""A backfill to be killed: ``python -m tests.watch.killed ARCHIVE TERM`` prints how far it is after each part."""

from __future__ import annotations

import sys

from feeds.archive import open_archive
from feeds.watch import backfill as room
from tests.watch.samples import term

if __name__ == "__main__":
    path, text = sys.argv[1:]
    room.PART = 20  # type: ignore[misc]  # many small parts, so that there is a middle to be killed in
    with open_archive(path) as archive:
        terms = term(text)
        archive.watch.look_back(terms)
        room.backfill(archive.watch, terms, told=lambda progress: print(progress.done, flush=True))
