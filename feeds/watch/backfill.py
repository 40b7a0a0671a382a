"""The archive looked through for terms that were not watched for when its stories came in.

Newest stories first, a part at a time, each part's hits and what is left of the gap in one transaction: whoever is killed
leaves a gap that the next one goes on with, and two who fill the same gap find the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from feeds.archive import WatchLog
from feeds.story import Story
from feeds.watch.matcher import Matcher
from feeds.watch.terms import Expression
from feeds.watched import Gap, Hit

PART: Final = 500
"""Stories looked through at a time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a search through the archive is."""

    done: int
    """Stories looked through."""
    of: int
    """Stories to look through in all."""
    hits: int
    reached: datetime | None
    """When the last story looked through was received."""


Told = Callable[[Progress], None]
"""Hears of each part."""


def hits_of(matcher: Matcher, story: Story, version: int = 0) -> list[Hit]:
    """The hits in one story."""
    return [
        Hit(term, story.id, spans, story.told, story.outlet, version)
        for term, spans in matcher.hits(story.text).items()
    ]


def backfill(
    log: WatchLog, terms: Mapping[str, Expression], *, seconds: float | None = None, told: Told | None = None
) -> Progress:
    """Fill the gaps of these terms, all of them or what can be done in so many seconds; how far it came.

    The terms' gaps must be open (:meth:`WatchLog.look_back`, :meth:`WatchLog.follow`).
    """
    began = time.monotonic()
    open_gaps = [gap for gap in log.gaps() if gap.term in terms]
    spans = _together(open_gaps)
    progress = Progress(0, sum(log.count_in(*span) for span, _ in spans), 0, None)
    for (after, until), together in spans:
        matcher = Matcher({gap.term: terms[gap.term] for gap in together})
        for stories, down_to in parts(log, after, until):
            found = [hit for _, version, story in stories for hit in hits_of(matcher, story, version)]
            log.fill(found, together, down_to)
            reached = stories[-1][2].received if stories else progress.reached
            progress = Progress(
                progress.done + len(stories), progress.of, progress.hits + len(found), reached
            )
            if told is not None:
                told(progress)
            if seconds is not None and time.monotonic() - began >= seconds:
                return progress
    return progress


def _together(open_gaps: Sequence[Gap]) -> list[tuple[tuple[int, int], list[Gap]]]:
    """Gaps over the same stories, filled in one pass: five thousand terms cost little more than one."""

    def span(gap: Gap) -> tuple[int, int]:
        return gap.after, gap.until

    grouped = groupby(sorted(open_gaps, key=lambda gap: (-gap.until, gap.after)), key=span)
    return [(rows, list(together)) for rows, together in grouped]


def parts(log: WatchLog, after: int, until: int) -> Iterator[tuple[list[tuple[int, int, Story]], int]]:
    """Stories from above, a part at a time, each with the row below which it has still to be looked."""
    while until > after:
        stories = log.stories_in(after, until, PART)
        until = stories[-1][0] - 1 if len(stories) == PART else after
        yield stories, until
