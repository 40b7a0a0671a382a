"""Small feeds for the collector's tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime

from feeds.archive import Archive
from feeds.clock import Clock
from feeds.collector import Collector, Pace
from feeds.story import Subscription
from feeds.wire.client import Limits
from tests.collector.fakes import fake_pipeline
from tests.dedupe.groups import NOON

RSS = {"Content-Type": "application/rss+xml"}
LIMITS = Limits(seconds=5.0, allow_private=True)
PACE = Pace(pause=0.0, look=0.02, tick=0.05)


def rss(*titles: str, minutes: int = 0, key: str = "k") -> str:
    """An RSS feed with these headlines, each published a minute before the next."""
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{key}-{n}</guid><link>http://o.example/{key}/{n}</link>"
        f"<pubDate>{format_datetime(NOON + timedelta(minutes=minutes + n))}</pubDate></item>"
        for n, title in enumerate(titles)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>{items}</channel></rss>"


def collector(archive: Archive, urls: Sequence[str], clock: Clock | None = None) -> Collector:
    """A collector on these feeds with the theatre of the fakes."""
    followed = [Subscription(url, f"Outlet {url.rpartition('/')[2]}", "B") for url in urls]
    return Collector(
        archive,
        lambda: fake_pipeline(archive),
        lambda: followed,
        clock=clock or (lambda: NOON + timedelta(hours=6)),
        limits=LIMITS,
        pace=PACE,
    )
