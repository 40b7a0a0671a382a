"""What can be worked out of a story by itself, before its turn comes to be folded and weighed: here, or in another process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from feeds.dedupe.traits import Traits, traits_of
from feeds.reading import read_story
from feeds.room import Read, ReadingRoom
from feeds.story import Drop, Story


class Worked(NamedTuple):
    """One story worked out: the same whoever did it, and whatever came before."""

    reads: Sequence[Read]
    """One for each theatre, in their order."""
    drops: Sequence[Drop]
    """Why one of them found nothing."""
    traits: Traits


Elsewhere: TypeAlias = Callable[[Story], Worked | None]
"""Gives a story as it was worked out elsewhere; None for one that has to be worked out here."""


def work_out(rooms: Sequence[ReadingRoom], story: Story) -> Worked:
    """One story, read for each theatre and made ready to be folded."""
    drops: list[Drop] = []
    reads = read_story(rooms, story, drops)
    return Worked(reads, drops, traits_of(story))


def nowhere(_: Story) -> Worked | None:
    """Nothing is worked out elsewhere."""
    return None


class Ahead:
    """Stories worked out before they are taken."""

    def __init__(self, rooms: Sequence[ReadingRoom]) -> None:
        self.elsewhere: Elsewhere = nowhere
        """Asked first."""
        self._rooms = rooms
        self._worked: dict[str, tuple[Story, Worked]] = {}

    def prepare(self, stories: Iterable[Story]) -> None:
        """Works out stories that will be taken in a moment, and forgets those of the last time."""
        self._worked = {story.id: (story, self._work_out(story)) for story in stories}

    def of(self, story: Story) -> Worked:
        """A story worked out, before or now."""
        prepared, worked = self._worked.pop(story.id, (None, None))
        return worked if worked is not None and prepared is story else self._work_out(story)

    def _work_out(self, story: Story) -> Worked:
        return self.elsewhere(story) or work_out(self._rooms, story)
