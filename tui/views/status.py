"""The state of the machine in words: is the collector alive, which feeds fail, is there anything to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from feeds import health as health_of
from feeds.clock import Clock
from feeds.health import health
from feeds.story import FeedState
from tui.cells import line
from tui.reading import Beat

LATE = timedelta(seconds=45)
DEAD = timedelta(minutes=3)
_ALARMS = (health_of.DEAD, health_of.GONE, health_of.SILENT)


@dataclass(frozen=True, slots=True)
class FeedsHealth:
    """Feeds that answer and those that do not, with what they said."""

    total: int = 0
    answered: int = 0
    """Feeds whose last fetch was answered usefully."""
    failing: tuple[tuple[str, str], ...] = ()
    """(address, error) of those whose last fetch failed."""
    alarms: tuple[tuple[str, int], ...] = ()
    """How many are ``dead``, ``gone`` or ``silent``; one that nobody asked is the collector's trouble."""

    @classmethod
    def of(cls, states: Mapping[str, FeedState], now: datetime | None = None) -> FeedsHealth:
        """The health of all feeds, from what the collector remembers of each; alarms at a moment."""
        failing = tuple((url, line(state.error)) for url, state in states.items() if state.error)
        answered = sum(state.last_answer is not None and not state.error for state in states.values())
        words = [health(state, now).word for state in states.values()] if now else []
        alarms = tuple((word, count) for word in _ALARMS if (count := words.count(word)))
        return cls(len(states), answered, failing, alarms)


@dataclass(slots=True)
class Pulse:
    """Whether the collector lives, judged by its last beat and by when this viewer saw it move.

    Both go by the machine's time: a replay's runs faster than the collector's heart, or stands still.
    """

    wall: Clock
    beat: Beat | None = None
    at_work: bool = True
    """Whether somebody holds the collector's lease; one that ended in order gave it back."""
    _seen: float | None = None
    """Monotonic seconds when a beat was seen to be new."""

    def take(self, beat: Beat | None, monotonic: float, *, at_work: bool = True) -> None:
        """Note the last beat of the archive, and whether a collector is at work."""
        self.at_work = at_work
        if beat is None:
            self.beat = None
        elif self.beat is None:
            self.beat = beat
        elif beat.at != self.beat.at or beat.holder != self.beat.holder:
            self.beat, self._seen = beat, monotonic
        if self._seen is None and beat is not None and beat.at - self.wall() > LATE:
            # The clock was set back, or is behind: the beat's own time says nothing, whether it moves from here on does.
            self._seen = monotonic - LATE.total_seconds()

    def word(self, monotonic: float) -> str:
        """``ok``, ``late``, ``dead 5 min`` or ``none``; coarse, so that an idle screen stays still."""
        if self.beat is None or not self.at_work:
            return "none"
        silent = self._silence(self.beat, monotonic)
        if silent < LATE:
            return "ok"
        if silent < DEAD:
            return "late"
        minutes = int(silent / timedelta(minutes=1))
        if minutes < 120:
            return f"dead {minutes} min"
        return f"dead {minutes // 60} h" if minutes < 48 * 60 else f"dead {minutes // 1440} days"

    @property
    def last_ran(self) -> datetime | None:
        """When a collector gave its last sign of life; None when none ever ran."""
        return self.beat.at if self.beat else None

    def _silence(self, beat: Beat, monotonic: float) -> timedelta:
        if self._seen is not None:
            return timedelta(seconds=monotonic - self._seen)
        return abs(self.wall() - beat.at)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the status line and the empty screen are told from."""

    collector: str = "none"
    """As :meth:`Pulse.word`."""
    last_ran: datetime | None = None
    """When a collector gave its last sign of life."""
    feeds: FeedsHealth = field(default_factory=FeedsHealth)
    stories: int = 0
    changes: int = 0
    since: datetime | None = None
    """From when on changes are counted."""
    alerts: int = 0
    """Alerts that nobody acknowledged."""

    def with_news(self, feeds: FeedsHealth, changes: int, begun: datetime | None) -> Facts:
        """The facts after more news: how the feeds are, and so many more changes; all of them where the shift is new."""
        before = self.changes if begun == self.since else 0
        return replace(self, feeds=feeds, changes=before + changes, since=begun)


def emptiness(facts: Facts, *, filtered: bool) -> Sequence[str]:
    """Lines for a wire with nothing in it: what is happening, and what to do; each fits into 80 columns."""
    if filtered:
        return ("No story matches the filter.", "Esc shows all of them again.")
    feeds = facts.feeds
    if facts.collector == "none":
        ran = (f"The last one ran until {facts.last_ran:%d %b %H:%M}Z.",) if facts.last_ran else ()
        return (
            "No stories yet, and no collector is running.",
            *ran,
            "Start one:  warwatch poll",
            "Or see August 2021, without a network:  warwatch demo",
        )
    if facts.collector.startswith("dead"):
        return (f"No stories yet. The collector is {facts.collector}.", "Start it again:  warwatch poll")
    if not feeds.total:
        return (
            "No stories yet. The collector is asking the feeds for the first time.",
            "No feeds?  The set up (,) lists those followed, a in it adds an address.",
        )
    if len(feeds.failing) == feeds.total:
        return (
            f"No stories: none of {feeds.total} feeds answers. Is there a network?",
            f"The first one says: {feeds.failing[0][1]}",
            "See August 2021, without a network:  warwatch demo",
        )
    return (
        f"No stories yet. {feeds.answered} of {feeds.total} feeds have answered; stories show as they come.",
    )
