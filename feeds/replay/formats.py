"""A feed written in each of the four formats that news comes in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from feeds.replay.wire import Item

_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a feed."""

    ending: str
    media_type: str
    write: Callable[[str, str, Sequence[Item]], str]
    """From a title, the feed's address and its stories, newest first."""


def _html(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part)


def _body_and_wire(item: Item) -> str:
    """The elements that both kinds of RSS borrow, where the story has what they tell."""
    body = f"<content:encoded>{escape(_html(item.body))}</content:encoded>" if item.body else ""
    return body + (f"<dc:creator>{escape(item.wire)}</dc:creator>" if item.wire else "")


def _rss(title: str, url: str, items: Sequence[Item]) -> str:
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.url)}</link>"
        f'<guid isPermaLink="false">{escape(item.id)}</guid><pubDate>{format_datetime(item.published)}</pubDate>'
        f"<description>{escape(_html(item.summary))}</description>"
        f"{_body_and_wire(item)}</item>\n"
        for item in items
    )
    return (
        f'{_HEAD}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(title)}</title><link>{escape(url)}</link><description>{escape(title)}</description>\n"
        f"{entries}</channel></rss>\n"
    )


def _atom(title: str, url: str, items: Sequence[Item]) -> str:
    entries = "".join(
        f"<entry><title>{escape(item.title)}</title><id>urn:story:{escape(item.id)}</id>"
        f"<link rel='alternate' href={quoteattr(item.url)}/>"
        f"<published>{item.published.isoformat()}</published><updated>{item.published.isoformat()}</updated>"
        f"<summary type='html'>{escape(_html(item.summary))}</summary>"
        + (f"<content type='html'>{escape(_html(item.body))}</content>" if item.body else "")
        + (f"<author><name>{escape(item.wire)}</name></author>" if item.wire else "")
        + "</entry>\n"
        for item in items
    )
    updated = items[0].published.isoformat() if items else "2000-01-01T00:00:00+00:00"
    return (
        f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(title)}</title><id>{escape(url)}</id>'
        f"<updated>{updated}</updated>\n{entries}</feed>\n"
    )


def _rdf(title: str, url: str, items: Sequence[Item]) -> str:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(item.url)}/>" for item in items)
    entries = "".join(
        f"<item rdf:about={quoteattr(item.url)}><title>{escape(item.title)}</title><link>{escape(item.url)}</link>"
        f"<description>{escape(_html(item.summary))}</description><dc:date>{item.published.isoformat()}</dc:date>"
        f"{_body_and_wire(item)}</item>\n"
        for item in items
    )
    return (
        f'{_HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel rdf:about={quoteattr(url)}><title>{escape(title)}</title><link>{escape(url)}</link>"
        f"<description>{escape(title)}</description><items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n"
        f"{entries}</rdf:RDF>\n"
    )


def _json(title: str, url: str, items: Sequence[Item]) -> str:
    entries = [
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": _html(item.body or item.summary),
            "date_published": item.published.isoformat(),
            **({"authors": [{"name": item.wire}]} if item.wire else {}),
        }
        for item in items
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": title, "feed_url": url, "items": entries}
    return json.dumps(feed, ensure_ascii=False)


FORMATS: Final = (
    Format("rss", "application/rss+xml; charset=utf-8", _rss),
    Format("atom", "application/atom+xml; charset=utf-8", _atom),
    Format("rdf", "application/rdf+xml; charset=utf-8", _rdf),
    Format("json", "application/feed+json; charset=utf-8", _json),
)
"""RSS 2.0, Atom, RSS 1.0 (RDF) and JSON Feed."""
