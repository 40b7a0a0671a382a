"""A recorded wire: stories with the moment each was published, as JSON lines."""

from __future__ import annotations

import json
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from feeds.errors import InputError
from feeds.story import RELIABILITY_LETTERS

_TEXTS = ("id", "feed", "outlet", "title", "wire", "summary", "body", "url")


@dataclass(frozen=True, slots=True)
class Item:
    """One story as its outlet published it."""

    id: str
    published: datetime
    feed: str
    """Name of the feed it ran in, for instance ``reuters-world``."""
    outlet: str
    title: str
    wire: str = ""
    summary: str = ""
    body: str = ""
    url: str = ""


@dataclass(frozen=True)
class Wire:
    """All feeds of a recording; each in the order of publication."""

    feeds: Mapping[str, tuple[Item, ...]]
    reliability: Mapping[str, str] = field(default_factory=dict)
    """Letter of the Admiralty code by outlet; ``F`` where it is missing."""

    @property
    def begin(self) -> datetime:
        """When the first story was published."""
        return min(items[0].published for items in self.feeds.values())

    @property
    def end(self) -> datetime:
        """When the last story was published."""
        return max(items[-1].published for items in self.feeds.values())

    def until(self, feed: str, now: datetime, most: int) -> tuple[Item, ...]:
        """What a feed shows at a moment: its newest stories, newest first."""
        items = self.feeds.get(feed, ())
        end = bisect_right(items, now, key=lambda item: item.published)
        return items[max(0, end - most) : end][::-1]


def load_wire(path: Path) -> Wire:
    """Reads a recording, and the letters of its outlets from ``outlets.toml`` beside it when there is one.

    Raises InputError with file, line and what is wrong.
    """
    feeds: dict[str, list[Item]] = defaultdict(list)
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a recording that can be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            item = _item(line, f"{path}, line {number}")
            feeds[item.feed].append(item)
    if not feeds:
        raise InputError(f"{path}: no stories in it")
    ordered = {
        feed: tuple(sorted(items, key=lambda item: item.published)) for feed, items in sorted(feeds.items())
    }
    return Wire(ordered, _letters(path.with_name("outlets.toml")))


def _item(line: str, where: str) -> Item:
    try:
        raw = json.loads(line)
        texts = {name: str(raw.get(name) or "") for name in _TEXTS}
        published = datetime.fromisoformat(str(raw["published"]))
    except (ValueError, KeyError, AttributeError) as error:
        raise InputError(f"{where}: not a story: {type(error).__name__}: {error}") from None
    if not texts["id"] or not texts["feed"] or not texts["title"]:
        raise InputError(f"{where}: a story needs id, feed and title")
    return Item(published=published if published.tzinfo else published.replace(tzinfo=UTC), **texts)


def _letters(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        letters = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    for outlet, letter in letters.items():
        if letter not in tuple(RELIABILITY_LETTERS):
            raise InputError(f"{path}: {outlet!r} has {letter!r}, which is not one of {RELIABILITY_LETTERS}")
    return {outlet: str(letter) for outlet, letter in letters.items()}
