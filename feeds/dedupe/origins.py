"""Tells independent tellings of one event apart from repeats of one telling."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

Known = tuple[str, datetime]
"""An origin's key, and when it was told."""

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


def origin_for(story: str, *, wire: str, outlet: str, told: datetime, among: Iterable[Known]) -> str:
    """The origin of a telling: that of the same agency within 24 h or outlet within 12 h, or one of its own."""
    found = origin_in(among, wire=wire, outlet=outlet, told=told)
    return found or own_key(story, wire=wire, outlet=outlet)


def origin_in(among: Iterable[Known], *, wire: str, outlet: str, told: datetime) -> str:
    """The origin in a thread of which a telling would be a part; empty for none.

    ``among`` are the origins of the thread's tellings, each with when it was told, in the order in which they came.
    """
    speaker, reach = _speaker(wire, outlet)
    begun = f"{speaker}@"
    seen: set[str] = set()
    for key, since in among if speaker else ():
        if key not in seen:
            seen.add(key)
            if key.startswith(begun) and abs(told - since) <= reach:
                return key
    return ""


def own_key(story: str, *, wire: str, outlet: str) -> str:
    """The origin of a telling that is nobody else's."""
    return f"{_speaker(wire, outlet)[0] or 'unknown'}@{story}"


def _speaker(wire: str, outlet: str) -> tuple[str, timedelta]:
    """Who speaks, as a slug, and how long one telling of theirs goes on."""
    name = re.sub(r"[\W_]+", "-", (wire or outlet).casefold()).strip("-")
    agency = _AGENCIES.get(name, name if wire else "")
    return (agency, _WIRE_REACH) if agency else (name, _OUTLET_REACH)
