"""A feed that somebody saved to a file, as a recording."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from feeds.errors import InputError, ParseError
from feeds.replay.wire import Item
from feeds.story import Subscription
from feeds.wire.parse import parse

_LATER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""After every story: what is saved was never published later than it was received."""


def items_of(path: Path, body: bytes) -> list[Item]:
    """The stories of a feed file that have a time; the outlet is the feed's title, the feed is the file's name.

    Raises InputError when there is no feed in it, or no story with a time.
    """
    try:
        parsed = parse(body, Subscription(f"file:{path.name}", path.stem), content_type="", received=_LATER)
    except ParseError as error:
        raise InputError(f"{path}: {error}") from None
    items = [
        Item(
            id=story.id,
            published=story.published,
            feed=path.stem,
            outlet=parsed.title or path.stem,
            title=story.title or story.summary[:120],
            wire=story.wire,
            summary=story.summary,
            body=story.body,
            url=story.url,
        )
        for story in parsed.stories
        if story.published is not None
    ]
    if not items:
        raise InputError(f"{path}: no story in it says when it was published, so it cannot be played")
    return items
