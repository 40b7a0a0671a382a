"""``warwatch record``: an archive written as a recording, to be replayed and scored."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO

from feeds.errors import InputError
from feeds.story import EPOCH
from tui.cli.moments import end_moment, moment
from tui.cli.where import open_archive

EXAMPLE: Final = """\
warwatch record -o august.jsonl                                    everything in the archive
warwatch record --since 2021-08-06 --until 2021-08-16 -o week.jsonl
warwatch record | jq -r .outlet | sort | uniq -c                   who told how much
warwatch score august.jsonl --truth august.truth.toml              how the board does on it"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which stories, and where to."""
    parser.add_argument("-o", "--output", metavar="FILE", default="", help="where to (default: stdout)")
    parser.add_argument("--since", type=moment, metavar="TIME", help="stories received from then on")
    parser.add_argument(
        "--until", type=end_moment, metavar="TIME", help="… up to then (a day: to the end of it)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the recording; a file is whole or not there at all."""
    from feeds.replay.record import lines_of

    count = 0
    from json import dumps

    with open_archive(options, read_only=True, create=False) as archive, _written(options.output) as file:
        for line in lines_of(archive, options.since or EPOCH, options.until):
            file.write(dumps(line, ensure_ascii=False) + "\n")
            count += 1
        if not count:
            raise InputError("no story in the archive was received in that time; nothing written")
    print(f"record: {count} stories{' in ' + options.output if options.output else ''}", file=sys.stderr)
    return 0


@contextmanager
def _written(name: str) -> Iterator[TextIO]:
    """Stdout, or a file that takes its name when it is complete."""
    if not name or name == "-":
        yield sys.stdout
        return
    from feeds.report.files import whole

    with whole(Path(name).expanduser()) as file:
        yield file
