"""An override as it is typed: state and holder, a reason, and until when it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feeds.evidence import STATES
from feeds.theatres.model import Theatre
from tui.views.moments import moment_of


@dataclass(frozen=True, slots=True)
class Override:
    """What the operator wants a standing to be."""

    value: str
    """State and holder, as ``captured taliban``."""
    reason: str
    until: datetime | None
    """None until somebody lifts it."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a line from being understood, or is missing in it."""

    field: int
    """Position of the line: 0 state and holder, 1 reason, 2 until when."""
    words: str


def read_override(
    standing: str, reason: str, until: str, theatre: Theatre, now: datetime
) -> Override | Missing:
    """The override that three lines mean, or what of the first wrong one is missing."""
    value = _standing(standing, theatre)
    if isinstance(value, Missing):
        return value
    if not reason.strip():
        return Missing(1, "A reason is needed: the next shift will ask.")
    moment = moment_of(until, now, ahead=True) if until.strip() else None
    if until.strip() and (moment is None or moment <= now):
        return Missing(2, "Until when: 12h, 3d, 18:00, 2021-08-15; empty until somebody lifts it.")
    return Override(value, " ".join(reason.split()), moment)


def _standing(words: str, theatre: Theatre) -> str | Missing:
    """State and holder, from words or their beginnings."""
    first, *others = words.casefold().split() or [""]
    state = _only([each for each in STATES if first and each.startswith(first)])
    if not state:
        return Missing(0, f"The state is one of: {', '.join(STATES)}.")
    sides = {side.id: side.name for side in theatre.sides}
    said = " ".join(others)
    holder = _only([id_ for id_, name in sides.items() if said in (id_, name.casefold())]) or _only(
        [
            id_
            for id_, name in sides.items()
            if said and (id_.startswith(said) or name.casefold().startswith(said))
        ]
    )
    if not holder:
        return Missing(0, f"After the state comes who holds it: {', '.join(sides)}.")
    return f"{state} {holder}"


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""
