"""News for the tests: a feed of three stories, as its server would send it."""

from __future__ import annotations

from typing import Final

KUNDUZ: Final = "https://news.example/kunduz-falls"

_STORIES: Final = (
    ("Taliban capture Kunduz after governor flees", KUNDUZ, "Sun, 08 Aug 2021 10:00:00 GMT"),
    ("Rain in Lisbon for the third day", "https://news.example/rain", "Sun, 08 Aug 2021 11:00:00 GMT"),
    (
        "Fierce fighting inside Lashkar Gah as Taliban fighters push into the city",
        "https://news.example/lashkar-gah",
        "Sun, 08 Aug 2021 12:00:00 GMT",
    ),
)


def rss() -> str:
    """An RSS 2.0 feed of the stories."""
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
        for title, link, date in _STORIES
    )
    return f'<rss version="2.0"><channel><title>Testpost</title>{items}</channel></rss>'
