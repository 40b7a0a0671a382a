"""A recorded wire: stories with the moment each was published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property


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
    seen: datetime | None = None
    """When it came, where that was not when it was published: a late story, or a later text of one with the same id."""
    reliability: str = ""
    """Letter of its outlet, where the recording carries it with the story."""

    @property
    def shown(self) -> datetime:
        """From when on its feed shows it."""
        return self.seen or self.published


@dataclass(frozen=True)
class Wire:
    """All feeds of a recording; each in the order in which its stories came."""

    feeds: Mapping[str, tuple[Item, ...]]
    reliability: Mapping[str, str] = field(default_factory=dict)
    """Letter of the Admiralty code by outlet; ``F`` where it is missing."""

    @property
    def begin(self) -> datetime:
        """When the first story came."""
        return min(items[0].shown for items in self.feeds.values())

    @property
    def end(self) -> datetime:
        """When the last story came."""
        return max(items[-1].shown for items in self.feeds.values())

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """When something came, earliest first, each once."""
        return tuple(sorted({item.shown for items in self.feeds.values() for item in items}))

    @cached_property
    def stories(self) -> int:
        """How many stories there are; one that was edited counts once."""
        return sum(len({item.id for item in items}) for items in self.feeds.values())

    def until(self, feed: str, now: datetime, most: int) -> tuple[Item, ...]:
        """What a feed shows at a moment: its newest stories, newest first, each in its newest text."""
        items = self.feeds.get(feed, ())
        end = bisect_right(items, now, key=lambda item: item.shown)
        shown: dict[str, Item] = {}
        for item in reversed(items[:end]):
            shown.setdefault(item.id, item)
            if len(shown) == most:
                break
        return tuple(shown.values())
