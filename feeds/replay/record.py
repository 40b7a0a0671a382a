"""An archive written as a recording: every story as it came, and every later text of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from feeds.archive import Archive
from feeds.moments import iso
from feeds.story import EPOCH, Story

_UNSAFE: Final = re.compile(r"[^a-z0-9.-]+")


def lines_of(
    archive: Archive, since: datetime = EPOCH, until: datetime | None = None
) -> Iterator[Mapping[str, str]]:
    """Each story received in a stretch of time as a line of a recording, oldest first, then its later texts.

    ``seen`` is when it came and ``published`` what its feed said, so that a replay knows no story before the desk did.
    """
    edited = archive.edited()
    for story, _ in archive.recent_stories(since):
        for version in archive.versions(story.id) if story.id in edited else [story]:
            if until is None or version.received <= until:
                yield _line(version)


def feed_name(url: str) -> str:
    """A feed's name in a recording, from its address: the host for people, a few digits that keep two feeds apart."""
    host = _UNSAFE.sub("-", (urlsplit(url).hostname or "feed").lower()).strip("-.")
    return f"{host}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def _line(story: Story) -> Mapping[str, str]:
    line = {
        "id": story.id,
        "published": iso(story.published or story.received) or "",
        "seen": iso(story.received) or "",
        "feed": feed_name(story.feed),
        "outlet": story.outlet,
        "reliability": story.reliability,
        "wire": story.wire,
        "title": story.title,
        "summary": story.summary,
        "body": story.body,
        "url": story.url,
    }
    return {name: value for name, value in line.items() if value}
