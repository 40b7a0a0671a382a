"""A feed's body to clean stories, beside what feedparser alone needs for the same body."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from html import escape
from pathlib import Path
from statistics import median
from typing import Final

from bench.figures import RATE, Figure
from bench.news import BEGIN, WORLD_DESK, news
from feeds.story import Story, Subscription
from feeds.wire.entries import RawFeed
from feeds.wire.fastpath import read_fast
from feeds.wire.parse import Parsed, parse

_FEED: Final = Subscription("https://news.example/feed", "Example", "B")
_TURNS: Final = 5
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
    "<title>Example</title><link>https://news.example/</link><language>en</language><ttl>15</ttl>"
)
_PICTURE: Final = (
    '<figure class="wp-block-image size-large"><img decoding="async" width="1024" height="683" '
    'src="https://news.example/a.jpg?resize=1024%2C683&amp;ssl=1" alt="A street"/><figcaption>A street.</figcaption></figure>'
)
_LINKED: Final = '<p class="has-text">{0} <a href="https://news.example/2021/08/{1}?utm_source=rss&amp;p=2" target="_blank">{2}</a> {3}</p>\n'


def parsing(folder: Path) -> Iterator[Figure]:
    """The whole way of a body to clean stories, for a feed of whole articles and for one of summaries."""
    del folder
    import feedparser

    for name, count, paragraphs in (("parse-articles", 40, 14), ("parse-summaries", 200, 0)):
        body = _body(news(count, WORLD_DESK), paragraphs)
        if not len(_parse(body).stories) == len(feedparser.parse(body).entries) == count:
            raise RuntimeError("a parser does not find every story")
        ours, theirs = _cpu(_parse, body), _cpu(feedparser.parse, body)
        how = f"feedparser's {1000 * theirs:.0f} ms over our {1000 * ours:.1f} ms, cleaned; {len(body) // 1000} kB"
        yield Figure(name, theirs / ours, "x", 20, RATE, how)
        alone = _cpu(_fields, body)
        yield Figure(
            f"{name}-pass",
            theirs / alone,
            "x",
            None,
            how=f"the fields alone, as they stand: {1000 * alone:.1f} ms",
        )


def _parse(body: bytes) -> Parsed:
    return parse(body, _FEED, content_type="application/rss+xml", received=BEGIN)


def _fields(body: bytes) -> RawFeed | None:
    return read_fast(body.decode().partition("?>")[2])


def _cpu(read: Callable[[bytes], object], body: bytes) -> float:
    """Seconds of CPU, the median of a few turns after one that warms up."""
    spent = []
    for _ in range(_TURNS + 1):
        began = time.process_time()
        read(body)
        spent.append(time.process_time() - began)
    return median(spent[1:])


def _body(stories: list[Story], paragraphs: int) -> bytes:
    """An RSS feed as a news site's software writes it, each story with so many paragraphs of text."""
    return f"{_HEAD}{''.join(_item(story, paragraphs) for story in stories)}</channel></rss>".encode()


def _item(story: Story, paragraphs: int) -> str:
    lines = escape(story.summary).split(". ")
    text = "".join(
        _LINKED.format(
            lines[number % 3], f"{story.id}-{number}", lines[(number + 1) % 3], lines[(number + 2) % 3]
        )
        for number in range(paragraphs)
    )
    content = f"<content:encoded><![CDATA[{_PICTURE}{text}]]></content:encoded>" if paragraphs else ""
    assert story.published is not None
    return (
        f"<item><title>{escape(story.title)}</title><link>{story.url}</link><dc:creator><![CDATA[A. Writer]]></dc:creator>"
        f"<pubDate>{format_datetime(story.published)}</pubDate><category><![CDATA[World]]></category>"
        f'<guid isPermaLink="false">{story.url}?p={story.id}</guid>'
        f"<description><![CDATA[<p>{escape(story.summary)} [&#8230;]</p>]]></description>{content}"
        f'<media:thumbnail url="{story.url}.jpg" width="240" height="135"/></item>\n'
    )
