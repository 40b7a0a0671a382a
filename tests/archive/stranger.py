"""Somebody without rights at another's archive: says what opening and writing come to.

Run as ``python -m tests.archive.stranger ARCHIVE read|write [wait]``; with ``wait`` it reads once more when told to.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import filelock  # noqa: F401 - loaded while the interpreter's own library can still be read

from feeds.archive import open_archive
from feeds.desk import Desk
from feeds.errors import WarwatchError
from feeds.story import FeedState

NOBODY = 65534


def main(path: str, how: str, wait: str = "") -> None:
    """One line for each thing tried."""
    if os.geteuid() == 0:  # for root no folder is closed
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with open_archive(path, read_only=how == "read", wait=0.1) as archive:
            print(archive.stamp() > 0, len(archive.lead_ids()), flush=True)
            if wait:
                sys.stdin.readline()
                archive.stamp()
                print(len(archive.lead_ids()), flush=True)
            archive.save_feed_state(FeedState("https://example.org/feed"))
    except WarwatchError as error:
        print(error)
    try:
        Desk.open(Path(path).with_name("desk.json")).set_theatre("ukraine")
    except WarwatchError as error:
        print(error)


if __name__ == "__main__":
    main(*sys.argv[1:])
