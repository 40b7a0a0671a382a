"""A body to stories, whatever kind of feed it is."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from feeds.errors import ParseError
from feeds.story import Subscription
from feeds.wire.charset import decode
from feeds.wire.entries import Parsed, RawFeed, make_stories
from feeds.wire.fastpath import read_fast
from feeds.wire.jsonfeed import read_json

__all__ = ["Parsed", "parse", "parse_if_sure"]

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]+")
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]{0,300}\?>")
# Declared entities are never needed in a feed, and are how one line grows to gigabytes.
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[<>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_ENTITY_DECLARATION: Final = re.compile(r"<!ENTITY[^<>]*>", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"&#(?:0*([0-9]+)|[xX]0*([0-9a-fA-F]+));?")
MOST_TAGS: Final = 200_000
"""Signs of an element in a feed that is not sound; feedparser needs seconds for so many."""
_HTML_PAGE: Final = re.compile(r"\A\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)


def parse(body: bytes, subscription: Subscription, *, content_type: str, received: datetime) -> Parsed:
    """The stories in a feed's body: RSS 0.9x to 2.0, RDF, Atom or JSON Feed, told apart by what is in it.

    Broken XML gives the stories that can be read and a line in ``drops``; ParseError when there is no feed in it.
    Relative links are resolved against the subscription's address. May take long: keep it off the event loop.
    """
    text = _text(body, content_type)
    return make_stories(_read_sure(text) or _read_slowly(text), subscription, received)


def parse_if_sure(
    body: bytes, subscription: Subscription, *, content_type: str, received: datetime
) -> Parsed | None:
    """As :func:`parse`, but None for a feed that only feedparser can read, which takes its time."""
    found = _read_sure(_text(body, content_type))
    return make_stories(found, subscription, received) if found else None


def _text(body: bytes, content_type: str) -> str:
    if not body.strip():
        raise ParseError("not a feed: the server sent an empty body")
    return decode(body, content_type).lstrip("\ufeff")


def _read_sure(text: str) -> RawFeed | None:
    if text.lstrip()[:1] == "{":
        return read_json(text)
    if _HTML_PAGE.match(text):
        raise ParseError(
            "not a feed but a web page; it may name its feeds: try its address with `warwatch feeds add`"
        )
    return read_fast(_without_prolog(text))


def _read_slowly(text: str) -> RawFeed:
    """Tidying alone makes some feeds sound; feedparser is for the rest, and imported when first needed."""
    from feeds.wire.feedparsing import read_any

    text = _without_prolog(text)
    tidy = _tidy_xml(text)
    found = read_fast(tidy) if tidy != text else None
    if found is None and tidy.count("<") > MOST_TAGS:
        raise ParseError(f"the feed is broken and has more than {MOST_TAGS:,} elements")
    return found or read_any(tidy)


def _without_prolog(text: str) -> str:
    """The text without XML declaration, whose charset is no longer true, and without declared entities."""
    text = _DECLARATION.sub("", text, count=1).lstrip()
    if "<!" in text[:100_000]:
        text = _ENTITY_DECLARATION.sub("", _DOCTYPE.sub("", text, count=1))
    return text


def _tidy_xml(text: str) -> str:
    """The text without what no XML parser should meet: control characters, references to no character."""
    return _REFERENCE.sub(_sound_reference, _without_prolog(_NOT_XML.sub("", text)))


def _sound_reference(found: re.Match[str]) -> str:
    if len(found[1] or found[2]) > 7:
        return "\ufffd"
    code = int(found[1]) if found[1] else int(found[2], 16)
    return found[0] if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
