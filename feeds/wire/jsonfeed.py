"""JSON Feed 1.0 and 1.1 (jsonfeed.org), and what passes for it."""

from __future__ import annotations

import json
from typing import Final

from feeds.errors import ParseError
from feeds.wire.entries import RawEntry, RawFeed

_VERSION: Final = "jsonfeed.org/version/"


def read_json(text: str) -> RawFeed:
    """The feed in a JSON text; ParseError when it is not JSON, or no feed."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ParseError(f"not a feed: broken JSON ({str(error)[:120]})") from error
    if not isinstance(found, dict):
        raise ParseError("not a feed: JSON, but no JSON Feed")
    items = found.get("items")
    if _VERSION not in _string(found, "version") and not isinstance(items, list):
        raise ParseError("not a feed: JSON, but no JSON Feed")
    whole = items if isinstance(items, list) else []
    entries = [_entry(item) for item in whole if isinstance(item, dict)]
    lost = len(whole) - len(entries)
    return RawFeed(
        title=_plain(found, "title"),
        language=_string(found, "language"),
        entries=entries,
        problem=f"{lost} items were no JSON objects" if lost else "",
    )


def _entry(item: dict[str, object]) -> RawEntry:
    content = _string(item, "content_html") or _plain(item, "content_text")
    return RawEntry(
        id=_string(item, "id"),
        link=_string(item, "url") or _string(item, "external_url"),
        title=_plain(item, "title"),
        summary=_plain(item, "summary"),
        contents=(content,) if content else (),
        dates=tuple(filter(None, (_string(item, "date_published"), _string(item, "date_modified")))),
        author=_author(item),
        language=_string(item, "language"),
    )


def _author(item: dict[str, object]) -> str:
    """The name of the last author, as in version 1.1, or of the only one, as in 1.0."""
    authors = item.get("authors")
    people = list(authors) if isinstance(authors, list) else [item.get("author")]
    names = [_string(person, "name") for person in people if isinstance(person, dict)]
    return names[-1] if names else ""


def _string(item: dict[str, object], key: str) -> str:
    """The string, or a number as one, since some feeds number their ids."""
    value = item.get(key)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _plain(item: dict[str, object], key: str) -> str:
    """A text that is no HTML, escaped so that it is read as it stands."""
    return _string(item, key).replace("&", "&amp;").replace("<", "&lt;")
