"""``python -m bench [NAME ...]``: prints the table of figures."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from bench import (
    asking,
    folding,
    others,
    parsing,
    picture,
    polling,
    reading,
    screen,
    storing,
    team,
    tracking,
    watching,
)
from bench.figures import Figure, as_table

Bench = Callable[[Path], Iterator[Figure]]
"""Measures something in a folder of its own choosing inside the one given."""

BENCHES: Final[dict[str, Bench]] = {
    "start": screen.start,
    "key": screen.keys,
    "arriving": screen.arriving,
    "slow-link": screen.slow_link,
    "map": picture.recolour,
    "parse": parsing.parsing,
    "poll": polling.poll,
    "others": others.others,
    "track": tracking.track,
    "evidence": reading.evidence,
    "pipeline": reading.pipe,
    "fold": folding.fold,
    "window": folding.window,
    "open": storing.opening,
    "write": storing.writing,
    "watch": watching.watch,
    "million": asking.ask,
    "million-screen": screen.million_on_screen,
    "team": team.team,
    "server": team.server,
}
"""By the word that names it on the command line, in the order of the table."""
LONG: Final = ("window", "million", "million-screen", "team", "server")
"""Those that take minutes, or a server: measured when they are named."""


def main(words: list[str]) -> int:
    """Measure what is named, or everything; 1 when a measurement could not be made."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"one of {', '.join(BENCHES)} (default: all but {', '.join(LONG)})",
    )
    names = parser.parse_args(words).names
    if not names:
        names = [name for name in BENCHES if name not in LONG]
        print(f"not measured unless named: {', '.join(LONG)}", file=sys.stderr)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        parser.error(f"there is no bench {unknown[0]!r}; there are {', '.join(BENCHES)}")
    found: list[Figure] = []
    failed = []
    with tempfile.TemporaryDirectory(prefix="warwatch-bench-") as folder:
        for name in names:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            try:
                found += BENCHES[name](Path(folder))
            except (
                AssertionError,
                RuntimeError,
                OSError,
            ) as error:  # the other figures are still worth having
                failed.append(f"{name}: {error}")
    print(as_table(found))
    print("ratio: how many times as good as what to reach for; 1 or more is reached")
    for line in failed:
        print(f"not measured: {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
