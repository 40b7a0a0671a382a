"""Tells independent tellings of one event apart from repeats of one telling."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

_WIRE_REACH: Final = timedelta(hours=24)
_OUTLET_REACH: Final = timedelta(hours=12)
_AGENCIES: Final = {
    "reuters": "reuters",
    "thomson-reuters": "reuters",
    "ap": "ap",
    "associated-press": "ap",
    "the-associated-press": "ap",
    "ap-news": "ap",
    "afp": "afp",
    "agence-france-presse": "afp",
    "dpa": "dpa",
    "upi": "upi",
    "xinhua": "xinhua",
    "tass": "tass",
    "interfax": "interfax",
    "pajhwok": "pajhwok",
    "pajhwok-afghan-news": "pajhwok",
    "anadolu": "anadolu",
    "anadolu-agency": "anadolu",
    "efe": "efe",
    "ansa": "ansa",
    "kyodo": "kyodo",
    "kyodo-news": "kyodo",
    "pti": "pti",
    "ani": "ani",
    "ians": "ians",
    "ukrinform": "ukrinform",
}
"""Agencies by the slugs of their names, as a credit or an outlet's name writes them."""


@dataclass(slots=True)
class Origins:
    """The origins of one thread: whose tellings it has, and since when each."""

    known: list[tuple[str, datetime, str]] = field(default_factory=list)
    """(speaker, told, key) of each origin, in order of arrival."""

    def key_for(self, story: str, *, wire: str, outlet: str, told: datetime) -> str:
        """The origin of a telling: that of the same agency within 24 h or outlet within 12 h, or a new one."""
        key = self.find(wire=wire, outlet=outlet, told=told) or own_key(story, wire=wire, outlet=outlet)
        self.note(key, wire=wire, outlet=outlet, told=told)
        return key

    def find(self, *, wire: str, outlet: str, told: datetime) -> str:
        """The origin of which a telling would be a part; empty for none."""
        speaker, reach = _speaker(wire, outlet)
        if not speaker:
            return ""
        return next(
            (key for whose, since, key in self.known if whose == speaker and abs(told - since) <= reach), ""
        )

    def note(self, key: str, *, wire: str, outlet: str, told: datetime) -> None:
        """Makes an origin known that was given before a restart."""
        if all(key != other for _, _, other in self.known):
            self.known.append((_speaker(wire, outlet)[0], told, key))


def own_key(story: str, *, wire: str, outlet: str) -> str:
    """The origin of a telling that is nobody else's."""
    return f"{_speaker(wire, outlet)[0] or 'unknown'}@{story}"


def _speaker(wire: str, outlet: str) -> tuple[str, timedelta]:
    """Who speaks, as a slug, and how long one telling of theirs goes on."""
    name = re.sub(r"[\W_]+", "-", (wire or outlet).casefold()).strip("-")
    agency = _AGENCIES.get(name, name if wire else "")
    return (agency, _WIRE_REACH) if agency else (name, _OUTLET_REACH)
