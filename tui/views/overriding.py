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


def read_override(standing: str, reason: str, until: str, theatre: Theatre, now: datetime) -> Override | str:
    """The override that three lines mean, or one line on what is missing or not understood."""
    words = standing.casefold().split()
    state = _only([each for each in STATES if words and each.startswith(words[0])])
    if not state:
        return f"The state is one of: {', '.join(STATES)}."
    sides = {side.id: side.name for side in theatre.sides}
    said = " ".join(words[1:])
    holder = _only([id_ for id_, name in sides.items() if said in (id_, name.casefold())]) or _only(
        [
            id_
            for id_, name in sides.items()
            if said and (id_.startswith(said) or name.casefold().startswith(said))
        ]
    )
    if not holder:
        return f"After the state comes who holds it: {', '.join(sides)}."
    if not reason.strip():
        return "A reason is needed: the next shift will ask."
    moment = moment_of(until, now, ahead=True) if until.strip() else None
    if until.strip() and (moment is None or moment <= now):
        return "Until when: 12h, 3d, 18:00, 2021-08-15; empty until somebody lifts it."
    return Override(f"{state} {holder}", " ".join(reason.split()), moment)


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""
