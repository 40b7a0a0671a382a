"""Events and times for the tests of the alerts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feeds.alerts.records import CHANGE, Alert, Event, Proof

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PROOF = Proof(
    "The city is lost, the governor said.",
    "Herald",
    "B",
    "the governor",
    "against-interest",
    NOON - timedelta(minutes=5),
    "https://herald.example/aster",
    "s1",
)


def after(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def event(place: str = "aster", after: str = "captured by Reds", **changes: object) -> Event:
    """A city that moved."""
    made = Event(
        key=f"change:{place}:{after}",
        subject=f"capital:testland/{place}",
        kind=CHANGE,
        at=NOON,
        severity="high",
        headline=f"{place.title()}: contested → {after}",
        before="contested",
        after=after,
        theatre="testland",
        place=place,
        grade="B2",
        outlets=3,
        origins=2,
        proof=PROOF,
        stories=("s1",),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def alert(*events: Event, **held: int) -> Alert:
    """An alert at noon."""
    return Alert(NOON, events or (event(),), held)
