"""What is read in a story for each theatre; a story that cannot be read is kept, and the ledger says why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from feeds.evidence import Count, Evidence
from feeds.recall import Recall
from feeds.retractions import WITHDRAWN
from feeds.room import Read, ReadingRoom
from feeds.story import About, Drop, Story
from feeds.wire.language import foreign_language

LONGEST_SENTENCE: Final = 2_000
"""Characters without the end of a sentence that are read. Of 35,680 sentences labelled for the tests the longest has
fewer than 600; what a sentence costs grows with the square of its length."""
_RUN: Final = re.compile(r"(?:[^.!?\n]|[.!?](?=\S))++")


@dataclass(frozen=True, slots=True)
class _Unread:
    """What is read in a story that the reader fell over."""

    evidence: tuple[Evidence, ...] = ()
    counts: tuple[Count, ...] = ()
    about: About = field(default_factory=About)


def read_story(rooms: Sequence[ReadingRoom], story: Story, drops: list[Drop]) -> list[Read]:
    """What each theatre's reader finds in a story; why one finds nothing is added to the drops."""
    foreign = foreign_language(story)
    if foreign:
        reason = f"kept, but not read: its language is {foreign}, and there is a vocabulary for English alone"
        drops.append(Drop(story.received, story.feed, story.url, "read", reason))
        return [_Unread() for _ in rooms]
    legible = readable(story)
    if legible is not story:
        reason = (
            f"kept, but more than {LONGEST_SENTENCE:,} characters without the end of a sentence were not read"
        )
        drops.append(Drop(story.received, story.feed, story.url, "read", reason))
    reads: list[Read] = []
    for room in rooms:
        try:
            reads.append(room.reader.read(legible))
        except Exception as error:  # noqa: BLE001 - the boundary: one story, however odd, stops no other
            reads.append(_Unread())
            reason = f"kept, but could not be read for {room.theatre.id}: {type(error).__name__}: {error}"
            drops.append(Drop(story.received, story.feed, story.url, "read", reason[:300]))
    return reads


def readable(story: Story) -> Story:
    """The story with spaces in the place of what is too long to be a sentence, so that all offsets stay.

    The story itself when nothing in it is.
    """
    texts = (story.title, story.summary, story.body)
    if max(map(len, texts)) <= LONGEST_SENTENCE:
        return story  # nearly all are
    title, summary, body = (_RUN.sub(_blank, text) for text in texts)
    if (title, summary, body) == (story.title, story.summary, story.body):
        return story
    return replace(story, title=title, summary=summary, body=body)


def _blank(run: re.Match[str]) -> str:
    return run[0] if len(run[0]) <= LONGEST_SENTENCE else " " * len(run[0])


def recalled(rooms: Sequence[ReadingRoom], story: Story, recall: Recall) -> Sequence[Read]:
    """What was read in an archived story, from the log, or read again where that does not tell."""
    # Of what is withdrawn the log says nothing, and its thread is found by what it said.
    known = recall.reads(story, [room.theatre.id for room in rooms]) if story.flag != WITHDRAWN else None
    return known or read_story(rooms, story, [])
