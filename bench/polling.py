"""``warwatch poll --once`` as a process against a feed server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.figures import RATE, Figure
from bench.machine import WARWATCH, environment, run
from bench.news import WORLD_DESK, as_feeds, news
from feeds.desk import Desk
from feeds.story import Subscription
from tests.feedserver import FeedServer

FEEDS: Final = 60
STORIES: Final = 1800
_RSS: Final = {"Content-Type": "application/rss+xml"}


def poll(folder: Path) -> Iterator[Figure]:
    """Many feeds fetched, parsed, read, folded, weighed and stored; then all of them again, unchanged."""
    where = folder / "polled"
    where.mkdir()
    env = environment(where)
    with FeedServer() as server:
        desk = Desk.open(where / "desk.json")
        for number, url in enumerate(served(server, STORIES, FEEDS)):
            desk.subscribe(Subscription(url, f"Outlet {number}", "B"))
        command = [*WARWATCH, "poll", "--once", "--allow-private"]
        first, second = run(command, env), run(command, env)
    yield Figure(
        "poll",
        STORIES / first.cpu,
        "stories/s",
        1000,
        RATE,
        f"{FEEDS} feeds x {STORIES // FEEDS}, CPU with start",
    )
    yield Figure("poll-wall", first.wall, "s", None, how="the same, wall, server on the same cores")
    yield Figure("poll-again", second.wall, "s", None, how="nothing changed, wall")


def served(server: FeedServer, stories: int, feeds: int) -> list[str]:
    """So many stories dealt out to so many feeds on the server; the feeds' addresses."""
    return [
        server.serve(f"/{number}.xml", body=body, headers={**_RSS, "ETag": f'"{number}"'}, validators=True)
        for number, body in enumerate(as_feeds(news(stories, WORLD_DESK), feeds))
    ]
