"""Thousands of hostile feeds: none ends the program or holds it up, and each is accounted for in the ledger."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

import pytest

from feeds.archive import Archive, open_archive
from feeds.clock import Clock
from feeds.collector.digest import Digester
from feeds.collector.visit import Visit
from feeds.errors import ParseError
from feeds.safetext import one_line, safe_url, strip_hostile
from feeds.story import FeedState, Story, Subscription
from feeds.wire.fetch import Answer
from feeds.wire.parse import parse
from tests.collector.fakes import fake_pipeline
from tests.dedupe.groups import NOON
from tests.hostile.feedmill import hostile_feed

FEW = 400
MANY = 10_000
HUNG = 20
"""Seconds after which a feed counts as one that hangs."""
A_WRITE = 100


@contextmanager
def unless_it_hangs(what: Callable[[], str]) -> Iterator[None]:
    def give_up(_: int, __: FrameType | None) -> None:
        raise AssertionError(f"{what()} hangs")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(HUNG)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def visit(seed: int) -> Visit:
    """What a visit to that feed gives, as in :func:`feeds.collector.visit.visit`."""
    subscription = Subscription(f"http://{seed}.example/feed", f"Outlet {seed}", "D")
    state = FeedState(subscription.url)
    content_type = random.Random(seed).choice(("", "text/html", "application/rss+xml; charset=koi8-r"))
    with unless_it_hangs(lambda: f"feed {seed}"):
        try:
            parsed = parse(hostile_feed(seed), subscription, content_type=content_type, received=NOON)
        except ParseError as error:
            return Visit(subscription, state, error)
    return Visit(subscription, state, Answer(200), parsed, "hash")


def is_clean(story: Story) -> bool:
    texts = (story.title, story.summary, story.body, story.outlet, story.language, story.wire)
    links = (*story.links, *filter(None, [story.url]))
    return (
        bool(story.title)
        and all(text == strip_hostile(text) for text in texts)
        and all(link == safe_url(link) for link in links)
    )


def account_for(archive: Archive, visits: list[Visit], clock: Clock) -> None:
    """Everything that came is in the archive, or in the ledger with a reason."""
    digester = Digester(archive, fake_pipeline, clock)
    for start in range(0, len(visits), A_WRITE):
        digester.digest(visits[start : start + A_WRITE])
    states = archive.feed_states()
    for one in visits:
        url, parsed = one.subscription.url, one.parsed
        named = archive.drops(feed=url)
        assert all(drop.reason and drop.stage in ("parse", "read") for drop in named)
        if parsed is None:
            assert states[url].error, f"{url} is not accounted for"
            assert named, f"{url} is not in the ledger"
            assert all(drop.reason == one_line(drop.reason) for drop in named), "one clean line"
            continue
        assert all(map(is_clean, parsed.stories)), url
        assert archive.known_stories(story.id for story in parsed.stories) == {s.id for s in parsed.stories}
        assert parsed.stories or parsed.drops, f"{url}: nothing came of it, and nobody says why"
        assert {drop.reason for drop in parsed.drops} <= {drop.reason for drop in named}


def check(seeds: range, folder: Path) -> None:
    with open_archive(folder / "a.db") as archive:
        account_for(archive, [visit(seed) for seed in seeds], lambda: NOON + timedelta(hours=1))


def test_hostile_feeds_are_accounted_for(tmp_path: Path) -> None:
    start = int(os.environ.get("WARWATCH_SEED", "0"))
    check(range(start, start + FEW), tmp_path)


@pytest.mark.slow
@pytest.mark.skipif("WARWATCH_SLOW" not in os.environ, reason="takes a minute and a half; set WARWATCH_SLOW")
def test_ten_thousand_hostile_feeds_are_accounted_for(tmp_path: Path) -> None:
    for start in range(0, MANY, 2_000):
        (tmp_path / str(start)).mkdir()
        check(range(start, start + 2_000), tmp_path / str(start))
