"""One look at the archive: what moved since the last one, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from feeds.alerts import heard, moved, silent, taken
from feeds.alerts.cursor import Cursor, found, kept
from feeds.alerts.decision import Decision, decide
from feeds.alerts.memory import Memory
from feeds.alerts.records import HELD, Event, alert_json
from feeds.alerts.settings import Settings
from feeds.alerts.wording import title
from feeds.archive import Archive
from feeds.archive.outgoing import Notice
from feeds.clock import Clock
from feeds.story import Drop, Subscription
from feeds.theatres.model import Theatre
from feeds.watched import SEVERITIES, WatchTerm

_PULSES: Final = timedelta(seconds=30)
"""Between two looks at how often terms hit."""
_LONGEST_FILLING: Final = timedelta(minutes=2)
"""After which an archive counts as filled, though a feed never answered."""
_NAMED: Final = 5
"""Events of one kind named in a line of the ledger."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the desk has beside the settings of the alerts."""

    theatres: Mapping[str, Theatre]
    terms: Callable[[], Sequence[WatchTerm]] = tuple
    followed: Callable[[], Sequence[Subscription]] = tuple


class Lookout:
    """Looks at one archive, again and again; used by one thread at a time."""

    def __init__(
        self,
        archive: Archive,
        settings: Callable[[], Settings],
        watched: Watched,
        *,
        clock: Clock,
        wall: Clock,
        collector: str,
    ) -> None:
        """``clock`` is the time of the news, ``wall`` the machine's; ``collector`` names who is at work."""
        self._archive = archive
        self._settings = settings
        self._watched = watched
        self._clock, self._wall = clock, wall
        self._started = wall()
        self._collector = collector
        self._stamp: int | None = None
        self._pulses_at: datetime | None = None
        self._listening: tuple[object, heard.Listening] | None = None
        self._cursor, self._memory = Cursor(), Memory()
        self._written = ""
        self._unsaid: frozenset[str] = frozenset()
        """Stories taken back since the last look."""

    def begin(self) -> bool:
        """Take up where the last collector left off; of what an archive held before its first look nothing is said.

        True when that was done; ArchiveError when the archive cannot be read or written.
        """
        kept_before = self._archive.alerts.memory()
        self._written = kept_before
        if kept_before:
            self._cursor, self._memory = found(kept_before)
            self._take(
                silent.killed(
                    self._settings().rules,
                    self._cursor.running,
                    self._archive.last_beat(),
                    self._clock(),
                    self._wall(),
                )
            )
        else:
            self._begin_anew()
        self._cursor = replace(self._cursor, running=self._collector)
        self._keep(Decision(self._memory))
        return True

    def end(self) -> None:
        """The collector ends in order."""
        self._cursor = replace(self._cursor, running="")
        self._keep(Decision(self._memory))

    def look(self, *, last: bool = False) -> bool:
        """Look once; whether an alert went into the outbox. The ``last`` look heeds no grace: there is no later one."""
        stamp = self._archive.stamp()
        pending = self._memory.held or any(one.waiting for one in self._memory.subjects.values())
        if stamp == self._stamp and not pending and not self._cursor.filling and not last:
            return False
        before = self._cursor, self._memory
        try:
            said = self._take(self._events(), last=last)
        except BaseException:
            self._cursor, self._memory = before  # what could not be kept was not said
            raise
        self._stamp = stamp
        return said

    def _begin_anew(self) -> None:
        """The first look ever: a new archive is watched while it fills, in an old one everything so far is history."""
        states = self._archive.feed_states()
        if not states:
            self._cursor = Cursor(filling=True)
            return
        ends = self._archive.alerts.ends()
        alarming = silent.alarms(self._watched.followed(), states, self._clock())
        words = {url: word for url, (_, word, _) in alarming.items()}
        self._cursor = Cursor(ends.changes, ends.actions, ends.hits, words)
        line = f"alerts begin here: nothing is said of {ends.changes} changes and {len(words)} silent feeds before"
        self._keep(Decision(self._memory), [line])

    def _take(self, events: Sequence[Event], *, last: bool = False) -> bool:
        noise, now = self._settings().noise, self._wall()
        may = last or (now - self._started >= noise.grace and not self._filling(now))
        done = decide(self._memory, events, now, noise, may_send=may, unsaid=self._unsaid)
        self._memory = done.memory
        return self._keep(done)

    def _filling(self, now: datetime) -> bool:
        """Whether the archive is still filled for the first time."""
        if self._cursor.filling:
            states = self._archive.feed_states()
            asked = all(one.url in states and states[one.url].last_fetch for one in self._watched.followed())
            if (asked and states) or now - self._started >= _LONGEST_FILLING:
                self._cursor = replace(self._cursor, filling=False)
        return self._cursor.filling

    def _events(self) -> list[Event]:
        """All that moved since the last look; the cursor is set behind it."""
        settings, cursor, now = self._settings(), self._cursor, self._clock()
        archive, noise = self._archive, settings.noise
        wanted = moved.Wanted(settings.rules, self._watched.theatres, now, noise.old)
        changes = list(moved.changes_after(archive, cursor.changes))
        retractions = archive.alerts.retractions_after(cursor.actions)
        self._unsaid = frozenset(action.story for action in retractions)
        events = taken.events_of(archive, wanted, retractions, self._wall())
        back = {(event.theatre, event.place) for event in events}
        stepped, unripe = moved.events_of(archive, wanted, changes, cursor.unripe, back)
        listening = self._heeded(settings)
        hits = list(heard.hits_after(archive, cursor.hits))
        events += stepped
        events += heard.events_of(archive, listening, hits, now - noise.old)
        spiking = cursor.spiking
        if self._pulses_at is None or abs(now - self._pulses_at) >= _PULSES:
            self._pulses_at = now
            begun, spiking = heard.spikes(archive, listening, cursor.spiking, now)
            events += begun
        alarming = silent.alarms(self._watched.followed(), archive.feed_states(), now)
        if not cursor.filling:  # a feed that was silent before anybody asked it is no news
            events += silent.feed_events(settings.rules, alarming, cursor.feeds, now)
        self._cursor = Cursor(
            changes[-1].seq if changes else cursor.changes,
            retractions[-1].seq if retractions else cursor.actions,
            hits[-1].seq if hits else cursor.hits,
            {url: word for url, (_, word, _) in alarming.items()},
            spiking,
            unripe,
            cursor.filling,
            cursor.running,
        )
        return events

    def _heeded(self, settings: Settings) -> heard.Listening:
        """The terms and their rules, read again only when they changed."""
        known = (tuple(self._watched.terms()), settings.rules)
        if self._listening is None or self._listening[0] != known:
            self._listening = (known, heard.Listening.to(*known))
        return self._listening[1]

    def _keep(self, done: Decision, lines: Sequence[str] = ()) -> bool:
        """Write what is remembered, and what is to be said, in one transaction; nothing where nothing is new."""
        text = kept(self._cursor, done.memory)
        if text == self._written and done.alert is None:
            return False
        notice, sinks = None, []
        if (alert := done.alert) is not None:
            notice = Notice(
                alert.key, alert.at, alert.severity, title(alert), alert_json(alert), alert.stories
            )
            grave = SEVERITIES.index(alert.severity)
            sinks = [way.name for way in self._settings().ways if grave >= SEVERITIES.index(way.severity)]
        now = self._wall()
        drops = [Drop(now, "", "", "alert", line) for line in (*lines, *held_lines(done))]
        self._archive.alerts.decided(text, notice, sinks, drops)
        self._written = text
        return notice is not None


def held_lines(done: Decision) -> list[str]:
    """A line of the ledger for each reason for which events were held back."""
    lines = []
    for reason in HELD:
        names = [event.headline for why, event in done.held if why == reason]
        if names:
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            lines.append(f"held back, {HELD[reason]}: {'; '.join(names[:_NAMED])}{more}")
    return lines
