"""``warwatch feeds check``: each feed fetched once and parsed, and what came of it; nothing is kept."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from feeds.clock import system_clock
from feeds.collector.hosts import Hosts
from feeds.collector.parsing import Parsers
from feeds.collector.visit import visit
from feeds.errors import WarwatchError
from feeds.health import health
from feeds.story import FeedState, Subscription
from feeds.wire.client import Limits, WireClient, open_client
from feeds.wire.fetch import Answer, Manners
from feeds.wire.schedule import remember
from tui.cli.hearing import nobody_answered
from tui.cli.moments import iso, span
from tui.cli.paper import say, say_json, table

_CLEAR_LINE: Final = "\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Checked:
    """How one feed did."""

    subscription: Subscription
    ok: bool
    stories: int
    milliseconds: int
    newest: str | None
    """When its newest story was told, ISO."""
    age: str
    reason: str
    """Why it failed, or where it moved; empty when there is nothing to say."""


def check_feeds(feeds: Sequence[Subscription], *, allow_private: bool, as_json: bool) -> int:
    """Fetch the feeds, print a line each and the sum; 0 when all answered, 1 when one did not."""
    checked = asyncio.run(_check_all(feeds, Limits(allow_private=allow_private)))
    failed = [each for each in checked if not each.ok]
    if as_json:
        say_json([_shape(each) for each in checked])
    else:
        rows = [
            (
                "ok" if each.ok else "FAILED",
                each.subscription.outlet,
                str(each.stories),
                str(each.milliseconds),
                each.age,
                each.subscription.url,
                each.reason,
            )
            for each in checked
        ]
        say(table(rows, ("", "outlet", "stories", "ms", "newest", "feed", "why"), numbers=(2, 3)))
        say(f"{len(checked) - len(failed)} of {len(checked)} feeds answer")
    if failed and len(failed) == len(checked):
        raise WarwatchError(nobody_answered([each.reason for each in failed]))
    return 1 if failed else 0


async def _check_all(feeds: Sequence[Subscription], limits: Limits) -> list[Checked]:
    hosts = Hosts()
    progress = _Progress(len(feeds))
    async with open_client(limits) as client, Parsers() as parsers:

        async def check(feed: Subscription) -> Checked:
            async with hosts.turn(feed.url):
                found = await _check(client, parsers, feed, limits)
            progress.step()
            return found

        found = await asyncio.gather(*map(check, feeds))
    progress.clear()
    return list(found)


async def _check(client: WireClient, parsers: Parsers, feed: Subscription, limits: Limits) -> Checked:
    began = time.perf_counter()
    state = FeedState(url=feed.url)
    seen = await visit(
        client, feed, state, limits=limits, clock=system_clock, parsers=parsers, manners=Manners()
    )
    spent = round((time.perf_counter() - began) * 1000)
    if not isinstance(seen.outcome, Answer):
        return Checked(feed, False, 0, spent, None, "", str(seen.outcome))
    if seen.parsed is None:
        return Checked(feed, False, 0, spent, None, "", seen.outcome.problem)
    stories = seen.parsed.stories
    newest = max((story.published for story in stories if story.published), default=None)
    age = span(system_clock() - newest) if newest else ("undated" if stories else "")
    moved = f"(moved to {seen.outcome.moved_to})" if seen.outcome.moved_to else ""
    broken = "; ".join(drop.reason for drop in seen.parsed.drops[:1])
    told = [story.told for story in stories if story.published]
    how = health(remember(state, seen.outcome, system_clock(), told=told), system_clock())
    said = (how.line if how.alarm else moved, broken)
    return Checked(feed, True, len(stories), spent, iso(newest), age, "; ".join(filter(None, said)))


def _shape(checked: Checked) -> dict[str, object]:
    return {
        "url": checked.subscription.url,
        "outlet": checked.subscription.outlet,
        "ok": checked.ok,
        "stories": checked.stories,
        "ms": checked.milliseconds,
        "newest": checked.newest,
        "reason": checked.reason,
    }


class _Progress:
    """``checked 3 of 23`` on a terminal's stderr, nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0
        self._shown = sys.stderr.isatty()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        if self._shown:
            print(f"{_CLEAR_LINE}checked {self._done} of {self._total}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print(_CLEAR_LINE, end="", file=sys.stderr, flush=True)
