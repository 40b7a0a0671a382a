"""News for the tests: a feed of three stories, as its server would send it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Final

KUNDUZ: Final = "https://news.example/kunduz-falls"

_STORIES: Final = (
    ("Taliban capture Kunduz after governor flees", KUNDUZ, 3),
    ("Rain in Lisbon for the third day", "https://news.example/rain", 2),
    (
        "Fierce fighting inside Lashkar Gah as Taliban fighters push into the city",
        "https://news.example/lashkar-gah",
        1,
    ),
)


def rss(newest: datetime | None = None) -> str:
    """An RSS 2.0 feed of the stories, an hour apart, the last of them an hour before ``newest`` (or now)."""
    end = newest or datetime.now(UTC)
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link>"
        f"<pubDate>{format_datetime(end - timedelta(hours=hours))}</pubDate></item>"
        for title, link, hours in _STORIES
    )
    return f'<rss version="2.0"><channel><title>Testpost</title>{items}</channel></rss>'
