"""Withdrawals made into events: stories behind an alert that was sent, which their outlet took back since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from feeds.alerts.moved import Names, Wanted
from feeds.alerts.records import WITHDRAWAL, Alert, Event, Proof, alert_of
from feeds.archive import Archive
from feeds.evidence import Action

REACH: Final = timedelta(days=14)
"""How long ago an alert may have been sent that is taken back."""


def events_of(archive: Archive, wanted: Wanted, retractions: Sequence[Action], wall: datetime) -> list[Event]:
    """What alerts have to be taken back for; ``wall`` is the machine's time, by which they were sent."""
    rule = next((rule for rule in wanted.rules if rule.on == WITHDRAWAL), None)
    if rule is None or not retractions:
        return []
    sent = [alert_of(notice.record) for notice in archive.alerts.notices_since(wall - REACH)]
    found: dict[str, Event] = {}
    for action in retractions:
        for alert in sent:
            for event in alert.events:
                if action.story in event.stories and event.kind != WITHDRAWAL and _about(action, event):
                    taken = _event(archive, wanted, action, alert, event, rule.severity)
                    found[taken.subject] = taken
    return list(found.values())


def _about(action: Action, event: Event) -> bool:
    """Whether an action takes back what the event rests on: all of a story, or what it said of one place."""
    return not event.theatre or (action.theatre == event.theatre and action.place in ("", event.place))


def _event(
    archive: Archive, wanted: Wanted, action: Action, alert: Alert, event: Event, severity: str
) -> Event:
    story = archive.story(action.story)
    names = Names(wanted.theatres.get(event.theatre))
    standing = next((one for one in archive.standings(event.theatre) if one.place == event.place), None)
    now = f" The row is now: {names.state(standing.state, standing.holder)}." if standing else ""
    proof = event.proof
    return Event(
        key=f"withdrawal:{action.seq}:{alert.key}:{event.key}",
        subject=f"withdrawal:{alert.key}:{event.key}",
        kind=WITHDRAWAL,
        at=action.at,
        severity=severity,
        headline=f"{'CORRECTED' if action.reason.startswith('corrected') else 'TAKEN BACK'}: {event.headline}",
        theatre=event.theatre,
        place=event.place,
        proof=proof
        if proof and proof.story == action.story
        else Proof("", story.outlet, story.reliability, told=story.told, url=story.url, story=story.id)
        if story
        else None,
        stories=(action.story,),
        note=f"{action.reason}. This takes back alert {alert.key} of {alert.at:%d %b %H:%M}Z.{now}",
    )
