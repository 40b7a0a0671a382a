"""What a term would have hit, before it is kept: the stories of the last days, looked through and nothing written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feeds.archive import WatchLog
from feeds.story import EPOCH, Story
from feeds.watch.backfill import Progress, Told, parts
from feeds.watch.matcher import Matcher, Spans
from feeds.watch.terms import Expression, term_id


@dataclass(frozen=True, slots=True)
class Trial:
    """A term tried on what was told since a moment."""

    term: str
    """The term as it was read."""
    id: str
    since: datetime
    until: datetime
    stories: int
    """Stories told in that time."""
    hits: tuple[tuple[Story, Spans], ...]
    """Those it hits, newest told first, and where."""

    @property
    def outlets(self) -> list[tuple[str, int]]:
        """Hits of each outlet, most first."""
        return Counter(story.outlet for story, _ in self.hits).most_common()

    @property
    def days(self) -> dict[date, int]:
        """Hits of each day (UTC), oldest first, quiet days too."""
        counted = Counter(story.told.date() for story, _ in self.hits)
        length = (self.until.date() - self.since.date()).days
        days = [self.since.date() + timedelta(days=number) for number in range(length + 1)]
        return {day: counted[day] for day in days}


def try_term(
    log: WatchLog, expression: Expression, now: datetime, span: timedelta, *, told: Told | None = None
) -> Trial:
    """Try a term on what was told in the span of time up to now."""
    since = max(now - span, EPOCH)
    matcher = Matcher({"": expression})
    after, until = log.row_at(since) - 1, log.last_row()
    looked, of, recent = 0, log.count_in(after, until), 0
    found: list[tuple[Story, Spans]] = []
    for stories, _ in parts(log, after, until):
        looked += len(stories)
        told_since = [story for _, _, story in stories if since <= story.told <= now]
        recent += len(told_since)
        found += ((story, hit[""]) for story in told_since if (hit := matcher.hits(story.text)))
        if told is not None and stories:
            told(Progress(looked, of, len(found), stories[-1][2].received))
    found.sort(key=lambda pair: pair[0].told, reverse=True)
    return Trial(str(expression), term_id(expression), since, now, recent, tuple(found))
