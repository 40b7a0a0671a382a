"""The adapter of feedparser, which reads every XML feed that ever was, broken ones included.

feedparser is untyped: nothing of it leaves this file.
"""

from __future__ import annotations

import io
import re
from typing import Any, Final

import feedparser

from feeds.errors import ParseError
from feeds.wire.entries import RawEntry, RawFeed
from feeds.wire.ttl import asked_interval

_CAPTION: Final = re.compile(r"<(/?)media:(title|description)\b[^<>]*(?<!/)>")


def read_any(text: str) -> RawFeed:
    """The feed in a text that may be broken XML; ParseError when there is no feed in it at all."""
    # Feedparser takes the caption of a picture for a text of the story; under another name it is kept apart.
    text = _CAPTION.sub(r"<\1media:x-\2>", text)
    try:
        # Sanitising and link resolving are ours, later: clean text only, and links against the feed's address.
        # A stream, since feedparser takes a string for the name of a file.
        found: Any = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        feed = _feed(found)
    except Exception as error:  # The boundary: on hostile input feedparser raises what it likes.
        raise ParseError(f"the feed cannot be read: {type(error).__name__}: {str(error)[:120]}") from error
    if not found.get("version") and not feed.entries:
        raise ParseError("not a feed: neither RSS, RDF, Atom nor JSON Feed")
    return feed


def _feed(found: Any) -> RawFeed:
    feed = found.feed
    period, frequency = feed.get("sy_updateperiod"), feed.get("sy_updatefrequency")
    return RawFeed(
        title=_string(feed.get("title")),
        language=_string(feed.get("language")),
        ttl=asked_interval(_string(feed.get("ttl")), _string(period), _string(frequency)),
        entries=[_entry(entry) for entry in found.entries],
        problem=f"broken XML ({_cause(found)})" if found.bozo else "",
    )


def _entry(entry: Any) -> RawEntry:
    source = entry.get("source") or {}
    return RawEntry(
        id=_string(entry.get("id")),
        link=_string(entry.get("link")),
        title=_string(entry.get("title")),
        summary=_string(entry.get("summary")),
        contents=tuple(_string(content.get("value")) for content in entry.get("content") or ()),
        # dict.get: feedparser's own makes "updated" of "published", with a warning.
        dates=tuple(
            _string(dict.get(entry, name))
            for name in ("published", "updated", "created")
            if dict.get(entry, name)
        ),
        author=_string(entry.get("author")),
        source=_string(source.get("title")),
        language=_string(entry.get("language")),
        caption=_string(entry.get("media_x-description")) or _string(entry.get("media_x-title")),
    )


def _cause(found: Any) -> str:
    said = " ".join(str(found.get("bozo_exception", "")).split())
    return said.removeprefix("<unknown>:")[:120] or "reason unknown"


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""
