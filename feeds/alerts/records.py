"""What travels through the alerts: something that moved, and the message that names it, both kept as JSON.

All times are timezone-aware UTC.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final

CHANGE: Final = "change"
TERM: Final = "term"
SPIKE: Final = "spike"
FEED: Final = "feed"
COLLECTOR: Final = "collector"
WITHDRAWAL: Final = "withdrawal"
TEST: Final = "test"
KINDS: Final = (CHANGE, TERM, SPIKE, FEED, COLLECTOR, WITHDRAWAL, TEST)
"""Every kind of event."""

OLD: Final = "old"
NEWER: Final = "newer"
BACK: Final = "back"
UNSAID: Final = "unsaid"
HELD: Final[Mapping[str, str]] = {
    OLD: "told long ago",
    NEWER: "overtaken by newer ones",
    BACK: "back to what was last sent",
    UNSAID: "taken back by their outlet",
}
"""Why events are named in no alert, in words that follow ``3 events``."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Who said it, in which words, and where to read it."""

    sentence: str
    outlet: str
    reliability: str = "F"
    """Letter of the Admiralty code for the outlet."""
    speaker: str = ""
    """Who says it, in the sentence's words; empty when the outlet says it itself."""
    voice: str = ""
    told: datetime | None = None
    url: str = ""
    """http(s) address of the story, or empty."""
    story: str = ""
    """Id of the story."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that moved and that a rule wants told."""

    key: str
    """Its own for ever, for instance ``change:17``."""
    subject: str
    """What the noise rules hold apart: ``capital:<theatre>/<place>``, ``term:<id>``, ``feed:<address>`` …"""
    kind: str
    """One of :data:`KINDS`."""
    at: datetime
    """When it was told, in the time of the news."""
    severity: str
    """One of :data:`feeds.watched.SEVERITIES`."""
    headline: str
    """One line: ``Herat: contested -> captured, by Taliban``."""
    before: str = ""
    after: str = ""
    """State and holder before and after, where a standing moved."""
    theatre: str = ""
    place: str = ""
    grade: str = ""
    outlets: int = 0
    origins: int = 0
    proof: Proof | None = None
    stories: tuple[str, ...] = ()
    """Ids of the stories that it rests on."""
    note: str = ""
    """A further line, for instance which alert is taken back."""
    old: bool = False
    """True when it was told so long ago that it is history by now."""
    held: int = 0
    """Events of this subject held back since it was last named."""
    moves: int = 0
    """How often the subject moved lately, where that is often; 0 otherwise."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One message: what moved, the gravest first, and how many events were held back since the last one."""

    at: datetime
    """When it was decided, by the machine's clock."""
    events: tuple[Event, ...]
    held: Mapping[str, int] = field(default_factory=dict)
    """Events held back since the last alert, by the keys of :data:`HELD`."""

    @property
    def key(self) -> str:
        """The same for ever for the same alert: what a receiver tells a second copy by."""
        said = [self.at.isoformat(), *(event.key for event in self.events)]
        return "ww-" + hashlib.sha256("\n".join(said).encode()).hexdigest()[:20]

    @property
    def severity(self) -> str:
        """That of its gravest event; ``low`` when it names none."""
        return self.events[0].severity if self.events else "low"

    @property
    def stories(self) -> tuple[str, ...]:
        """Ids of the stories that its events rest on."""
        return tuple(dict.fromkeys(story for event in self.events for story in event.stories))


def alert_json(alert: Alert) -> str:
    """An alert as one line of JSON."""
    return dumped({"at": alert.at, "events": [asdict(event) for event in alert.events], "held": alert.held})


def alert_of(text: str) -> Alert:
    """The alert that :func:`alert_json` wrote."""
    found: dict[str, Any] = json.loads(text)
    return Alert(moment_of(found["at"]), tuple(event_of(each) for each in found["events"]), found["held"])


def event_of(found: Mapping[str, Any]) -> Event:
    """An event from its JSON."""
    proof = found["proof"]
    told = proof and proof["told"] and moment_of(proof["told"])
    values = {
        "at": moment_of(found["at"]),
        "proof": proof and Proof(**{**proof, "told": told or None}),
        "stories": tuple(found["stories"]),
    }
    return Event(**{**found, **values})


def dumped(value: object) -> str:
    """One line of JSON, its moments as ISO 8601."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat)


def moment_of(text: str) -> datetime:
    """The moment that ISO 8601 words say."""
    return datetime.fromisoformat(text)
