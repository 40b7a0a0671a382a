"""Whether to say it now: events and the time in, one alert at most out, with all that was held back.

Nothing is touched here. An event ends in one of two ways: an alert names it, or it is held back, counted in the next
alert and told to whoever keeps the ledger. Until then it waits.

A withdrawal passes the pause of its capital: it takes back what was sent already, once, and wrong news may not stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from feeds.alerts.memory import Memory, Subject
from feeds.alerts.noise import Noise
from feeds.alerts.records import BACK, NEWER, OLD, UNSAID, WITHDRAWAL, Alert, Event
from feeds.watched import SEVERITIES

_FORGOTTEN: Final = timedelta(days=2)
"""After which a subject that nothing is heard of is forgotten."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of one look."""

    memory: Memory
    """To be given to the next look."""
    alert: Alert | None = None
    held: tuple[tuple[str, Event], ...] = ()
    """(reason, event) of all that was held back for good in this look."""


def decide(
    memory: Memory,
    events: Iterable[Event],
    now: datetime,
    noise: Noise,
    *,
    may_send: bool = True,
    unsaid: frozenset[str] = frozenset(),
) -> Decision:
    """What to send now. ``now`` is the machine's time.

    ``may_send`` is False in the grace after a start and while an archive is filled for the first time: then everything
    waits. ``unsaid`` are stories that were taken back: what waits and rests on them alone is not sent.
    """
    memory = _not_ahead(memory, now)
    subjects = dict(memory.subjects)
    held: list[tuple[str, Event]] = []
    for name, subject in memory.subjects.items():
        waiting = subject.waiting
        if waiting and waiting.stories and unsaid.issuperset(waiting.stories):
            held.append((UNSAID, waiting))
            subjects[name] = replace(subject, waiting=None, held=subject.held + 1)
    for event in events:
        before = subjects.get(event.subject, Subject())
        subjects[event.subject], gone = _take(before, event, now, noise)
        held += gone
    counts = Counter(memory.held)
    counts.update(reason for reason, _ in held)
    memory = Memory(memory.last, memory.old_said, _kept(subjects, now), dict(counts))
    alert = _alert(memory, now, noise) if may_send else None
    return Decision(_after(memory, alert) if alert else memory, alert, tuple(held))


def _take(
    subject: Subject, event: Event, now: datetime, noise: Noise
) -> tuple[Subject, list[tuple[str, Event]]]:
    """A subject that heard of an event, and what of it is held back by that."""
    if event.old:
        return replace(subject, held=subject.held + 1), [(OLD, event)]
    recent = (*(one for one in subject.recent if now - one < noise.flapping_within), now)
    held: list[tuple[str, Event]] = []
    waiting = subject.waiting
    if waiting is not None:
        held.append((NEWER, waiting))
        event = replace(event, before=waiting.before or event.before)
        if event.after and event.after == subject.said:  # nothing has moved since it was last named
            held.append((BACK, event))
            return replace(subject, recent=recent, waiting=None, held=subject.held + len(held)), held
    return replace(subject, recent=recent, waiting=event, held=subject.held + len(held)), held


def _alert(memory: Memory, now: datetime, noise: Noise) -> Alert | None:
    """The alert that may be sent now; None when there is nothing to say, or it is too early."""
    if memory.last is not None and now - memory.last < noise.all:
        return None
    ready = [
        _told(subject, now, noise)
        for subject in memory.subjects.values()
        if subject.waiting and _may(subject, subject.waiting, now, noise)
    ]
    history = memory.held.get(OLD) and (memory.old_said is None or now - memory.old_said >= noise.old_pause)
    if not ready and not (history and noise.lets("low", now)):
        return None
    ready.sort(key=lambda event: (event.kind != WITHDRAWAL, -SEVERITIES.index(event.severity), event.at))
    return Alert(now, tuple(ready[: noise.most]), memory.held)


def _may(subject: Subject, event: Event, now: datetime, noise: Noise) -> bool:
    """Whether a subject may be named now."""
    if not noise.lets(event.severity, now):
        return False
    if event.kind == WITHDRAWAL or subject.last is None:
        return True
    return now - subject.last >= (noise.flapping_pause if _moves(subject, now, noise) else noise.subject)


def _moves(subject: Subject, now: datetime, noise: Noise) -> int:
    """How often a subject moved lately when that is often enough to call it flapping; 0 otherwise."""
    lately = sum(now - one < noise.flapping_within for one in subject.recent)
    return lately if lately >= noise.flapping else 0


def _told(subject: Subject, now: datetime, noise: Noise) -> Event:
    """What waits of a subject, with what was held back of it and whether it flaps."""
    assert subject.waiting is not None
    return replace(subject.waiting, held=subject.held, moves=_moves(subject, now, noise))


def _after(memory: Memory, alert: Alert) -> Memory:
    """The memory once an alert is sent."""
    named = {event.subject: event for event in alert.events}
    subjects = {
        name: Subject(alert.at, named[name].after, subject.recent) if name in named else subject
        for name, subject in memory.subjects.items()
    }
    old_said = alert.at if alert.held.get(OLD) else memory.old_said
    return Memory(alert.at, old_said, subjects)


def _kept(subjects: Mapping[str, Subject], now: datetime) -> dict[str, Subject]:
    """The subjects of which something is waiting or was heard lately."""
    return {
        name: subject
        for name, subject in subjects.items()
        if subject.waiting
        or any(now - one < _FORGOTTEN for one in (*subject.recent, *filter(None, (subject.last,))))
    }


def _not_ahead(memory: Memory, now: datetime) -> Memory:
    """The memory with no moment later than now: a clock that was set back may not silence everything."""
    subjects = {
        name: replace(
            subject,
            last=subject.last and min(subject.last, now),
            recent=tuple(min(one, now) for one in subject.recent),
        )
        for name, subject in memory.subjects.items()
    }
    return replace(
        memory,
        last=memory.last and min(memory.last, now),
        old_said=memory.old_said and min(memory.old_said, now),
        subjects=subjects,
    )
