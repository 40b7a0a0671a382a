"""Feeds as outlets write them, in four formats; every story told so many minutes ago."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Final
from zlib import crc32

RSS: Final[Mapping[str, str]] = {"Content-Type": "application/rss+xml; charset=utf-8"}
ATOM: Final[Mapping[str, str]] = {"Content-Type": "application/atom+xml; charset=utf-8"}
RDF: Final[Mapping[str, str]] = {"Content-Type": "application/rdf+xml"}
JSON: Final[Mapping[str, str]] = {"Content-Type": "application/feed+json"}
_XML: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True)
class Item:
    """One story in a feed."""

    title: str
    summary: str = ""
    minutes: int = 30
    """How long ago it was told."""

    @property
    def key(self) -> str:
        """Its id in the feed."""
        return str(crc32(self.title.encode("utf-8", "surrogatepass")))

    @property
    def url(self) -> str:
        """Its page."""
        return f"https://news.example/{self.key}"

    @property
    def told(self) -> datetime:
        """When it was told."""
        return datetime.now(UTC) - timedelta(minutes=self.minutes)


def rss(*items: Item) -> str:
    """RSS 2.0."""
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{item.url}</link><guid isPermaLink='false'>{item.key}</guid>"
        f"<pubDate>{format_datetime(item.told)}</pubDate><description>{escape(item.summary)}</description></item>\n"
        for item in items
    )
    return f"{_XML}<rss version='2.0'><channel><title>News</title><link>https://news.example/</link>{entries}</channel></rss>"


def atom(*items: Item) -> str:
    """Atom 1.0."""
    entries = "".join(
        f"<entry><id>tag:news.example,2021:{item.key}</id><title>{escape(item.title)}</title><link href='{item.url}'/>"
        f"<updated>{item.told.isoformat()}</updated><summary>{escape(item.summary)}</summary></entry>\n"
        for item in items
    )
    return f"{_XML}<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title><id>news</id>{entries}</feed>"


def rdf(*items: Item) -> str:
    """RSS 1.0."""
    entries = "".join(
        f"<item rdf:about='{item.url}'><title>{escape(item.title)}</title><link>{item.url}</link>"
        f"<description>{escape(item.summary)}</description><dc:date>{item.told.isoformat()}</dc:date></item>\n"
        for item in items
    )
    return (
        f"{_XML}<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        f"xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>News</title></channel>{entries}</rdf:RDF>"
    )


def json_feed(*items: Item) -> str:
    """JSON Feed 1.1."""
    entries = [
        {
            "id": item.key,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "date_published": item.told.isoformat(),
        }
        for item in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": entries})
