"""The same feeds fetched by warwatch and by other feed readers, from one server, in one run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.machine import WARWATCH, Spent, environment, run
from bench.polling import served
from feeds.desk import Desk
from feeds.story import Subscription
from tests.feedserver import FeedServer

FEEDS: Final = 500
ITEMS: Final = 30
_WANTED: Final = ("reader", "sgmllib3k")
"""The second is what the feedparser that comes inside the first asks for."""
_INSTALL_SECONDS: Final = 180
_NEWSBOAT: Final = "reload-threads 16\nmax-items 0\nshow-read-feeds yes\n"
_READER: Final = """\
import sys
from reader import make_reader
store, urls = sys.argv[1:]
reader = make_reader(store)
for url in open(urls).read().split():
    reader.add_feed(url, exist_ok=True)
reader.update_feeds(workers=16, scheduled=False)
assert reader.get_entry_counts().total, "nothing was fetched"
"""


@dataclass(frozen=True, slots=True)
class Other:
    """Another reader: how to run it, and what to reach for as parts of its wall time."""

    name: str
    prepare: Callable[[Path, Sequence[str]], Sequence[str]]
    first: float
    second: float


def others(folder: Path) -> Iterator[Figure]:
    """First and second fetch of many feeds: warwatch, which also folds, reads and weighs, and those that only fetch."""
    where = folder / "others"
    where.mkdir()
    with FeedServer() as server:
        urls = served(server, FEEDS * ITEMS, FEEDS)
        ours = _twice(_warwatch(where, urls), environment(where), server)
        counted = f"{FEEDS} feeds x {ITEMS}, wall, server on the same cores"
        yield Figure("fetch-first", ours[0].wall, "s", None, how=counted)
        yield Figure("fetch-second", ours[1].wall, "s", None, how=f"nothing changed; CPU {ours[1].cpu:.1f} s")
        for other in OTHERS:
            try:
                theirs = _twice(other.prepare(where, urls), environment(where), server)
            except (OSError, RuntimeError, subprocess.SubprocessError) as error:
                print(f"{other.name} is left out: {error}", file=sys.stderr)
                continue
            for place, reach in enumerate((other.first, other.second)):
                yield Figure(
                    f"{('first', 'second')[place]}-{other.name}",
                    ours[place].wall / theirs[place].wall,
                    "x",
                    reach,
                    how=f"warwatch's wall over {other.name}'s {theirs[place].wall:.2f} s",
                )


def _twice(command: Sequence[str], env: dict[str, str], server: FeedServer) -> tuple[Spent, Spent]:
    """What two runs spent; a run that did not ask for every feed measures nothing and is an error."""
    spent = []
    for _ in range(2):
        server.forget()
        spent.append(run(command, env))
        asked = len({request.path for request in server.requests()})
        if asked < FEEDS:
            raise RuntimeError(f"it asked for {asked} of {FEEDS} feeds")
    return spent[0], spent[1]


def _warwatch(where: Path, urls: Sequence[str]) -> Sequence[str]:
    from feeds.wire.opml import write_opml

    Desk.open(where / "desk.json")
    opml = where / "feeds.opml"
    opml.write_bytes(
        write_opml([Subscription(url, f"Outlet {n}", "B") for n, url in enumerate(urls)], "bench")
    )
    run([*WARWATCH, "feeds", "import", str(opml)], environment(where))
    return [*WARWATCH, "poll", "--once", "--allow-private"]


def _newsboat(where: Path, urls: Sequence[str]) -> Sequence[str]:
    program = shutil.which("newsboat")
    if program is None:
        raise RuntimeError("it is not installed; `apt-get install newsboat` brings it")
    config, listed = where / "newsboat.conf", where / "newsboat.urls"
    config.write_text(_NEWSBOAT)
    listed.write_text("\n".join(urls) + "\n")
    return [
        program,
        "-q",
        "-C",
        str(config),
        "-u",
        str(listed),
        "-c",
        str(where / "newsboat.db"),
        "-x",
        "reload",
    ]


def _reader(where: Path, urls: Sequence[str]) -> Sequence[str]:
    """lemon24/reader, in an environment of its own, since it is nothing that warwatch needs."""
    room, script, listed = where / "reader-env", where / "reader_bench.py", where / "reader.urls"
    python = room / "bin" / "python"
    for step in (
        [sys.executable, "-m", "venv", str(room)],
        [str(python), "-m", "pip", "install", "-q", *_WANTED],
    ):
        made = subprocess.run(step, capture_output=True, timeout=_INSTALL_SECONDS, check=False)
        if made.returncode:
            raise RuntimeError("`pip install reader` does not work here")
    script.write_text(_READER)
    listed.write_text("\n".join(urls))
    return [str(python), str(script), str(where / "reader.db"), str(listed)]


OTHERS: Final = (
    Other("newsboat", _newsboat, first=0.5, second=0.25),
    Other("reader", _reader, first=0.15, second=0.5),
)
