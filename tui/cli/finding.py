"""``warwatch feeds find``: what is at an address, a feed or a page that names feeds; nothing is kept."""

from __future__ import annotations

import asyncio
import shlex
import time
from dataclasses import dataclass

from feeds.clock import system_clock
from feeds.collector.parsing import Parsers
from feeds.errors import FetchError, ParseError, WarwatchError
from feeds.story import FeedState, Subscription
from feeds.wire.client import Limits, open_client
from feeds.wire.discover import FeedLink, discover
from feeds.wire.fetch import fetch
from feeds.wire.parse import Parsed
from tui.cli.moments import iso
from tui.cli.paper import count_of, say, say_json, table


@dataclass(frozen=True, slots=True)
class Found:
    """What is at an address."""

    url: str
    """Where it is, after redirects that are for good."""
    milliseconds: int = 0
    parsed: Parsed | None = None
    """The feed; None when there is none."""
    links: tuple[FeedLink, ...] = ()
    """The feeds that the page there names."""
    error: str = ""
    """Why there is neither; empty when there is."""

    @property
    def kind(self) -> str:
        """``feed``, ``page`` or ``nothing``."""
        if self.parsed is not None:
            return "feed"
        return "page" if self.links else "nothing"

    def shape(self) -> dict[str, object]:
        """What was found, as JSON tells it."""
        stories = self.parsed.stories if self.parsed else ()
        newest = max((story.published for story in stories if story.published), default=None)
        return {
            "url": self.url,
            "kind": self.kind,
            "title": self.parsed.title if self.parsed else "",
            "stories": len(stories),
            "newest": iso(newest),
            "ms": self.milliseconds,
            "feeds": [{"url": each.url, "title": each.title, "kind": each.kind} for each in self.links],
            "error": self.error,
        }


def find_feeds(url: str, *, allow_private: bool, as_json: bool) -> int:
    """Fetch the address once and print what is there; WarwatchError when it is no feed and names none."""
    found = asyncio.run(_find(url, Limits(allow_private=allow_private)))
    if as_json:
        say_json(found.shape())
    if found.kind == "nothing":
        raise WarwatchError(f"no feed at {url}: {found.error or 'a page that names none'}")
    if as_json:
        return 0
    if found.parsed is not None:
        title = found.parsed.title or "a feed without a title"
        stories = count_of(len(found.parsed.stories), "story", "stories")
        add = f"warwatch feeds add {shlex.quote(found.url)}{' --allow-private' if allow_private else ''}"
        say(f"a feed: {title}, {stories}; `{add}` follows it")
    else:
        say(
            table([(each.title, each.url) for each in found.links], ("feeds that this page names", "address"))
        )
    return 0


async def _find(url: str, limits: Limits) -> Found:
    began = time.perf_counter()
    async with open_client(limits) as client, Parsers() as parsers:
        try:
            answer = await fetch(client, FeedState(url), limits=limits, clock=system_clock)
        except FetchError as error:
            return Found(url, error=str(error))
        spent = round((time.perf_counter() - began) * 1000)
        at = answer.moved_to or url
        if not answer.ok:
            return Found(at, spent, error=answer.problem)
        try:
            parsed = await parsers.parse(
                answer.body, Subscription(at, at), content_type=answer.content_type, received=system_clock()
            )
        except ParseError as error:
            links = discover(answer.body, at, content_type=answer.content_type)
            return Found(at, spent, links=tuple(links), error="" if links else str(error))
        return Found(at, spent, parsed)
