"""What is read in a story for each theatre; a story that cannot be read is kept, and the ledger says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from feeds.evidence import Count, Evidence
from feeds.recall import Recall
from feeds.retractions import WITHDRAWN
from feeds.room import Read, Room
from feeds.story import About, Drop, Story
from feeds.wire.language import foreign_language


@dataclass(frozen=True, slots=True)
class _Unread:
    """What is read in a story that the reader fell over."""

    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


def read_story(rooms: Sequence[Room], story: Story, drops: list[Drop]) -> list[Read]:
    """What each theatre's reader finds in a story; why one finds nothing is added to the drops."""
    foreign = foreign_language(story)
    if foreign:
        reason = f"kept, but not read: its language is {foreign}, and there is a vocabulary for English alone"
        drops.append(Drop(story.received, story.feed, story.url, "read", reason))
        return [_Unread() for _ in rooms]
    reads: list[Read] = []
    for room in rooms:
        try:
            reads.append(room.reader.read(story))
        except Exception as error:  # noqa: BLE001 - the boundary: one story, however odd, stops no other
            reads.append(_Unread())
            reason = f"kept, but could not be read for {room.theatre.id}: {type(error).__name__}: {error}"
            drops.append(Drop(story.received, story.feed, story.url, "read", reason[:300]))
    return reads


def recalled(rooms: Sequence[Room], story: Story, recall: Recall) -> Sequence[Read]:
    """What was read in an archived story, from the log, or read again where that does not tell."""
    # Of what is withdrawn the log says nothing, and its thread is found by what it said.
    known = recall.reads(story, [room.theatre.id for room in rooms]) if story.flag != WITHDRAWN else None
    return known or read_story(rooms, story, [])
