"""The records of the wire side: what is fetched, read in a feed, folded and dropped.

All times are timezone-aware UTC. Records are frozen: a changed story is a new record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
RELIABILITY_LETTERS: Final = "ABCDEF"
"""Reliability of a source in the Admiralty code: A completely reliable … E unreliable, F unknown."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed that a desk follows, with what is known of the outlet behind it."""

    url: str
    """Address of the feed; its identity on the desk and in the archive."""
    outlet: str
    """Name shown for the outlet, for instance ``Reuters``."""
    reliability: str = "F"
    """Letter of the Admiralty code for the outlet."""
    group: str = ""
    """Folder path as in OPML, parts joined by ``/``; empty at the top."""
    language: str = ""
    """BCP 47 tag where known; empty otherwise."""
    user_agent: str = ""
    """What its server is told who asks, where it wants something of its own; empty for the usual words."""
    patience: str = "host"
    """Whom a server's Retry-After is meant for: ``host``, all its feeds, or ``feed``, this one alone."""
    interval: float = 0.0
    """Seconds between two fetches that the operator wants; 0 to go by the feed's own rhythm."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the collector remembers of one feed between two fetches."""

    url: str
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    """SHA-256 of the last body parsed, so that an unchanged body is not parsed again."""
    moved_to: str = ""
    """Target of a permanent redirect; empty when there was none."""
    gone: bool = False
    """True after 410: the feed is not asked again until the operator says so."""
    last_fetch: datetime | None = None
    last_answer: datetime | None = None
    """When the server last answered usefully (200 or 304)."""
    last_new: datetime | None = None
    """When a story was last seen here for the first time."""
    status: int = 0
    """Last HTTP status; 0 when none was received."""
    error: str = ""
    """One line on why the last fetch failed; empty when it did not."""
    errors_in_row: int = 0
    next_due: datetime | None = None
    stories_seen: int = 0
    patience_until: datetime | None = None
    """Until when the server asked to be left alone (Retry-After); nothing but time shortens it."""
    newest: datetime | None = None
    """When the newest of its stories was told."""
    ttl: float = 0.0
    """Seconds between two fetches that the feed itself asks for; 0 when it does not say."""
    rhythm: float = 0.0
    """Median seconds between two of its stories; 0 when not known."""
    longest_silence: float = 0.0
    """Most seconds ever between two of its stories; 0 when not known."""

    @property
    def asked(self) -> str:
        """The address that is asked: where the feed moved to for good, else its own."""
        return self.moved_to or self.url

    def paced(self, interval: float) -> FeedState:
        """The state with the next fetch due so many seconds after the last one; 0 leaves it as it is.

        A feed that fails is asked no sooner than its back-off says, and patience asked for is kept elsewhere.
        """
        if not interval or self.last_fetch is None or self.next_due is None:
            return self
        wished = self.last_fetch + timedelta(seconds=interval)
        return replace(self, next_due=max(wished, self.next_due) if self.errors_in_row else wished)


@dataclass(frozen=True)
class Story:
    """One text of one outlet, cleaned: what a feed's entry says.

    ``title``, ``summary`` and ``body`` hold clean text only (see :mod:`feeds.safetext`);
    paragraphs in ``body`` are separated by a blank line.
    """

    id: str
    """Stable within an archive: 16 hexadecimal digits from feed and entry id, link or title."""
    title: str
    summary: str = ""
    body: str = ""
    url: str = ""
    """http(s) address of the article, or empty."""
    feed: str = ""
    """Address of the feed it came by."""
    outlet: str = ""
    reliability: str = "F"
    wire: str = ""
    """Agency credited, for instance ``Reuters``; empty when none is."""
    flag: str = ""
    """``URGENT``, ``UPDATE``, ``CORRECTED``, ``WITHDRAWN`` or empty."""
    language: str = ""
    published: datetime | None = None
    """As the feed says; None when it says nothing one can read."""
    received: datetime = EPOCH
    marks: tuple[str, ...] = ()
    """What was odd: ``undated``, ``future``."""
    links: tuple[str, ...] = ()
    """http(s) addresses that its text points to, in their order."""

    @cached_property
    def text(self) -> str:
        """The clean text that evidence points into: title, summary and body, a blank line between.

        A summary that only repeats the title or the start of the body is left out.
        """
        parts = [self.title]
        if self.summary and self.summary != self.title and not self.body.startswith(self.summary):
            parts.append(self.summary)
        if self.body and self.body != self.title:
            parts.append(self.body)
        return "\n\n".join(parts)

    @property
    def told(self) -> datetime:
        """When the story was told: published, but never after it was received."""
        if self.published is None:
            return self.received
        return min(self.published, self.received)


@dataclass(frozen=True, slots=True)
class About:
    """What a story is about, in the few words that decide which stories may share a thread."""

    places: tuple[str, ...] = ()
    """Ids of the places named, in order of first mention."""
    claims: tuple[tuple[str, str, str, bool], ...] = ()
    """(place, label, side, denied): what is said of them."""
    numbers: tuple[int, ...] = ()
    """Counts of capitals said: a sixth and a tenth capital are two events."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Where dedupe put one story: its thread, the story it is a copy of, and its origin."""

    story: str
    thread: str
    """Id of the thread: the id of the story that opened it."""
    copy_of: str | None
    """Id of the first story with the same article, or None when this is the first."""
    origin: str
    """Whose telling it is: a key that copies of one article, and one agency's takes, share."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A line of the ledger: something that did not become a story, or not a new one, and why."""

    at: datetime
    feed: str
    url: str
    stage: str
    """``fetch``, ``parse``, ``read``, ``watch``, ``alert``; ``vacuum`` for what was let go of."""
    reason: str
