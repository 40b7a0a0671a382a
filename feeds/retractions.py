"""What an outlet takes back: which earlier stories a withdrawal or a correction is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from feeds.evidence import HOLDS
from feeds.story import Fold, Story

WITHDRAWN: Final = "WITHDRAWN"
CORRECTED: Final = "CORRECTED"

_WORDS: Final = (
    r"(?:withdrawn|retract(?:ed|ion)|(?:mandatory |bulletin )?kill|correct(?:ed|s|ion)|refile|clarification|"
    r"update[ds]?|wrapup|urgent|flash|alert|breaking(?: news)?|snap|bulletin)(?: ?\d+)?"
)
_BEFORE: Final = re.compile(rf"\A\W*{_WORDS}\s*(?:\([^()]*\))?\s*[-–—:|\])!]+\s*", re.IGNORECASE)
_AFTER: Final = re.compile(rf"\s*[\[(]\s*{_WORDS}\s*[\])]\W*\Z", re.IGNORECASE)
REACH: Final = timedelta(days=3)
"""How far back a headline is looked for: a daily roundup bears the same one every day."""
_WHOLE: Final = 0.6
"""Share of the earlier text from which on a correction tells the story anew and is no mere notice."""
_ALIKE: Final = 0.6
"""Share of words in common from which on a corrected headline is that of the earlier story."""

Said = frozenset[tuple[str, str, str, str]]
"""(theatre, place, label, side) of what was read in a story."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A story as one looks for it when it is taken back."""

    id: str
    outlet: str
    headline: str
    thread: str
    article: str
    at: datetime
    size: int
    said: Said


class Retractions:
    """The stories of the window, and which of them were taken back."""

    def __init__(self) -> None:
        self._told: dict[str, _Told] = {}
        self._withdrawn: dict[tuple[str, str], datetime] = {}
        self._gone: set[str] = set()

    def note(self, story: Story, fold: Fold, said: Said) -> None:
        """Remembers a story that is believed."""
        self._told[story.id] = _told(story, fold, said)

    def note_gone(self, stories: Iterable[str]) -> None:
        """Remembers stories that were withdrawn before."""
        self._gone.update(stories)

    def withdraws(self, story: Story, fold: Fold) -> tuple[str, ...]:
        """The stories that a withdrawal takes back, itself as it stood before among them."""
        told = _told(story, fold, frozenset())
        found = self._earlier(told)
        self._withdrawn[told.outlet, told.headline] = told.at
        self._gone.update(found, (story.id,))
        return found

    def replaces(self, story: Story, fold: Fold, said: Said) -> tuple[str, ...]:
        """The stories whose word a correction stands for, itself as it stood before among them.

        A notice that only names a slip leaves the earlier story's word in force: a correction replaces it when it
        tells the story anew, or speaks of all that the earlier one spoke of.
        """
        told = _told(story, fold, said)
        return tuple(
            one
            for one in self._earlier(told)
            if one == story.id
            or told.size >= _WHOLE * self._told[one].size
            or _places(said) >= _places(self._told[one].said)
        )

    def is_taken_back(self, story: Story, fold: Fold) -> bool:
        """Was the story withdrawn before it came, or is it a copy of one that was?"""
        if fold.copy_of in self._gone:
            return True
        withdrawn = self._withdrawn.get((story.outlet, headline(story.title)))
        return withdrawn is not None and timedelta(0) <= withdrawn - story.told <= REACH

    def said(self, story: str) -> Said:
        """What was read in a story of the window."""
        told = self._told.get(story)
        return told.said if told else frozenset()

    def outdated(self, story: str, said: Said) -> tuple[tuple[str, str], ...]:
        """(theatre, place) of what a story said of who holds what, or of anything, that its correction does not say."""
        before = self.said(story)
        dropped = {one for one in before if one[2] == HOLDS} - said
        silent = _places(before) - _places(said)
        return tuple(sorted(_places(dropped) | silent))

    def keep(self, ids: Iterable[str]) -> None:
        """Forgets all other stories."""
        self._told = {one: self._told[one] for one in ids if one in self._told}
        oldest = min((one.at for one in self._told.values()), default=None)
        if oldest is not None:
            self._withdrawn = {key: at for key, at in self._withdrawn.items() if at >= oldest}

    def _earlier(self, told: _Told) -> tuple[str, ...]:
        """The story taken back and its copies: under the same headline, else in the same thread, else one alike."""
        own = (told.id,) if told.id in self._told else ()
        theirs = [
            one
            for one in self._told.values()
            if one.outlet == told.outlet
            and one.id != told.id
            and one.id not in self._gone
            and timedelta(0) <= told.at - one.at <= REACH
        ]
        same = [one for one in theirs if one.headline == told.headline]
        if not same and not own:
            same = [one for one in theirs if one.thread == told.thread and one.said]
            same = same or [one for one in theirs if _is_alike(one, told)]
        if not same:
            return self._with_copies(own)
        newest = max(same, key=lambda one: (one.at, one.id))
        chosen = [
            one.id
            for one in same
            if one is newest or (one.headline == newest.headline and one.thread == newest.thread)
        ]
        return self._with_copies((*own, *chosen))

    def _with_copies(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        copies = (one.id for one in self._told.values() if one.article in ids)
        return tuple(dict.fromkeys((*ids, *copies)))


def headline(title: str) -> str:
    """A title without what says that it is new, corrected or withdrawn."""
    before = ""
    while before != title:
        before, title = title, _AFTER.sub("", _BEFORE.sub("", title))
    return " ".join(title.casefold().split())


def _places(said: Iterable[tuple[str, str, str, str]]) -> set[tuple[str, str]]:
    return {(theatre, place) for theatre, place, _, _ in said}


def _is_alike(one: _Told, other: _Told) -> bool:
    """Do two stories speak of one place under headlines that share most of their words?"""
    first, second = (set(re.findall(r"\w+", each.headline)) for each in (one, other))
    return bool(_places(one.said) & _places(other.said)) and len(first & second) >= _ALIKE * len(
        first | second
    )


def _told(story: Story, fold: Fold, said: Said) -> _Told:
    article = fold.copy_of or story.id
    return _Told(
        story.id,
        story.outlet,
        headline(story.title),
        fold.thread,
        article,
        story.told,
        len(story.text),
        said,
    )
