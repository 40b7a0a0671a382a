"""Lists of feeds: followed all at once, read from OPML and written as OPML."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.errors import InputError
from feeds.story import Subscription
from tui.cli.documents import name_of, read_bytes
from tui.cli.paper import say, say_json
from tui.cli.where import open_desk

if TYPE_CHECKING:
    from feeds.desk import Desk


def import_feeds(options: argparse.Namespace) -> int:
    """Follow every feed in an OPML file."""
    from feeds.wire.opml import read_opml

    try:
        found = read_opml(read_bytes(options.file))
    except InputError as error:
        raise InputError(f"{name_of(options.file)}: {error}") from error
    if not found:
        raise InputError(f"{name_of(options.file)} names no feed with an http(s) address")
    return follow(open_desk(options), found, as_json=options.json)


def export_feeds(options: argparse.Namespace) -> int:
    """Write the feeds followed as OPML."""
    from feeds.wire.opml import write_opml

    found = open_desk(options, read_only=True).subscriptions()
    written = write_opml(found, "warwatch")
    if options.json and options.output == "-":
        raise InputError("feeds export: --json goes with -o; without it the feeds go to stdout")
    if options.output == "-":
        sys.stdout.buffer.write(written)
        sys.stdout.buffer.flush()
    else:
        _write(Path(options.output).expanduser(), written)
        if options.json:
            say_json({"feeds": len(found), "file": options.output})
    return 0


def _write(path: Path, written: bytes) -> None:
    from feeds.report.files import write_whole

    try:
        write_whole(path, written.decode())
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); name another file") from error


def follow(desk: Desk, feeds: list[Subscription], *, as_json: bool = False) -> int:
    """Follow these feeds, and say which are new."""
    before = {each.url for each in desk.subscriptions()}
    desk.subscribe(*feeds)
    new = sum(each.url not in before for each in feeds)
    if as_json:
        say_json({"added": new, "described_anew": len(feeds) - new})
    elif len(feeds) == 1:
        say(
            f"{'following' if new else 'described anew:'} {feeds[0].outlet} ({feeds[0].reliability}) {feeds[0].url}"
        )
    else:
        say(
            f"{new} feeds added, {len(feeds) - new} described anew; `warwatch feeds check` tells which answer"
        )
    return 0
