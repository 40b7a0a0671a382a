"""The feeds that a web page names, in its head first, then in links that look like feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from feeds.safetext import one_line
from feeds.wire.charset import decode
from feeds.wire.links import safe_link

_TYPES: Final = ("rss", "atom", "rdf", "feed+json")
_LOOKS_LIKE_FEED: Final = re.compile(
    r"(?:/(?:feeds?|rss|atom)(?:/|\.xml|\.json|\Z)|\.(?:rss|atom|rdf)\Z|[?&]feed=|/rss[-_.\w]*\.xml\Z|/feed\Z)",
    re.IGNORECASE,
)
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str
    kind: str
    """The type that the page gives (``application/rss+xml``), or ``link`` for a plain link that looks like a feed."""


def discover(body: bytes, url: str, *, content_type: str = "") -> list[FeedLink]:
    """The feeds named in the HTML page at ``url``, surest first, each address once; at most 50."""
    tree = LexborHTMLParser(decode(body, content_type))
    declared = tree.css_first("base[href]")
    base = safe_link((declared.attributes.get("href") or "").strip() if declared else "", url) or url
    found: dict[str, FeedLink] = {}
    for node in tree.css("link[rel][href]"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").partition(";")[0].strip().lower()
        rels = (attributes.get("rel") or "").lower().split()
        if ("alternate" in rels or "feed" in rels) and (
            "feed" in rels or any(word in kind for word in _TYPES)
        ):
            _keep(found, base, attributes.get("href"), attributes.get("title"), kind or "feed")
    for node in tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if _LOOKS_LIKE_FEED.search(href.partition("#")[0]):
            _keep(found, base, href, node.text(), "link")
    return list(found.values())[:_MOST]


def _keep(found: dict[str, FeedLink], base: str, href: str | None, title: str | None, kind: str) -> None:
    target = safe_link((href or "").strip(), base)
    if target:
        found.setdefault(target, FeedLink(target, one_line(title or ""), kind))
